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
 * The most comparisons of a box with a region before giving up. No real account comes near it; a document made to be slow then
 * counts as not covering, and its single actions are still judged one by one elsewhere.
 */
const BUDGET = 200_000;

/** Every resource, and `*`, which stands for none. */
const EVERY_RESOURCE = '?*';

/**
 * The regions that together take in every action of the services on every resource, in order, or undefined where they do not.
 * A region is preferred to all behind it. What one leaves out (`NotAction`, `NotResource`) must be covered by others; boxes are
 * proven in rounds from the bottom up, so no two regions vouch for each other in a circle. One pattern must cover a box whole:
 * a service split over patterns (`iam:A*`, `iam:B*`, …) is not put together again.
 */
export function coverEverything<Id>(regions: readonly Region<Id>[], services: readonly string[]): readonly Id[] | undefined {
  const goals = services.map((service) => boxOf({ action: `${service.toLowerCase()}:?*`, resource: EVERY_RESOURCE }));
  const wanted = new Map<string, Box>(goals.map((goal) => [goal.key, goal.box]));
  const proofs = new Map<string, Proof<Id>>();
  const matches = compareOnce();
  let budget = BUDGET;
  for (let changed = true; changed;) {
    changed = false;
    for (const [key, box] of wanted) {
      if (proofs.has(key)) continue;
      for (const region of regions) {
        if (--budget < 0) return undefined;
        const rest = leftOver(box, region, matches);
        if (rest === undefined) continue;
        changed = addMissing(wanted, rest) || changed;
        if (!rest.every((piece) => proofs.has(piece.key))) continue;
        proofs.set(key, { id: region.id, needs: rest.map((piece) => piece.key) });
        changed = true;
        break;
      }
    }
  }
  if (!goals.every(({ key }) => proofs.has(key))) return undefined;
  const used = usedBy(
    goals.map(({ key }) => key),
    proofs,
  );
  return regions.map(({ id }) => id).filter((id) => used.has(id));
}

/** Compares patterns, each pair once. */
interface Comparisons {
  readonly covers: (outer: string, inner: string) => boolean;
  readonly meets: (a: string, b: string) => boolean;
}

function compareOnce(): Comparisons {
  const remember = (compare: (a: string, b: string) => boolean): ((a: string, b: string) => boolean) => {
    const known = new Map<string, boolean>();
    return (a, b) => {
      const key = `${a}\n${b}`;
      const answer = known.get(key) ?? compare(a, b);
      known.set(key, answer);
      return answer;
    };
  };
  return { covers: remember(globCovers), meets: remember((a, b) => intersectGlobs(a, b) !== undefined) };
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

/** The patterns that a set leaves out of `pattern`; undefined where it takes in none of it for sure. */
function outside(pattern: string, { negated, patterns }: PatternSet, compare: Comparisons): readonly string[] | undefined {
  if (!negated) return patterns.some((outer) => compare.covers(outer, pattern)) ? [] : undefined;
  if (patterns.some((outer) => compare.covers(outer, pattern))) return undefined;
  return patterns.filter((excluded) => compare.meets(excluded, pattern));
}

function addMissing(wanted: Map<string, Box>, boxes: readonly KeyedBox[]): boolean {
  const before = wanted.size;
  for (const { key, box } of boxes) if (!wanted.has(key)) wanted.set(key, box);
  return wanted.size > before;
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
