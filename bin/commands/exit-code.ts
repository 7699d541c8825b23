import type { Report } from '../../lambda/scanner/model/report.ts';
import { type Severity, isAtLeast } from '../../lambda/scanner/model/severity.ts';

/**
 * The exit code of a scan: 1 if a failure is at or above the threshold, even if something else could not be evaluated; 3 if
 * something could not be evaluated; 0 otherwise.
 */
export function exitCode({ findings, complete }: Pick<Report, 'findings' | 'complete'>, failOn?: Severity): 0 | 1 | 3 {
  if (failOn !== undefined && findings.some(({ status, severity }) => status === 'FAILED' && isAtLeast(severity, failOn)))
    return 1;
  return complete ? 0 : 3;
}
