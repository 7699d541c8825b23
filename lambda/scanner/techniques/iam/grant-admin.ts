import { type Account, type CompiledGroup, hasDeny } from '../../iam/account.ts';
import { type Principal, type HeldPolicy, isProtected } from '../../iam/principal.ts';
import { type AuthorizationResult, type Grant, allOf, anyOf, granted, refused } from '../../iam/authorization-result.ts';
import { can } from '../../iam/authorization.ts';
import { targetContextKeys } from '../../iam/target-keys.ts';
import type { GrantAdminTechnique, Technique } from '../technique.ts';

/** AWS managed policies that make a principal admin, at once or in one more step. */
const adminPolicies = ({ partition }: Account) =>
  ['AdministratorAccess', 'IAMFullAccess'].map((name) => `arn:${partition}:iam::aws:policy/${name}`);

type Permission = (account: Account, principal: Principal, target: Principal) => AuthorizationResult;

/** A technique for users, or for roles, that writes to the target itself. */
const onIdentity = (
  kind: Principal['kind'],
  technique: Technique,
  selfAliases: readonly string[],
  permission: Permission,
): GrantAdminTechnique => ({
  ...technique,
  selfAliases,
  candidates: (_account, index, target) =>
    target.kind === kind ? index.principalsAllowed(technique.actions[0] ?? '', target.arn) : [],
  attempt: (account, principal, target, outcome) =>
    target.kind === kind && !isProtected(target)
      ? allOf(
          () => permission(account, principal, target),
          () => outcome.withFullAccess(),
        )
      : refused(),
});

const put =
  (action: string): Permission =>
  (account, principal, target) =>
    can(account, principal, action, target.arn, targetContextKeys(target));

const attach =
  (action: string): Permission =>
  (account, principal, target) =>
    anyOf(
      adminPolicies(account).map(
        (arn) => () => can(account, principal, action, target.arn, targetContextKeys(target, { 'iam:policyarn': [arn] })),
      ),
    );

/** A technique that writes to a group of the target. */
const onGroups = (
  technique: Technique,
  selfAliases: readonly string[],
  permission: (account: Account, principal: Principal, groupArn: string) => AuthorizationResult,
): GrantAdminTechnique => ({
  ...technique,
  selfAliases,
  *candidates(account, index, target) {
    for (const { arn } of groupsOf(account, target)) yield* index.principalsAllowed(technique.actions[0] ?? '', arn);
  },
  attempt: (account, principal, target, outcome) =>
    allOf(
      () =>
        anyOf(
          groupsOf(account, target).map(
            ({ arn }) =>
              () =>
                permission(account, principal, arn),
          ),
        ),
      () => outcome.withFullAccess(),
    ),
});

const groupsOf = ({ groups }: Account, target: Principal) => target.groups.flatMap((name) => groups.get(name) ?? []);

/** A technique for the permissions boundary of another identity. The own boundary is handled in the self-escalation. */
const onBoundary = (
  kind: Principal['kind'],
  technique: Technique,
  keys: (account: Account) => Readonly<Record<string, readonly string[]>> = () => ({}),
): GrantAdminTechnique => ({
  ...technique,
  selfAliases: [],
  candidates: (_account, index, target) =>
    target.kind === kind && target.boundary ? index.principalsAllowed(technique.actions[0] ?? '', target.arn) : [],
  attempt(account, principal, target, outcome) {
    const { boundary, ...unbound } = target;
    if (target.kind !== kind || boundary === undefined || isProtected(target) || principal === target) return refused();
    return allOf(
      ...technique.actions.map(
        (action) => () => can(account, principal, action, target.arn, targetContextKeys(target, keys(account))),
      ),
      () => outcome.as(unbound),
    );
  },
});

const MAX_VERSIONS = 5;

/** The customer managed policies of an identity. */
const writable = (target: Principal) => target.policies.filter(({ managed }) => managed?.isCustomerManaged);

function* onPolicies(
  action: string,
  index: Parameters<GrantAdminTechnique['candidates']>[1],
  target: Principal,
): Iterable<Principal> {
  for (const { origin } of writable(target)) yield* index.principalsAllowed(action, origin);
}

/** A new policy version can become the default at once. Of five versions, one must be deleted first. */
const rewrite = (account: Account, principal: Principal, { origin, managed }: HeldPolicy): AuthorizationResult =>
  allOf(
    () => can(account, principal, 'iam:CreatePolicyVersion', origin),
    () =>
      (managed?.policy.versions.length ?? 0) < MAX_VERSIONS
        ? granted()
        : can(account, principal, 'iam:DeletePolicyVersion', origin),
  );

/** The target with each non-default version to which one of its policies could be set back. */
const rolledBack = (target: Principal, held: HeldPolicy): readonly Principal[] =>
  (held.managed?.dormant() ?? []).map((policy) => ({
    ...target,
    policies: target.policies.map((other) => (other === held ? { ...held, policy, hasDeny: hasDeny(policy) } : other)),
  }));

interface Fillable {
  readonly group: CompiledGroup;
  readonly fill: Grant;
}

const fillableBy = new WeakMap<Principal, readonly Fillable[]>();

