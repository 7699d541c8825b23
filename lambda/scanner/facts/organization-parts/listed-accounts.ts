import { z } from 'zod';

/** An account of the Organization. */
export interface OrganizationAccount {
  readonly id: string;
  readonly name?: string;
  /** Whether it is in use, and not closed or on its way to be. */
  readonly active: boolean;
}

/**
 * Reads `organizations list-accounts`. `State` takes the place of `Status`, which AWS retired in September 2026.
 * https://docs.aws.amazon.com/organizations/latest/APIReference/API_Account.html
 */
export const organizationAccountsSchema = z
  .object({
    Accounts: z.array(
      z.object({ Id: z.string(), Name: z.string().nullish(), State: z.string().nullish(), Status: z.string().nullish() }),
    ),
  })
  .transform(({ Accounts }): readonly OrganizationAccount[] =>
    Accounts.map(({ Id, Name, State, Status }) => ({
      id: Id,
      ...(Name == null ? {} : { name: Name }),
      active: (State ?? Status ?? 'ACTIVE') === 'ACTIVE',
    })),
  );
