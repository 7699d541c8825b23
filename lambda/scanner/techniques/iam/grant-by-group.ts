import type { Account, CompiledGroup } from '../../iam/account.ts';
import { type AuthorizationResult, type Grant, allOf, anyOf, refused } from '../../iam/authorization-result.ts';
import type { Principal } from '../../iam/principal.ts';
import { derivedValues } from '../../model/derived-values.ts';
import { getOrCreate } from '../../model/get-or-create.ts';
import type { GrantAdminTechnique, GrantEffect } from '../technique.ts';
import { type NewGroup, newGroups } from './new-groups.ts';
import { canOnGroup } from './renaming.ts';
import { holding, isAdminPolicy } from './obtainable-policies.ts';

const fills = derivedValues.table<Principal, Map<CompiledGroup, AuthorizationResult>>();

/** Whether the principal can add users to the group. The request names only the group, so any user will do. */
function canFill(account: Account, principal: Principal, group: CompiledGroup): AuthorizationResult {
  const known = fills.getOrCreate(principal, () => new Map<CompiledGroup, AuthorizationResult>());
  return getOrCreate(known, group, () => canOnGroup(account, principal, 'iam:AddUserToGroup', group.arn));
}

/**
 * Each group that the principal can fill, as a question whether the target becomes admin in it. Where the principal can fill a group
 * only under conditions, the answer is never certain: one such group is enough. Without this, an admin behind a policy that requires
 * MFA is tried in every group, and in every second group from there.
 */
function* joinableGroups(account: Account, principal: Principal, outcome: GrantEffect): Iterable<() => AuthorizationResult> {
  const possible: Grant[] = [];
  for (const group of outcome.groupsWorthJoining()) {
    const fill = canFill(account, principal, group);
    if (fill.kind === 'refused' || (possible.length > 0 && !fill.certain)) continue;
    yield () => {
      const answer = allOf(
        () => outcome.inGroup(group),
        () => fill,
      );
      if (answer.kind === 'granted') possible.push(answer);
      return answer;
    };
  }
}

/** Whether the user is admin in the new group. */
const inNewGroup = (target: Principal, { origin, policy }: NewGroup, outcome: GrantEffect): AuthorizationResult =>
  isAdminPolicy(policy) ? outcome.withFullAccess() : outcome.as(holding(target, origin, policy));

/** The techniques that add the target to a group, one that exists or a new one. */
export const groupTechniques: readonly GrantAdminTechnique[] = [
  {
    id: 'add-user-to-group',
    aliases: ['iam-013'],
    selfAliases: ['iam-013'],
    title: 'Add the user to a group that grants more',
    actions: ['iam:AddUserToGroup'],
    candidates: (_account, index, target) => (target.kind === 'user' ? index.allPrincipals() : []),
    attempt: (account, principal, _target, outcome) => anyOf(joinableGroups(account, principal, outcome)),
  },
  {
    id: 'create-group',
    aliases: [],
    selfAliases: [],
    title: 'Create a group with administrator access, and add the user to it',
    actions: ['iam:CreateGroup', 'iam:AttachGroupPolicy', 'iam:PutGroupPolicy', 'iam:AddUserToGroup'],
    needs: ['iam:CreateGroup', 'iam:AddUserToGroup'],
    candidates: (_account, index, target) => (target.kind === 'user' ? index.allPrincipals() : []),
    alone: (account, principal) =>
      anyOf(
        newGroups(account, principal).map(
          ({ answer }) =>
            () =>
              answer,
        ),
      ),
    attempt: (account, principal, target, outcome) =>
      target.kind === 'user'
        ? anyOf(
            newGroups(account, principal).map(
              (group) => () =>
                allOf(
                  () => group.answer,
                  () => inNewGroup(target, group, outcome),
                ),
            ),
          )
        : refused(),
  },
];
