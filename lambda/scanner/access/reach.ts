import type { Account } from './account.ts';
import type { Actor } from './actor.ts';
import type { Answer } from './answer.ts';
import { canDoEverything } from './authorize.ts';
import { openControl } from './control.ts';
import { findCrowners, isCrownable, settleCrowners } from './crowners.ts';
import { mayMake } from './glance.ts';
import { type Level, type Round, type Way, createRound, hopsOf, hopsTo, predecessors, settle } from './round.ts';
import { controlRules } from './rules/control.ts';
import type { Move } from './rules/control-rule.ts';
import { creationRules } from './rules/creation.ts';
import { crownRules } from './rules/crown.ts';
import { identityCenterRules } from './rules/identity-center.ts';
import { type Hop, type Node, type World, createWorld } from './world.ts';

/** Who gets where: `certain` with nothing left open, and `possible` with those, too, who do if conditions hold. */
export interface Reach {
  readonly world: World;
  readonly certain: Level;
  readonly possible: Level;
}

const selfRules = [...creationRules, ...identityCenterRules];

/**
 * Who is admin in the account and who can get there: a least fixpoint, searched backward from the admins, once over what is certain
 * and then over what is possible. Facts are only ever added, so circles of trust do no harm, and each keeps the first way found.
 */
export function findReach(account: Account): Reach {
  const world = createWorld(account);
  const certain = search(world, true, { become: new Map(), grant: new Map() });
  return { world, certain, possible: search(world, false, certain) };
}

function search(world: World, certain: boolean, known: Pick<Level, 'become' | 'grant'>): Level {
  const round = createRound(world, certain, known);
  settleThoseAlone(round);
  spread(round);
  // Who makes another admin and can act as that other becomes admin, which may open the way for more.
  const control = openControl(round, (target) => isCrownable(round, target));
  while (settleCrowners(round, control)) spread(round);
  findCrowners(round);
  spreadGrants(round);
  return round;
}

/** Those who need nobody else: they make themselves, or something new, admin. */
function settleThoseAlone(round: Round): void {
  for (const [actor, node] of round.world.nodes) {
    const way = round.isSettled(node.base) ? undefined : wayAlone(round, actor, node);
    if (way) settle(round, node.base, way);
  }
}

function wayAlone({ world, counts, able }: Round, actor: Actor, node: Node): Way | undefined {
  const { account, outcomes } = world;
  const freed = node.before.length > 0 && canDoEverything(account, actor);
  if (freed && counts(node, freed)) return { hops: node.before };
  for (const rule of crownRules) {
    const answer = able(rule).actors.has(actor) ? rule.attempt(account, actor, actor, outcomes(actor)) : undefined;
    if (answer && counts(node, answer))
      return { hops: hopsOf(node, actor, actor.arn, { ...rule, aliases: rule.selfAliases }, answer) };
  }
  for (const rule of selfRules) {
    const answer = able(rule).actors.has(actor) ? rule.attempt(account, actor) : undefined;
    if (answer && counts(node, answer)) return { hops: hopsOf(node, actor, actor.arn, rule, answer) };
  }
  return undefined;
}

/** Everyone who can act as somebody who was settled, and so on. */
function spread(round: Round): void {
  // The queue grows while it is walked.
  for (const next of round.queue)
    for (const predecessor of predecessors(round, next))
      settle(round, predecessor.base, { hops: hopsTo(round, predecessor, next), next });
  round.queue.length = 0;
}

/** Those who can act as somebody who makes others admin can do the same. */
function spreadGrants(round: Round): void {
  const queue = [...round.grant.keys()];
  for (const next of queue) {
    if (round.isSettled(next)) continue;
    for (const predecessor of predecessors(round, next)) {
      if (round.grant.has(predecessor.base)) continue;
      round.grant.set(predecessor.base, { hops: hopsTo(round, predecessor, next), next });
      queue.push(predecessor.base);
    }
  }
}

/** Every move by which the hop can be made, its own first: one may be mended and the others still stand open. */
export function movesOf({ account, outcomes, rulesAbout }: World, { move, from, to, grant }: Hop): readonly Move[] {
  const target = account.actorsByArn.get(to);
  const counts = (answer: Answer) => answer.kind === 'granted' && (answer.certain || !grant.certain);
  const controls =
    target === undefined || to === from.arn
      ? []
      : rulesAbout(target).filter((rule) => mayMake(from, rule) && counts(rule.attempt(account, from, target)));
  const crowns =
    to === from.arn && crownRules.some(({ id }) => id === move.id)
      ? crownRules.filter((rule) => mayMake(from, rule) && counts(rule.attempt(account, from, from, outcomes(from))))
      : [];
  const others = [...controls, ...crowns.map((rule) => ({ ...rule, aliases: rule.selfAliases }))].filter(
    ({ id }) => id !== move.id,
  );
  return [move, ...(controlRules.some(({ id }) => id === move.id) || crowns.length > 0 ? others : [])];
}
