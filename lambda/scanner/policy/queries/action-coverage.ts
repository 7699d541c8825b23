import { globCovers, intersectGlobs } from '../glob.ts';
import type { PatternSet } from '../policy.ts';

/** A rectangle of requests: the actions (lower case) of one pattern on the resources of another. */
interface Box {
  readonly action: string;
  readonly resource: string;
}

/** What a statement matches: its actions times its resources. `id` is chosen by the caller. */
export interface Region<Id> {
  readonly id: Id;
  readonly action: PatternSet;
  readonly resource: PatternSet;
}

/** How a box is covered: by which region, and by which boxes for the part that this region excludes. */
interface Proof<Id> {
  readonly id: Id;
  readonly needs: readonly string[];
}

/**
 * The limit on comparisons: many times what listing every service needs. A document built to be slow then counts as not covering;
 * its actions are still evaluated one by one elsewhere.
 */
const BUDGET = 3_000_000;

/** The cost of comparing two patterns; a quick rejection costs 1. */
const COMPARISON = 20;

/** The largest product of two lengths that is compared. Longer pairs count as not covering, which leaves more to prove. */
const COMPARABLE = 250_000;

/** Every resource, and `*`, which stands for none. */
const EVERY_RESOURCE = '?*';

const everything: Box = { action: '?*:?*', resource: EVERY_RESOURCE };

/**
 * The regions that together cover every action of the services on every resource, in order, or undefined where they do not. The
 * widest regions are preferred, so that few are needed. What one excludes (`NotAction`, `NotResource`) must be covered by others.
 * Boxes are proven bottom up, so no two regions prove each other in a cycle. One pattern must cover a box as a whole: a service
 * split over patterns (`iam:A*`, `iam:B*`, …) is not put together.
 */
export function coverEverything<Id>(regions: readonly Region<Id>[], services: readonly string[]): readonly Id[] | undefined {
  const compare = compareOnce();
  const whole = regions.find((region) => leftOver(everything, region, compare)?.length === 0);
  if (whole !== undefined) return [whole.id];
  // Most principals fail here, at the first service that no statement covers.
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

/** Whether the region covers any part of the box for certain. */
const helps = <Id>({ action, resource }: Box, region: Region<Id>, compare: Comparisons): boolean =>
  reaches(action, region.action, compare) && reaches(resource, region.resource, compare);

/** Proves the goals and all boxes that they need, as far as possible, in rounds until one finds nothing new. */
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

/** The key of a box, which is added to the boxes to prove. */
function keyOf(wanted: Map<string, Box>, { key, box }: KeyedBox): string {
  if (!wanted.has(key)) wanted.set(key, box);
  return key;
}

/**
 * Compares patterns, each pair once. When the budget is used up, every pair counts as not covering, which leaves more to prove.
 */
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

/** Quick rejection: a pattern that covers one ending in `*` ends in `*` too, and begins with a wildcard or the same character. */
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

/**
 * The boxes that must be covered as well, so that this box is covered together with the region; undefined where the region does
 * not help.
 */
function leftOver<Id>({ action, resource }: Box, region: Region<Id>, compare: Comparisons): readonly KeyedBox[] | undefined {
  const actions = outside(action, region.action, compare);
  const resources = outside(resource, region.resource, compare);
  if (actions === undefined || resources === undefined) return undefined;
  return [
    ...actions.map((excluded) => boxOf({ action: excluded, resource })),
    ...resources.map((excluded) => boxOf({ action, resource: excluded })),
  ];
}

/** Whether a set covers any part of `pattern` for certain. */
const reaches = (pattern: string, { negated, patterns }: PatternSet, { covers }: Comparisons): boolean =>
  patterns.some((outer) => covers(outer, pattern)) !== negated;

/** The patterns that a set excludes from `pattern`; undefined where it covers none of it for certain. */
function outside(pattern: string, set: PatternSet, compare: Comparisons): readonly string[] | undefined {
  if (!reaches(pattern, set, compare)) return undefined;
  return set.negated ? set.patterns.filter((excluded) => compare.meets(excluded, pattern)) : [];
}

/** The regions that the proofs of these boxes use. */
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
