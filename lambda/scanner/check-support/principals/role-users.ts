import type { Account } from '../../iam/account.ts';
import type { Principal, RolePrincipal } from '../../iam/principal.ts';
import { type AllowIndex, createAllowIndex } from '../../iam/allow-index.ts';
import { canAssume, namesAccount } from '../../iam/trust-policy.ts';
import type { CompiledPolicy } from '../../policy/compile.ts';
import { isMfaKey } from '../credentials/mfa-condition-keys.ts';
import { isSaml } from '../trust/saml.ts';
import { trustedPrincipals } from '../trust/trust-policies.ts';

/** The principals that people use in an account, found by the actions that they may do and by how trust policies name them. */
export type RoleUsers = AllowIndex;

/** The users of the account, and the roles that people assume through SAML, as from IAM Identity Center. */
export function usersOfRole({ principals, trusts }: Account): RoleUsers {
  const takesSaml = ({ arn }: Principal) => {
    const trust = trusts.get(arn);
    return trust !== undefined && trustedPrincipals(trust).some(isSaml);
  };
  return createAllowIndex(principals.filter((principal) => principal.kind === 'user' || takesSaml(principal)));
}

/** A principal that can assume the role although neither the trust policy nor its own policies require MFA; users first. */
export const assumesWithoutMfa = (
  account: Account,
  people: RoleUsers,
  role: RolePrincipal,
  trust: CompiledPolicy,
): Principal | undefined =>
  candidates(account, people, role, trust).find((person) => {
    if (person === role) return false;
    const answer = canAssume(account, person, role);
    return answer.kind === 'granted' && !answer.conditions.some(({ key }) => isMfaKey(key));
  });

/** The principals that the trust policy names and, if it names the account, those whose own policies allow sts:AssumeRole. */
function candidates(account: Account, people: RoleUsers, { arn }: RolePrincipal, trust: CompiledPolicy): readonly Principal[] {
  const entries = trustedPrincipals(trust).map(({ principal }) => principal);
  const named = entries.flatMap(({ value }) => [...(value === '*' ? people.allPrincipals() : people.principalsNamed(value))]);
  const allowed = entries.some((entry) => namesAccount(entry, account)) ? people.principalsAllowed('sts:AssumeRole', arn) : [];
  const rank = ({ kind, arn: own }: Principal) => `${kind === 'user' ? '1' : '2'} ${own}`;
  return [...new Set([...named, ...allowed])].sort((a, b) => (rank(a) < rank(b) ? -1 : 1));
}
