import { isUnproven } from '../../evaluate/proof.ts';
import { type Severity, isAtLeast } from '../../model/severity.ts';
import type { DigestItem } from './digest.ts';
import type { FoundFinding, FoundInAccount } from './found.ts';

/** What is remembered of a finding. */
export interface RememberedFinding extends Pick<FoundFinding, 'checkId' | 'headline' | 'isEvent' | 'accounts'> {
  /** Its severity when it last failed; absent: it was never seen to fail. */
  readonly severity?: Severity;
  /** Whether it was told that it cannot be evaluated. */
  readonly isUnseen?: true;
}

/** The findings of an account as they were told, by ID. */
export interface RememberedAccount {
  /** The checks that ran. */
  readonly checks: readonly string[];
  readonly findings: Readonly<Record<string, RememberedFinding>>;
}

/** What is to be told of an account, and what to compare with the next time. */
export interface ComparedFindings {
  readonly items: readonly DigestItem[];
  readonly remembered: RememberedAccount;
}

/**
 * Compares the findings of an account with those of the earlier run.
 *
 * - Without an earlier run, and for a check that did not run then, only changes and uses are told: the rest is not new.
 * - A finding that is gone is fixed only if the run proves it. Otherwise it is remembered, so that it is not new when it is seen again.
 * - A finding that an exception accepts is not told, and not fixed: when no exception accepts it any more, it is new.
 * - A finding about a change or a use is told once. That it is gone the next night means nothing.
 */
export function compareFindings(before: RememberedAccount | undefined, found: FoundInAccount): ComparedFindings {
  const { account, checks } = found;
  const ranBefore = new Set(before?.checks);
  const current = new Map(found.findings.map((finding) => [finding.id, finding]));
  const told = found.findings.map((finding) => ({ finding, was: before?.findings[finding.id] }));
  const gone = Object.entries(before?.findings ?? {}).filter(([id]) => !current.has(id));
  const items = told.flatMap(({ finding, was }): readonly DigestItem[] => {
    const what = ranBefore.has(finding.checkId) || finding.isEvent ? whatHappened(finding, was) : undefined;
    return what === undefined ? [] : [itemOf(account, what, finding.id, finding)];
  });
  const fixed = gone.flatMap(([id, { severity, ...was }]) =>
    severity !== undefined && !was.isEvent && isProvenGone(was, found) ? itemOf(account, 'fixed', id, { ...was, severity }) : [],
  );
  const kept = gone.filter(([, was]) => was.severity !== undefined && !was.isEvent && !isProvenGone(was, found));
  const remembered = told.flatMap(({ finding, was }) => {
    const known = remember(finding, was);
    return known === undefined ? [] : [[finding.id, known] as const];
  });
  return { items: [...items, ...fixed], remembered: { checks, findings: Object.fromEntries([...kept, ...remembered]) } };
}

function whatHappened({ state, severity }: FoundFinding, was: RememberedFinding | undefined): DigestItem['what'] | undefined {
  if (state === 'explained' || state === 'accepted') return undefined;
  if (state === 'unseen') return was?.isUnseen ? undefined : 'unseen';
  if (was?.severity === undefined) return 'new';
  return severity !== was.severity && isAtLeast(severity, was.severity) ? 'worse' : undefined;
}

function remember(finding: FoundFinding, was: RememberedFinding | undefined): RememberedFinding | undefined {
  const { checkId, headline, severity, state, isEvent, accounts } = finding;
  if (state === 'accepted') return undefined;
  if (state === 'explained') return was;
  if (state === 'unseen') return { ...(was ?? { checkId, headline }), isUnseen: true };
  return { checkId, headline, severity, ...(isEvent ? { isEvent } : {}), ...(accounts ? { accounts } : {}) };
}

/** Whether the run shows that the finding is fixed. A check that no longer runs shows nothing. */
function isProvenGone(
  { checkId, accounts = [] }: Pick<RememberedFinding, 'checkId' | 'accounts'>,
  { proven, acrossAccounts, unseenAccounts }: FoundInAccount,
): boolean {
  const proof = {
    ran: new Set(proven),
    acrossAccounts: new Set(acrossAccounts),
    unseenAccounts: new Set(unseenAccounts),
  };
  return proof.ran.has(checkId) && !isUnproven({ isJudged: true, accounts }, checkId, proof);
}

const itemOf = (
  account: string,
  what: DigestItem['what'],
  key: string,
  { checkId, severity, headline, message = '' }: Pick<FoundFinding, 'checkId' | 'severity' | 'headline' | 'message'>,
): DigestItem => ({ key, what, account, checkId, severity, headline, ...(message === '' ? {} : { message }) });
