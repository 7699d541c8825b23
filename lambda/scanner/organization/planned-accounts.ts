import { UsageError } from '../errors.ts';
import type { OrganizationAccount } from '../facts/organization-parts/listed-accounts.ts';
import type { MemberAccount } from '../facts/organization-parts/accounts.ts';
import type { OrganizationSnapshot } from '../facts/organization-parts/organization-snapshot.ts';

/**
 * The accounts that a scan of the organization covers, sorted by id: the active ones, since no principal can sign in to others.
 *
 * @throws UsageError when the accounts could not be listed: there is nothing to scan.
 */
export function plannedAccounts({ Accounts }: Pick<OrganizationSnapshot, 'Accounts'>): readonly MemberAccount[] {
  if (Accounts.status === 'unavailable')
    throw new UsageError(
      `the accounts of the organization could not be listed: ${Accounts.reason}. Use credentials of the management account or of a delegated administrator account`,
    );
  return Accounts.value.filter(isActive).sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** What the organization tells of its accounts: its management account, and the list of all accounts. */
export const membersOf = ({
  Organization,
  Accounts,
}: OrganizationSnapshot): {
  readonly managementAccountId?: string;
  readonly organizationAccounts?: readonly OrganizationAccount[];
} => ({
  ...(Organization.status === 'collected' ? { managementAccountId: Organization.value.managementAccountId } : {}),
  ...(Accounts.status === 'collected' ? { organizationAccounts: Accounts.value.map(listed) } : {}),
});

const listed = ({ id, name, state }: MemberAccount): OrganizationAccount => ({
  id,
  ...(name === '' ? {} : { name }),
  active: isActive({ state }),
});

/** Whether the account is active, or may be: its state could not be read. */
const isActive = ({ state }: Pick<MemberAccount, 'state'>): boolean => state === 'ACTIVE' || state === 'UNKNOWN';
