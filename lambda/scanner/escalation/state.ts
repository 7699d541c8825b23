import type { Principal } from '../iam/principal.ts';
import { type AllowIndex, createAllowIndex } from '../iam/allow-index.ts';
import { type AuthorizationResult, type Grant, countsWhere, unique } from '../iam/authorization-result.ts';
import { mayWork } from './precheck.ts';
import type { CreateIdentityTechnique, GrantAdminTechnique, ImpersonationTechnique, Technique } from '../techniques/technique.ts';
import type { Edge, EscalationGraph, Node } from './graph.ts';
import { type MadeChange, fewestSteps } from './self-escalation.ts';

/** How a principal becomes admin: by these edges, and then as `next` does. */
export interface PathSegment {
  readonly edges: readonly Edge[];
  readonly next?: Principal;
}

/**
 * The principals that are admin, that become admin, and that grant admin to others, with paths, in the order in which they were
 * found.
 */
export interface ReachableAdmins {
  readonly admins: ReadonlyMap<Principal, Grant>;
  readonly canBecome: ReadonlyMap<Principal, PathSegment>;
  readonly canGrant: ReadonlyMap<Principal, PathSegment>;
  /** The principals for which the search for combined steps reached a limit. */
  readonly unfinished: ReadonlySet<Principal>;
}

/** How far the search for combined steps goes. */
export interface SearchLimits {
  /** How many times it tries whether one identity can act as another, for the whole account. */
  readonly attempts: number;
  /** How many steps it tries in a row, and after steps that may lose permissions, for each principal. */
  readonly positions: number;
}

/** More than an account of people needs. */
export const usualLimits: SearchLimits = { attempts: 1_000_000, positions: 300 };

/** The nodes that can use a technique, as a set and as an index. */
export interface EligiblePrincipals {
  readonly principals: ReadonlySet<Principal>;
  readonly index: AllowIndex;
}

type AnyTechnique = ImpersonationTechnique | GrantAdminTechnique | CreateIdentityTechnique;

/** The search state: of the search over what is certain, or of the one over what is possible. */
export interface SearchState extends ReachableAdmins {
  readonly graph: EscalationGraph;
  /** Whether conditions that the snapshot cannot decide count as not met. */
  readonly certain: boolean;
  readonly canBecome: Map<Principal, PathSegment>;
  readonly canGrant: Map<Principal, PathSegment>;
  readonly unfinished: Set<Principal>;
  readonly limits: SearchLimits;
  /** Principals found to become admin, whose predecessors are still to be searched. */
  readonly queue: Principal[];
  /** Whether the answer for this node counts in this search. */
  readonly counts: (node: Node, answer: AuthorizationResult) => answer is Grant;
  /** Whether the principal is known to be admin or to become it. */
  readonly isAdmin: (principal: Principal) => boolean;
  /** The nodes of principals that are known to be admin or to become it: pruned from further search. */
  readonly pruned: Set<Principal>;
  /**
   * The nodes that can do the part of a technique that does not depend on the target. Nearly all principals are ruled out here,
   * once for all targets.
   */
  readonly eligibleFor: (technique: AnyTechnique) => EligiblePrincipals;
}

/**
 * A search state that starts from what another search found. `certain`: conditions that the snapshot cannot decide count as not
 * met.
 */
export function createSearchState(
  graph: EscalationGraph,
  certain: boolean,
  known: Pick<ReachableAdmins, 'canBecome' | 'canGrant'>,
  limits: SearchLimits = usualLimits,
): SearchState {
  const counts = (node: Node, answer: AuthorizationResult): answer is Grant =>
    answer.kind === 'granted' && (!certain || (answer.certain && node.certain));
  const admins = new Map<Principal, Grant>();
  for (const [variant, answer] of graph.directAdmins)
    if (answer.kind === 'granted' && (!certain || answer.certain)) admins.set(variant, answer);
  const canBecome = new Map(known.canBecome);
  const isAdmin = (principal: Principal) => admins.has(principal) || canBecome.has(principal);
  const pruned = new Set([...graph.nodes].flatMap(([variant, { principal }]) => (isAdmin(principal) ? [variant] : [])));
  const eligibleByTechnique = new Map<AnyTechnique, EligiblePrincipals>();
  return {
    graph,
    certain,
    admins,
    canBecome,
    canGrant: new Map(known.canGrant),
    unfinished: new Set(),
    limits,
    queue: [...admins.keys(), ...canBecome.keys()],
    counts,
    isAdmin,
    pruned,
    eligibleFor: (technique) => {
      const known = eligibleByTechnique.get(technique);
      if (known !== undefined) return known;
      const principals = eligibleNodes(graph, technique, { certain, pruned, counts });
      const eligible = { principals: new Set(principals), index: createAllowIndex(principals, pruned) };
      eligibleByTechnique.set(technique, eligible);
      return eligible;
    },
  };
}

