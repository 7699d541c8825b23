import type { CheckContext } from '../../check.ts';
import type { Facts } from '../../facts/snapshot.ts';

/** Whether the account is the management account of its organization. */
export const isManagement = (
  { organization }: Pick<Facts, 'organization'>,
  { accountId }: Pick<CheckContext, 'accountId'>,
): boolean => organization?.managementAccountId === accountId;
