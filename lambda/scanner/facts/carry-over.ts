import type { Json } from '../model/json.ts';
import type { Observed } from '../model/observed.ts';
import { rawFactNames } from './index.ts';
import type { SnapshotFile } from './snapshot-file.ts';

type Fact = Observed<Json>;

/**
 * A snapshot with the last collected value of each fact: that of tonight or, where it is unavailable tonight, the one that was carried so
 * far. So a night in which something was denied does not hide what changed in it. Its time is when the identities were collected, because
 * dates of creation are compared with it.
 */
export function carryOver(last: SnapshotFile | undefined, tonight: SnapshotFile): SnapshotFile {
  if (last === undefined) return tonight;
  const names = rawFactNames.filter((name) => Object.hasOwn(tonight.facts, name) || Object.hasOwn(last.facts, name));
  const facts = names.map((name) => [name, lastCollected(factIn(last, name), factIn(tonight, name))]);
  return {
    ...tonight,
    takenAt: factIn(tonight, 'identities')?.status === 'collected' ? tonight.takenAt : last.takenAt,
    // Each fact is under its own name, which is what the type says.
    facts: Object.fromEntries(facts) as SnapshotFile['facts'],
  };
}

/** A snapshot that an earlier version saved may lack a fact. */
const factIn = ({ facts }: SnapshotFile, name: (typeof rawFactNames)[number]): Fact | undefined =>
  Object.hasOwn(facts, name) ? facts[name] : undefined;

function lastCollected(last: Fact | undefined, tonight: Fact | undefined): Fact | undefined {
  if (tonight === undefined || last?.status !== 'collected') return tonight ?? last;
  if (tonight.status === 'unavailable') return last;
  const [was, is] = [itemsOf(last.value), itemsOf(tonight.value)];
  if (was === undefined || is === undefined) return tonight;
  const items = [...is].map(([key, item]) => [key, lastCollected(was.get(key), item) ?? item]);
  return { ...tonight, value: Object.fromEntries(items) as Json };
}

/** The items of a fact with one answer for each; undefined: it has no items. An item that is gone tonight is gone. */
function itemsOf(value: Json): ReadonlyMap<string, Fact> | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const items = Object.entries(value).flatMap(([key, item]) => (isFact(item) ? [[key, item] as const] : []));
  return items.length > 0 && items.length === Object.keys(value).length ? new Map(items) : undefined;
}

const isFact = (item: Json): item is Fact & Readonly<Record<string, Json>> =>
  typeof item === 'object' &&
  item !== null &&
  'status' in item &&
  (item['status'] === 'unavailable' || (item['status'] === 'collected' && 'value' in item));
