import { type DeliveryOptions, queryOf } from '../../lambda/scanner/deliver/plan.ts';
import { type HubFailure, type SecurityHub, SecurityHubError } from '../../lambda/scanner/deliver/hub.ts';
import { type Delivery, deliverToSecurityHub } from '../../lambda/scanner/deliver/security-hub.ts';
import { type Finding, findingId } from '../../lambda/scanner/model/finding.ts';
import type { InformationalRecord } from '../../lambda/scanner/model/informational-record.ts';
import { toIso } from '../../lambda/scanner/model/instant.ts';
import type { Report } from '../../lambda/scanner/model/report.ts';
import { severities } from '../../lambda/scanner/model/severity.ts';
import { Refusal } from '../support/aws/refusal.ts';
import { LoopbackSecurityHub } from '../support/aws/services/security-hub.ts';
import { ACCOUNT, NOW } from '../support/builders.ts';

/** The Region of the tests. */
export const REGION = 'eu-west-1';

/** The checks that the tests run. */
export const CHECKS = ['access-key-unrotated', 'admin-user', 'root-without-mfa'] as const;

/** A failure of one check by one user. */
export const aFinding = (user: string, finding: Partial<Finding> & { readonly checkId?: string } = {}): Finding => {
  const checkId = finding.checkId ?? 'admin-user';
  return {
    id: findingId(finding.account ?? ACCOUNT, checkId, `AIDA${user.toUpperCase()}`),
    checkId,
    title: 'IAM users should not have administrator access',
    headline: `IAM user ${user} has administrator access`,
    severity: 'HIGH',
    status: 'FAILED',
    account: ACCOUNT,
    resource: { type: 'AwsIamUser', arn: `arn:aws:iam::${ACCOUNT}:user/${user}`, name: user },
    message: `User ${user} is admin.`,
    evidence: {},
    remediation: 'Take the policy away.',
    standards: { 'CIS AWS 3.0': '1.16' },
    ...finding,
  };
};

/** A finding that one check could not evaluate. */
export const anUnknown = (checkId: string, reason = 'access to iam:ListAccessKeys was denied'): Finding =>
  aFinding(ACCOUNT, {
    id: findingId(ACCOUNT, checkId, ACCOUNT),
    checkId,
    status: 'UNKNOWN',
    resource: { type: 'AwsAccount', arn: `AWS::::Account:${ACCOUNT}`, name: ACCOUNT },
    headline: `Account ${ACCOUNT} could not be evaluated (${checkId})`,
    message: `Not evaluated: ${reason}`,
  });

/** A failure that an exception accepts. */
export const anAccepted = (user: string, expires = '2027-01-31T00:00:00Z', finding: Partial<Finding> = {}): Finding =>
  aFinding(user, {
    status: 'SUPPRESSED',
    evidence: { exception: { reason: 'migration', owner: 'ops', ticket: 'OPS-1', expires } },
    ...finding,
  });

/** The record with the list of admins. */
export const aRecord = (admins: readonly string[], account = ACCOUNT): InformationalRecord => ({
  id: findingId(account, 'admin-inventory', account),
  checkId: 'admin-inventory',
  title: 'Inventory of administrators (informational)',
  headline: `Administrators of account ${account}`,
  severity: 'INFORMATIONAL',
  status: 'PASSED',
  account,
  resource: { type: 'AwsAccount', arn: `AWS::::Account:${account}`, name: account },
  message: `Admins of account ${account}: ${admins.length}.`,
  evidence: { admins: admins.map((name) => ({ arn: `arn:aws:iam::${account}:user/${name}`, verdict: 'admin' })) },
  remediation: 'Look the list over: iam-vigil admins.',
  standards: { 'NIST 800-53 r5': 'AC-6(7)' },
});

