import { z } from 'zod';
import { type Instant, instantSchema } from '../model/instant.ts';
import type { Drift } from '../model/change.ts';
import type { Json } from '../model/json.ts';
import type { Observed } from '../model/observed.ts';
import type { OrgWideServiceAccess, CrossAccountReach } from '../model/reach.ts';
import type { Access } from '../model/verdict.ts';
import { readObserved } from './by-item.ts';
import type { AccountCoverage, Coverage } from './coverage.ts';
import { type CollectedFacts, type RawFactName, rawFactNames, rawFacts } from './index.ts';
import type { OrganizationSnapshot } from './organization-parts/organization-snapshot.ts';
import { SNAPSHOT_SCHEMA_VERSION, type SnapshotFile } from './snapshot-file.ts';

/** The facts that checks read: those that are collected, and those derived from them. */
export interface Facts extends CollectedFacts {
  /** Who is admin and who can become it; derived from `identities`. */
  readonly access: Access;
  /** What the scan should have collected, and how much of it it did. */
  readonly coverage: Coverage;
  /** All active accounts of the organization, in the account that reports for it; none in the others, and where it was not scanned. */
  readonly listedAccounts: readonly AccountCoverage[];
  /** An earlier snapshot of the same account, to compare with; undefined: there is none. */
  readonly previous: Snapshot | undefined;
  /** What changed since that snapshot; undefined: there is none. */
  readonly drift: Drift | undefined;
  /** Principals that are or become admin of other accounts; derived from all accounts together. */
  readonly crossAccountReach: CrossAccountReach;
  /**
   * The configuration of IAM Roles Anywhere, as far as it was collected, for checks that evaluate its roles without it too;
   * derived from `rolesAnywhere`.
   */
  readonly certificateTrust: Observed<CollectedFacts['rolesAnywhere']>;
  /** Principals of the account with admin access to all others through a service; derived from `identities`. */
  readonly centralPowers: readonly OrgWideServiceAccess[];
  /** The whole organization, in the account that reports for it; undefined in the others, and where it was not scanned. */
  readonly wholeOrganization: OrganizationSnapshot | undefined;
}

/** The name of a fact. */
export type FactName = keyof Facts;

/** Facts, each collected or not. */
export type ObservedFacts<Name extends FactName = FactName> = { readonly [K in Name]: Observed<Facts[K]> };

/** What is known of one account at one time, parsed. */
export interface Snapshot {
  readonly takenAt: Instant;
  readonly partition: string;
  readonly accountId: string;
  readonly calls: number;
  readonly facts: ObservedFacts<RawFactName>;
}

/** What a saved snapshot has besides its facts, and the facts as they are. */
export const envelopeSchema = z.object({
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
 * Reads a snapshot. A fact that is missing, or does not have the shape of an AWS answer, is unavailable with the reason, and the
 * others stay. Input that is not a snapshot at all is rejected.
 *
 * @throws z.ZodError when this version cannot read the envelope (version, time, account).
 */
export function parseSnapshot(file: SnapshotFile | Json): Snapshot {
  const { schemaVersion: _, facts, ...envelope } = envelopeSchema.parse(file);
  return { ...envelope, facts: readFacts(facts) };
}

/** Reads one fact as it was collected. */
export function parseFact<Name extends RawFactName>(name: Name, fact: unknown): Observed<Facts[Name]> {
  // The declaration of each fact has, under its name, the schema from which the type of its value is derived.
  return readObserved(rawFacts[name].schema, fact) as Observed<Facts[Name]>;
}

function readFacts(facts: Readonly<Record<string, unknown>>): ObservedFacts<RawFactName> {
  const entries = rawFactNames.map((name) => [name, parseFact(name, facts[name])]);
  // The entries are built from the list of names, which is what the type says.
  return Object.fromEntries(entries) as ObservedFacts<RawFactName>;
}
