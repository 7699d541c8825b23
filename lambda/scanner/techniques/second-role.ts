import { derivedValues } from '../model/derived-values.ts';
import { getOrCreate } from '../model/get-or-create.ts';
import type { Account } from '../iam/account.ts';
import type { Principal, RolePrincipal } from '../iam/principal.ts';
import { type AuthorizationResult, allOf, anyOf, granted } from '../iam/authorization-result.ts';
import { can, canDoEverything } from '../iam/authorization.ts';
import { ASSUME_ROLE, canAssume } from '../iam/trust-policy.ts';
import { parseArn } from '../model/arn.ts';
import type { PassRoleTechnique, SecondRole } from './compute-technique.ts';
import { passRoleKeys } from './request-keys.ts';
import { trustsService } from './service-trust.ts';

/** Whether the principal has the second role that the technique needs, where it needs one. */
export function hasSecondRole(
  account: Account,
  principal: Principal,
  role: RolePrincipal,
  { secondRole, actions }: PassRoleTechnique,
): AuthorizationResult {
  if (secondRole === undefined) return granted();
  return secondRole.kind === 'passed' ? canPassOther(account, principal, secondRole, actions) : assumesAnother(account, role);
}

const passed = derivedValues.table<Principal, Map<string, AuthorizationResult>>();

/** Some role that trusts the service can be passed to it; the same for every role that is passed besides. */
function canPassOther(
  account: Account,
  principal: Principal,
  { service }: Extract<SecondRole, { readonly kind: 'passed' }>,
  actions: readonly string[],
): AuthorizationResult {
  const keys = passRoleKeys(service, actions)(account);
  const ask = () =>
    anyOf(
      rolesOf(account).map(
        (role) => () =>
          allOf(
            () => trustsService(account, role, service),
            () => can(account, principal, 'iam:PassRole', role.arn, keys),
          ),
      ),
    );
  return getOrCreate(
    passed.getOrCreate(principal, () => new Map<string, AuthorizationResult>()),
    service,
    ask,
  );
}

const assumed = derivedValues.table<Principal, AuthorizationResult>();

/**
 * The role may assume another one, which does the work. What an admin role could do counts only if the other one can do it too. Of
 * other accounts it is known only later whether they trust the role, and what it can do there.
 */
function assumesAnother(account: Account, role: RolePrincipal): AuthorizationResult {
  return assumed.getOrCreate(role, () => {
    const everything = canDoEverything(account, role);
    if (everything.kind === 'refused' && mayLeave(account, role)) return granted();
    const needed = (other: RolePrincipal) => (everything.kind === 'granted' ? canDoEverything(account, other) : granted());
    return anyOf(
      rolesOf(account).map(
        (other) => () =>
          allOf(
            () => canAssume(account, role, other),
            () => needed(other),
          ),
      ),
    );
  });
}

/** Whether its policies name roles of other accounts. */
const mayLeave = ({ accountId }: Account, { policies }: RolePrincipal): boolean =>
  policies.some(({ policy }) =>
    policy.statements.some(
      ({ source: { effect }, resources, matchesActionName }) =>
        effect === 'Allow' &&
        matchesActionName(ASSUME_ROLE) &&
        (resources.negated || resources.patterns.some((pattern) => parseArn(pattern)?.accountId !== accountId)),
    ),
  );

const rolesOf = ({ principals }: Account): readonly RolePrincipal[] =>
  principals.flatMap((principal) => (principal.kind === 'role' ? principal : []));
