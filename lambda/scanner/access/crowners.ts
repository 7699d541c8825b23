import type { Principal } from './actor.ts';
import { getOrCreate } from './allow-index.ts';
import type { Control, Followers } from './control.ts';
import { type Round, candidates, hopsOf, settle } from './round.ts';
import type { GrantAdminTechnique } from './rules/control-rule.ts';
import { grantAdminTechniques } from './rules/crown.ts';
import type { Edge } from './world.ts';

/**
 * Marks the principals that become admin through a grantor, a principal that can grant admin to another one. Such a principal can
 * act as both the grantor and the other: it is the grantor itself, one that can act as the grantor, or the other one where it can
 * act as its own grantor. True if any was found.
 */
export function settleCrowners(round: Round, control: Control): boolean {
  let found = false;
  for (const crowner of round.graph.account.principals)
    if (!round.isSettled(crowner) && mayCrown(round, crowner) && settleTakers(round, control, crowner)) found = true;
  return found;
}

/** Whether any variant of the principal might grant admin to any other. */
const mayCrown = (round: Round, principal: Principal): boolean =>
  (round.graph.variants.get(principal) ?? []).some((variant) => grantAdminTechniques.some((technique) => round.able(technique).actors.has(variant)));

function settleTakers(round: Round, control: Control, crowner: Principal): boolean {
  const followers = control.followers(crowner);
  const known = new Map<Principal, readonly Edge[]>();
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
  crown: (target: Principal) => readonly Edge[],
  taker: Principal,
  crowner: Principal,
): readonly Edge[] | undefined {
  const own = taker === crowner ? [] : crown(taker);
  if (own.length > 0) return own;
  for (const [target, hops] of control.reached(taker)) {
    const crowned = target === crowner ? [] : crown(target);
    if (crowned.length > 0) return [...crowned, ...hops()];
  }
  return undefined;
}

/** The edges by which the grantor grants admin to the target; none where it cannot. */
function hopsToCrown({ graph, counts, able }: Round, crowner: Principal, target: Principal): readonly Edge[] {
  for (const technique of grantAdminTechniques)
    for (const variant of graph.variants.get(crowner) ?? []) {
      const node = able(technique).actors.has(variant) ? graph.nodes.get(variant) : undefined;
      const answer = node && technique.attempt(graph.account, variant, target, graph.effectsOn(target));
      if (node && answer && counts(node, answer)) return hopsOf(node, variant, target.arn, technique, answer);
    }
  return [];
}

/** Finds the principals that do not become admin and can grant admin to another one; one path of each is enough. */
export function findCrowners(round: Round): void {
  for (const technique of grantAdminTechniques) findByRule(round, technique);
}

function findByRule(round: Round, technique: GrantAdminTechnique): void {
  const { graph, grant, admins, retired } = round;
  const pending = new Set<Principal>();
  for (const variant of round.able(technique).actors) {
    const principal = graph.nodes.get(variant)?.principal;
    if (principal && !retired.has(variant) && !grant.has(principal)) pending.add(principal);
  }
  for (const target of graph.account.principals) {
    if (pending.size === 0) return;
    for (const variant of admins.has(target) ? [] : candidates(round, technique, target)) {
      const node = graph.nodes.get(variant);
      if (!node || node.principal === target || !pending.has(node.principal)) continue;
      const answer = technique.attempt(graph.account, variant, target, graph.effectsOn(target));
      if (!round.counts(node, answer)) continue;
      grant.set(node.principal, { hops: hopsOf(node, variant, target.arn, technique, answer) });
      pending.delete(node.principal);
    }
  }
}

/** Whether any principal not yet known to become admin might grant admin to the target. */
export function isCrownable(round: Round, target: Principal): boolean {
  for (const technique of grantAdminTechniques) for (const variant of candidates(round, technique, target)) if (!round.retired.has(variant)) return true;
  return false;
}

/** The edges from a principal to the target that it can act as, in order. */
function unroll(follower: Principal, followers: Followers): readonly Edge[] {
  const hops: Edge[] = [];
  for (let way = followers.get(follower); way; way = way.next && followers.get(way.next)) hops.push(...way.hops);
  return hops;
}