function eligibleNodes(
  { account, nodes, principalsAllowed }: EscalationGraph,
  technique: AnyTechnique,
  { certain, pruned, counts }: Pick<SearchState, 'certain' | 'pruned' | 'counts'>,
): readonly Principal[] {
  const alone = 'alone' in technique ? technique.alone : undefined;
  return principalsAllowed(technique).filter((variant) => {
    const node = nodes.get(variant);
    if (!node || pruned.has(variant) || (certain && !node.certain) || !mayWork(account, technique, variant, certain))
      return false;
    return !alone || counts(node, alone(account, variant));
  });
}

/** Records that a principal becomes admin, and prunes its nodes. */
export function markAdmin({ graph, pruned, canBecome, queue }: SearchState, principal: Principal, segment: PathSegment): void {
  canBecome.set(principal, segment);
  queue.push(principal);
  for (const variant of graph.variants.get(principal) ?? []) pruned.add(variant);
}

/**
 * The edges of a node: the changes to itself first, as few as will do, then the technique. None where the attempt does not count.
 */
export function edgesVia(
  { certain }: Pick<SearchState, 'certain'>,
  node: Node,
  variant: Principal,
  to: string,
  technique: Technique,
  attempt: (variant: Principal) => AuthorizationResult,
): readonly Edge[] {
  const counts = countsWhere(certain);
  const fewest = fewestSteps(node, variant, (candidate) => counts(attempt(candidate)), counts);
  const grant = attempt(fewest.principal);
  return counts(grant) ? [...changeEdges(node, fewest.steps), { technique, from: fewest.principal, to, grant }] : [];
}

/** The changes that a principal makes to itself, as edges. */
export const changeEdges = ({ principal }: Node, steps: readonly MadeChange[]): readonly Edge[] =>
  steps.map(({ change: { technique }, grant }) => ({ technique, from: principal, to: principal.arn, grant }));

/** The edges, the last one under the conditions of what it leads to as well. */
export function withConditions(edges: readonly Edge[], { conditions, certain }: Grant): readonly Edge[] {
  const last = edges.at(-1);
  if (last === undefined || conditions.length === 0) return edges;
  const grant = {
    ...last.grant,
    certain: last.grant.certain && certain,
    conditions: unique([...last.grant.conditions, ...conditions]),
  };
  return [...edges.slice(0, -1), { ...last, grant }];
}

/** A principal that can act as a target: as which of its variants, by which technique, and why. */
export interface Predecessor {
  readonly principal: Principal;
  readonly variant: Principal;
  readonly technique: ImpersonationTechnique;
  readonly grant: Grant;
}

/** The principals not yet known to become admin that can act as the target, each by the first technique found. */
export function* predecessors(state: SearchState, target: Principal): Iterable<Predecessor> {
  const { graph } = state;
  const found = new Set<Principal>([target]);
  for (const technique of graph.techniquesFor(target)) {
    if (state.certain && technique.isNeverCertain?.(graph.account, target)) continue;
    const { principals, index } = state.eligibleFor(technique);
    if (principals.size === 0) continue;
    for (const variant of technique.candidates(graph.account, index, target)) {
      const node = graph.nodes.get(variant);
      if (!node || found.has(node.principal) || state.isAdmin(node.principal)) continue;
      const grant = technique.attempt(graph.account, variant, target);
      if (!state.counts(node, grant)) continue;
      found.add(node.principal);
      yield { principal: node.principal, variant, technique, grant };
    }
  }
}

/** The nodes that might use the technique on the target. */
export function candidates(
  { graph, eligibleFor: eligible }: SearchState,
  technique: ImpersonationTechnique | GrantAdminTechnique,
  target: Principal,
): Iterable<Principal> {
  const { principals, index } = eligible(technique);
  return principals.size === 0 ? [] : technique.candidates(graph.account, index, target);
}

/** The edges by which a predecessor acts as the target. */
export function edgesTo(state: SearchState, { variant, technique }: Predecessor, target: Principal): readonly Edge[] {
  const { graph } = state;
  const node = graph.nodes.get(variant);
  return node === undefined
    ? []
    : edgesVia(state, node, variant, target.arn, technique, (from) => technique.attempt(graph.account, from, target));
}
