import fc from 'fast-check';
import { analyze } from '../../lambda/scanner/escalation/analyze.ts';
import type { Identities } from '../../lambda/scanner/facts/identity.ts';
import { collected } from '../../lambda/scanner/model/observed.ts';
import type { PrincipalVerdict } from '../../lambda/scanner/model/verdict.ts';
import {
  type AccountSpec,
  ADMINISTRATOR,
  accessOf,
  allow,
  deny,
  describeVerdicts,
  iam,
  judge,
  routeOf,
  type RoleSpec,
  snapshotOf,
  trusts,
  when,
  wordOf,
} from './support.ts';

const alice = 'user/alice';
const admin = (...trust: readonly string[]): RoleSpec => ({ attached: [ADMINISTRATOR], trust });
const trust = (role: string) => ({ policy: `trust:${iam(`role/${role}`)}`, index: 0 });
const own = (index: number) => ({ policy: 'inline:own', index });

/** A user that assumes a role, which passes another to Lambda, which attaches any policy to itself. */
const chain: AccountSpec = {
  users: { alice: { can: [allow('s3:*'), allow('sts:AssumeRole', iam('role/ci'), { Sid: 'Deploy' })] } },
  roles: {
    ci: {
      trust: [iam('root')],
      can: [allow('iam:PassRole', iam('role/job')), allow(['lambda:CreateFunction', 'lambda:InvokeFunction'])],
    },
    job: { trust: ['lambda.amazonaws.com'], can: [allow('iam:AttachRolePolicy', iam('role/job'))] },
  },
};

describe('a step has the calls that its own needs before', () => {
  const tagged = when('StringEquals', 'aws:ResourceTag/team', 'ops');
  const cases: Readonly<Record<string, readonly [AccountSpec, calls: readonly string[]]>> = {
    'a tag on the role': [
      {
        users: { alice: { can: [allow('iam:TagRole'), allow('sts:AssumeRole', '*', tagged)] } },
        roles: { admin: admin(iam('root')) },
      },
      ['sts:AssumeRole', 'iam:TagRole'],
    ],
    'another name for the group': [
      {
        users: { alice: { can: [allow('iam:UpdateGroup'), allow('iam:AddUserToGroup', iam('group/dev-*'))] } },
        groups: { admins: { attached: [ADMINISTRATOR] } },
      },
      ['iam:AddUserToGroup', 'iam:UpdateGroup'],
    ],
    'a group for the user that is created': [
      {
        roles: {
          maker: {
            can: [
              allow(['iam:CreateUser', 'iam:CreateAccessKey', 'iam:CreateGroup', 'iam:PutGroupPolicy', 'iam:AddUserToGroup']),
            ],
          },
        },
      },
      [
        'iam:CreateUser',
        'iam:AddUserToGroup',
        'iam:CreateAccessKey',
        'iam:CreateLoginProfile',
        'iam:CreateGroup',
        'iam:PutGroupPolicy',
      ],
    ],
  };
  test.each(Object.entries(cases))('%s', (_what, [account, calls]) => {
    const { verdict, path } = judge(account, account.users ? alice : 'role/maker');
    expect(verdict).toBe('can-become-admin');
    expect(path[0]?.actions).toEqual(calls);
  });
});

describe('a path has every hop, from whom to whom, with the statements that allow it', () => {
  test('three hops', () => {
    const { verdict, path } = judge(chain, alice);
    expect(verdict).toBe('can-become-admin');
    expect(path.map(({ rule, from, to, statements }) => ({ rule, from, to, statements }))).toEqual([
      {
        rule: 'assume-role',
        from: iam(alice),
        to: iam('role/ci'),
        statements: [trust('ci'), { ...own(1), sid: 'Deploy' }],
      },
      {
        rule: 'lambda-create-function-and-invoke',
        from: iam('role/ci'),
        to: iam('role/job'),
        statements: [own(0), own(1)],
      },
      { rule: 'attach-role-policy', from: iam('role/job'), to: iam('role/job'), statements: [own(0)] },
    ]);
  });

  test('two hops, the first of which needs no statement of the user', () => {
    const account: AccountSpec = {
      users: { alice: {} },
      roles: { step: { trust: [iam(alice)] }, admin: admin(iam('role/step')) },
    };
    expect(judge(account, alice).path.map(({ rule, from, to, statements }) => [rule, from, to, statements])).toEqual([
      ['assume-role', iam(alice), iam('role/step'), [trust('step')]],
      ['assume-role', iam('role/step'), iam('role/admin'), [trust('admin')]],
    ]);
  });

  test('an admin is admin by the statements that make it so', () => {
    const account: AccountSpec = {
      users: { alice: { can: [allow('s3:*'), allow('iam:*'), allow([], '*', { NotAction: 'iam:*' })] } },
    };
    const { path } = judge(account, alice);
    expect(path.map(({ rule, statements }) => [rule, statements])).toEqual([['allows-everything', [own(1), own(2)]]]);
  });

  test('the shortest path is shown', () => {
    const account: AccountSpec = {
      users: { alice: {} },
      roles: { admin: admin(iam(alice), iam('role/z')), a: { trust: [iam(alice)] }, z: { trust: [iam('role/a')] } },
    };
    expect(routeOf(judge(account, alice))).toEqual(['assume-role role/admin']);
  });

  test('a step has the aliases of all techniques that give it', () => {
    const account: AccountSpec = {
      users: { alice: { can: [allow('sts:AssumeRole'), allow('iam:UpdateAssumeRolePolicy')] } },
      roles: { admin: admin(iam('root')) },
    };
    expect(judge(account, alice).path[0]?.aliases).toEqual(['sts-001', 'iam-012']);
  });
});

