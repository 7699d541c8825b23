/**
 * The standards that consist of checks, and so can be answered whole: the section on IAM of each CIS AWS Foundations Benchmark, and the
 * controls on IAM and accounts of AWS.
 */
export const benchmarkNames = ['CIS AWS 3.0', 'CIS AWS 5.0', 'CIS AWS 7.0', 'AWS FSBP', 'AWS Security Hub'] as const;

/** One of {@link benchmarkNames}. */
export type BenchmarkName = (typeof benchmarkNames)[number];

/** One demand of the standards, in our words, with its number in each. */
export interface BenchmarkControl {
  readonly title: string;
  /** Ids, comma-separated where a standard divides the demand. */
  readonly ids: Readonly<Partial<Record<BenchmarkName, string>>>;
  /** The ids of the checks that answer it whole; none: see `gap`. */
  readonly checks: readonly string[];
  /** Why no check answers it, as the end of "not covered, because …". */
  readonly gap?: string;
}

type Columns = readonly [cis3: string, cis5: string, cis7: string, fsbp: string, hub: string];

/** The numbers in the order of {@link benchmarkNames}; `-`: the standard does not have it. */
const idsOf = (columns: Columns): BenchmarkControl['ids'] =>
  Object.fromEntries(benchmarkNames.flatMap((name, index) => (columns[index] === '-' ? [] : [[name, columns[index]]])));

const covered = (title: string, columns: Columns, ...checks: readonly string[]): BenchmarkControl => ({
  title,
  ids: idsOf(columns),
  checks,
});

const open = (title: string, columns: Columns, gap: string): BenchmarkControl => ({
  title,
  ids: idsOf(columns),
  checks: [],
  gap,
});

/**
 * The mapping of all of them, in the order of CIS 7.0, then those that only AWS has.
 * CIS AWS Foundations Benchmark 3.0, 5.0 and 7.0: https://www.cisecurity.org/benchmark/amazon_web_services
 * https://docs.aws.amazon.com/securityhub/latest/userguide/fsbp-standard.html
 * https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html
 * https://docs.aws.amazon.com/securityhub/latest/userguide/account-controls.html
 */
