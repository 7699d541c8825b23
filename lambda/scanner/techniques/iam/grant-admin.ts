import type { GrantAdminTechnique } from '../technique.ts';
import { boundaryTechniques } from './grant-by-boundary.ts';
import { groupTechniques } from './grant-by-group.ts';
import { identityPolicyTechniques } from './grant-by-identity-policy.ts';
import { policyVersionTechniques } from './grant-by-policy-version.ts';
import { trustPolicyTechniques } from './grant-by-trust-policy.ts';

/** The grant-admin techniques. */
export const grantAdminTechniques: readonly GrantAdminTechnique[] = [
  ...identityPolicyTechniques,
  ...policyVersionTechniques,
  ...groupTechniques,
  ...boundaryTechniques,
  ...trustPolicyTechniques,
];
