import type { MemberAccount } from '../model/organization/accounts.ts';

/** The accounts that a scan of the Organization means to look at: in the others nobody can sign in. */
export const plannedAccounts = (accounts: readonly MemberAccount[]): readonly MemberAccount[] =>
  accounts.filter(({ state }) => state === 'ACTIVE').sort((a, b) => (a.id < b.id ? -1 : 1));
