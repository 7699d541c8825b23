import type { OrganizationPart } from '../../facts/organization-parts/index.ts';
import { organizationIdentitySchema } from '../../facts/organization-parts/accounts.ts';
import { type Instant, toIso } from '../../model/instant.ts';
import type { Json } from '../../model/json.ts';
import type { OrganizationFile } from '../../facts/organization-parts/organization-snapshot.ts';
import type { Aws } from '../aws.ts';
import { collectIdentityCenter } from './identity-center.ts';
import { collectOrganizations } from './organizations.ts';

/**
 * Collects the organization, from its management account or a delegated administrator, one call after the other. A denied call makes
 * only its own part unavailable.
 */
export async function collectOrganization(aws: Aws, now: Instant): Promise<OrganizationFile> {
  const organizations = await collectOrganizations(aws);
  const identity = organizationIdentitySchema.safeParse(organizations.Organization);
  // The compiler demands every part that is declared.
  const parts: Readonly<Record<OrganizationPart, Json>> = {
    ...organizations,
    ...(await collectIdentityCenter(aws, identity.data?.managementAccountId, now)),
  };
  return { takenAt: toIso(now), ...parts };
}
