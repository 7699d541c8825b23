import { z } from 'zod';
import { completeOrganization } from './complete-organization.ts';
import type { Fact } from './fact.ts';

/** The organization of the account. */
export interface Organization {
  readonly id: string;
  readonly managementAccountId: string;
  /** The path of the account in it, as in `aws:PrincipalOrgPaths`; absent where only the account itself was scanned. */
  readonly path?: string;
  /** The services for which the account is a delegated administrator; absent where that is not known. */
  readonly administers?: readonly string[];
  /** The services with trusted access to the organization; absent where that is not known. */
  readonly trustedServices?: readonly string[];
  /** What the SCPs are attached to; only for the management account, and absent where that is not known. */
  readonly scps?: readonly ScpAttachment[];
}

/** An SCP of the organization, and the root, the organizational unit or the account that it is attached to. */
export interface ScpAttachment {
  readonly policy: string;
  readonly target: string;
}

/** Reads `organizations describe-organization`; undefined: the account is not part of an organization. */
export const organizationSchema = z
  .object({
    Organization: z.preprocess(completeOrganization, z.object({ Id: z.string(), MasterAccountId: z.string() })),
  })
  .nullable()
  .transform((answer): Organization | undefined =>
    answer === null ? undefined : { id: answer.Organization.Id, managementAccountId: answer.Organization.MasterAccountId },
  );

/** What `organizations describe-organization` prints; `null`: the account is not part of an organization. */
export const organization = {
  name: 'organization',
  schema: organizationSchema,
  actions: ['organizations:DescribeOrganization'],
  awsCliFile: 'organization.json',
  dependsOn: [],
} as const satisfies Fact;
