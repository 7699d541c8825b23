import type { Finding } from '../model/finding.ts';
import type { Report } from '../model/report.ts';
import { type Severity, isAtLeast } from '../model/severity.ts';

/** Which findings of a report are shown. */
export interface Narrowing {
  readonly minSeverity?: Severity | undefined;
  /** The ID of an account; with a principal, its account. */
  readonly account?: string | undefined;
  /** The ARN of a principal, a group or a policy. */
  readonly principal?: string | undefined;
}

/**
 * The report with these findings alone; its counts stay those of all. What is UNKNOWN in the same account may be about any principal of
 * any severity, so that it stays.
 */
export function narrowed(report: Report, { minSeverity, account, principal }: Narrowing): Report {
  const isShown = ({ status, severity, resource, ...finding }: Finding): boolean => {
    if (account !== undefined && finding.account !== account) return false;
    if (status === 'UNKNOWN') return true;
    if (minSeverity !== undefined && !isAtLeast(severity, minSeverity)) return false;
    return principal === undefined || resource.arn === principal;
  };
  return { ...report, findings: report.findings.filter(isShown) };
}
