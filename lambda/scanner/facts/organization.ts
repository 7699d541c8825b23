import { z } from 'zod';
import { completeOrganization } from './complete-organization.ts';
import type { Fact } from './fact.ts';
import type { OrganizationResourcePolicy } from './organization-parts/resource-policy.ts';

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
  /** The resource policy that lets member accounts manage policies; only for these, and absent where there is none, or it is not known. */
  readonly resourcePolicy?: OrganizationResourcePolicy;
  /** What the SCPs and RCPs are attached to; for the management account and where there is such a policy; absent where it is not known. */
  readonly attachments?: readonly GuardrailAttachment[];
  /** The member accounts; only for the management account and for delegated administrators, and absent where they are not known. */
  readonly members?: OrganizationMembers;
  /** The root and the organizational units, each as the end of its path; only for the management account. */
  readonly parents?: readonly (readonly string[])[];
}

/** An SCP or RCP of the organization, and the root, the organizational unit or the account that it is attached to. */
export interface GuardrailAttachment {
  readonly kind: 'scp' | 'rcp';
  readonly policy: string;
  readonly target: string;
}

/** The ids of the member accounts, each with the ids above it from the root down, where they are known. */
export type OrganizationMembers = ReadonlyMap<string, readonly string[] | undefined>;

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
