import {
  type AccountSpec,
  ADMINISTRATOR,
  allow,
  awsManaged,
  deny,
  describeVerdicts,
  iam,
  judge,
  type PolicySpec,
  routeOf,
  type Statement,
  verdictOf,
  when,
} from './support.ts';

const alice = 'user/alice';
const deploy = 'role/deploy';

/** What a principal does to itself to remove its own limits. */
interface Loosening {
  readonly rule: string;
  readonly actions: readonly string[];
  readonly principal: string;
  /** The resource of the last action. */
  readonly on: string;
  /** An admin that is held back from all but what the statements allow. */
  readonly account: (allowed: readonly Statement[]) => AccountSpec;
}

/** All that a Deny can spare: whatever the statements would allow. */
const denyAllBut = (allowed: readonly Statement[]): readonly Statement[] => [
  deny([], '*', { NotAction: allowed.map(({ Action = '' }) => Action) }),
  ...allowed.map(({ Action = '', Resource = '*' }) => ({ Effect: 'Deny', Action, NotResource: Resource })),
];

const underBoundary =
  (kind: 'users' | 'roles', name: string, boundary = 'fence') =>
  (allowed: readonly Statement[]): AccountSpec => ({
    [kind]: { [name]: { attached: [ADMINISTRATOR], boundary } },
    policies: { [boundary]: [...allowed] },
  });

const withPolicy =
  (kind: 'users' | 'roles', name: string) =>
  (allowed: readonly Statement[]): AccountSpec => ({
    [kind]: { [name]: { attached: [ADMINISTRATOR, 'harness'] } },
    policies: { harness: denyAllBut(allowed) },
  });

const withInline =
  (kind: 'users' | 'roles', name: string) =>
  (allowed: readonly Statement[]): AccountSpec => ({
    [kind]: { [name]: { attached: [ADMINISTRATOR], can: denyAllBut(allowed) } },
  });

const inGroup =
  (held: 'attached' | 'inline') =>
  (allowed: readonly Statement[]): AccountSpec => {
    const users = { alice: { attached: [ADMINISTRATOR], groups: ['held'] } };
    const harness: PolicySpec = denyAllBut(allowed);
    return held === 'inline'
      ? { users, groups: { held: { can: harness } } }
      : { users, groups: { held: { attached: ['harness'] } }, policies: { harness } };
  };

const loosening = (action: string, principal: string, on: string, account: Loosening['account'], rule = ''): Loosening => ({
  rule:
    rule === ''
      ? action
          .slice('iam:'.length)
          .replaceAll(/(?<=[a-z])(?=[A-Z])/g, '-')
          .toLowerCase()
      : rule,
  actions: [action],
  principal,
  on: iam(on),
  account,
});

const loosenings: readonly Loosening[] = [
  loosening('iam:DeleteUserPermissionsBoundary', alice, alice, underBoundary('users', 'alice')),
  loosening('iam:PutUserPermissionsBoundary', alice, alice, underBoundary('users', 'alice')),
  loosening('iam:DeleteRolePermissionsBoundary', deploy, deploy, underBoundary('roles', 'deploy')),
  loosening('iam:PutRolePermissionsBoundary', deploy, deploy, underBoundary('roles', 'deploy')),
  loosening('iam:CreatePolicyVersion', alice, 'policy/fence', underBoundary('users', 'alice')),
  loosening('iam:CreatePolicyVersion', deploy, 'policy/fence', underBoundary('roles', 'deploy')),
  loosening('iam:DetachUserPolicy', alice, alice, withPolicy('users', 'alice')),
  loosening('iam:DetachRolePolicy', deploy, deploy, withPolicy('roles', 'deploy')),
  loosening('iam:DeleteUserPolicy', alice, alice, withInline('users', 'alice')),
  loosening('iam:DeleteRolePolicy', deploy, deploy, withInline('roles', 'deploy')),
  loosening('iam:CreatePolicyVersion', alice, 'policy/harness', withPolicy('users', 'alice')),
  loosening('iam:DetachGroupPolicy', alice, 'group/held', inGroup('attached')),
  loosening('iam:DeleteGroupPolicy', alice, 'group/held', inGroup('inline')),
  loosening('iam:CreatePolicyVersion', alice, 'policy/harness', inGroup('attached')),
  loosening('iam:RemoveUserFromGroup', alice, 'group/held', inGroup('attached')),
  loosening('iam:RemoveUserFromGroup', alice, 'group/held', inGroup('inline')),
];

