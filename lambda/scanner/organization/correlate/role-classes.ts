import { isAccountId, parseArn } from '../../model/arn.ts';
import { getOrCreate } from '../../model/get-or-create.ts';
import type { Statement } from '../../policy/policy.ts';
import type { AccountEdges, ExternallyAssumableRole } from '../edges.ts';
import { type CompiledPolicies, compilePolicies } from './cross-account-assumption.ts';
import type { SourceCandidate } from './source-candidate.ts';
import type { SourceCandidates } from './source-candidates.ts';

/** Externally assumable roles with the same trust policy and limits: they allow the same principals. */
export interface RoleClass {
  readonly key: string;
  readonly assumable: ExternallyAssumableRole;
  readonly policies: CompiledPolicies;
  readonly account: AccountEdges;
  readonly roles: { readonly role: string; readonly account: AccountEdges }[];
  readonly byRole: Map<string, AccountEdges>;
}

/** The externally assumable roles of all accounts, classified. */
export function roleClassesOf(accounts: readonly AccountEdges[]): readonly RoleClass[] {
  const classes = new Map<string, RoleClass>();
  for (const account of accounts)
    for (const assumable of account.assumableRoles) {
      const { version, statements } = assumable.trust;
      const key = JSON.stringify([version, statements, assumable.limits, account.organizationId]);
      const trust = { origin: 'trust', version, statements };
      const found = getOrCreate(classes, key, () => ({
        key,
        assumable,
        account,
        policies: compilePolicies([trust], assumable.limits),
        roles: [],
        byRole: new Map<string, AccountEdges>(),
      }));
      found.roles.push({ role: assumable.role, account });
      found.byRole.set(assumable.role, account);
    }
  return [...classes.values()];
}

/** The roles of the class that the principal might assume; roles of its own account are no cross-account edge. */
export function rolesFor({ roles, byRole }: RoleClass, { sourceClass }: SourceCandidate): Readonly<RoleClass['roles']> {
  if (sourceClass.named === undefined) return roles;
  return sourceClass.named.flatMap((role) => {
    const account = byRole.get(role);
    return account === undefined ? [] : [{ role, account }];
  });
}

/**
 * The principals that the trust policy might allow: those of the accounts that it names, or of all accounts where it names
 * everyone.
 */
export function candidatesFor(
  { assumable, account, roles }: RoleClass,
  { all, byAccount }: SourceCandidates,
): readonly SourceCandidate[] {
  const named = new Set<string>();
  for (const { effect, principal, conditions } of assumable.trust.statements) {
    if (effect === 'Deny' || principal === undefined) continue;
    for (const { value } of principal.entries) {
      const accountId = isAccountId(value) ? value : parseArn(value)?.accountId;
      const found = principal.negated || accountId === undefined ? accountsIn(conditions) : [accountId];
      if (found === undefined) return fromOtherAccounts(all, account, roles);
      for (const id of found) named.add(id);
    }
  }
  return fromOtherAccounts(
    [...named].sort().flatMap((id) => byAccount.get(id) ?? []),
    account,
    roles,
  );
}

/** Where all roles of the class are in one account, the principals of that account are left out. */
export const fromOtherAccounts = (
  candidates: readonly SourceCandidate[],
  { account }: AccountEdges,
  roles: RoleClass['roles'],
): readonly SourceCandidate[] =>
  roles.every((role) => role.account.account === account)
    ? candidates.filter((candidate) => candidate.account.account !== account)
    : candidates;

/** The accounts to which conditions limit the principals, where they name accounts. */
function accountsIn(conditions: Statement['conditions']): readonly string[] | undefined {
  for (const { operator, key, values } of conditions) {
    if (operator.ifExists || !/^(String|Arn)(Equals|Like)$/.test(operator.name)) continue;
    const asked = key.toLowerCase();
    const ids = values.map((value) => (asked === 'aws:principalarn' ? parseArn(value)?.accountId : value));
    const isAccount = (id: string | undefined): id is string => id !== undefined && isAccountId(id);
    if ((asked === 'aws:principalarn' || asked === 'aws:principalaccount') && ids.every(isAccount)) return ids;
  }
  return undefined;
}
