import type { Config } from '../config.ts';
import type { Finding } from '../model/finding.ts';
import type { Summary } from '../model/report.ts';
import { severities } from '../model/severity.ts';
import type { CheckResult } from './evaluate.ts';

/** The counts of a report. */
export function summarize(
  findings: readonly Finding[],
  results: readonly Pick<CheckResult, 'passed'>[],
  { checks, config }: { readonly checks: readonly unknown[]; readonly config: Pick<Config, 'checks'> },
): Summary {
  const switchedOff = [...config.checks.values()].filter(({ enabled }) => enabled === false).length;
  const count = (status: Finding['status']) => findings.filter((finding) => finding.status === status).length;
  const failed = Object.fromEntries(
    severities.map((severity) => [
      severity,
      findings.filter((finding) => finding.status === 'FAILED' && finding.severity === severity).length,
    ]),
  ) as Record<(typeof severities)[number], number>;
  return {
    failed,
    unknown: count('UNKNOWN'),
    suppressed: count('SUPPRESSED'),
    passed: results.reduce((sum, { passed }) => sum + passed, 0),
    checks: checks.length,
    ...(switchedOff === 0 ? {} : { switchedOff }),
  };
}
