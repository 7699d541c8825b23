import { z } from 'zod';

/** An account of the organization. */
export interface OrganizationAccount {
  readonly id: string;
  readonly name?: string;
  /** Whether it is active, and not closed or pending closure. */
  readonly active: boolean;
}

/**
 * Reads `organizations list-accounts`. `State` replaces `Status`, which AWS retired in September 2026.
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
