import type { FactName } from '../facts/snapshot.ts';
import { isOnNumberedKey } from '../model/finding.ts';
import type { Reported } from '../model/informational-record.ts';
import type { Report } from '../model/report.ts';

/** Of which checks a missing finding proves that it was fixed. */
export interface Proof {
  /** The checks that ran. Findings of other checks are left alone. */
  readonly ran: ReadonlySet<string>;
  /** Those of them that depend on data which could not be read: a finding that they no longer report may still be true. */
  readonly unproven?: ReadonlySet<string>;
  /** Those of them whose findings depend on other accounts too. */
  readonly acrossAccounts?: ReadonlySet<string>;
  /** The accounts of the organization whose principals this scan could not analyze. */
  readonly unseenAccounts?: ReadonlySet<string>;
}

/** An account, and exactly the checks that ran. */
interface Ran {
  readonly account: string;
  readonly checks: readonly { readonly id: string; readonly needs?: readonly FactName[] }[];
}

/** What the report proves about the findings of an account that it does not have. */
export const proofOf = (
  { unread = [], notAnalyzed = [], partlyAnalyzed = [] }: Pick<Report, 'unread' | 'notAnalyzed' | 'partlyAnalyzed'>,
  { account, checks }: Ran,
): Required<Proof> => ({
  ran: new Set(checks.map(({ id }) => id)),
  unproven: new Set(unread.flatMap((data) => (data.account === account ? data.checks : []))),
  acrossAccounts: new Set(checks.flatMap(({ id, needs = [] }) => (needs.includes('crossAccountReach') ? id : []))),
  unseenAccounts: new Set([...notAnalyzed, ...partlyAnalyzed]),
});

/** The checks with a finding that is UNKNOWN, or on a key that is known by its number only: none of their missing findings is fixed. */
export const unsettledChecks = (findings: readonly Reported[]): ReadonlySet<string> =>
  new Set(findings.flatMap((finding) => (settlesItsCheck(finding) ? [] : finding.checkId)));

const settlesItsCheck = (finding: Pick<Reported, 'status' | 'resource'>): boolean =>
  finding.status !== 'UNKNOWN' && !isOnNumberedKey(finding);

/** Whether a finding that is missing in the report may still be true, because data or an account that it names could not be read. */
export const isUnproven = (
  { isJudged, accounts = [] }: { readonly isJudged: boolean; readonly accounts?: readonly string[] },
  check: string,
  { unproven = new Set(), acrossAccounts = new Set(), unseenAccounts = new Set() }: Proof,
): boolean =>
  (isJudged && unproven.has(check)) ||
  (acrossAccounts.has(check) &&
    accounts.some((account) => (account === ANY_ACCOUNT ? unseenAccounts.size > 0 : unseenAccounts.has(account))));

/** Stands in a list of accounts for those that evidence has left out: it may be any. */
export const ANY_ACCOUNT = '*';

/** The IDs of the accounts that evidence, as a text, names as those on which the finding depends. */
export const accountsNamedIn = (evidence: string): readonly string[] => [
  ...new Set(evidence.match(ACCOUNT_ID) ?? []),
  ...(LEFT_OUT.test(evidence) ? [ANY_ACCOUNT] : []),
];

const ACCOUNT_ID = /(?<!\d)\d{12}(?!\d)/g;
const LEFT_OUT = /\bthroughCount\b/;
