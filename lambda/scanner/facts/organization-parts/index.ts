import type { z } from 'zod';
import { accountsSchema, organizationIdentitySchema, rootsSchema, unitsSchema } from './accounts.ts';
import { aiOptOutPoliciesSchema } from './ai-opt-out.ts';
import { delegationsSchema, trustedServicesSchema } from './delegation.ts';
import {
  assignmentsSchema,
  directoryGroupsSchema,
  directoryUsersSchema,
  instancesSchema,
  membershipsSchema,
  permissionSetsSchema,
} from './identity-center.ts';
import { policiesSchema } from './policies.ts';
import { resourcePolicySchema } from './resource-policy.ts';

/** The declaration of a part of an Organization; the schema of snapshots and the permissions follow from it. */
interface Part {
  /** Reads what AWS answers, pages merged. */
  readonly schema: z.ZodType;
  /** The IAM actions that it takes to collect it. */
  readonly actions: readonly string[];
}

/** Every part of an Organization, under the name that it has in the answers of AWS and in `organization.json`. */
const declarations = {
  Organization: { schema: organizationIdentitySchema, actions: ['organizations:DescribeOrganization'] },
  Accounts: {
    schema: accountsSchema,
    // If AWS does not say where an account lies, each root and unit is asked for its accounts.
    actions: ['organizations:ListAccounts', 'organizations:ListRoots', 'organizations:ListAccountsForParent'],
  },
  Roots: { schema: rootsSchema, actions: ['organizations:ListRoots'] },
  OrganizationalUnits: {
    schema: unitsSchema,
    actions: ['organizations:ListRoots', 'organizations:ListOrganizationalUnitsForParent'],
  },
  Policies: {
    schema: policiesSchema,
    actions: ['organizations:ListPolicies', 'organizations:DescribePolicy', 'organizations:ListTargetsForPolicy'],
  },
  AiOptOutPolicies: {
    schema: aiOptOutPoliciesSchema,
    actions: ['organizations:ListPolicies', 'organizations:DescribePolicy', 'organizations:ListTargetsForPolicy'],
  },
  ResourcePolicy: { schema: resourcePolicySchema, actions: ['organizations:DescribeResourcePolicy'] },
  DelegatedAdministrators: {
    schema: delegationsSchema,
    actions: ['organizations:ListDelegatedAdministrators', 'organizations:ListDelegatedServicesForAccount'],
  },
  EnabledServicePrincipals: {
    schema: trustedServicesSchema,
    actions: ['organizations:ListAWSServiceAccessForOrganization'],
  },
  // If the Region of the scan lists none, the others are asked.
  Instances: { schema: instancesSchema, actions: ['sso:ListInstances', 'account:ListRegions'] },
  PermissionSets: {
    schema: permissionSetsSchema,
    actions: [
      'sso:ListPermissionSets',
      'sso:DescribePermissionSet',
      'sso:ListManagedPoliciesInPermissionSet',
      'sso:ListCustomerManagedPolicyReferencesInPermissionSet',
      'sso:GetInlinePolicyForPermissionSet',
      'sso:GetPermissionsBoundaryForPermissionSet',
    ],
  },
  AccountAssignments: {
    schema: assignmentsSchema,
    actions: ['sso:ListPermissionSets', 'sso:ListAccountsForProvisionedPermissionSet', 'sso:ListAccountAssignments'],
  },
  Users: { schema: directoryUsersSchema, actions: ['identitystore:ListUsers'] },
  Groups: { schema: directoryGroupsSchema, actions: ['identitystore:ListGroups'] },
  GroupMemberships: {
    schema: membershipsSchema,
    actions: ['identitystore:ListGroups', 'identitystore:ListGroupMemberships'],
  },
} as const satisfies Readonly<Record<string, Part>>;

type Declarations = typeof declarations;

/** The name of one part. */
export type OrganizationPart = keyof Declarations;

/** The declarations of the parts, by name. */
export const declaredParts: Readonly<Record<OrganizationPart, Part>> = declarations;

/** The names of all parts. */
// The keys of the table are exactly those of its type.
export const organizationParts = Object.keys(declarations) as readonly OrganizationPart[];

/** The value of each part, as checks read it. */
export type OrganizationValues = { readonly [K in OrganizationPart]: z.output<Declarations[K]['schema']> };
