import type { Report } from '../../lambda/scanner/model/report.ts';
import { type Severity, isAtLeast } from '../../lambda/scanner/model/severity.ts';

/**
 * The exit code of a scan: 1 when a failure is at or above the threshold, which holds whatever else could not be seen; 3 when
 * something could not be judged; 0 otherwise.
 */
export function exitCode({ findings, complete }: Pick<Report, 'findings' | 'complete'>, failOn?: Severity): 0 | 1 | 3 {
  if (failOn !== undefined && findings.some(({ status, severity }) => status === 'FAILED' && isAtLeast(severity, failOn)))
    return 1;
  return complete ? 0 : 3;
}
