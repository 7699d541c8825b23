import type { Account } from '../../iam/account.ts';
import { mayAllow } from '../../iam/action-prefilter.ts';
import { type AuthorizationResult, afterCalls, allOf, anyOf, refused } from '../../iam/authorization-result.ts';
import { can } from '../../iam/authorization.ts';
import type { Principal, UserPrincipal } from '../../iam/principal.ts';
import { type RequestKeys, noRequestKeys } from '../../iam/request-context.ts';
import { canOnSomeResource } from '../../iam/resource-candidates.ts';
import { targetContextKeys } from '../../iam/target-keys.ts';

/** The actions that give a user or a group another name or path. */
export const renames = { user: 'iam:UpdateUser', group: 'iam:UpdateGroup' } as const;

/**
 * Whether the principal can do the actions on what it renames first. Renaming takes the permission on both ARNs.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateUser.html
 */
function onceRenamed(
  account: Account,
  principal: Principal,
  rename: string,
  arn: string,
  actions: readonly string[],
  keys: RequestKeys,
): AuthorizationResult {
  if (!mayAllow(principal, rename)) return refused();
  return afterCalls(
    [rename],
    allOf(
      () => can(account, principal, rename, arn, keys),
      () => canOnSomeResource(account, principal, [rename, ...actions], { keys }),
    ),
  );
}

/** Whether the principal can do the actions on the user once it has renamed it. */
export const canOnRenamedUser = (
  account: Account,
  principal: Principal,
  user: UserPrincipal,
  actions: readonly string[],
): AuthorizationResult => onceRenamed(account, principal, renames.user, user.arn, actions, targetContextKeys(user));

/** Whether the principal can do the action on the group, as it is or once it has renamed it. */
export const canOnGroup = (
  account: Account,
  principal: Principal,
  action: string,
  arn: string,
  keys: RequestKeys = noRequestKeys,
): AuthorizationResult =>
  anyOf([
    () => can(account, principal, action, arn, keys),
    () => onceRenamed(account, principal, renames.group, arn, [action], keys),
  ]);
