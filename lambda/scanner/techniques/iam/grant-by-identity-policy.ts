import type { Account } from '../../iam/account.ts';
import { type AuthorizationResult, allOf, anyOf, refused } from '../../iam/authorization-result.ts';
import { can } from '../../iam/authorization.ts';
import { type Principal, isProtected } from '../../iam/principal.ts';
import { targetContextKeys } from '../../iam/target-keys.ts';
import type { GrantAdminTechnique, Technique } from '../technique.ts';
import { adminPolicies } from './admin-policies.ts';

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

/** Techniques that put or attach a policy: to a user, a role, or a group of the user. */
export const identityPolicyTechniques: readonly GrantAdminTechnique[] = [
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
];
