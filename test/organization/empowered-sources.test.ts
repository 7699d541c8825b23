import { type AccountSpec, ADMINISTRATOR, type Statement, allow, iam, trusts, when } from '../escalation/support.ts';
import { correlateAccounts, routeTo } from './support.ts';

const [HOME, OTHER] = ['222233334444', '333344445555'] as const;
const ALICE = `arn:aws:iam::${HOME}:user/alice`;
const ADMIN = `arn:aws:iam::${OTHER}:role/admin`;
const home = (type: string) => `arn:aws:iam::${HOME}:${type}`;

const admin = (principal: string, more: Statement = {}): AccountSpec => ({
  roles: { admin: { attached: [ADMINISTRATOR], trust: [trusts({ AWS: principal }, more)] } },
});
const alice = (can: readonly Statement[], rest: AccountSpec = {}): AccountSpec => ({
  ...rest,
  users: { alice: { can }, ...rest.users },
});
const cross = allow('sts:AssumeRole', ADMIN);
const attachCross = (type: 'User' | 'Role', on: string) =>
  allow(`iam:Attach${type}Policy`, iam(on), when('ArnEquals', 'iam:PolicyARN', iam('policy/cross')));
const bounded = when('StringEquals', 'iam:PermissionsBoundary', iam('policy/fence'));
const fence = (...actions: readonly string[]) => ({ fence: [allow(actions)] });

type Case = readonly [home: AccountSpec, other: AccountSpec, route: readonly string[] | undefined];

test.each<[name: string, ...Case]>([
  [
    'gives a user the one policy that it may attach, and a key',
    alice([attachCross('User', 'user/bob'), allow('iam:CreateAccessKey', iam('user/bob'))], {
      users: { bob: {} },
      policies: { cross: [cross] },
    }),
    admin(home('user/bob')),
    ['create-access-key user/bob', 'attach-user-policy user/bob', 'assume-role role/admin', 'allows-everything role/admin'],
  ],
  [
    'may give it the policy, and not act as it',
    alice([attachCross('User', 'user/bob')], { users: { bob: {} }, policies: { cross: [cross] } }),
    admin(home('user/bob')),
    undefined,
  ],
  [
    'gives a policy that is for another role',
    alice([attachCross('User', 'user/bob'), allow('iam:CreateAccessKey', iam('user/bob'))], {
      users: { bob: {} },
      policies: { cross: [allow('sts:AssumeRole', `${ADMIN}-2`)] },
    }),
    admin(home('user/bob')),
    undefined,
  ],
  [
    'writes a policy of a role below a boundary, and assumes it',
    alice([allow(['iam:PutRolePolicy', 'sts:AssumeRole'], iam('role/app'))], {
      roles: { app: { boundary: 'fence', trust: [trusts({ AWS: iam('root') })] } },
      policies: fence('sts:*'),
    }),
    admin(home('role/app')),
    ['assume-role role/app', 'put-role-policy role/app', 'assume-role role/admin', 'allows-everything role/admin'],
  ],
  [
    'writes it below a boundary that does not allow the assumption',
    alice([allow(['iam:PutRolePolicy', 'sts:AssumeRole'], iam('role/app'))], {
      roles: { app: { boundary: 'fence', trust: [trusts({ AWS: iam('root') })] } },
      policies: fence('s3:*'),
    }),
    admin(home('role/app')),
    undefined,
  ],
  [
    'creates a role below the boundary that it must set',
    alice(
      [allow(['iam:CreateRole', 'iam:PutRolePolicy'], iam('role/app-*'), bounded), allow('sts:AssumeRole', iam('role/app-*'))],
      {
        policies: fence('sts:*', 'lambda:*'),
      },
    ),
    admin(home('root')),
    ['create-role role/app-any2', 'put-role-policy role/app-any2', 'assume-role role/admin', 'allows-everything role/admin'],
  ],
  [
    'creates a role below a boundary without the assumption',
    alice(
      [allow(['iam:CreateRole', 'iam:PutRolePolicy'], iam('role/app-*'), bounded), allow('sts:AssumeRole', iam('role/app-*'))],
      {
        policies: fence('lambda:*'),
      },
    ),
    admin(home('root')),
    undefined,
  ],
  [
    'creates a user with a name that the other account trusts',
    alice([allow(['iam:CreateUser', 'iam:CreateAccessKey'], iam('user/deploy-*')), attachCross('User', 'user/*')], {
      policies: { cross: [cross] },
    }),
    admin(home('root'), when('ArnLike', 'aws:PrincipalArn', home('user/deploy-*'))),
    [
      'create-user user/deploy-any',
      'attach-user-policy user/deploy-any',
      'assume-role role/admin',
      'allows-everything role/admin',
    ],
  ],
  [
    'creates a user with another name',
    alice([allow(['iam:CreateUser', 'iam:CreateAccessKey'], iam('user/web-*')), attachCross('User', 'user/*')], {
      policies: { cross: [cross] },
    }),
    admin(home('root'), when('ArnLike', 'aws:PrincipalArn', home('user/deploy-*'))),
    undefined,
  ],
  [
    'moves to the path that the other account trusts',
    alice([cross, allow('iam:UpdateUser', [iam('user/alice'), iam('user/deploy/*')])]),
    admin(home('root'), when('ArnLike', 'aws:PrincipalArn', home('user/deploy/*'))),
    ['update-user user/alice', 'assume-role role/admin', 'allows-everything role/admin'],
  ],
  [
    'may not move there',
    alice([cross, allow('iam:UpdateUser', [iam('user/alice'), iam('user/web/*')])]),
    admin(home('root'), when('ArnLike', 'aws:PrincipalArn', home('user/deploy/*'))),
    undefined,
  ],
])('a user that %s', (_name, own, other, route) => {
  const correlation = correlateAccounts({ [HOME]: own, [OTHER]: other }, undefined);
  const found = routeTo(correlation, ALICE, OTHER);
  expect(found?.map((step) => step.replace(/\d{12}:/, ''))).toEqual(route);
  expect(correlation.reaches.filter(({ principal }) => !['alice', 'bob', 'app'].includes(principal.name))).toEqual([]);
});
