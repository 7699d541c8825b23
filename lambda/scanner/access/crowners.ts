import type { Principal } from './actor.ts';
import { getOrCreate } from './allow-index.ts';
import type { Control, Followers } from './control.ts';
import { type Round, candidates, hopsOf, settle } from './round.ts';
import type { GrantAdminTechnique } from './rules/control-rule.ts';
import { grantAdminTechniques } from './rules/crown.ts';
import type { Hop } from './world.ts';

/**
 * Marks the principals that become admin through a grantor, a principal that can grant admin to another one. Such a principal can
 * act as both the grantor and the other: it is the grantor itself, one that can act as the grantor, or the other one where it can
 * act as its own grantor. True if any was found.
 */
export function settleCrowners(round: Round, control: Control): boolean {
  let found = false;
  for (const crowner of round.world.account.principals)
    if (!round.isSettled(crowner) && mayCrown(round, crowner) && settleTakers(round, control, crowner)) found = true;
  return found;
}

/** Whether any variant of the principal might grant admin to any other. */
const mayCrown = (round: Round, base: Principal): boolean =>
  (round.world.selves.get(base) ?? []).some((self) => grantAdminTechniques.some((technique) => round.able(technique).actors.has(self)));

function settleTakers(round: Round, control: Control, crowner: Principal): boolean {
  const followers = control.followers(crowner);
  const known = new Map<Principal, readonly Hop[]>();
  const crown = (target: Principal) => getOrCreate(known, target, () => hopsToCrown(round, crowner, target));
  let found = false;
  for (const taker of [crowner, ...followers.keys()]) {
    if (round.isSettled(taker)) continue;
    const after = hopsThrough(control, crown, taker, crowner);
    if (after === undefined) continue;
    settle(round, taker, { hops: [...unroll(taker, followers), ...after] });
    found = true;
    // Principals that can act as the grantor are marked as its predecessors.
    if (taker === crowner) break;
  }
  return found;
}

/** What a beneficiary does once it acts as the grantor: it grants admin to itself, or to a principal that it can act as. */
function hopsThrough(
  control: Control,
  crown: (target: Principal) => readonly Hop[],
  taker: Principal,
  crowner: Principal,
): readonly Hop[] | undefined {
  const own = taker === crowner ? [] : crown(taker);
  if (own.length > 0) return own;
  for (const [target, hops] of control.reached(taker)) {
    const crowned = target === crowner ? [] : crown(target);
    if (crowned.length > 0) return [...crowned, ...hops()];
  }
  return undefined;
}

/** The edges by which the grantor grants admin to the target; none where it cannot. */
function hopsToCrown({ world, counts, able }: Round, crowner: Principal, target: Principal): readonly Hop[] {
  for (const technique of grantAdminTechniques)
    for (const self of world.selves.get(crowner) ?? []) {
      const node = able(technique).actors.has(self) ? world.nodes.get(self) : undefined;
      const answer = node && technique.attempt(world.account, self, target, world.outcomes(target));
      if (node && answer && counts(node, answer)) return hopsOf(node, self, target.arn, technique, answer);
    }
  return [];
}

/** Finds the principals that do not become admin and can grant admin to another one; one path of each is enough. */
export function findCrowners(round: Round): void {
  for (const technique of grantAdminTechniques) findByRule(round, technique);
}

function findByRule(round: Round, technique: GrantAdminTechnique): void {
  const { world, grant, admins, retired } = round;
  const pending = new Set<Principal>();
  for (const variant of round.able(technique).actors) {
    const base = world.nodes.get(variant)?.base;
    if (base && !retired.has(variant) && !grant.has(base)) pending.add(base);
  }
  for (const target of world.account.principals) {
    if (pending.size === 0) return;
    for (const variant of admins.has(target) ? [] : candidates(round, technique, target)) {
      const node = world.nodes.get(variant);
      if (!node || node.base === target || !pending.has(node.base)) continue;
      const answer = technique.attempt(world.account, variant, target, world.outcomes(target));
      if (!round.counts(node, answer)) continue;
      grant.set(node.base, { hops: hopsOf(node, variant, target.arn, technique, answer) });
      pending.delete(node.base);
    }
  }
}

/** Whether any principal not yet known to become admin might grant admin to the target. */
export function isCrownable(round: Round, target: Principal): boolean {
  for (const technique of grantAdminTechniques) for (const variant of candidates(round, technique, target)) if (!round.retired.has(variant)) return true;
  return false;
}

/** The edges from a principal to the target that it can act as, in order. */
function unroll(follower: Principal, followers: Followers): readonly Hop[] {
  const hops: Hop[] = [];
  for (let way = followers.get(follower); way; way = way.next && followers.get(way.next)) hops.push(...way.hops);
  return hops;
}
