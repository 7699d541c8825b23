import type { CorrelationResult, OrganizationRun } from '../../scanner/deliver/organization-store.ts';
import { type Severity, severities } from '../../scanner/model/severity.ts';
import type { ScanResult } from '../finish-scan.ts';
import type { RunEnded } from '../run-ended.ts';
import { organizationHeadline } from './organization-headline.ts';

/** An account, and why it was not scanned or not delivered. */
export interface Missing {
  readonly account: string;
  readonly name?: string;
  readonly reason: string;
}

/** The outcome of an organization scan. */
export interface OrganizationReport extends RunEnded {
  /** Numbers of accounts. Planned accounts are either scanned or not scanned. */
  readonly planned: number;
  readonly scanned: number;
  readonly notScanned: readonly Missing[];
  /** In a run that read only some accounts: these. All other results are those of the runs before. */
  readonly readAgain?: readonly string[];
  /** Accounts that were scanned but not completely evaluated or delivered. */
  readonly undelivered: readonly Missing[];
  readonly farthest: CorrelationResult['widestReach'];
  readonly accounts: readonly ScanResult[];
}

const NO_OUTCOME = 'the delivery of the account failed; see the log of the deliver function. Or a later run has read the account';

/**
 * Adds up the outcomes of all accounts.
 *
 * @throws Error when a planned account is in none of the lists. That is a bug, and must not look like a complete scan.
 */
export function organizationReport(
  run: OrganizationRun,
  planned: readonly { readonly id: string; readonly name?: string }[],
  correlation: Pick<CorrelationResult, 'scanned' | 'failures' | 'widestReach' | 'part'>,
  outcomes: ReadonlyMap<string, ScanResult>,
  { digest, problems }: Pick<OrganizationReport, 'digest' | 'problems'>,
): OrganizationReport {
  const scanned = new Set(correlation.scanned);
  const missing = ({ id, name }: (typeof planned)[number], reason: string): Missing => ({
    ...{ account: id, reason },
    ...(name === undefined ? {} : { name }),
  });
  const notScanned = planned.flatMap((account) => {
    const reason = correlation.failures[account.id];
    return reason === undefined ? [] : missing(account, reason);
  });
  const undelivered = planned
    .filter(({ id }) => scanned.has(id))
    .flatMap((account) => {
      const outcome = outcomes.get(account.id);
      if (outcome === undefined) return missing(account, NO_OUTCOME);
      return outcome.problems.length === 0 ? [] : missing(account, outcome.problems.join('; '));
    });
  const lost = planned.filter(({ id }) => scanned.has(id) === (correlation.failures[id] !== undefined));
  if (lost.length > 0 || scanned.size + notScanned.length !== planned.length)
    throw new Error(
      `${planned.length} accounts were planned, ${scanned.size} scanned and ${notScanned.length} not scanned. Check ${lost.map(({ id }) => id).join(', ')}`,
    );
  const accounts = [...outcomes.values()].sort((a, b) => (a.account < b.account ? -1 : 1));
  const sum = (count: (outcome: ScanResult) => number) => accounts.reduce((total, outcome) => total + count(outcome), 0);
  const report = {
    ...{ schemaVersion: 1 as const, run, planned: planned.length, scanned: scanned.size, notScanned, undelivered },
    ...(correlation.part ? { readAgain: correlation.part.accounts } : {}),
    complete:
      [notScanned, undelivered, problems].every(({ length }) => length === 0) && accounts.every(({ complete }) => complete),
    // Every severity has a sum.
    failed: Object.fromEntries(
      severities.map((severity) => [severity, sum(({ summary }) => summary.failed[severity])]),
    ) as Record<Severity, number>,
    unknown: sum(({ summary }) => summary.unknown),
    suppressed: sum(({ summary }) => summary.suppressed),
    ...{ farthest: correlation.widestReach, digest, problems, accounts },
  };
  return { ...report, headline: organizationHeadline(report) };
}
