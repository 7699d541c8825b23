import type { FactName } from '../../facts/snapshot.ts';
import { accountsNamedIn, proofOf, unsettledChecks } from '../../evaluate/proof.ts';
import { type Finding, isOnNumberedKey } from '../../model/finding.ts';
import type { Report } from '../../model/report.ts';
import type { Severity } from '../../model/severity.ts';

/** A finding of one run, as the digest needs it. */
export interface FoundFinding {
  readonly id: string;
  readonly checkId: string;
  /**
   * `failed`; `accepted`: it failed, and an exception accepts it; `unseen`: it says that something could not be read or evaluated;
   * `explained`: it could not be evaluated, and another finding says why.
   */
  readonly state: 'failed' | 'accepted' | 'unseen' | 'explained';
  readonly severity: Severity;
  readonly headline: string;
  /** Further facts about a change or a use. */
  readonly message?: string;
  /** Whether it is about a change or a use, which later scans do not see. */
  readonly isEvent?: true;
  /** The accounts that its evidence names, if it depends on other accounts. */
  readonly accounts?: readonly string[];
}

/** What a run found in one account. It is plain JSON, which the states of an organization scan exchange. */
export interface FoundInAccount {
  readonly account: string;
  readonly findings: readonly FoundFinding[];
  /** The checks that ran. */
  readonly checks: readonly string[];
  /** Those of them that read and evaluated everything, so that a missing finding of them is fixed. */
  readonly proven: readonly string[];
  /** Those of them whose findings depend on other accounts too. */
  readonly acrossAccounts: readonly string[];
  /** The accounts that the run did not see. */
  readonly unseenAccounts: readonly string[];
}

/** The checks that report what could not be read. */
const ABOUT_THE_SCAN: readonly string[] = ['fact-unavailable', 'account-not-scanned', 'policy-document-unreadable'];

/** The checks that report that something was used. That it was not used again does not mean that it is fixed. */
const ABOUT_USE: readonly string[] = ['root-used-recently', 'break-glass-used'];

/**
 * What a report says about one account. Findings on keys that are known by their number only are left out: they could be of any key.
 */
export function foundIn(
  report: Report,
  account: string,
  checks: readonly { readonly id: string; readonly needs?: readonly FactName[] }[],
): FoundInAccount {
  const own = report.findings.filter((finding) => finding.account === account);
  const { unproven, acrossAccounts, unseenAccounts } = proofOf(report, { account, checks });
  const unsettled = unsettledChecks(own);
  const ids = checks.map(({ id }) => id);
  return {
    account,
    findings: own.flatMap((finding) => (isOnNumberedKey(finding) ? [] : foundFinding(finding, acrossAccounts))),
    checks: ids,
    proven: ids.filter((id) => !unproven.has(id) && !unsettled.has(id)),
    acrossAccounts: [...acrossAccounts],
    unseenAccounts: [...unseenAccounts],
  };
}

function foundFinding(finding: Finding, acrossAccounts: ReadonlySet<string>): FoundFinding {
  const { id, checkId, severity, headline, message, openUntil, evidence } = finding;
  const accounts = acrossAccounts.has(checkId) ? accountsNamedIn(JSON.stringify(evidence)) : [];
  return {
    ...{ id, checkId, severity, headline, state: stateOf(finding) },
    ...(openUntil === undefined && !ABOUT_USE.includes(checkId) ? {} : { isEvent: true, message }),
    ...(accounts.length === 0 ? {} : { accounts }),
  };
}

function stateOf({ status, checkId, causes }: Finding): FoundFinding['state'] {
  if (status === 'SUPPRESSED') return 'accepted';
  if (status === 'FAILED') return ABOUT_THE_SCAN.includes(checkId) ? 'unseen' : 'failed';
  return causes === undefined ? 'unseen' : 'explained';
}
