import type { Json } from '../../lambda/scanner/model/json.ts';
import { type AccountSpec, ADMINISTRATOR, type Statement, allow, deny, trusts, when } from '../escalation/support.ts';
import { MANAGEMENT, ORGANIZATION, type OrganizationSpec, anOrganization, arnOf } from '../support/organization.ts';
import { correlateAccounts, routeTo } from './support.ts';

const MEMBER = '222233334444';
const DELEGATE = '333344445555';
const OU = 'ou-ab12-workunit';
const BOB = `arn:aws:iam::${DELEGATE}:user/bob`;
const BOSS = `arn:aws:iam::${MEMBER}:role/boss`;
const POLICY = `arn:aws:organizations::${MANAGEMENT}:resourcepolicy/${ORGANIZATION}/rp-ab12`;
const assume = allow('sts:AssumeRole', BOSS);
const detach = allow('organizations:DetachPolicy');
const member: AccountSpec = {
  roles: { boss: { attached: [ADMINISTRATOR], trust: [trusts({ AWS: `arn:aws:iam::${DELEGATE}:root` })] } },
};

/** An Allow of the resource policy of the organization. */
const delegates = (AWS: string, action = 'organizations:DetachPolicy', more: Statement = {}): Statement => ({
  ...allow(action, '*', more),
  Principal: { AWS },
});
const toAccount = delegates(`arn:aws:iam::${DELEGATE}:root`);

const organizationWith = (statements: readonly Statement[], more: OrganizationSpec = {}): OrganizationSpec => ({
  accounts: { [MEMBER]: [OU], [DELEGATE]: [] },
  scps: { seal: [[deny('*')], OU], ...more.scps },
  parts: {
    ResourcePolicy: {
      ResourcePolicySummary: { Id: 'rp-ab12', Arn: POLICY },
      Content: JSON.stringify({ Version: '2012-10-17', Statement: statements as Json }),
    },
    ...more.parts,
  },
});

/** How a principal of the account to which policies are delegated becomes admin of the member. */
function reachOf(
  organization: OrganizationSpec,
  account: AccountSpec = { users: { bob: { can: [detach, assume] } } },
  arn = BOB,
) {
  const correlation = correlateAccounts({ [DELEGATE]: account, [MEMBER]: member }, anOrganization(organization));
  const reach = correlation.reaches.find(({ principal }) => principal.arn === arn);
  return {
    isCertain: reach?.accounts.includes(MEMBER) ?? false,
    isPossible: reach?.ifConditions.includes(MEMBER) ?? false,
    rules: routeTo(correlation, arn, MEMBER)?.map((step) => step.split(' ')[0]),
    steps: reach === undefined ? [] : correlation.pathsOf(reach, 10).flatMap(({ path }) => path),
  };
}

const none = { isCertain: false, isPossible: false, rules: undefined, steps: [] };

test.each([
  ['its account', toAccount],
  ['its account by the id', delegates(DELEGATE)],
  ['it by name', delegates(BOB)],
  ['every account of the organization', delegates('*')],
  [
    'its account, for SCPs',
    delegates(DELEGATE, 'organizations:*', when('StringEquals', 'organizations:PolicyType', 'SERVICE_CONTROL_POLICY')),
  ],
])('a principal of a member account detaches the SCP of another, where the resource policy names %s', (_name, statement) => {
  const { isCertain, rules, steps } = reachOf(organizationWith([statement]));
  expect([isCertain, rules]).toEqual([true, ['detach-scp', 'assume-role', 'allows-everything']]);
  expect(steps[0]).toMatchObject({ from: BOB, to: arnOf('seal') });
  expect(steps[0]?.statements.map(({ policy }) => policy)).toEqual(['inline:own', POLICY]);
});

const asRoot = when('StringEquals', 'organizations:PolicyType', 'BACKUP_POLICY');

const without: readonly (readonly [name: string, organization: OrganizationSpec, account?: AccountSpec])[] = [
  ['there is no resource policy', organizationWith([], { parts: { ResourcePolicy: null } })],
  ['the resource policy is not known', organizationWith([], { parts: { ResourcePolicy: undefined } })],
  ['it names another account', organizationWith([delegates(MEMBER)])],
  ['it names another principal of the account', organizationWith([delegates(`arn:aws:iam::${DELEGATE}:user/ann`)])],
  ['it allows something else', organizationWith([delegates(DELEGATE, 'organizations:AttachPolicy')])],
  ['it is about policies of another type', organizationWith([delegates(DELEGATE, 'organizations:*', asRoot)])],
  ['it denies the account the same', organizationWith([toAccount, { ...toAccount, Effect: 'Deny' }])],
  ['its own policies do not allow it', organizationWith([toAccount]), { users: { bob: { can: [assume] } } }],
  [
    'an SCP of its own account denies it',
    organizationWith([toAccount], { scps: { own: [[deny('organizations:DetachPolicy')], DELEGATE] } }),
  ],
  [
    'it may move accounts, which cannot be delegated',
    organizationWith([delegates(DELEGATE, 'organizations:MoveAccount')]),
    { users: { bob: { can: [allow('organizations:MoveAccount'), assume] } } },
  ],
];

test.each(without.map(([name, ...given]) => ({ name, given })))('not where $name', ({ given }) => {
  expect(reachOf(...given)).toEqual(none);
});

test('only if the conditions of the resource policy hold', () => {
  const fromOffice = when('IpAddress', 'aws:SourceIp', '203.0.113.0/24');
  const { isCertain, isPossible } = reachOf(organizationWith([delegates(DELEGATE, 'organizations:*', fromOffice)]));
  expect([isCertain, isPossible]).toEqual([false, true]);
});

test.each([
  ['its account, as every admin of it', toAccount],
  ['it by name', delegates(BOB)],
])('an admin of the member account does it too, where the resource policy names %s', (_name, statement) => {
  const { rules, steps } = reachOf(organizationWith([statement]), { users: { bob: { attached: [ADMINISTRATOR] } } });
  expect(rules).toEqual(['detach-scp', 'assume-role', 'allows-everything']);
  expect(steps[0]?.statements.map(({ policy }) => policy)).toEqual([ADMINISTRATOR, POLICY]);
});

test('an admin who is not named does not', () => {
  const account: AccountSpec = { users: { bob: { attached: [ADMINISTRATOR] } } };
  expect(reachOf(organizationWith([delegates(`arn:aws:iam::${DELEGATE}:user/ann`)]), account)).toEqual(none);
});

test('a principal takes off the SCP of its own account that keeps it from assuming the role', () => {
  const own: OrganizationSpec = {
    ...organizationWith([toAccount]),
    scps: { inside: [[deny('sts:AssumeRole')], DELEGATE] },
  };
  expect(reachOf(own).rules).toEqual(['detach-scp', 'assume-role', 'allows-everything']);
  expect(reachOf(own, { users: { bob: { can: [assume] } } })).toEqual(none);
});
