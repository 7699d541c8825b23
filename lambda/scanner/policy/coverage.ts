import { globCovers, intersectGlobs } from './glob.ts';
import type { PatternSet } from './policy.ts';

/** A rectangle of requests: the actions (in lower case) of one pattern on the resources of another. */
interface Box {
  readonly action: string;
  readonly resource: string;
}

/** What a statement names: its actions times its resources. `id` is the caller's. */
export interface Region<Id> {
  readonly id: Id;
  readonly action: PatternSet;
  readonly resource: PatternSet;
}

/** How a box came to be covered: by which region, and by which boxes for what that region leaves out. */
interface Proof<Id> {
  readonly id: Id;
  readonly needs: readonly string[];
}

/**
 * How much may be compared before giving up: many times what listing every service takes. A document made to be slow then
 * counts as not covering, and its single actions are still judged one by one elsewhere.
 */
const BUDGET = 3_000_000;

/** What a comparison of two patterns costs, where a glance costs 1. */
const COMPARISON = 20;

/** The largest product of two lengths that is compared; longer pairs are taken for the worse, which leaves more to prove. */
const COMPARABLE = 250_000;

/** Every resource, and `*`, which stands for none. */
const EVERY_RESOURCE = '?*';

const everything: Box = { action: '?*:?*', resource: EVERY_RESOURCE };

/**
 * The regions that together take in every action of the services on every resource, in order, or undefined where they do not.
 * The widest regions are preferred, so that few are named. What one leaves out (`NotAction`, `NotResource`) must be covered by others; boxes are
 * proven from the bottom up, so no two regions vouch for each other in a circle. One pattern must cover a box whole: a service
 * split over patterns (`iam:A*`, `iam:B*`, …) is not put together again.
 */
export function coverEverything<Id>(regions: readonly Region<Id>[], services: readonly string[]): readonly Id[] | undefined {
  const compare = compareOnce();
  const whole = regions.find((region) => leftOver(everything, region, compare)?.length === 0);
  if (whole !== undefined) return [whole.id];
  // Most principals end here, at the first service that no statement takes in.
  if (!services.every((service) => regions.some((region) => helps(goalOf(service), region, compare)))) return undefined;
  const goals = services.map((service) => boxOf(goalOf(service)));
  const widestFirst = regions
    .map((region) => ({ region, reach: goals.filter(({ box }) => helps(box, region, compare)).length }))
    .sort((a, b) => b.reach - a.reach)
    .map(({ region }) => region);
  const proofs = proveBoxes(goals, widestFirst, compare);
  if (!goals.every(({ key }) => proofs.has(key))) return undefined;
  const keys = goals.map(({ key }) => key);
  const used = usedBy(keys, proofs);
  return regions.map(({ id }) => id).filter((id) => used.has(id));
}

/** Every action of a service on every resource. */
const goalOf = (service: string): Box => ({ action: `${service.toLowerCase()}:?*`, resource: EVERY_RESOURCE });

/** Whether the region takes in any of the box for sure. */
const helps = <Id>({ action, resource }: Box, region: Region<Id>, compare: Comparisons): boolean =>
  reaches(action, region.action, compare) && reaches(resource, region.resource, compare);

/** Proves what can be proven of the goals and of all that they come to need, in rounds until one brings nothing new. */
function proveBoxes<Id>(
  goals: readonly KeyedBox[],
  regions: readonly Region<Id>[],
  compare: Comparisons,
): ReadonlyMap<string, Proof<Id>> {
  const wanted = new Map(goals.map(({ key, box }) => [key, box]));
  const proofs = new Map<string, Proof<Id>>();
  for (let before = -1; before < wanted.size + proofs.size;) {
    before = wanted.size + proofs.size;
    for (const [key, box] of wanted) {
      for (const region of proofs.has(key) ? [] : regions) {
        if (compare.isExhausted()) return proofs;
        const rest = leftOver(box, region, compare)?.map((piece) => keyOf(wanted, piece));
        if (rest?.every((need) => proofs.has(need)) !== true) continue;
        proofs.set(key, { id: region.id, needs: rest });
        break;
      }
    }
  }
  return proofs;
}

