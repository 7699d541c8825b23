import { z } from 'zod';
import type { Fact } from './fact.ts';

/** The Organization that the account belongs to. */
export interface Organization {
  readonly id: string;
  readonly managementAccountId: string;
  /** Where in it the account lies, as `aws:PrincipalOrgPaths` tells it; absent where only the account itself was asked. */
  readonly path?: string;
  /** The services that the account administers for the whole Organization; absent where that is not known. */
  readonly administers?: readonly string[];
  /** The services that may act in every account of the Organization; absent where that is not known. */
  readonly trustedServices?: readonly string[];
}

/** Reads `organizations describe-organization`; undefined: the account is in none. */
export const organizationSchema = z
  .object({ Organization: z.object({ Id: z.string(), MasterAccountId: z.string() }).nullish() })
  .nullable()
  .transform((answer): Organization | undefined =>
    answer?.Organization ? { id: answer.Organization.Id, managementAccountId: answer.Organization.MasterAccountId } : undefined,
  );

/** What `organizations describe-organization` prints; `null`: the account is in none. */
export const organization = {
  name: 'organization',
  schema: organizationSchema,
  actions: ['organizations:DescribeOrganization'],
  awsCliFile: 'organization.json',
  dependsOn: [],
} as const satisfies Fact;
