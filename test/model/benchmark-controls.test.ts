import { checks } from '../../lambda/scanner/checks/index.ts';
import { type BenchmarkName, benchmarkControls, benchmarkNames } from '../../lambda/scanner/model/benchmark-controls.ts';

const numbers = (prefix: string, first: number, last: number): readonly string[] =>
  Array.from({ length: last - first + 1 }, (_, index) => `${prefix}${first + index}`);

/**
 * The control ids that exist, written down from the sources and not from the table: the sections on IAM of the three benchmarks of CIS
 * (https://www.cisecurity.org/benchmark/amazon_web_services), and the controls of AWS on IAM and accounts
 * (https://docs.aws.amazon.com/securityhub/latest/userguide/fsbp-standard.html, …/iam-controls.html and …/account-controls.html).
 */
const existing: Readonly<Record<BenchmarkName, readonly string[]>> = {
  'CIS AWS 3.0': numbers('1.', 1, 22),
  'CIS AWS 5.0': numbers('1.', 1, 21),
  'CIS AWS 7.0': [...numbers('2.1.', 1, 6), ...numbers('2.', 2, 21)],
  'AWS FSBP': ['Account.1', ...numbers('IAM.', 1, 8), 'IAM.21'],
  'AWS Security Hub': ['Account.1', 'Account.2', ...numbers('IAM.', 1, 28)],
};

const idsIn = (name: BenchmarkName) => benchmarkControls.flatMap(({ ids }) => ids[name]?.split(', ') ?? []);

test.each(benchmarkNames)('%s: the table has each of its controls once, and no other', (name) => {
  expect(idsIn(name).toSorted()).toEqual(existing[name].toSorted());
});

test('each control has checks that exist, or says why it has none', () => {
  const ids = new Set(checks.map(({ id }) => id));
  for (const { title, checks: answering, gap } of benchmarkControls) {
    expect([title, answering.filter((id) => !ids.has(id))]).toEqual([title, []]);
    expect([title, answering.length > 0]).toEqual([title, gap === undefined]);
  }
});

/** What each standard says, from its text, and the check that answers it. */
test.each([
  ['CIS AWS 7.0', 'management-account-user', '2.1.3'],
  ['CIS AWS 7.0', 'management-account-workload', '2.1.3'],
  ['CIS AWS 7.0', 'resource-control-policy-missing', '2.1.2'],
  ['CIS AWS 7.0', 'role-trusts-anyone', undefined],
  ['CIS AWS 7.0', 'delegated-administrator-unlisted', undefined],
  ['CIS AWS 7.0', 'trusted-access-unlisted', undefined],
  ['CIS AWS 3.0', 'admin-user', undefined],
  ['AWS FSBP', 'account-outside-organization', undefined],
  ['AWS FSBP', 'external-access-analyzer-missing', undefined],
  ['AWS Security Hub', 'external-access-analyzer-missing', 'IAM.28'],
  ['AWS Security Hub', 'account-outside-organization', 'Account.2'],
  ['AWS Security Hub', 'root-without-mfa', 'IAM.9'],
  ['AWS Security Hub', 'server-certificate-expired', 'IAM.26'],
  ['AWS Security Hub', 'access-key-unused', 'IAM.22, IAM.8'],
  ['CIS AWS 5.0', 'password-policy-weak', '1.7, 1.8'],
] as const)('%s: %s answers %s', (name, id, expected) => {
  expect(checks.find((check) => check.id === id)?.standards[name]).toBe(expected);
});

test('titles are in our own words: what holds, without a full stop', () => {
  for (const { title } of benchmarkControls) {
    expect(title).toMatch(/^[A-Z].*[^.]$/);
    expect(title).not.toMatch(/^(Ensure|Maintain|Eliminate)/);
  }
});
