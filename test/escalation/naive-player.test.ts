import fc from 'fast-check';
import { isFull, volume } from '../support/volume.ts';
import { type Content, type Identity, type Permission, play, type SmallAccount, specOf } from './naive-player.ts';
import { accessOf, iam } from './support.ts';

const policies = ['p0', 'p1'];
const users = ['u0', 'u1'];
const roles = ['r0', 'r1'];
const groups = ['g0'];

const on = (...names: readonly string[]) => fc.constantFrom('*', ...names);
const action = (...names: readonly string[]) => fc.constantFrom(...names);

const permission: fc.Arbitrary<Permission> = fc.oneof(
  fc.record({
    action: action('iam:PutUserPolicy', 'iam:CreateAccessKey', 'iam:DeleteUserPermissionsBoundary'),
    on: on(...users),
  }),
  fc.record({
    action: action('iam:PutRolePolicy', 'iam:UpdateAssumeRolePolicy', 'iam:DeleteRolePermissionsBoundary', 'iam:TagRole'),
    on: on(...roles),
  }),
  fc.record({ action: action('iam:AddUserToGroup', 'iam:PutGroupPolicy'), on: on(...groups) }),
  fc.record({ action: action('iam:CreatePolicyVersion', 'iam:SetDefaultPolicyVersion'), on: on(...policies) }),
  fc.record({ action: fc.constant('sts:AssumeRole'), on: on(...roles) }),
  fc.record({
    action: fc.constant('sts:AssumeRole'),
    on: on(...roles),
    key: fc.constant('aws:ResourceTag/open' as const),
    value: fc.constant('yes'),
  }),
  fc.record({
    action: action('iam:AttachUserPolicy', 'iam:AttachRolePolicy', 'iam:AttachGroupPolicy'),
    on: fc.constant('*'),
    key: fc.constant('iam:PolicyARN' as const),
    value: fc.constantFrom(...policies),
  }),
  fc.record({
    action: action('iam:PutUserPermissionsBoundary', 'iam:PutRolePermissionsBoundary', 'iam:CreateRole', 'iam:PutRolePolicy'),
    on: fc.constant('*'),
    key: fc.constant('iam:PermissionsBoundary' as const),
    value: fc.constantFrom(...policies),
  }),
);

/** A Deny statement without conditions. */
const denial: fc.Arbitrary<Permission> = fc
  .oneof(
    fc.record({ action: action('iam:PutUserPolicy', 'iam:CreateAccessKey', 'iam:AttachUserPolicy'), on: on(...users) }),
    fc.record({ action: action('iam:PutRolePolicy', 'iam:UpdateAssumeRolePolicy', 'sts:AssumeRole'), on: on(...roles) }),
    fc.record({ action: action('iam:CreatePolicyVersion', 'iam:SetDefaultPolicyVersion'), on: on(...policies) }),
  )
  .map((permission): Permission => ({ ...permission, denied: true }));

const narrow: fc.Arbitrary<Content> = fc
  .tuple(fc.array(permission, { maxLength: 2 }), fc.option(denial, { freq: 3, nil: undefined }))
  .map(([permissions, denied]) => (denied === undefined ? permissions : [...permissions, denied]));
const content: fc.Arbitrary<Content> = fc.oneof(
  { weight: 5, arbitrary: narrow },
  { weight: 1, arbitrary: fc.constant('everything' as const) },
);
const some = (names: readonly string[]) => fc.subarray([...names], { maxLength: 1 });

const identity = (trusts: fc.Arbitrary<readonly string[]>): fc.Arbitrary<Identity> =>
  fc
    .record({
      inline: narrow,
      attached: some(policies),
      boundary: fc.option(fc.constantFrom(...policies), { freq: 3, nil: undefined }),
      groups: fc.constant([]),
      trusts,
      tagged: fc.constant(false),
    })
    .map(({ boundary, ...rest }) => (boundary === undefined ? rest : { ...rest, boundary }));

const accounts: fc.Arbitrary<SmallAccount> = fc.record({
  identities: fc.record({
    ...Object.fromEntries(users.map((name) => [name, identity(fc.constant([]))])),
    ...Object.fromEntries(roles.map((name) => [name, identity(some([...users, ...roles, 'root']))])),
  }),
  groups: fc.record(Object.fromEntries(groups.map((name) => [name, fc.record({ inline: narrow, attached: some(policies) })]))),
  // An older version never takes permissions away: the search does not try every order of changes that lose some.
  policies: fc.record(
    Object.fromEntries(
      policies.map((name) => [
        name,
        fc
          .tuple(content, fc.boolean())
          .map(([current, hasOlder]): readonly Content[] => (hasOlder ? [current, 'everything'] : [current])),
      ]),
    ),
  ),
});

const MOST_CALLS = 4;

/**
 * The calls of a step, where they may be more than one, or none. An identity that is given a group, a policy or a version of one may
 * take one more step of its own to become admin, which the path does not tell.
 */
const manyCalls: Readonly<Record<string, number>> = {
  'allows-everything': 0,
  'update-trust-policy': 2,
  'create-admin-role': 3,
  ...Object.fromEntries(
    ['add-user-to-group', 'set-default-policy-version', 'attach-user-policy', 'attach-role-policy', 'attach-group-policy'].map(
      (rule) => [rule, 2],
    ),
  ),
};

/** The calls that a path takes; one more for what a Deny statement takes away from full access. */
const callsOf = (path: readonly { readonly rule: string }[], account: SmallAccount): number =>
  path.reduce((count, { rule }) => count + (manyCalls[rule] ?? 1), JSON.stringify(account).includes('"denied"') ? 1 : 0);

test('the search finds what an attacker finds who tries every sequence of calls', () => {
  fc.assert(
    fc.property(accounts, (account) => {
      const access = accessOf(specOf(account));
      for (const name of [...users, ...roles]) {
        const verdict = access.get(iam(name.startsWith('u') ? `user/${name}` : `role/${name}`));
        const found = verdict?.verdict === 'admin' || verdict?.verdict === 'can-become-admin';
        const played = play(account, name, MOST_CALLS);
        if (played === 'given-up') continue;
        if (played !== undefined) expect([name, found, played]).toEqual([name, true, played]);
        else if (found && callsOf(verdict.path, account) <= MOST_CALLS)
          expect([name, verdict.path.map(({ rule }) => rule)]).toEqual([name, []]);
      }
    }),
    // The same accounts each time, but in full: a rare difference is no reason to stop a change that has nothing to do with it.
    { numRuns: volume({ usual: 400, full: 10_000 }), ...(isFull ? {} : { seed: 4 }) },
  );
});
