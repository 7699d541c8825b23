import type { Finding } from '../../lambda/scanner/model/finding.ts';
import type { Report } from '../../lambda/scanner/model/report.ts';
import type { PrincipalVerdict } from '../../lambda/scanner/model/verdict.ts';
import { ACCOUNT } from '../support/builders.ts';

/** A failure of one user. */
export const aFinding = (name: string, finding: Partial<Finding> = {}): Finding => ({
  id: `iam-vigil/v1/${ACCOUNT}/${finding.checkId ?? 'access-key-unused'}/AIDA${name.toUpperCase()}`,
  checkId: 'access-key-unused',
  title: 'Unused access keys should be removed',
  headline: `A key of IAM user ${name} was last used 50 days ago`,
  severity: 'MEDIUM',
  status: 'FAILED',
  account: ACCOUNT,
  resource: { type: 'AwsIamUser', arn: `arn:aws:iam::${ACCOUNT}:user/${name}`, name },
  message: 'Theft of an unused access key is unlikely to be noticed.',
  evidence: { unusedDays: 50 },
  remediation: `Deactivate it: aws iam update-access-key --user-name ${name}`,
  standards: { NIS2: 'Art. 21(2)(i)' },
  ...finding,
});

/** The report of one account with these findings, counted. */
export function aReport(findings: readonly Finding[], report: Partial<Report> = {}): Report {
  const count = (severity: Finding['severity']) =>
    findings.filter((finding) => finding.status === 'FAILED' && finding.severity === severity).length;
  const unknown = findings.filter(({ status }) => status === 'UNKNOWN').length;
  return {
    schemaVersion: 1,
    tool: { name: 'iam-vigil', version: '1.2.3' },
    account: ACCOUNT,
    accounts: [{ account: ACCOUNT, takenAt: '2026-11-20T03:00:00Z', complete: unknown === 0, failed: findings.length }],
    takenAt: '2026-11-20T03:00:00Z',
    complete: unknown === 0,
    calls: 12,
    summary: {
      failed: {
        INFORMATIONAL: count('INFORMATIONAL'),
        LOW: count('LOW'),
        MEDIUM: count('MEDIUM'),
        HIGH: count('HIGH'),
        CRITICAL: count('CRITICAL'),
      },
      unknown,
      suppressed: findings.filter(({ status }) => status === 'SUPPRESSED').length,
      passed: 3,
      checks: 2,
    },
    admins: [],
    findings,
    records: [],
    changes: [],
    notices: [],
    ...report,
  };
}

/** A user's verdict. */
export const aVerdict = (name: string, verdict: Partial<PrincipalVerdict> = {}): PrincipalVerdict => ({
  arn: `arn:aws:iam::${ACCOUNT}:user/${name}`,
  type: 'user',
  verdict: 'none',
  platform: false,
  conditions: [],
  blockedBy: [],
  path: [],
  ...verdict,
});
