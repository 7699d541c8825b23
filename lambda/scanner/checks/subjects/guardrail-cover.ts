import type { MemberAccount } from '../../model/organization/accounts.ts';
import type { GuardrailPolicy } from '../../model/organization/policies.ts';
import type { OrganizationSnapshot } from '../../model/organization/organization-snapshot.ts';
import { ancestorsOf } from '../../organization/hierarchy.ts';

/** A member account, with the names of the policies over it but for those that AWS attaches everywhere. */
export interface Cover {
  readonly account: MemberAccount;
  readonly names: readonly string[];
}

/** The policies of a kind over each active member account, at whatever level they are attached. */
export function policiesOver(
  organization: OrganizationSnapshot,
  policies: readonly GuardrailPolicy[],
  kind: GuardrailPolicy['kind'],
): readonly Cover[] {
  const { Accounts, Organization } = organization;
  if (Accounts.status === 'unavailable') return [];
  const management = Organization.status === 'collected' ? Organization.value.managementAccountId : undefined;
  const own = policies.filter((policy) => policy.kind === kind && !policy.id.endsWith('FullAWSAccess'));
  return Accounts.value
    .filter(({ id, state }) => id !== management && state === 'ACTIVE')
    .map((account) => {
      const levels = new Set([account.id, ...(ancestorsOf(organization, account) ?? []).map(({ id }) => id)]);
      const over = own.filter(({ targets }) => targets.some((target) => levels.has(target)));
      return { account, names: over.map(({ name, id }) => name || id) };
    });
}
