import type { OnDemandFactName, RawFactName } from '../facts/index.ts';
import type { ObservedFacts } from '../facts/snapshot.ts';
import type { Json } from '../model/json.ts';
import type { Observed } from '../model/observed.ts';
import { accountFactNames, collectAccountFact } from './account-facts.ts';
import type { Aws } from './aws.ts';
import { collectIdentityFact, identityFactNames } from './identity-facts.ts';
import { collectRoleSessions } from './role-sessions.ts';
import { collectRolesAnywhere } from './roles-anywhere.ts';

/** Collects one fact, given what is known of the others so far. */
export type Collector = (aws: Aws, known: ObservedFacts<RawFactName | 'access'>) => Promise<Observed<Json>>;

/** A collector for each of these facts. */
const forEach = <Name extends string>(names: readonly Name[], collectorOf: (name: Name) => Collector) =>
  // The entries are built from the names, which is what the type says.
  Object.fromEntries(names.map((name) => [name, collectorOf(name)])) as Readonly<Record<Name, Collector>>;

/**
 * The collector of every fact, in the order in which they are called. The compiler demands one for each fact that is declared, in one
 * of three places: `account-facts.ts` if AWS is asked once for the account, `identity-facts.ts` if it is asked for each user, key or
 * device, and here if it takes more than that. A fact on demand has its collector given to `collect`.
 */
export const collectors = {
  ...forEach(accountFactNames, (name) => (aws, known) => collectAccountFact(name, aws, known)),
  roleSessions: (aws, known) => collectRoleSessions(aws, known, known.access),
  rolesAnywhere: collectRolesAnywhere,
  ...forEach(identityFactNames, (name) => (aws, known) => collectIdentityFact(name, aws, known)),
} satisfies Record<Exclude<RawFactName, OnDemandFactName>, Collector>;

/** The name of a fact that has its collector here. */
export type CollectedFactName = keyof typeof collectors;

/** The names of the facts that have their collectors here, in the order in which they are collected. */
// The keys of the table are its type's.
export const collectedFactNames = Object.keys(collectors) as readonly CollectedFactName[];
