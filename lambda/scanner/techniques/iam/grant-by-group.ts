import type { Account, CompiledGroup } from '../../iam/account.ts';
import { type AuthorizationResult, type Grant, allOf, anyOf, refused } from '../../iam/authorization-result.ts';
import { can } from '../../iam/authorization.ts';
import type { Principal } from '../../iam/principal.ts';
import { derivedValues } from '../../model/derived-values.ts';
import type { GrantAdminTechnique, GrantEffect } from '../technique.ts';

interface Fillable {
  readonly group: CompiledGroup;
  readonly fill: Grant;
}

const fillableBy = derivedValues.table<Principal, readonly Fillable[]>();

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

/**
 * Each group that the principal can fill, as a question whether the target becomes admin in it. Where the principal can fill a group
 * only under conditions, the answer is never certain: one such group is enough. Without this, an admin behind a policy that requires
 * MFA is tried in every group, and in every second group from there.
 */
function* joinableGroups(groups: readonly Fillable[], outcome: GrantEffect): Iterable<() => AuthorizationResult> {
  const possible: Grant[] = [];
  for (const { group, fill } of groups) {
    if (possible.length > 0 && !fill.certain) continue;
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

/** The technique that adds the target to a group. */
export const groupTechniques: readonly GrantAdminTechnique[] = [
  {
    id: 'add-user-to-group',
    aliases: ['iam-013'],
    selfAliases: ['iam-013'],
    title: 'Add the user to a group that grants more',
    actions: ['iam:AddUserToGroup'],
    candidates: (_account, index, target) => (target.kind === 'user' ? index.allPrincipals() : []),
    attempt: (account, principal, _target, outcome) => anyOf(joinableGroups(fillable(account, principal), outcome)),
  },
];
