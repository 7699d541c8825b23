import type { Account } from '../iam/account.ts';
import type { AuthorizationResult } from '../iam/authorization-result.ts';
import { can } from '../iam/authorization.ts';
import type { Principal, RolePrincipal } from '../iam/principal.ts';
import { withTags } from '../iam/target-tags.ts';
import { derivedValues } from '../model/derived-values.ts';
import { getOrCreate } from '../model/get-or-create.ts';
import { passRoleKeys } from './request-keys.ts';

const answers = derivedValues.table<Principal, Map<string, Map<RolePrincipal, AuthorizationResult>>>();

/**
 * Whether a principal may pass a role to the service, for these calls. Few policies ask on which resource the role ends up. Where none
 * does, the answer is the same for every technique of the service.
 */
export function createPassRole(
  service: string,
  actions: readonly string[],
): (account: Account, principal: Principal, role: RolePrincipal) => AuthorizationResult {
  const passRole = passRoleKeys(service, actions);
  return (account, principal, role) => {
    const ofPrincipal = answers.getOrCreate(principal, () => new Map<string, Map<RolePrincipal, AuthorizationResult>>());
    const known = getOrCreate(ofPrincipal, service, () => new Map<RolePrincipal, AuthorizationResult>());
    const before = known.get(role);
    if (before !== undefined) return before;
    const asked = new Set<string>();
    const answer = withTags(account, principal, role, (keys) =>
      can(account, principal, 'iam:PassRole', role.arn, (key) => {
        asked.add(key);
        return passRole(account)(key) ?? keys(key);
      }),
    );
    if (!asked.has('iam:associatedresourcearn')) known.set(role, answer);
    return answer;
  };
}
