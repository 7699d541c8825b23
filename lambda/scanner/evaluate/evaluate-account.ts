import type { Check, CheckContext } from '../check.ts';
import type { AccountCoverage } from '../facts/coverage.ts';
import type { ObservedFacts } from '../facts/snapshot.ts';
import { collected, unavailable } from '../model/observed.ts';
import { type ObservedData, coverageFor, withCauses } from './causes.ts';
import { type CheckResult, evaluate } from './evaluate.ts';

/** What is known of one account when its checks run. */
export interface EvaluatedData extends ObservedData {
  readonly accountId: string;
  /** The facts for the checks; their coverage is computed here. */
  readonly known: Omit<ObservedFacts, 'coverage'>;
  /** The accounts of the organization, in the account that reports for it. */
  readonly accounts: readonly AccountCoverage[];
}

/**
 * Runs every check on one account. The checks of coverage run last: they also report which checks wait for missing data. UNKNOWN findings
 * then name the finding that reports their cause.
 */
export function evaluateAccount(
  checks: readonly Check[],
  data: EvaluatedData,
  contextOf: (check: Check) => CheckContext,
): readonly CheckResult[] {
  const reportsCoverage = ({ needs }: Check) => needs.includes('coverage');
  const facts: ObservedFacts = { ...data.known, coverage: unavailable('it is computed after the other checks') };
  const first = evaluate(
    checks.filter((check) => !reportsCoverage(check)),
    facts,
    contextOf,
  );
  const missing = coverageFor(
    data,
    first.flatMap(({ findings }) => findings),
  );
  const coverage = collected({ facts: missing, accounts: data.accounts });
  const results = [...first, ...evaluate(checks.filter(reportsCoverage), { ...facts, coverage }, contextOf)];
  const causesOf = withCauses(
    results.flatMap(({ findings }) => findings),
    data,
  );
  return results.map((result) => ({ ...result, findings: result.findings.map(causesOf) }));
}
