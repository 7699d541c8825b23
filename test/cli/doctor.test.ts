import type { Json } from '../../lambda/scanner/model/json.ts';
import { environmentFor } from '../support/aws/environment.ts';
import { startLoopbackAws } from '../support/aws/loopback-aws.ts';
import type { Member, Quirks } from '../support/aws/quirks.ts';
import { LoopbackSecurityHub, withSecurityHub } from '../support/aws/services/security-hub.ts';
import { smallAccount } from '../support/aws/small-account.ts';
import { MANAGEMENT, organizationFile } from '../support/organization.ts';
import { iamVigil } from './run.ts';

// Each case starts the command line in a process of its own.
jest.setTimeout(60_000);

const own = smallAccount.accountId;
const REGION = 'us-east-1';
const [first, second] = ['200000000001', '200000000002'] as const;
const organization = organizationFile({
  accounts: { [own]: [], [first]: ['ou-ab12-workunit'], [second]: ['ou-ab12-workunit'] },
  parts: { Instances: [] },
});

const hubOf = (account: string, quirks: Quirks = {}) => withSecurityHub({ ...quirks }, new LoopbackSecurityHub(account, REGION));
const member = (accountId: string, quirks = hubOf(accountId)): [string, Member] => [
  accountId,
  { snapshot: { ...smallAccount, accountId }, quirks },
];
const members = new Map([first, second, MANAGEMENT].map((id) => member(id)));

const getRole = 'aws iam get-role --role-name OrganizationAccountAccessRole';

interface Printed {
  readonly ok: boolean;
  readonly accounts: readonly string[];
  readonly problems: readonly { readonly kind: string; readonly accounts: readonly string[]; readonly command?: string }[];
}

async function doctor(args: readonly string[], quirks: Quirks = hubOf(own), env = {}) {
  const aws = await startLoopbackAws(smallAccount, quirks);
  try {
    const outcome = await iamVigil(['doctor', ...args], { env: { ...environmentFor(aws.endpoint), ...env } });
    return { ...outcome, actions: aws.calls.map(({ action }) => action) };
  } finally {
    await aws.stop();
  }
}

async function problemsOf(args: readonly string[], quirks?: Quirks, env = {}) {
  const { code, stdout } = await doctor([...args, '--format', 'json'], quirks, env);
  const printed = JSON.parse(stdout) as Printed;
  expect([code, printed.ok]).toEqual(printed.problems.length === 0 ? [0, true] : [3, false]);
  return printed.problems;
}

test('says that everything is in place, and only reads', async () => {
  const { code, stdout, stderr, actions } = await doctor([]);
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toContain(`account ${own}: everything is in place\n`);
  expect(stdout).toContain('Security Hub is enabled and can be read\n');
  expect(actions).toContain('GetFindings');
  expect(actions.filter((action) => /Import|Update|Put|Enable/.test(action))).toEqual([]);
});

test('prints what a real account alone can tell, without names and ids', async () => {
  const { stdout, actions } = await doctor([]);
  const [, told = ''] = stdout.split('What AWS returns, without names and ids. Please send it with a bug report:\n');
  expect(told).toContain('    certifications of FIDO devices (iam:GetMFADevice): FIDO="L1" FIPS-140-2="L2" (1)\n');
  expect(told).toContain('    does the new Security Hub return a finding of iam-vigil: no, it returns none\n');
  expect(told).not.toMatch(/\d{12}|AIDA|ann/);
  expect(actions).toContain('GetFindingsV2');
});

test('the new Security Hub that cannot be asked is no problem, and says why', async () => {
  const { code, stdout } = await doctor([], hubOf(own, { deny: ['securityhub:GetFindingsV2'] }));
  expect(code).toBe(0);
  expect(stdout).toContain('not known: securityhub:GetFindingsV2 failed with AccessDeniedException\n');
});

test.each(['iam:GetAccountPasswordPolicy', 'iam:GetAccountAuthorizationDetails', 'account:GetAlternateContact'])(
  'an action that is denied is named: %s',
  async (action) => {
    const problems = await problemsOf([], hubOf(own, { deny: [action] }));
    expect(problems).toContainEqual(
      expect.objectContaining({
        kind: 'fact-unseen',
        action,
        accounts: [own],
        command: 'iam-vigil permissions > iam-vigil.json',
      }),
    );
    expect(new Set(problems.map((problem) => problem.kind))).toEqual(new Set(['fact-unseen']));
  },
);

