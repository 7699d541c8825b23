import { getOrCreate } from '../model/get-or-create.ts';
import type { Principal } from '../iam/principal.ts';
import { type Predecessor, type SearchState, type PathSegment, edgesTo, predecessors } from './state.ts';
import { impersonationTechniques } from '../techniques/impersonation.ts';
import { derivedValues } from '../model/derived-values.ts';
import type { Edge, EscalationGraph } from './graph.ts';
import { indexTrustNames, namesInTrust } from './trust-names.ts';

/** Principals that can act as a target over any number of edges, each with its first edges on the path; the nearest first. */
export type Impersonators = ReadonlyMap<Principal, PathSegment>;

/** Who can act as whom, among the principals that are not yet known to become admin. */
export interface Impersonation {
  /** All principals that can act as the target. */
  readonly impersonatorsOf: (target: Principal) => Impersonators;
  /** All principals that this one can act as, the nearest first, with the edges to each. */
  readonly targetsOf: (from: Principal) => Iterable<readonly [target: Principal, edges: () => readonly Edge[]]>;
}

interface ActAsEdge extends Predecessor {
  readonly target: Principal;
}

/**
 * Searches along the act-as techniques; each edge is decided once in a search. Edges are searched only to useful targets: those
 * that are `wanted`, or that can act as others themselves.
 */
export function createImpersonation(state: SearchState, isWanted: (target: Principal) => boolean): Impersonation {
  const edges = new Map<Principal, readonly ActAsEdge[]>();
  const actAsEdgesTo = (target: Principal): readonly ActAsEdge[] =>
    getOrCreate(edges, target, () => [...predecessors(state, target)].map((edge) => ({ ...edge, target })));
  const mayAct = mayActAsAnyone(state);
  let forward: ReadonlyMap<Principal, readonly ActAsEdge[]> | undefined;
  const actAsEdgesFrom = (principal: Principal): readonly ActAsEdge[] => {
    if (!mayAct(principal)) return [];
    forward ??= reverseEdges(state, (target) => (isWanted(target) || mayAct(target) ? actAsEdgesTo(target) : []));
    return forward.get(principal) ?? [];
  };
  return {
    impersonatorsOf: (target) => findImpersonators(state, actAsEdgesTo, target),
    targetsOf: (from) => findTargets(state, actAsEdgesFrom, from),
  };
}

/** The edges to all principals that are not yet known to become admin, by their start. */
function reverseEdges(
  { graph, isAdmin }: SearchState,
  actAsEdgesTo: (target: Principal) => readonly ActAsEdge[],
): ReadonlyMap<Principal, readonly ActAsEdge[]> {
  const forward = new Map<Principal, ActAsEdge[]>();
  for (const target of graph.account.principals)
    for (const edge of isAdmin(target) ? [] : actAsEdgesTo(target)) getOrCreate(forward, edge.principal, () => []).push(edge);
  return forward;
}

function findImpersonators(
  state: SearchState,
  actAsEdgesTo: (target: Principal) => readonly ActAsEdge[],
  target: Principal,
): Impersonators {
  const impersonators = new Map<Principal, PathSegment>();
  const queue = [target];
  // The queue grows during the loop.
  for (const next of queue)
    for (const edge of actAsEdgesTo(next)) {
      if (edge.principal === target || impersonators.has(edge.principal) || state.isAdmin(edge.principal)) continue;
      impersonators.set(edge.principal, { edges: edgesTo(state, edge, next), next });
      queue.push(edge.principal);
    }
  return impersonators;
}

function* findTargets(
  state: SearchState,
  actAsEdgesFrom: (principal: Principal) => readonly ActAsEdge[],
  from: Principal,
): Iterable<readonly [Principal, () => readonly Edge[]]> {
  const arrivedBy = new Map<Principal, ActAsEdge>();
  const edges = (target: Principal): readonly Edge[] => {
    const edge = arrivedBy.get(target);
    return edge ? [...edges(edge.principal), ...edgesTo(state, edge, target)] : [];
  };
  const queue = [from];
  for (const next of queue)
    for (const edge of actAsEdgesFrom(next)) {
      const { target } = edge;
      if (target === from || arrivedBy.has(target) || state.isAdmin(target)) continue;
      arrivedBy.set(target, edge);
      queue.push(target);
      yield [target, () => edges(target)];
    }
}

/** The nodes of a graph that have the actions of a technique. Several searches ask for them. */
const capablePrincipals = derivedValues.table<EscalationGraph, ReadonlySet<Principal>>();

/**
 * Prefilter: whether a principal might act as any other at all, by the actions that it has and the principals that trust policies
 * name.
 */
function mayActAsAnyone({ graph }: SearchState): (acting: Principal) => boolean {
  const { account, variants, principalsAllowed } = graph;
  const byName = indexTrustNames(account);
  const capable = capablePrincipals.getOrCreate(
    graph,
    () => new Set(impersonationTechniques.flatMap(({ actions }) => principalsAllowed({ actions }))),
  );
  return (acting) =>
    namesInTrust(acting).some((name) => byName.has(name)) || (variants.get(acting) ?? []).some((variant) => capable.has(variant));
}
