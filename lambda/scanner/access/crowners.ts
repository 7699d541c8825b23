import type { Actor } from './actor.ts';
import { remember } from './allow-index.ts';
import { mayDo } from './glance.ts';
import { type Round, type Way, hopsOf, predecessors, settle } from './round.ts';
import type { ControlRule } from './rules/control-rule.ts';
import { crownRules } from './rules/crown.ts';
import type { Hop } from './world.ts';

/** Principals that can act as one, in any number of hops, with their ways to it. */
type Followers = ReadonlyMap<Actor, Way>;

/**
 * Finds who can make another principal admin, and settles those of them, and of those who can act as them, who can then act as that
 * other. True if anybody was settled.
 */
export function settleCrowners(round: Round, controlRules: readonly ControlRule[]): boolean {
  const followersOf = rememberFollowers(round, controlRules);
  const canControl = rememberControl(round, controlRules);
  const takersOf = (base: Actor) => [base, ...followersOf(base).keys()].filter(canControl);
  const isTaker = (taker: Actor, target: Actor) => taker !== target && !round.isSettled(taker) && followersOf(target).has(taker);
  // What is to be learned of who is known to make others admin is only who then takes the target over.
  const isSpent = (base: Actor, target: Actor) =>
    round.grant.has(base) && !takersOf(base).some((taker) => isTaker(taker, target));
  let found = false;
  for (const target of round.world.account.actors) {
    if (round.admins.has(target)) continue;
    for (const { base, hops } of crowners(round, target, isSpent)) {
      if (!round.grant.has(base)) round.grant.set(base, { hops });
      const toCrowner = followersOf(base);
      for (const taker of takersOf(base)) {
        if (!isTaker(taker, target)) continue;
        settle(round, taker, { hops: [...unroll(taker, toCrowner), ...hops, ...unroll(taker, followersOf(target))] });
        found = true;
      }
    }
  }
  return found;
}

/** Who, not yet settled, can make the target admin; those of whom no more is to be learned are passed over. */
function* crowners(
  round: Round,
  target: Actor,
  isSpent: (base: Actor, target: Actor) => boolean,
): Iterable<{ readonly base: Actor; readonly hops: readonly Hop[] }> {
  const { world, index } = round;
  for (const rule of crownRules)
    for (const actor of [...rule.candidates(world.account, index, target)]) {
      const node = world.nodes.get(actor);
      if (!node || node.base === target || round.isSettled(node.base) || isSpent(node.base, target)) continue;
      const answer = rule.attempt(world.account, actor, target, world.outcomes(target));
      if (round.counts(node, answer)) yield { base: node.base, hops: hopsOf(node, actor, target.arn, rule, answer) };
    }
}

/** Everyone who can act as a principal, directly or by way of others; searched once for each. */
function rememberFollowers(round: Round, controlRules: readonly ControlRule[]): (target: Actor) => Followers {
  const known = new Map<Actor, Followers>();
  const direct = new Map<Actor, readonly { readonly base: Actor; readonly hops: readonly Hop[] }[]>();
  return (target) =>
    remember(known, target, () => {
      const followers = new Map<Actor, Way>();
      const queue = [target];
      for (const of of queue) {
        for (const { base, hops } of remember(direct, of, () => [...predecessors(round, controlRules, of)])) {
          if (base === target || followers.has(base)) continue;
          followers.set(base, { hops, next: of });
          queue.push(base);
        }
      }
      return followers;
    });
}

/** Whether a principal might act as any other at all, by a glance at its policies and at whom trust policies name. */
function rememberControl({ world: { account, selves } }: Round, controlRules: readonly ControlRule[]): (base: Actor) => boolean {
  const entries = [...account.trusts.values()]
    .flatMap((trust) => trust?.statements ?? [])
    .flatMap(({ source: { principal } }) => principal ?? []);
  const trustsAnyone = entries.some(
    ({ negated, entries }) => negated || entries.some(({ type, value }) => type === 'AWS' && value === '*'),
  );
  const values = entries.flatMap(({ entries }) => entries.map(({ value }) => value));
  const names = new Set(values.map((value) => (value.includes(':assumed-role/') ? `role/${value.split('/')[1] ?? ''}` : value)));
  const isNamed = ({ arn, identity }: Actor) =>
    trustsAnyone || names.has(arn) || names.has(identity.id) || names.has(`role/${identity.name}`);
  const known = new Map<Actor, boolean>();
  return (base) =>
    remember(
      known,
      base,
      () => isNamed(base) || (selves.get(base) ?? []).some((self) => controlRules.some((rule) => mayDo(self, rule))),
    );
}

/** The hops of a follower, one after the other, to the one it follows. */
function unroll(follower: Actor, followers: Followers): readonly Hop[] {
  const hops: Hop[] = [];
  for (let way = followers.get(follower); way; way = way.next && followers.get(way.next)) hops.push(...way.hops);
  return hops;
}