/** The key of a box, which is then wanted too. */
function keyOf(wanted: Map<string, Box>, { key, box }: KeyedBox): string {
  if (!wanted.has(key)) wanted.set(key, box);
  return key;
}

/** Compares patterns, each pair once; exhausted, it takes every pair for the worse, which leaves more to prove. */
interface Comparisons {
  readonly covers: (outer: string, inner: string) => boolean;
  readonly meets: (a: string, b: string) => boolean;
  readonly isExhausted: () => boolean;
}

function compareOnce(): Comparisons {
  let budget = BUDGET;
  const spend = (cost: number): boolean => (budget -= cost) >= 0;
  const covers = rememberPairs((a, b) => isComparable(a, b) && spend(COMPARISON) && globCovers(a, b));
  const meets = rememberPairs((a, b) => !isComparable(a, b) || !spend(COMPARISON) || intersectGlobs(a, b) !== undefined);
  return {
    covers: (outer, inner) => spend(1) && mayCover(outer, inner) && covers(outer, inner),
    meets: (a, b) => !spend(1) || meets(a, b),
    isExhausted: () => budget < 0,
  };
}

/** Rejects at a glance: what covers a pattern that ends in a star ends in one, and begins with a wildcard or the same character. */
function mayCover(outer: string, inner: string): boolean {
  if (inner.endsWith('*') && !outer.endsWith('*')) return false;
  const [first] = outer;
  return first === '*' || first === '?' || first === inner[0];
}

const isComparable = (a: string, b: string): boolean => a.length * b.length <= COMPARABLE;

function rememberPairs(compare: (a: string, b: string) => boolean): (a: string, b: string) => boolean {
  const known = new Map<string, boolean>();
  return (a, b) => {
    const key = `${a}\n${b}`;
    const answer = known.get(key) ?? compare(a, b);
    known.set(key, answer);
    return answer;
  };
}

interface KeyedBox {
  readonly key: string;
  readonly box: Box;
}

const boxOf = (box: Box): KeyedBox => ({ key: `${box.action}\n${box.resource}`, box });

/** The boxes that, once covered, leave nothing of this box outside the region; undefined where the region is no help. */
function leftOver<Id>({ action, resource }: Box, region: Region<Id>, compare: Comparisons): readonly KeyedBox[] | undefined {
  const actions = outside(action, region.action, compare);
  const resources = outside(resource, region.resource, compare);
  if (actions === undefined || resources === undefined) return undefined;
  return [
    ...actions.map((excluded) => boxOf({ action: excluded, resource })),
    ...resources.map((excluded) => boxOf({ action, resource: excluded })),
  ];
}

/** Whether a set takes in any of `pattern` for sure. */
const reaches = (pattern: string, { negated, patterns }: PatternSet, { covers }: Comparisons): boolean =>
  patterns.some((outer) => covers(outer, pattern)) !== negated;

/** The patterns that a set leaves out of `pattern`; undefined where it takes in none of it for sure. */
function outside(pattern: string, set: PatternSet, compare: Comparisons): readonly string[] | undefined {
  if (!reaches(pattern, set, compare)) return undefined;
  return set.negated ? set.patterns.filter((excluded) => compare.meets(excluded, pattern)) : [];
}

/** The regions that the proofs of these boxes rest on. */
function usedBy<Id>(keys: readonly string[], proofs: ReadonlyMap<string, Proof<Id>>): ReadonlySet<Id> {
  const used = new Set<Id>();
  const seen = new Set(keys);
  for (const key of seen) {
    const proof = proofs.get(key);
    if (proof === undefined) continue;
    used.add(proof.id);
    for (const need of proof.needs) seen.add(need);
  }
  return used;
}
