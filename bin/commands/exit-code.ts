import accessAssertionBroken from '../../lambda/scanner/checks/access-assertion-broken.ts';
import type { Report } from '../../lambda/scanner/model/report.ts';
import { type Severity, isAtLeast } from '../../lambda/scanner/model/severity.ts';

/**
 * The exit code of a scan: 1 if a failure is at or above the threshold, or an assertion of the configuration is broken, even if something
 * else could not be evaluated; 3 if something could not be evaluated; 0 otherwise.
 */
export function exitCode({ findings, complete }: Pick<Report, 'findings' | 'complete'>, failOn?: Severity): 0 | 1 | 3 {
  const failed = findings.filter(({ status }) => status === 'FAILED');
  if (failed.some(({ checkId }) => checkId === accessAssertionBroken.id)) return 1;
  if (failOn !== undefined && failed.some(({ severity }) => isAtLeast(severity, failOn))) return 1;
  return complete ? 0 : 3;
}
