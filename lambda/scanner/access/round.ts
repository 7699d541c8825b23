import type { Principal } from './actor.ts';
import { type AllowIndex, createAllowIndex } from './allow-index.ts';
import type { AuthorizationResult, Grant } from './answer.ts';
import { bestPossibleOutcome } from './prospect.ts';
import type { ImpersonationTechnique, CreateIdentityTechnique, GrantAdminTechnique } from './rules/control-rule.ts';
import type { Edge, Node, EscalationGraph } from './world.ts';

/** How a principal becomes admin: by these edges, and then as `next` does. */
export interface Way {
  readonly hops: readonly Edge[];
  readonly next?: Principal;
}

/**
 * The principals that are admin, that become admin, and that grant admin to others, with paths, in the order in which they were
 * found.
 */
export interface Level {
  readonly admins: ReadonlyMap<Principal, Grant>;
  readonly become: ReadonlyMap<Principal, Way>;
  readonly grant: ReadonlyMap<Principal, Way>;
}

/** The nodes that can use a technique, as a set and as an index. */
export interface Able {
  readonly actors: ReadonlySet<Principal>;
  readonly index: AllowIndex;
}

type AnyTechnique = ImpersonationTechnique | GrantAdminTechnique | CreateIdentityTechnique;

/** The search state: of the search over what is certain, or of the one over what is possible. */
export interface Round extends Level {
  readonly graph: EscalationGraph;
  /** Whether conditions that the snapshot cannot decide count as not met. */
  readonly certain: boolean;
  readonly become: Map<Principal, Way>;
  readonly grant: Map<Principal, Way>;
  /** Principals found to become admin, whose predecessors are still to be searched. */
  readonly queue: Principal[];
  /** Whether the answer for this node counts in this search. */
  readonly counts: (node: Node, answer: AuthorizationResult) => answer is Grant;
  /** Whether the principal is known to be admin or to become it. */
  readonly isSettled: (principal: Principal) => boolean;
  /** The nodes of principals that are known to be admin or to become it: pruned from further search. */
  readonly retired: Set<Principal>;
  /**
   * The nodes that can do the part of a technique that does not depend on the target. Nearly all principals are ruled out here,
   * once for all targets.
   */
  readonly able: (technique: AnyTechnique) => Able;
}

/**
 * A search state that starts from what another search found. `certain`: conditions that the snapshot cannot decide count as not
 * met.
 */
export function createRound(graph: EscalationGraph, certain: boolean, known: Pick<Level, 'become' | 'grant'>): Round {
  const counts = (node: Node, answer: AuthorizationResult): answer is Grant =>
    answer.kind === 'granted' && (!certain || (answer.certain && node.certain));
  const admins = new Map<Principal, Grant>();
  for (const [variant, answer] of graph.directAdmins)
    if (answer.kind === 'granted' && (!certain || answer.certain)) admins.set(variant, answer);
  const become = new Map(known.become);
  const isSettled = (principal: Principal) => admins.has(principal) || become.has(principal);
  const retired = new Set([...graph.nodes].flatMap(([variant, { principal }]) => (isSettled(principal) ? [variant] : [])));
  const ableTo = new Map<AnyTechnique, Able>();
  return {
    graph,
    certain,
    admins,
    become,
    grant: new Map(known.grant),
    queue: [...admins.keys(), ...become.keys()],
    counts,
    isSettled,
    retired,
    able: (technique) => {
      const known = ableTo.get(technique);
      if (known !== undefined) return known;
      const principals = ableNodes(graph, technique, { certain, retired, counts });
      const able = { actors: new Set(principals), index: createAllowIndex(principals, retired) };
      ableTo.set(technique, able);
      return able;
    },
  };
}

function ableNodes(
  { account, nodes, principalsAllowed: makers }: EscalationGraph,
  technique: AnyTechnique,
  { certain, retired, counts }: Pick<Round, 'certain' | 'retired' | 'counts'>,
): readonly Principal[] {
  const { needs = technique.actions } = technique;
  const alone = 'alone' in technique ? technique.alone : undefined;
  const mayCount = (variant: Principal) => {
    const outcomes = needs.map((action) => bestPossibleOutcome(account, variant, action));
    return outcomes.every((outcome) => outcome === 'open' || (!certain && outcome === 'conditional'));
  };
  return makers(technique).filter((variant) => {
    const node = nodes.get(variant);
    if (!node || retired.has(variant) || (certain && !node.certain) || !mayCount(variant)) return false;
    return !alone || counts(node, alone(account, variant));
  });
}

/** Records that a principal becomes admin, and prunes its nodes. */
export function settle({ graph, retired, become, queue }: Round, principal: Principal, way: Way): void {
  become.set(principal, way);
  queue.push(principal);
  for (const variant of graph.variants.get(principal) ?? []) retired.add(variant);
}

/** The edges of a node: the changes to itself first, then this one. */
export const hopsOf = (node: Node, variant: Principal, to: string, technique: Edge['technique'], grant: Grant): readonly Edge[] => [
  ...node.preconditions,
  { technique: technique, from: variant, to, grant },
];

/** A principal that can act as a target: as which of its variants, and by which technique. */
export interface Predecessor {
  readonly principal: Principal;
  readonly variant: Principal;
  readonly technique: ImpersonationTechnique;
}

/** The principals not yet known to become admin that can act as the target, each by the first technique found. */
export function* predecessors(round: Round, target: Principal): Iterable<Predecessor> {
  const { graph } = round;
  const found = new Set<Principal>([target]);
  for (const technique of graph.techniquesFor(target)) {
    if (round.certain && technique.isNeverCertain?.(graph.account, target)) continue;
    const { principals, index } = round.able(technique);
    if (principals.size === 0) continue;
    for (const variant of technique.candidates(graph.account, index, target)) {
      const node = graph.nodes.get(variant);
      if (!node || found.has(node.principal) || round.isSettled(node.principal)) continue;
      if (!round.counts(node, technique.attempt(graph.account, variant, target))) continue;
      found.add(node.principal);
      yield { principal: node.principal, variant, technique };
    }
  }
}

/** The nodes that might use the technique on the target. */
export function candidates({ graph, able }: Round, technique: ImpersonationTechnique | GrantAdminTechnique, target: Principal): Iterable<Principal> {
  const { principals, index } = able(technique);
  return principals.size === 0 ? [] : technique.candidates(graph.account, index, target);
}

/** The edges by which a predecessor acts as the target. */
export function hopsTo({ graph, counts }: Round, { variant, technique }: Predecessor, target: Principal): readonly Edge[] {
  const node = graph.nodes.get(variant);
  const answer = node && technique.attempt(graph.account, variant, target);
  return node && answer && counts(node, answer) ? hopsOf(node, variant, target.arn, technique, answer) : [];
}