// prettier-ignore
export const benchmarkControls: readonly BenchmarkControl[] = [
  covered('Root access of member accounts is managed centrally', ['-', '-', '2.1.1', '-', '-'], 'root-management-not-central', 'root-credentials-remaining'),
  covered('SCPs or RCPs protect every member account', ['-', '-', '2.1.2', '-', '-'], 'guardrails-missing', 'resource-control-policy-missing'),
  covered('No workload runs in the management account', ['-', '-', '2.1.3', '-', '-'], 'management-account-workload', 'management-account-user'),
  open('Organizational units follow environment and sensitivity', ['-', '-', '2.1.4', '-', '-'], 'which accounts belong together is for people to decide'),
  open('A member account administers the policies of the organization', ['-', '-', '2.1.5', '-', '-'], 'iam-vigil does not read the delegation policy of the organization; delegated-administrator-unlisted reports administrators that are not approved'),
  open('Member accounts administer the services of the organization', ['-', '-', '2.1.6', '-', '-'], 'which services need an administrator depends on what is used; delegated-administrator-unlisted reports administrators that are not approved'),
  covered('The account has contact details', ['1.1', '1.1', '2.2', '-', '-'], 'contact-details-missing'),
  covered('The account has a security contact', ['1.2', '1.2', '2.3', 'Account.1', 'Account.1'], 'security-contact-missing'),
  open('The account has security questions', ['1.3', '-', '-', '-', '-'], 'AWS no longer has security questions'),
  covered('The root user has no access key', ['1.4', '1.3', '2.4', 'IAM.4', 'IAM.4'], 'root-access-key-active'),
  covered('The root user has MFA', ['1.5', '1.4', '2.5', '-', 'IAM.9'], 'root-without-mfa'),
  covered('The root user has hardware MFA', ['1.6', '1.5', '2.6', 'IAM.6', 'IAM.6'], 'root-mfa-not-hardware'),
  covered('The root user is not used for daily work', ['1.7', '1.6', '2.7', '-', 'IAM.20'], 'root-used-recently'),
  covered('Passwords have 14 characters or more', ['1.8', '1.7', '2.8', '-', 'IAM.15'], 'password-policy-weak'),
  covered('Passwords are not reused', ['1.9', '1.8', '2.9', '-', 'IAM.16'], 'password-policy-weak'),
  covered('Users with a console password have MFA', ['1.10', '1.9', '2.10', 'IAM.5', 'IAM.5'], 'console-user-without-mfa'),
  open('No access key is created together with a user that has a console password', ['1.11', '1.10', '-', '-', '-'], 'AWS does not say with what a key was created; password-and-access-key reports users that have both'),
  covered('Credentials unused for 45 days are disabled', ['1.12', '1.11', '2.11', '-', 'IAM.22'], 'access-key-unused', 'access-key-never-used', 'console-password-unused'),
  covered('A user has one active access key', ['1.13', '1.12', '-', '-', '-'], 'two-active-access-keys'),
  covered('Access keys are rotated every 90 days', ['1.14', '1.13', '2.12', 'IAM.3', 'IAM.3'], 'access-key-unrotated'),
  covered('Users get permissions through groups only', ['1.15', '1.14', '2.13', 'IAM.2', 'IAM.2'], 'policy-attached-to-user'),
  covered('No policy in use allows every action on every resource', ['1.16', '1.15', '2.14', 'IAM.1', 'IAM.1'], 'policy-allows-everything'),
  covered('A role can manage AWS Support cases', ['1.17', '1.16', '2.15', '-', 'IAM.18'], 'support-role-missing'),
  open('EC2 instances use roles', ['1.18', '1.17', '2.16', '-', '-'], 'iam-vigil reads only the instances that have a role (--inventory)'),
  covered('No expired certificate is stored in IAM', ['1.19', '1.18', '2.17', '-', 'IAM.26'], 'server-certificate-expired'),
  covered('An external access analyzer is enabled in every Region', ['1.20', '1.19', '2.18', '-', 'IAM.28'], 'external-access-analyzer-missing'),
  open('Users are managed centrally, by federation', ['1.21', '1.20', '2.19', '-', '-'], 'only people can tell which IAM users stand for a person; admin-user reports IAM users that are admin'),
  covered('AWSCloudShellFullAccess is not attached', ['1.22', '1.21', '2.20', '-', 'IAM.27'], 'cloudshell-full-access'),
  open('No resource policy allows every principal', ['-', '-', '2.21', '-', '-'], 'iam-vigil reads the resource policies of roles only; role-trusts-anyone judges those'),

  covered('The password policy is strong', ['-', '-', '-', 'IAM.7', 'IAM.7, IAM.11, IAM.12, IAM.13, IAM.14'], 'password-policy-weak'),
  open('The password policy is strong, and passwords expire', ['-', '-', '-', '-', 'IAM.10, IAM.17'], 'NIST 800-63B advises against passwords that expire; maxAgeDays of password-policy-weak demands it'),
  covered('Unused credentials are removed', ['-', '-', '-', 'IAM.8', 'IAM.8'], 'access-key-unused', 'access-key-never-used', 'console-password-unused'),
  open('Every IAM user has MFA', ['-', '-', '-', '-', 'IAM.19'], 'MFA matters where a user can sign in: console-user-without-mfa reports those, and admin-access-key-unguarded access keys'),
  covered('No policy allows all actions of a service', ['-', '-', '-', 'IAM.21', 'IAM.21'], 'policy-service-wildcard'),
  open('Analyzers, roles and users have tags', ['-', '-', '-', '-', 'IAM.23, IAM.24, IAM.25'], 'tags are no question of security'),
  covered('The account is part of an organization', ['-', '-', '-', '-', 'Account.2'], 'account-outside-organization'),
];

/** The controls that a check answers, by standard. */
export function benchmarksOf(check: string): Readonly<Partial<Record<BenchmarkName, string>>> {
  const answered = benchmarkControls.filter(({ checks }) => checks.includes(check));
  return Object.fromEntries(
    benchmarkNames.flatMap((name) => {
      const ids = answered.flatMap(({ ids: byName }) => byName[name] ?? []);
      return ids.length === 0 ? [] : [[name, ids.join(', ')]];
    }),
  );
}
