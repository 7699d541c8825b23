import type { OrganizationPart } from '../../facts/organization-parts/index.ts';
import { type Instant, toIso } from '../../model/instant.ts';
import type { Json } from '../../model/json.ts';
import type { OrganizationFile } from '../../facts/organization-parts/organization-snapshot.ts';
import type { Aws } from '../aws.ts';
import { collectIdentityCenter } from './identity-center.ts';
import { collectOrganizations } from './organizations.ts';

/**
 * Collects the Organization that the account manages, or was delegated the sight of, one call after the other. What AWS refuses hides
 * its part and no other.
 */
export async function collectOrganization(aws: Aws, now: Instant): Promise<OrganizationFile> {
  // The compiler demands every part that is declared.
  const parts: Readonly<Record<OrganizationPart, Json>> = {
    ...(await collectOrganizations(aws)),
    ...(await collectIdentityCenter(aws)),
  };
  return { takenAt: toIso(now), ...parts };
}