test.each<[name: string, quirks: Quirks, env: Readonly<Record<string, string>>, kind: string, command: string]>([
  ['is off', {}, {}, 'security-hub-off', `aws securityhub enable-security-hub --region ${REGION} --no-enable-default-standards`],
  [
    'may not be read',
    hubOf(own, { deny: ['securityhub:GetFindings'] }),
    {},
    'security-hub-unread',
    'iam-vigil permissions --security-hub > iam-vigil.json',
  ],
  ['is in no Region', hubOf(own), { AWS_REGION: '' }, 'security-hub-unread', 'iam-vigil doctor --region eu-west-1'],
])('Security Hub %s', async (_name, quirks, env, kind, command) => {
  expect(await problemsOf([], quirks, env)).toEqual([expect.objectContaining({ kind, command, accounts: [own] })]);
});

test('credentials that have expired end with exit code 2', async () => {
  const { code, stdout, stderr } = await doctor([], { expiredCredentials: true });
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(/^no scan was performed: AWS did not accept the credentials: ExpiredToken/);
});

describe('an organization', () => {
  test('in which everything is in place in every account', async () => {
    const { code, stdout } = await doctor(['--organization'], hubOf(own, { organization, members }));
    expect(stdout).toContain(`account ${own} and 3 others: everything is in place`);
    expect(code).toBe(0);
  });

  test('of one account', async () => {
    const text = JSON.stringify(organizationFile({ parts: { Instances: [] } }));
    const alone = JSON.parse(text.replaceAll(MANAGEMENT, own)) as Json;
    expect(await problemsOf(['--organization'], hubOf(own, { organization: alone }))).toEqual([]);
  });

  test('the role that two accounts lack is one problem', async () => {
    const quirks = hubOf(own, { organization, members, accountsWithoutRole: [first, second] });
    expect(await problemsOf(['--organization', '--role', 'iam-vigil-member'], quirks)).toEqual([
      expect.objectContaining({
        kind: 'role-not-assumed',
        accounts: [first, second],
        command: 'aws iam get-role --role-name iam-vigil-member',
      }),
    ]);
  });

  test('an account whose role could not be looked up differs from one without the role', async () => {
    const quirks = hubOf(own, { organization, members, accountsWithoutRole: [first], accountsWithoutSts: [second] });
    const problems = await problemsOf(['--organization'], quirks);
    expect(problems).toEqual([
      expect.objectContaining({ kind: 'role-not-assumed', accounts: [first], command: getRole }),
      expect.objectContaining({
        kind: 'role-not-assumed',
        accounts: [second],
        message: expect.stringContaining('can be assumed: sts:AssumeRole failed: RegionDisabledException: ') as string,
        remedy: expect.stringContaining('Fix what the error message says') as string,
      }),
    ]);
    expect(problems[1]?.command).toBeUndefined();
  });

  test('denied actions and a missing hub are reported for their account', async () => {
    const denied = new Map([...members, member(second, { deny: ['iam:ListVirtualMFADevices'] })]);
    const problems = await problemsOf(['--organization'], hubOf(own, { organization, members: denied }));
    expect(problems.map(({ kind, accounts }) => [kind, accounts])).toContainEqual(['security-hub-off', [second]]);
    expect(problems.find(({ kind }) => kind === 'fact-unseen')).toMatchObject({
      accounts: [second],
      command:
        'iam-vigil permissions > iam-vigil.json && aws iam put-role-policy --role-name OrganizationAccountAccessRole --policy-name iam-vigil --policy-document file://iam-vigil.json',
    });
  });

  test('whose accounts cannot be listed: the own account is still checked', async () => {
    const quirks = hubOf(own, { organization, members, deny: ['organizations:ListAccounts'] });
    const [worst, ...others] = await problemsOf(['--organization'], quirks);
    expect(worst).toMatchObject({ kind: 'accounts-not-listed', action: 'organizations:ListAccounts', accounts: [own] });
    expect(others.map(({ kind }) => kind)).not.toContain('role-not-assumed');
  });
});