describe('circles of trust end', () => {
  const ring = (size: number, more: RoleSpec = {}): AccountSpec => ({
    users: { alice: { can: [allow('sts:AssumeRole')] } },
    roles: Object.fromEntries(
      Array.from({ length: size }, (_, index) => [
        `r${index}`,
        { trust: [iam(`role/r${(index + 1) % size}`), ...(index === 0 ? [iam('root')] : [])], ...(index === 1 ? more : {}) },
      ]),
    ),
  });

  test('among nobodies they lead nowhere', () => {
    expect([...accessOf(ring(3)).values()].map(wordOf)).toEqual(['admin', 'none', 'none', 'none', 'none']);
  });

  test('with an admin in it everyone in the ring gets there', () => {
    const verdicts = [...accessOf(ring(3, { attached: [ADMINISTRATOR] })).values()].map(wordOf);
    expect(verdicts).toEqual(['admin', 'can-become-admin', 'admin', 'can-become-admin', 'can-become-admin']);
  });

  test('a role that trusts itself', () => {
    expect(wordOf(judge({ roles: { self: { trust: [iam('role/self')], can: [allow('sts:*')] } } }, 'role/self'))).toBe('none');
  });
});

/** A principal that grants admin to another one and then acts as it: by which techniques, under which names. */
describe.each([
  ['iam-014', 'attach-role-policy', ['iam:AttachRolePolicy', 'sts:AssumeRole'], 'assume-role'],
  ['iam-017', 'put-role-policy', ['iam:PutRolePolicy', 'sts:AssumeRole'], 'assume-role'],
  ['iam-016', 'create-policy-version', ['iam:CreatePolicyVersion', 'sts:AssumeRole'], 'assume-role'],
  ['iam-019', 'attach-role-policy', ['iam:AttachRolePolicy', 'iam:UpdateAssumeRolePolicy'], 'update-trust-policy'],
  ['iam-021', 'put-role-policy', ['iam:PutRolePolicy', 'iam:UpdateAssumeRolePolicy'], 'update-trust-policy'],
  ['iam-020', 'create-policy-version', ['iam:CreatePolicyVersion', 'iam:UpdateAssumeRolePolicy'], 'update-trust-policy'],
  ['iam-015', 'attach-user-policy', ['iam:AttachUserPolicy', 'iam:CreateAccessKey'], 'create-access-key'],
  ['iam-018', 'put-user-policy', ['iam:PutUserPolicy', 'iam:CreateAccessKey'], 'create-access-key'],
] as const)('%s: %s and take over', (alias, grantRule, [granting, taking], take) => {
  const onUser = granting.includes('User');
  const target = onUser ? 'user/bob' : 'role/app';
  const account = (...actions: readonly string[]): AccountSpec => ({
    users: {
      alice: { can: actions.map((action) => allow(action, [iam(target), iam('policy/app')])) },
      ...(onUser ? { bob: {} } : {}),
    },
    ...(onUser
      ? {}
      : { roles: { app: { attached: ['app'], trust: take === 'assume-role' ? [iam('root')] : ['ec2.amazonaws.com'] } } }),
    policies: { app: [allow('s3:*')] },
  });

  test('becomes admin, and the path is called by its name', () => {
    const verdict = judge(account(granting, taking), alice);
    expect(verdict.verdict).toBe('can-become-admin');
    expect(routeOf(verdict)).toEqual([`${grantRule} ${target}`, `${take} ${target}`]);
    expect(verdict.path.flatMap(({ aliases }) => aliases)).toContain(alias);
  });

  test('grants admin with the first alone, and to no principal with the second', () => {
    expect(judge(account(granting), alice).verdict).toBe('can-grant-admin');
    expect(judge(account(taking), alice).verdict).toBe('none');
  });
});

