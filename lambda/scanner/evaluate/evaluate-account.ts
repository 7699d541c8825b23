import type { Check, CheckContext } from '../check.ts';
import type { OrganizationPart } from '../facts/organization-parts/index.ts';
import type { ObservedFacts } from '../facts/snapshot.ts';
import { getOrCreate } from '../model/get-or-create.ts';
import { collected, unavailable } from '../model/observed.ts';
import type { UnreadData } from '../model/report.ts';
import { type ObservedData, coverageFor, withCauses } from './causes.ts';
import { type CheckResult, evaluate } from './evaluate.ts';
import { unreadElsewhere } from './hidden-elsewhere.ts';
import { type Unread, unreadFor } from './unread.ts';

/** What is known of one account when its checks run. */
export interface EvaluatedData extends ObservedData {
  readonly accountId: string;
  /** The facts for the checks; their coverage is computed here. */
  readonly known: Omit<ObservedFacts, 'coverage'>;
  /** What could not be read. */
  readonly unread: readonly Unread[];
}

/** The results of the checks, and what could not be read, with the checks that depend on it. */
export interface EvaluatedAccount {
  readonly results: readonly CheckResult[];
  readonly unread: readonly UnreadData[];
}

/**
 * Runs every check on one account. The checks of coverage run last: they also report which checks wait for missing data. UNKNOWN findings
 * then name the finding that reports their cause.
 */
export function evaluateAccount(
  checks: readonly Check[],
  data: EvaluatedData,
  contextOf: (check: Check) => CheckContext,
): EvaluatedAccount {
  const reportsCoverage = ({ needs }: Check) => needs.includes('coverage');
  const facts: ObservedFacts = { ...data.known, coverage: unavailable('it is computed after the other checks') };
  const partsRead = new Map<string, Set<OrganizationPart>>();
  const first = evaluate(
    checks.filter((check) => !reportsCoverage(check)),
    facts,
    contextOf,
    (checkId, part) => getOrCreate(partsRead, checkId, () => new Set()).add(part),
  );
  const unread = [
    ...unreadFor(data.accountId, checks, data.unread, partsRead),
    ...unreadElsewhere(data.accountId, checks, facts, contextOf),
  ];
  const missing = coverageFor(
    data,
    first.flatMap(({ findings }) => findings),
    unread,
  );
  const coverage = collected({ facts: missing });
  const results = [...first, ...evaluate(checks.filter(reportsCoverage), { ...facts, coverage }, contextOf)];
  const causesOf = withCauses(
    results.flatMap(({ findings }) => findings),
    data,
  );
  return { results: results.map((result) => ({ ...result, findings: result.findings.map(causesOf) })), unread };
}
