import { type AccountSpec, ADMINISTRATOR, deny, iam, trusts } from '../escalation/support.ts';
import { anOrganization } from '../support/organization.ts';
import { correlateAccounts, routeTo } from './support.ts';

const [HOME, OTHER] = ['222233334444', '333344445555'] as const;
const ALICE = `arn:aws:iam::${HOME}:user/alice`;

const trusting = (principal: string): AccountSpec => ({
  roles: { admin: { attached: [ADMINISTRATOR], trust: [trusts({ AWS: principal })] } },
});
const withAlice = (rest: AccountSpec): AccountSpec => ({
  ...rest,
  users: { alice: { attached: [ADMINISTRATOR] }, ...rest.users },
});
const ciWith = (service: string): AccountSpec =>
  withAlice({ roles: { ci: { trust: [trusts({ Service: service })], profile: true } } });

/** The way of an admin to the account that trusts one role or user by name, where SCPs deny these calls. */
function takeover(own: AccountSpec, named: string, denied: readonly string[]): readonly string[] | undefined {
  const organization = anOrganization({
    accounts: { [HOME]: ['ou-home'], [OTHER]: [] },
    ...(denied.length === 0 ? {} : { scps: { guard: [[deny(denied)], 'ou-home'] } }),
  });
  const correlation = correlateAccounts({ [HOME]: own, [OTHER]: trusting(named) }, organization);
  return routeTo(correlation, ALICE, OTHER)?.map((step) => step.replace(/\d{12}:/, ''));
}

const CI = `arn:aws:iam::${HOME}:role/ci`;
const BOB = `arn:aws:iam::${HOME}:user/bob`;
const end = ['assume-role role/admin', 'allows-everything role/admin'];

test.each<[name: string, own: AccountSpec, named: string, denied: readonly string[], first: readonly string[] | undefined]>([
  ['a role', ciWith('ec2.amazonaws.com'), CI, [], ['put-role-policy role/ci', 'update-trust-policy role/ci']],
  [
    'a role whose trust policy it may not change, on an instance',
    ciWith('ec2.amazonaws.com'),
    CI,
    ['iam:UpdateAssumeRolePolicy'],
    ['put-role-policy role/ci', 'autoscaling-create-group-with-launch-configuration role/ci'],
  ],
  [
    'a role whose trust policy it may not change, in a function',
    ciWith('lambda.amazonaws.com'),
    CI,
    ['iam:UpdateAssumeRolePolicy'],
    ['put-role-policy role/ci', 'lambda-create-function-and-invoke role/ci'],
  ],
  [
    'a role that trusts the account already',
    withAlice({ roles: { ci: { trust: [trusts({ AWS: iam('root') })] } } }),
    CI,
    ['iam:UpdateAssumeRolePolicy'],
    ['put-role-policy role/ci', 'assume-role role/ci'],
  ],
  [
    'a role that it may attach policies to only',
    ciWith('ec2.amazonaws.com'),
    CI,
    ['iam:PutRolePolicy'],
    ['attach-role-policy role/ci', 'update-trust-policy role/ci'],
  ],
  [
    'a role whose policy it may rewrite only',
    withAlice({
      roles: { ci: { attached: ['tools'], trust: [trusts({ Service: 'ec2.amazonaws.com' })] } },
      policies: { tools: [] },
    }),
    CI,
    ['iam:PutRolePolicy', 'iam:AttachRolePolicy'],
    ['create-policy-version role/ci', 'update-trust-policy role/ci'],
  ],
  [
    'not a role that it may not give permissions',
    ciWith('ec2.amazonaws.com'),
    CI,
    ['iam:PutRolePolicy', 'iam:AttachRolePolicy'],
    undefined,
  ],
  [
    'a role below a path that is trusted by the name of a session',
    withAlice({ roles: { ci: { path: '/team/', trust: [trusts({ Service: 'ec2.amazonaws.com' })] } } }),
    `arn:aws:sts::${HOME}:assumed-role/ci/nightly`,
    [],
    ['put-role-policy role/team/ci', 'update-trust-policy role/team/ci'],
  ],
  ['a user', withAlice({ users: { bob: {} } }), BOB, [], ['put-user-policy user/bob', 'create-access-key user/bob']],
  [
    'a user without keys, by a password',
    withAlice({ users: { bob: {} } }),
    BOB,
    ['iam:CreateAccessKey'],
    ['put-user-policy user/bob', 'create-login-profile user/bob'],
  ],
  [
    'not a user that it can give no credentials',
    withAlice({ users: { bob: {} } }),
    BOB,
    ['iam:*AccessKey*', 'iam:*LoginProfile*', 'iam:*SigningCertificate*', 'iam:*ServiceSpecificCredential*'],
    undefined,
  ],
])('an admin takes over %s', (_name, own, named, denied, first) => {
  expect(takeover(own, named, denied)).toEqual(first && [...first, ...end]);
});