describe('the beneficiary need not be the grantor', () => {
  /** alice can act as `b`, which can grant admin to `c`, which trusts alice. */
  const account: AccountSpec = {
    users: { alice: {} },
    roles: {
      b: { trust: [iam(alice)], can: [allow('iam:PutRolePolicy', iam('role/c'))] },
      c: { trust: [iam(alice)] },
    },
  };

  test('the one that can act as both becomes admin', () => {
    const verdict = judge(account, alice);
    expect(verdict.verdict).toBe('can-become-admin');
    expect(routeOf(verdict)).toEqual(['assume-role role/b', 'put-role-policy role/c', 'assume-role role/c']);
  });

  test('the grantor does not, and can grant admin to another', () => {
    expect(judge(account, 'role/b').verdict).toBe('can-grant-admin');
    expect(routeOf(judge(account, 'role/b'))).toEqual(['put-role-policy role/c']);
  });

  test('the target has no verdict by itself', () => {
    expect(judge(account, 'role/c').verdict).toBe('none');
  });

  test('the target becomes admin where it can act as its grantor', () => {
    const self: AccountSpec = {
      users: { alice: { can: [allow('sts:AssumeRole', iam('role/ci'))] } },
      roles: { ci: { trust: [iam('root')], can: [allow('iam:PutUserPolicy', iam(alice))] } },
    };
    expect(judge(self, alice).verdict).toBe('can-become-admin');
    expect(routeOf(judge(self, alice))).toEqual(['assume-role role/ci', 'put-user-policy user/alice']);
    expect(judge(self, 'role/ci').verdict).toBe('can-grant-admin');
  });

  test('who can act as an admin made so becomes admin, too', () => {
    const more = { ...account, users: { alice: {}, carol: { can: [allow('iam:CreateAccessKey', iam(alice))] } } };
    expect(judge(more, 'user/carol').verdict).toBe('can-become-admin');
  });
});

describe('blockers are reported', () => {
  test('a boundary', () => {
    const account: AccountSpec = {
      users: { alice: { attached: [ADMINISTRATOR], boundary: 'fence' } },
      policies: { fence: [allow('s3:*')] },
    };
    const { verdict, blockedBy } = judge(account, alice);
    expect(verdict).toBe('none');
    expect(blockedBy).toContainEqual({
      kind: 'permissions-boundary',
      text: `Not allowed by the permissions boundary ${iam('policy/fence')}`,
    });
  });

  test('a Deny, by its statement', () => {
    const account: AccountSpec = {
      users: { alice: { can: [allow('iam:PutUserPolicy'), deny('iam:*', '*', { Sid: 'NoIam' })] } },
    };
    expect(judge(account, alice).blockedBy).toEqual([
      { kind: 'deny', text: 'Denied by inline:own', statement: { ...own(1), sid: 'NoIam' } },
    ]);
  });

  test('nothing, where nothing was granted', () => {
    expect(judge({ users: { alice: { can: [allow('s3:*')] } } }, alice).blockedBy).toEqual([]);
  });
});

describeVerdicts('what cannot be read leaves the verdict open', {
  'an inline policy': [{ users: { alice: { inline: { broken: { Statement: 'x' } } } } }, alice, 'conditional: admin'],
  'an attached policy that is not there': [{ users: { alice: { attached: ['gone'] } } }, alice, 'conditional: admin'],
  'a policy of a group': [
    { users: { alice: { groups: ['team'] } }, groups: { team: { attached: ['gone'] } } },
    alice,
    'conditional: admin',
  ],
  'a group that is not there, as where only users were asked for': [
    { users: { alice: { groups: ['team'] } } },
    alice,
    'conditional: admin',
  ],
  'a boundary that is not there, of an admin': [
    { users: { alice: { attached: [ADMINISTRATOR], boundary: 'gone' } } },
    alice,
    'conditional: admin',
  ],
  'a missing boundary, of a user without power': [
    { users: { alice: { can: [allow('s3:*')], boundary: 'gone' } } },
    alice,
    'none',
  ],
  'a boundary that is not there, of a role that another trusts': [
    { roles: { deploy: { boundary: 'gone' }, admin: admin(iam('role/deploy')) } },
    'role/deploy',
    'conditional: can-become-admin',
  ],
  'a boundary that is not there, of the admin to assume': [
    { users: { alice: {} }, roles: { admin: { ...admin(iam(alice)), boundary: 'gone' } } },
    alice,
    'conditional: can-become-admin',
  ],
  'a trust policy': [
    {
      users: { alice: { can: [allow('sts:AssumeRole')] } },
      roles: { admin: { attached: [ADMINISTRATOR], trustPolicy: 'broken' } },
    },
    alice,
    'conditional: can-become-admin',
  ],
  'a trust policy, for who may not assume the role': [
    { users: { alice: {} }, roles: { admin: { attached: [ADMINISTRATOR], trustPolicy: 'broken' } } },
    alice,
    'none',
  ],
  'a boundary that is not there, of a user that a role trusts': [
    { users: { alice: { boundary: 'gone' } }, roles: { admin: admin(iam(alice)) } },
    alice,
    'conditional: can-become-admin',
  ],
});

