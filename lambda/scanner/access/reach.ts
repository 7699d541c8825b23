import type { Account } from './account.ts';
import type { Principal } from './actor.ts';
import type { AuthorizationResult } from './answer.ts';
import { canDoEverything } from './authorize.ts';
import { openControl } from './control.ts';
import { findCrowners, isCrownable, settleCrowners } from './crowners.ts';
import { mayUse } from './glance.ts';
import { type Level, type Round, type Way, createRound, hopsOf, hopsTo, predecessors, settle } from './round.ts';
import { impersonationTechniques } from './rules/control.ts';
import type { Technique } from './rules/control-rule.ts';
import { createIdentityTechniques } from './rules/creation.ts';
import { grantAdminTechniques } from './rules/crown.ts';
import { identityCenterTechniques } from './rules/identity-center.ts';
import { type Edge, type Node, type EscalationGraph, createGraph } from './world.ts';

/** The result of the search: `certain` where no condition is open, and `possible` where conditions must hold as well. */
export interface Reach {
  readonly graph: EscalationGraph;
  readonly certain: Level;
  readonly possible: Level;
}

const selfEscalationTechniques = [...createIdentityTechniques, ...identityCenterTechniques];

/**
 * Finds who is admin in the account and who can become it: a least fixpoint, searched backward from the admins, first over what
 * is certain and then over what is possible. Facts are only ever added, so trust cycles do no harm, and each principal keeps the
 * first path found.
 */
export function findReach(account: Account): Reach {
  const graph = createGraph(account);
  const certain = search(graph, true, { become: new Map(), grant: new Map() });
  return { graph, certain, possible: search(graph, false, certain) };
}

function search(graph: EscalationGraph, certain: boolean, known: Pick<Level, 'become' | 'grant'>): Level {
  const round = createRound(graph, certain, known);
  settleThoseAlone(round);
  spread(round);
  // A grantor that can act as the identity to which it grants admin becomes admin, which may open more paths.
  const control = openControl(round, (target) => isCrownable(round, target));
  while (settleCrowners(round, control)) spread(round);
  findCrowners(round);
  spreadGrants(round);
  return round;
}

/** Principals that need no other one: they grant admin to themselves, or to an identity that they create. */
function settleThoseAlone(round: Round): void {
  for (const [variant, node] of round.graph.nodes) {
    const way = round.isSettled(node.principal) ? undefined : wayAlone(round, variant, node);
    if (way) settle(round, node.principal, way);
  }
}

function wayAlone({ graph, counts, able }: Round, variant: Principal, node: Node): Way | undefined {
  const { account, effectsOn: outcomes } = graph;
  const freed = node.preconditions.length > 0 && canDoEverything(account, variant);
  if (freed && counts(node, freed)) return { hops: node.preconditions };
  for (const technique of grantAdminTechniques) {
    const answer = able(technique).actors.has(variant) ? technique.attempt(account, variant, variant, outcomes(variant)) : undefined;
    if (answer && counts(node, answer))
      return { hops: hopsOf(node, variant, variant.arn, { ...technique, aliases: technique.selfAliases }, answer) };
  }
  for (const technique of selfEscalationTechniques) {
    const answer = able(technique).actors.has(variant) ? technique.attempt(account, variant) : undefined;
    if (answer && counts(node, answer)) return { hops: hopsOf(node, variant, variant.arn, technique, answer) };
  }
  return undefined;
}

/** Marks the principals that can act as one that becomes admin, and so on. */
function spread(round: Round): void {
  // The queue grows during the loop.
  for (const next of round.queue)
    for (const predecessor of predecessors(round, next))
      settle(round, predecessor.principal, { hops: hopsTo(round, predecessor, next), next });
  round.queue.length = 0;
}

/** A principal that can act as a grantor can grant admin as well. */
function spreadGrants(round: Round): void {
  const queue = [...round.grant.keys()];
  for (const next of queue) {
    if (round.isSettled(next)) continue;
    for (const predecessor of predecessors(round, next)) {
      if (round.grant.has(predecessor.principal)) continue;
      round.grant.set(predecessor.principal, { hops: hopsTo(round, predecessor, next), next });
      queue.push(predecessor.principal);
    }
  }
}

/** Every technique that gives the same edge, its own first: where one is fixed, the others remain. */
export function movesOf({ account, effectsOn: outcomes, techniquesFor: rulesAbout }: EscalationGraph, { technique, from, to, grant }: Edge): readonly Technique[] {
  const target = account.principalsByArn.get(to);
  const counts = (answer: AuthorizationResult) => answer.kind === 'granted' && (answer.certain || !grant.certain);
  const controls =
    target === undefined || to === from.arn
      ? []
      : rulesAbout(target).filter((technique) => mayUse(from, technique) && counts(technique.attempt(account, from, target)));
  const crowns =
    to === from.arn && grantAdminTechniques.some(({ id }) => id === technique.id)
      ? grantAdminTechniques.filter((technique) => mayUse(from, technique) && counts(technique.attempt(account, from, from, outcomes(from))))
      : [];
  const others = [...controls, ...crowns.map((technique) => ({ ...technique, aliases: technique.selfAliases }))].filter(
    ({ id }) => id !== technique.id,
  );
  return [technique, ...(impersonationTechniques.some(({ id }) => id === technique.id) || crowns.length > 0 ? others : [])];
}
