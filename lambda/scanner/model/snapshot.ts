import { z } from 'zod';
import {
  accountSummarySchema,
  organizationSchema,
  passwordPolicySchema,
  rootFeaturesSchema,
  securityContactSchema,
  serverCertificatesSchema,
} from './facts/account.ts';
import type { Coverage } from './coverage.ts';
import { analyzersSchema } from './facts/analyzers.ts';
import { inventorySchema } from './facts/compute.ts';
import { credentialReportSchema } from './facts/credential-report.ts';
import {
  accessKeyLastUsedSchema,
  accessKeysSchema,
  serviceCredentialsSchema,
  signingCertificatesSchema,
  sshPublicKeysSchema,
} from './facts/credentials.ts';
import { oidcProviderSchema, samlProviderSchema } from './facts/federation.ts';
import { identitiesSchema } from './facts/identities.ts';
import { mfaCertificationsSchema, mfaDevicesSchema, virtualMfaDevicesSchema } from './facts/mfa.ts';
import { roleSessionsSchema } from './facts/role-sessions.ts';
import { rolesAnywhereSchema } from './facts/roles-anywhere.ts';
import { type Instant, instantSchema } from './instant.ts';
import type { Json } from './json.ts';
import {
  type Observed,
  type RawFactName,
  SNAPSHOT_SCHEMA_VERSION,
  type SnapshotFile,
  collected,
  rawFactNames,
  unavailable,
} from './snapshot-file.ts';
import type { OrganizationSnapshot } from './organization/organization-snapshot.ts';
import type { CentralPower, CrossAccountReach } from './reach.ts';
import type { Access } from './verdict.ts';

const schemas = {
  identities: identitiesSchema,
  accountSummary: accountSummarySchema,
  credentialReport: credentialReportSchema,
  virtualMfaDevices: virtualMfaDevicesSchema,
  mfaDevices: byItem(mfaDevicesSchema),
  mfaCertifications: byItem(mfaCertificationsSchema),
  accessKeys: byItem(accessKeysSchema),
  accessKeyLastUsed: byItem(accessKeyLastUsedSchema),
  serviceCredentials: serviceCredentialsSchema,
  sshPublicKeys: byItem(sshPublicKeysSchema),
  signingCertificates: byItem(signingCertificatesSchema),
  serverCertificates: serverCertificatesSchema,
  passwordPolicy: passwordPolicySchema,
  samlProviders: byItem(samlProviderSchema),
  oidcProviders: byItem(oidcProviderSchema),
  securityContact: securityContactSchema,
  rootFeatures: rootFeaturesSchema,
  organization: organizationSchema,
  roleSessions: roleSessionsSchema,
  analyzers: byItem(analyzersSchema),
  rolesAnywhere: byItem(rolesAnywhereSchema),
  compute: inventorySchema,
} satisfies Record<RawFactName, z.ZodType>;

type CollectedFacts = { readonly [K in RawFactName]: z.output<(typeof schemas)[K]> };

/** The vocabulary of the checks: what is collected, and what is derived from it. */
export interface Facts extends CollectedFacts {
  /** Who is admin and who can become it; derived from `identities`. */
  readonly access: Access;
  /** What the scan was to see, and how much of it it saw. */
  readonly coverage: Coverage;
  /** An earlier snapshot of the same account, to compare with; undefined: none was given. */
  readonly previous: Snapshot | undefined;
  /** Who gets to be admin of other accounts; derived from the accounts together. */
  readonly crossAccountReach: CrossAccountReach;
  /** What was seen of IAM Roles Anywhere, if anything, for whoever judges its roles without, too; derived from `rolesAnywhere`. */
  readonly certificateTrust: Observed<CollectedFacts['rolesAnywhere']>;
  /** Who of the account rules all others through a service that acts in them; derived from `identities`. */
  readonly centralPowers: readonly CentralPower[];
  /** The Organization as a whole, for the account that speaks for it; undefined for the others, and where it was not looked at. */
  readonly wholeOrganization: OrganizationSnapshot | undefined;
}

/** The name of a fact. */
export type FactName = keyof Facts;

/** Facts, each seen or not. */
export type ObservedFacts<Name extends FactName = FactName> = { readonly [K in Name]: Observed<Facts[K]> };

/** What is known of one account at one time, parsed. */
export interface Snapshot {
  readonly takenAt: Instant;
  readonly partition: string;
  readonly accountId: string;
  readonly calls: number;
  readonly facts: ObservedFacts<RawFactName>;
}

const observedSchema = z.union([
  z.object({ status: z.literal('collected'), value: z.unknown() }),
  z.object({ status: z.literal('unavailable'), reason: z.string(), action: z.string().optional() }),
]);

/** Reads an object with one {@link Observed} answer an item; an item that cannot be read is unavailable by itself. */
function byItem<T extends z.ZodType>(schema: T) {
  return z
    .custom<object>((value) => typeof value === 'object' && value !== null && !Array.isArray(value))
    .transform(
      (items): ReadonlyMap<string, Observed<z.output<T>>> =>
        new Map(Object.entries(items).map(([name, item]) => [name, readObserved(schema, item)])),
    );
}

function readObserved<T extends z.ZodType>(schema: T, input: unknown): Observed<z.output<T>> {
  const observed = observedSchema.safeParse(input);
  if (!observed.success) return unavailable('it is not in the snapshot');
  if (observed.data.status === 'unavailable') return unavailable(observed.data.reason, observed.data.action);
  const value = schema.safeParse(observed.data.value);
  return value.success ? collected(value.data) : unavailable(`its value cannot be read: ${firstProblem(value.error)}`);
}

function firstProblem(error: z.ZodError): string {
  const [problem] = error.issues;
  return problem === undefined ? 'invalid' : `${problem.path.map(String).join('.') || 'it'}: ${problem.message}`.slice(0, 200);
}

const envelopeSchema = z.object({
  schemaVersion: z.literal(SNAPSHOT_SCHEMA_VERSION, {
    error: ({ input }) => `schemaVersion is ${String(input)}, and this version reads ${SNAPSHOT_SCHEMA_VERSION}`,
  }),
  takenAt: instantSchema,
  partition: z.string().regex(/^aws[a-z-]*$/, 'is not a partition'),
  accountId: z.string().regex(/^\d{12}$/, 'is not an account id'),
  calls: z.number().default(0),
  facts: z.record(z.string(), z.unknown()),
});

/**
 * Reads a snapshot. A fact that is missing or has not the shape that AWS gives it is unavailable with the reason, and the others
 * stay; what is not a snapshot at all is refused.
 *
 * @throws z.ZodError when the envelope (version, time, account) is not one that this version reads.
 */
export function parseSnapshot(file: SnapshotFile | Json): Snapshot {
  const { schemaVersion: _, facts, ...envelope } = envelopeSchema.parse(file);
  return { ...envelope, facts: readFacts(facts) };
}

/** Reads one fact as it was collected. */
export function parseFact<Name extends RawFactName>(name: Name, fact: unknown): Observed<Facts[Name]> {
  // The table of schemas holds, under each name, the schema of that fact.
  return readObserved(schemas[name], fact) as Observed<Facts[Name]>;
}

function readFacts(facts: Readonly<Record<string, unknown>>): ObservedFacts<RawFactName> {
  const entries = rawFactNames.map((name) => [name, parseFact(name, facts[name])]);
  // The entries are built from the table of schemas, name by name, which is what the type says.
  return Object.fromEntries(entries) as ObservedFacts<RawFactName>;
}