test('a condition on the way is a condition of the whole path', () => {
  const account: AccountSpec = {
    users: { alice: {} },
    roles: {
      step: { trust: [trusts({ AWS: iam(alice) }, when('IpAddress', 'aws:SourceIp', '192.0.2.0/24'))] },
      admin: admin(iam('role/step')),
    },
  };
  const { would, conditions } = judge(account, alice);
  expect(would).toBe('can-become-admin');
  expect(conditions).toEqual([
    { key: 'aws:sourceip', controlledBy: 'environment', text: 'IpAddress aws:SourceIp: 192.0.2.0/24' },
  ]);
});

test('a sure way is preferred to a shorter one that depends', () => {
  const account: AccountSpec = {
    users: { alice: {} },
    roles: {
      step: { trust: [iam(alice)] },
      admin: {
        attached: [ADMINISTRATOR],
        trust: [trusts({ AWS: iam(alice) }, when('Bool', 'aws:MultiFactorAuthPresent', 'true')), iam('role/step')],
      },
    },
  };
  expect(wordOf(judge(account, alice))).toBe('can-become-admin');
  expect(routeOf(judge(account, alice))).toEqual(['assume-role role/step', 'assume-role role/admin']);
});

/** An account in which there is a choice of paths for nearly everyone. */
const manyPaths: AccountSpec = {
  users: {
    alice: { can: [allow('sts:AssumeRole'), allow('iam:CreateAccessKey')], attached: ['wide', 'narrow'], groups: ['ops', 'dev'] },
    bob: { groups: ['dev', 'ops'], attached: ['narrow', 'wide'], boundary: 'narrow' },
    carol: { attached: [ADMINISTRATOR] },
    dave: { attached: [ADMINISTRATOR] },
  },
  groups: {
    ops: { can: [allow('iam:PutUserPolicy', iam('user/bob'))], attached: ['wide'] },
    dev: { can: [allow('iam:PassRole'), allow(['lambda:CreateFunction', 'lambda:InvokeFunction', 'states:TestState'])] },
  },
  roles: {
    a: { trust: [iam('root'), iam('role/b')], can: [allow('iam:AttachRolePolicy', iam('role/c'))] },
    b: { trust: [iam('role/a'), 'lambda.amazonaws.com', 'states.amazonaws.com'], attached: [ADMINISTRATOR] },
    c: { trust: [iam('user/bob'), iam('role/a')], attached: ['narrow', 'wide'] },
    d: { trust: [iam('role/c'), 'lambda.amazonaws.com'], attached: [ADMINISTRATOR] },
  },
  policies: {
    wide: { versions: [[allow('iam:CreatePolicyVersion', iam('policy/narrow'))], [allow('*')]] },
    narrow: [allow('iam:SetDefaultPolicyVersion', iam('policy/wide')), allow('sts:AssumeRole', iam('role/d'))],
  },
};

const snapshot = snapshotOf(manyPaths);
const identities = snapshot.facts.identities.status === 'collected' ? snapshot.facts.identities.value : undefined;
if (identities === undefined) throw new Error('the account has identities');
const shuffled = <T>(items: readonly T[]) => fc.shuffledSubarray([...items], { minLength: items.length });

/** The same account, in any order. */
const inAnyOrder = fc
  .record({
    users: shuffled(identities.users),
    groups: shuffled(identities.groups),
    roles: shuffled(identities.roles),
    policies: shuffled(identities.policies),
    reversed: fc.boolean(),
  })
  .map(({ reversed, ...lists }): Identities => {
    const turn = <T>(items: readonly T[]): readonly T[] => (reversed ? items.toReversed() : items);
    const held = <T extends { readonly attachedPolicies: Identities['users'][number]['attachedPolicies'] }>(holder: T): T => ({
      ...holder,
      attachedPolicies: turn(holder.attachedPolicies),
    });
    return {
      users: lists.users.map((user) => ({ ...held(user), groups: turn(user.groups) })),
      groups: lists.groups.map(held),
      roles: lists.roles.map(held),
      policies: lists.policies,
    };
  });

const textOf = (order: Identities): string => {
  const access = analyze({ ...snapshot, facts: { ...snapshot.facts, identities: collected(order) } });
  const verdicts: readonly PrincipalVerdict[] = access.status === 'collected' ? [...access.value.values()] : [];
  return JSON.stringify(verdicts);
};

test('the order of the input makes no difference to a byte', () => {
  const expected = textOf(identities);
  fc.assert(
    fc.property(inAnyOrder, (order) => {
      expect(textOf(order)).toBe(expected);
    }),
    { numRuns: 150 },
  );
});