describe.each(loosenings.map((each) => [`${each.actions.join(' + ')} on ${each.on.split(':').at(-1) ?? ''}`, each] as const))(
  '%s frees an admin',
  (_title, { rule, actions, principal, on, account }) => {
    const [action = ''] = actions;

    test('where it may', () => {
      const verdict = judge(account([allow(action)]), principal);
      expect(verdict.verdict).toBe('can-become-admin');
      expect(routeOf(verdict).map((step) => step.split(' ')[0])).toEqual([rule]);
    });

    test('where it may there', () => {
      expect(verdictOf(account([allow(action, on)]), principal)).toBe('can-become-admin');
    });

    test.each([
      ['somewhere else', [allow(action, `${on}2`)]],
      ['something else', [allow('s3:GetObject')]],
      ['something like it', [allow(`${action}s`)]],
    ] as const)('not where it may do it %s', (_name, allowed) => {
      expect(verdictOf(account(allowed), principal)).toBe('none');
    });
  },
);

describeVerdicts('limits that cannot be removed', {
  'a boundary of AWS cannot be rewritten': [
    underBoundary('users', 'alice', awsManaged('PowerUserAccess'))([allow('iam:CreatePolicyVersion')]),
    alice,
    'none',
  ],
  'a boundary can be replaced by its like only': [
    underBoundary(
      'users',
      'alice',
    )([allow('iam:PutUserPermissionsBoundary', '*', when('StringEquals', 'iam:PermissionsBoundary', iam('policy/fence')))]),
    alice,
    'none',
  ],
  'a boundary can be replaced by another one': [
    underBoundary(
      'users',
      'alice',
    )([allow('iam:PutUserPermissionsBoundary', '*', when('StringNotEquals', 'iam:PermissionsBoundary', iam('policy/fence')))]),
    alice,
    'can-become-admin',
  ],
  'of two policies that deny, one can be detached': [
    {
      users: { alice: { attached: [ADMINISTRATOR, 'harness', 'other'] } },
      policies: {
        harness: [deny([], '*', { NotAction: 'iam:DetachUserPolicy' })],
        other: [deny('iam:DetachUserPolicy', '*', when('ArnEquals', 'iam:PolicyARN', iam('policy/other'))), deny('s3:*')],
      },
    },
    alice,
    // Without the policy harness, the user adds an inline policy to itself, and rewrites the other policy without its Deny.
    'can-become-admin',
  ],
  'of two policies that deny, neither can': [
    {
      users: { alice: { attached: [ADMINISTRATOR, 'harness', 'other'] } },
      policies: { harness: [deny([], '*', { NotAction: 'iam:DetachUserPolicy' })], other: [deny('iam:*')] },
    },
    alice,
    'none',
  ],
});

test('the boundary is deleted before the limits that it protected, each as a step', () => {
  const account: AccountSpec = {
    users: { alice: { attached: [ADMINISTRATOR, 'harness'], boundary: 'fence' } },
    policies: {
      harness: [deny([], '*', { NotAction: ['iam:*Boundary', 'iam:DetachUserPolicy'] })],
      fence: [allow('iam:*Boundary')],
    },
  };
  expect(routeOf(judge(account, alice))).toEqual([
    'delete-user-permissions-boundary user/alice',
    'detach-user-policy user/alice',
  ]);
});
