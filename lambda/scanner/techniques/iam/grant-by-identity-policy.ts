import { type Account, type CompiledGroup, fullAccess } from '../../iam/account.ts';
import { type AuthorizationResult, afterCalls, allOf, anyOf, refused } from '../../iam/authorization-result.ts';
import { can } from '../../iam/authorization.ts';
import { type Principal, isProtected } from '../../iam/principal.ts';
import { withTags } from '../../iam/target-tags.ts';
import type { GrantAdminTechnique, GrantEffect, Technique } from '../technique.ts';
import { holding, isAdminPolicy, obtainablePolicies } from './obtainable-policies.ts';
import { canOnGroup, renames } from './renaming.ts';

/** Whether the principal can change the target in this way, and the target is admin afterward. */
type Attempt = GrantAdminTechnique['attempt'];

/** A technique for users, or for roles, that writes to the target itself. */
const onIdentity = (
  kind: Principal['kind'],
  technique: Technique,
  selfAliases: readonly string[],
  attempt: Attempt,
): GrantAdminTechnique => ({
  ...technique,
  selfAliases,
  candidates: (_account, index, target) =>
    target.kind === kind ? index.principalsAllowed(technique.actions[0] ?? '', target.arn) : [],
  attempt: (account, principal, target, outcome) =>
    target.kind === kind && !isProtected(target) ? attempt(account, principal, target, outcome) : refused(),
});

const put =
  (action: string): Attempt =>
  (account, principal, target, outcome) =>
    allOf(
      () => withTags(account, principal, target, (keys) => can(account, principal, action, target.arn, keys)),
      () => withInlinePolicy(target, outcome),
    );

/** An inline policy that allows everything is a further one, or takes the place of one that has Deny statements. */
const withInlinePolicy = (target: Principal, outcome: GrantEffect, group?: string): AuthorizationResult =>
  anyOf([
    () => outcome.withFullAccess(),
    ...target.policies
      .filter((policy) => policy.hasDeny && policy.held === 'inline' && policy.group === group)
      .map((policy) => () => {
        const policies = target.policies.map((other) => (other === policy ? fullAccess : other));
        return outcome.as({ ...target, policies });
      }),
  ]);

const attach =
  (action: string): Attempt =>
  (account, principal, target, outcome) =>
    attachAny(account, principal, outcome, target, (arn) =>
      withTags(account, principal, target, (keys) =>
        can(account, principal, action, target.arn, (key) => (key === 'iam:policyarn' ? [arn] : keys(key))),
      ),
    );

/** Attaches a policy that makes the target admin, one that the principal writes before included. */
const attachAny = (
  account: Account,
  principal: Principal,
  outcome: GrantEffect,
  target: Principal,
  canAttach: (policyArn: string) => AuthorizationResult,
): AuthorizationResult =>
  anyOf(
    obtainablePolicies(account, principal, 'iam:policyarn').map(
      ({ arn, policy, action, answer }) =>
        () =>
          afterCalls(
            action === undefined ? [] : [action],
            allOf(
              () => canAttach(arn),
              answer,
              () => (isAdminPolicy(policy) ? outcome.withFullAccess() : outcome.as(holding(target, arn, policy))),
            ),
          ),
    ),
  );

/** A technique that writes to a group of the target. */
const onGroups = (
  technique: Technique,
  selfAliases: readonly string[],
  attempt: (group: CompiledGroup, ...args: Parameters<Attempt>) => AuthorizationResult,
): GrantAdminTechnique => ({
  ...technique,
  selfAliases,
  *candidates(account, index, target) {
    for (const { arn } of groupsOf(account, target)) {
      yield* index.principalsAllowed(technique.actions[0] ?? '', arn);
      yield* index.principalsAllowed(renames.group, arn);
    }
  },
  attempt: (account, principal, target, outcome) =>
    anyOf(groupsOf(account, target).map((group) => () => attempt(group, account, principal, target, outcome))),
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
      title: 'Attach a policy with administrator access to the user',
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
      title: 'Attach a policy with administrator access to the role',
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
    ({ arn, name }, account, principal, target, outcome) =>
      allOf(
        () => canOnGroup(account, principal, 'iam:PutGroupPolicy', arn),
        () => withInlinePolicy(target, outcome, name),
      ),
  ),
  onGroups(
    {
      id: 'attach-group-policy',
      aliases: [],
      title: 'Attach a policy with administrator access to a group of the user',
      actions: ['iam:AttachGroupPolicy'],
    },
    ['iam-010'],
    (group, account, principal, target, outcome) =>
      attachAny(account, principal, outcome, target, (arn) =>
        canOnGroup(account, principal, 'iam:AttachGroupPolicy', group.arn, (key) =>
          key === 'iam:policyarn' ? [arn] : undefined,
        ),
      ),
  ),
];
