import type { Actor } from './actor.ts';
import { remember } from './allow-index.ts';
import type { Control, Followers } from './control.ts';
import { type Round, candidates, hopsOf, settle } from './round.ts';
import type { CrownRule } from './rules/control-rule.ts';
import { crownRules } from './rules/crown.ts';
import type { Hop } from './world.ts';

/**
 * Settles those who can act as somebody who makes another admin, and as that other: the maker itself, those who can act as it, and
 * the other one where it can act as its own maker. True if anybody was settled.
 */
export function settleCrowners(round: Round, control: Control): boolean {
  let found = false;
  for (const crowner of round.world.account.actors)
    if (!round.isSettled(crowner) && mayCrown(round, crowner) && settleTakers(round, control, crowner)) found = true;
  return found;
}

/** Whether any of its selves might make anyone admin. */
const mayCrown = (round: Round, base: Actor): boolean =>
  (round.world.selves.get(base) ?? []).some((self) => crownRules.some((rule) => round.able(rule).actors.has(self)));

function settleTakers(round: Round, control: Control, crowner: Actor): boolean {
  const followers = control.followers(crowner);
  const known = new Map<Actor, readonly Hop[]>();
  const crown = (target: Actor) => remember(known, target, () => hopsToCrown(round, crowner, target));
  let found = false;
  for (const taker of [crowner, ...followers.keys()]) {
    if (round.isSettled(taker)) continue;
    const after = hopsThrough(control, crown, taker, crowner);
    if (after === undefined) continue;
    settle(round, taker, { hops: [...unroll(taker, followers), ...after] });
    found = true;
    // Who can act as the maker is settled as its follower.
    if (taker === crowner) break;
  }
  return found;
}

/** What a taker does once it acts as the maker: it has itself, or one that it can act as, made admin. */
function hopsThrough(
  control: Control,
  crown: (target: Actor) => readonly Hop[],
  taker: Actor,
  crowner: Actor,
): readonly Hop[] | undefined {
  const own = taker === crowner ? [] : crown(taker);
  if (own.length > 0) return own;
  for (const [target, hops] of control.reached(taker)) {
    const crowned = target === crowner ? [] : crown(target);
    if (crowned.length > 0) return [...crowned, ...hops()];
  }
  return undefined;
}

/** The hops by which the maker makes the target admin; none where it cannot. */
function hopsToCrown({ world, counts, able }: Round, crowner: Actor, target: Actor): readonly Hop[] {
  for (const rule of crownRules)
    for (const self of world.selves.get(crowner) ?? []) {
      const node = able(rule).actors.has(self) ? world.nodes.get(self) : undefined;
      const answer = node && rule.attempt(world.account, self, target, world.outcomes(target));
      if (node && answer && counts(node, answer)) return hopsOf(node, self, target.arn, rule, answer);
    }
  return [];
}

/** Finds who, of those not settled, can make anyone else admin; one way of each is enough. */
export function findCrowners(round: Round): void {
  for (const rule of crownRules) findByRule(round, rule);
}

function findByRule(round: Round, rule: CrownRule): void {
  const { world, grant, admins, retired } = round;
  const pending = new Set<Actor>();
  for (const actor of round.able(rule).actors) {
    const base = world.nodes.get(actor)?.base;
    if (base && !retired.has(actor) && !grant.has(base)) pending.add(base);
  }
  for (const target of world.account.actors) {
    if (pending.size === 0) return;
    for (const actor of admins.has(target) ? [] : candidates(round, rule, target)) {
      const node = world.nodes.get(actor);
      if (!node || node.base === target || !pending.has(node.base)) continue;
      const answer = rule.attempt(world.account, actor, target, world.outcomes(target));
      if (!round.counts(node, answer)) continue;
      grant.set(node.base, { hops: hopsOf(node, actor, target.arn, rule, answer) });
      pending.delete(node.base);
    }
  }
}

/** Whether any principal, not settled, might make the target admin. */
export function isCrownable(round: Round, target: Actor): boolean {
  for (const rule of crownRules) for (const actor of candidates(round, rule, target)) if (!round.retired.has(actor)) return true;
  return false;
}

/** The hops of a follower, one after the other, to the one it follows. */
function unroll(follower: Actor, followers: Followers): readonly Hop[] {
  const hops: Hop[] = [];
  for (let way = followers.get(follower); way; way = way.next && followers.get(way.next)) hops.push(...way.hops);
  return hops;
}