/** A report with these findings and records, collected five minutes ago. */
export function reportOf(
  findings: readonly Finding[],
  { now = NOW, checks, records = [] }: { readonly now?: number; readonly checks: number } & Partial<Pick<Report, 'records'>>,
): Report {
  const takenAt = toIso(now - 300_000);
  const count = (status: Finding['status']) => findings.filter((finding) => finding.status === status).length;
  const failed = severities.map((severity) => [
    severity,
    findings.filter((finding) => finding.status === 'FAILED' && finding.severity === severity).length,
  ]);
  return {
    schemaVersion: 1,
    tool: { name: 'iam-vigil', version: '0.0.0' },
    account: ACCOUNT,
    accounts: [{ account: ACCOUNT, name: 'production', takenAt, complete: true, failed: 0 }],
    takenAt,
    complete: true,
    calls: 0,
    summary: {
      failed: Object.fromEntries(failed) as Report['summary']['failed'],
      unknown: count('UNKNOWN'),
      suppressed: count('SUPPRESSED'),
      passed: 0,
      checks,
    },
    admins: [],
    findings,
    records,
    changes: [],
    notices: [],
  };
}

const failures: Readonly<Record<string, HubFailure>> = {
  InvalidAccessException: 'not-enabled',
  AccessDeniedException: 'denied',
  InvalidInputException: 'invalid',
};

/** The hub without a network, for tests that are not about the network. */
export function directly(hub: LoopbackSecurityHub): SecurityHub {
  const ask = (request: object): Record<string, unknown> => {
    try {
      return hub.answer(JSON.stringify(request)) as Record<string, unknown>;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      throw new SecurityHubError(failures[error.code] ?? 'failed', `${error.code}: ${error.message}`, error);
    }
  };
  const equals = (value: string) => [{ Value: value, Comparison: 'EQUALS' }];
  return {
    region: hub.region,
    calls: () => hub.calls.length,
    read: (query, token) => {
      const Filters = {
        ProductArn: equals(query.productArn),
        AwsAccountId: equals(query.account),
        Region: equals(query.region),
        Id: [{ Value: query.idPrefix, Comparison: 'PREFIX' }],
        ...(query.updated
          ? {
              UpdatedAt: [{ Start: new Date(query.updated.from).toISOString(), End: new Date(query.updated.to).toISOString() }],
            }
          : {}),
      };
      return attempt(() => {
        const answer = ask({ Filters, MaxResults: 100, ...(token === undefined ? {} : { NextToken: token }) });
        const next = answer['NextToken'];
        return { findings: answer['Findings'] as unknown[], ...(typeof next === 'string' ? { next } : {}) };
      });
    },
    import: (findings) =>
      attempt(() =>
        (ask({ Findings: findings })['FailedFindings'] as { Id: string; ErrorCode: string; ErrorMessage: string }[]).map(
          ({ Id, ErrorCode, ErrorMessage }) => ({ id: Id, code: ErrorCode, message: ErrorMessage }),
        ),
      ),
    update: (ids, { productArn, workflow, note, noteBy }) =>
      attempt(() => {
        const answer = ask({
          FindingIdentifiers: ids.map((Id) => ({ Id, ProductArn: productArn })),
          Workflow: { Status: workflow },
          Note: { Text: note, UpdatedBy: noteBy },
        });
        const refused = answer['UnprocessedFindings'] as { FindingIdentifier: { Id: string }; ErrorCode: string }[];
        return refused.map(({ FindingIdentifier, ErrorCode }) => ({ id: FindingIdentifier.Id, code: ErrorCode, message: '' }));
      }),
  };
}

const attempt = async <T>(run: () => T): Promise<T> => Promise.resolve().then(run);

/** A hub of the account of the tests. */
export const aHub = (...[quirks]: readonly [ConstructorParameters<typeof LoopbackSecurityHub>[2]?]) =>
  new LoopbackSecurityHub(ACCOUNT, REGION, quirks);

type Night = Partial<DeliveryOptions> & Partial<Pick<Report, 'records'>> & { readonly checkIds?: readonly string[] };

/** Delivers one night's findings and records. */
export function deliver(
  hub: LoopbackSecurityHub | SecurityHub,
  findings: readonly Finding[],
  { now = NOW, checkIds = CHECKS, records = [], ...options }: Night = {},
): Promise<Delivery> {
  const port = hub instanceof LoopbackSecurityHub ? directly(hub) : hub;
  const checks = checkIds.map((id) => ({ id }));
  const report = reportOf(findings, { now, checks: checks.length, records });
  return deliverToSecurityHub(port, report, { ...defaults, checks, now, ...options });
}

/** What every delivery of the tests has in common. */
export const defaults = { account: ACCOUNT, partition: 'aws', sleep: () => Promise.resolve() };

/** The query of a delivery of the tests. */
export const query = queryOf({ region: REGION }, defaults);
