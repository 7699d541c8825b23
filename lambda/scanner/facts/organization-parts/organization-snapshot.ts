import { z } from 'zod';
import { type Instant, instantSchema } from '../../model/instant.ts';
import type { Json } from '../../model/json.ts';
import { type Observed, collected, unavailable } from '../../model/observed.ts';
import { accountsSchema, organizationIdentitySchema, rootsSchema, unitsSchema } from './accounts.ts';
import { delegationsSchema, resourcePolicySchema, trustedServicesSchema } from './delegation.ts';
import {
  assignmentsSchema,
  directoryGroupsSchema,
  directoryUsersSchema,
  instancesSchema,
  membershipsSchema,
  permissionSetsSchema,
} from './identity-center.ts';
import { policiesSchema } from './policies.ts';

/** The parts of an Organization, under the names that they have in the answers of AWS and in `organization.json`. */
const schemas = {
  Organization: organizationIdentitySchema,
  Accounts: accountsSchema,
  Roots: rootsSchema,
  OrganizationalUnits: unitsSchema,
  Policies: policiesSchema,
  DelegatedAdministrators: delegationsSchema,
  EnabledServicePrincipals: trustedServicesSchema,
  EnabledFeatures: z.array(z.string()),
  ResourcePolicy: resourcePolicySchema,
  Instances: instancesSchema,
  PermissionSets: permissionSetsSchema,
  AccountAssignments: assignmentsSchema,
  Users: directoryUsersSchema,
  Groups: directoryGroupsSchema,
  GroupMemberships: membershipsSchema,
} as const;

type Schemas = typeof schemas;

/** The name of one part. */
export type OrganizationPart = keyof Schemas;

/** The names of all parts. */
// The keys of the table are its type's.
export const organizationParts = Object.keys(schemas) as readonly OrganizationPart[];

/** What is known of an Organization, part by part, each seen or not. */
export type OrganizationSnapshot = { readonly [K in OrganizationPart]: Observed<z.output<Schemas[K]>> } & {
  /** When it was asked; absent in files that hold what the AWS CLI printed. */
  readonly takenAt?: Instant;
};

/** An Organization as it is saved: what AWS answered under each name, or why it did not. */
export type OrganizationFile = { readonly takenAt?: string } & Readonly<Partial<Record<OrganizationPart, Json>>>;

const unseenSchema = z.object({ status: z.literal('unavailable'), reason: z.string(), action: z.string().optional() });

/** Reads an Organization. A part that is missing, or has not the shape that AWS gives it, is unavailable with the reason. */
export function parseOrganization(file: Json | OrganizationFile): OrganizationSnapshot {
  const parts =
    typeof file === 'object' && file !== null ? new Map<string, unknown>(Object.entries(file)) : new Map<string, unknown>();
  const entries = organizationParts.map((name) => [name, parsePart(name, parts.get(name))]);
  const takenAt = instantSchema.safeParse(parts.get('takenAt')).data;
  // The entries are built from the table of schemas, name by name, which is what the type says.
  const known = Object.fromEntries(entries) as OrganizationSnapshot;
  return takenAt === undefined ? known : { ...known, takenAt };
}

function parsePart(name: OrganizationPart, value: unknown): Observed<unknown> {
  if (value === undefined) return unavailable('it is not in the snapshot of the Organization');
  const unseen = unseenSchema.safeParse(value);
  if (unseen.success) return unavailable(unseen.data.reason, unseen.data.action);
  const schema: z.ZodType = schemas[name];
  const parsed = schema.safeParse(value);
  if (parsed.success) return collected(parsed.data);
  const [problem] = parsed.error.issues;
  return unavailable(
    `its value cannot be read: ${problem?.path.map(String).join('.') ?? ''}: ${problem?.message ?? ''}`.slice(0, 200),
  );
}
