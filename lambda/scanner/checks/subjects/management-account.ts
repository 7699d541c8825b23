import type { CheckContext } from '../../model/check.ts';
import type { Facts } from '../../model/snapshot.ts';

/** Whether the account manages its Organization. */
export const isManagement = (
  { organization }: Pick<Facts, 'organization'>,
  { accountId }: Pick<CheckContext, 'accountId'>,
): boolean => organization?.managementAccountId === accountId;
