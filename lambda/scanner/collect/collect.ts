import { type RawFactName, rawFactNames } from '../facts/index.ts';
import { type Snapshot, parseFact } from '../facts/snapshot.ts';
import { SNAPSHOT_SCHEMA_VERSION, type SnapshotFile } from '../facts/snapshot-file.ts';
import { type Instant, toIso } from '../model/instant.ts';
import type { Json } from '../model/json.ts';
import { type Observed, collected, unavailable } from '../model/observed.ts';
import type { Access } from '../model/verdict.ts';
import { isAskedByAccess } from '../permissions.ts';
import { accountFactNames, leadingFacts } from './account-facts.ts';
import type { Aws } from './aws.ts';
import { type CollectedFactName, collectedFactNames, collectors } from './collectors.ts';
import type { collectInventory } from './compute/inventory.ts';
import { toJson } from './to-json.ts';

/** What to collect, and what the collectors lean on. */
export interface CollectOptions {
  readonly facts: readonly RawFactName[];
  /** Looks for what carries admin roles, too, by many calls in every Region. It is handed in, so that who never looks need not load it. */
  readonly inventory?: typeof collectInventory | undefined;
  readonly now: Instant;
  /** Decides who is admin, since some credentials are asked for of admins only. */
  readonly analyze: (snapshot: Omit<Snapshot, 'calls'>) => Observed<Access>;
  /** Told of each fact once it is there, for a display of progress. */
  readonly onFact?: (name: RawFactName) => void;
}

const NOT_ASKED = unavailable('it was not asked for');
const nothingAsked = Object.fromEntries(rawFactNames.map((name) => [name, NOT_ASKED])) as Record<RawFactName, typeof NOT_ASKED>;

/**
 * Collects the facts of the account that the credentials belong to. What AWS refuses is unavailable with the reason; the rest is
 * collected all the same.
 */
export async function collect(
  aws: Aws,
  options: CollectOptions,
): Promise<{ readonly file: SnapshotFile; readonly snapshot: Snapshot }> {
  const { now, onFact } = options;
  const wanted = new Set<RawFactName>(options.facts);
  let raw: SnapshotFile['facts'] = nothingAsked;
  let facts: Snapshot['facts'] = nothingAsked;

  const keep = (name: RawFactName, fact: Observed<Json>) => {
    raw = { ...raw, [name]: fact };
    facts = { ...facts, [name]: parseFact(name, fact) };
    onFact?.(name);
  };
  const collectOne = async (name: CollectedFactName, access: Observed<Access> = NOT_ASKED) => {
    keep(name, await collectors[name](aws, { ...facts, access }));
  };

  const isLeading = (name: RawFactName) => leadingFacts.some((leading) => leading === name);
  const isOfAccount = (name: RawFactName) => accountFactNames.some((other) => other === name);
  const names = collectedFactNames.filter((name) => wanted.has(name));
  await Promise.all(names.filter(isLeading).map((name) => collectOne(name)));
  await Promise.all(names.filter((name) => isOfAccount(name) && !isLeading(name)).map((name) => collectOne(name)));
  const { partition, accountId } = aws;
  const analyze = (more?: Partial<Snapshot['facts']>) =>
    options.analyze({ takenAt: now, partition, accountId, facts: { ...facts, ...more } });
  if (options.inventory) {
    const { identities } = facts;
    const found =
      identities.status === 'unavailable'
        ? identities
        : await options.inventory(aws, identities.value, (compute) => analyze({ compute }));
    keep('compute', found.status === 'unavailable' ? found : collected(toJson(found.value)));
  }
  const access = [...wanted].some(isAskedByAccess) ? analyze() : NOT_ASKED;
  for (const name of names.filter((other) => !isOfAccount(other))) await collectOne(name, access);

  const envelope = { partition, accountId, calls: aws.calls() };
  return {
    file: { schemaVersion: SNAPSHOT_SCHEMA_VERSION, takenAt: toIso(now), ...envelope, facts: raw },
    snapshot: { takenAt: now, ...envelope, facts },
  };
}