/** The groups to which the principal can add users. The request names only the group, so any user will do. */
function fillable(account: Account, principal: Principal): readonly Fillable[] {
  const known = fillableBy.get(principal);
  if (known !== undefined) return known;
  const found = [...account.groups.values()].flatMap((group) => {
    const fill = group.policies.length > 0 ? can(account, principal, 'iam:AddUserToGroup', group.arn) : refused();
    return fill.kind === 'granted' ? [{ group, fill }] : [];
  });
  fillableBy.set(principal, found);
  return found;
}

/** The grant-admin techniques. */
export const grantAdminTechniques: readonly GrantAdminTechnique[] = [
  onIdentity(
    'user',
    {
      id: 'put-user-policy',
      aliases: ['iam-018'],
      title: 'Add an inline policy with administrator access to the user',
      actions: ['iam:PutUserPolicy'],
    },
    ['iam-007'],
    put('iam:PutUserPolicy'),
  ),
  onIdentity(
    'user',
    {
      id: 'attach-user-policy',
      aliases: ['iam-015'],
      title: 'Attach AdministratorAccess to the user',
      actions: ['iam:AttachUserPolicy'],
    },
    ['iam-008'],
    attach('iam:AttachUserPolicy'),
  ),
  onIdentity(
    'role',
    {
      id: 'put-role-policy',
      aliases: ['iam-017', 'iam-021'],
      title: 'Add an inline policy with administrator access to the role',
      actions: ['iam:PutRolePolicy'],
    },
    ['iam-005'],
    put('iam:PutRolePolicy'),
  ),
  onIdentity(
    'role',
    {
      id: 'attach-role-policy',
      aliases: ['iam-014', 'iam-019'],
      title: 'Attach AdministratorAccess to the role',
      actions: ['iam:AttachRolePolicy'],
    },
    ['iam-009'],
    attach('iam:AttachRolePolicy'),
  ),
  onGroups(
    {
      id: 'put-group-policy',
      aliases: [],
      title: 'Add an inline policy with administrator access to a group of the user',
      actions: ['iam:PutGroupPolicy'],
    },
    ['iam-011'],
    (account, principal, group) => can(account, principal, 'iam:PutGroupPolicy', group),
  ),
  onGroups(
    {
      id: 'attach-group-policy',
      aliases: [],
      title: 'Attach AdministratorAccess to a group of the user',
      actions: ['iam:AttachGroupPolicy'],
    },
    ['iam-010'],
    (account, principal, group) =>
      anyOf(
        adminPolicies(account).map(
          (arn) => () =>
            can(account, principal, 'iam:AttachGroupPolicy', group, (key) => (key === 'iam:policyarn' ? [arn] : undefined)),
        ),
      ),
  ),
  {
    id: 'create-policy-version',
    aliases: ['iam-016', 'iam-020'],
    selfAliases: ['iam-001'],
    title: 'Create a default version with administrator access of an attached policy',
    actions: ['iam:CreatePolicyVersion'],
    candidates: (_account, index, target) => onPolicies('iam:CreatePolicyVersion', index, target),
    attempt: (account, principal, target, outcome) =>
      allOf(
        () => anyOf(writable(target).map((policy) => () => rewrite(account, principal, policy))),
        () => outcome.withFullAccess(),
      ),
  },
  {
    id: 'set-default-policy-version',
    aliases: [],
    selfAliases: [],
    title: 'Set an attached policy back to an older version that grants more',
    actions: ['iam:SetDefaultPolicyVersion'],
    candidates: (_account, index, target) => onPolicies('iam:SetDefaultPolicyVersion', index, target),
    attempt: (account, principal, target, outcome) =>
      anyOf(
        writable(target)
          .filter(({ managed }) => managed?.dormant().length)
          .map(
            (held) => () =>
              allOf(
                () => can(account, principal, 'iam:SetDefaultPolicyVersion', held.origin),
                () => anyOf(rolledBack(target, held).map((result) => () => outcome.as(result))),
              ),
          ),
      ),
  },
  {
    id: 'add-user-to-group',
    aliases: ['iam-013'],
    selfAliases: ['iam-013'],
    title: 'Add the user to a group that grants more',
    actions: ['iam:AddUserToGroup'],
    candidates: (_account, index, target) => (target.kind === 'user' ? index.allPrincipals() : []),
    attempt: (account, principal, _target, outcome) =>
      anyOf(
        fillable(account, principal).map(
          ({ group, fill }) =>
            () =>
              allOf(
                () => outcome.inGroup(group),
                () => fill,
              ),
        ),
      ),
  },
  ...(['User', 'Role'] as const).flatMap((word) => {
    const kind = word === 'User' ? 'user' : 'role';
    return [
      onBoundary(kind, {
        id: `delete-${kind}-permissions-boundary`,
        aliases: [kind === 'user' ? 'iam-022' : 'iam-023'],
        title: `Delete the permissions boundary of the ${kind}`,
        actions: [`iam:Delete${word}PermissionsBoundary`],
      }),
      onBoundary(
        kind,
        {
          id: `put-${kind}-permissions-boundary`,
          aliases: kind === 'user' ? ['iam-024'] : [],
          title: `Replace the permissions boundary of the ${kind} by one that allows everything`,
          actions: [`iam:Put${word}PermissionsBoundary`],
        },
        (account) => ({ 'iam:permissionsboundary': adminPolicies(account).slice(0, 1) }),
      ),
    ];
  }),
];
