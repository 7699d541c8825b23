import type { Account } from '../iam/account.ts';
import type { Principal } from '../iam/principal.ts';
import { countsWhere } from '../iam/authorization-result.ts';
import { derivedValues } from '../model/derived-values.ts';
import { getOrCreate } from '../model/get-or-create.ts';
import { mayAllowAny } from '../iam/action-prefilter.ts';
import { canDoEverything } from '../iam/authorization.ts';
import { createImpersonation } from './impersonation.ts';
import { findSharers, markSharedWith } from './sharers.ts';
import { markCombinations } from './combinations.ts';
import { createActions } from './exploration.ts';
import { findGrantors, canBeGrantedAdmin, markBeneficiaries } from './grantors.ts';
import {
  type ReachableAdmins,
  type SearchLimits,
  type SearchState,
  type PathSegment,
  changeEdges,
  withConditions,
  createSearchState,
  edgesVia,
  edgesTo,
  predecessors,
  markAdmin,
  usualLimits,
} from './state.ts';
import { changeActionSet, fewestSteps } from './self-escalation.ts';
import { impersonationTechniques } from '../techniques/impersonation.ts';
import { type GrantAdminTechnique, type Technique, mayUse } from '../techniques/technique.ts';
import { createIdentityTechniques } from '../techniques/iam/create-identity.ts';
import { grantAdminTechniques } from '../techniques/iam/grant-admin.ts';
import { identityCenterTechniques } from '../techniques/identity-center/permission-sets.ts';
import { type Edge, type Node, type EscalationGraph, createGraph } from './graph.ts';

/** The result of the search: `certain` where no condition is open, and `possible` where conditions must hold as well. */
export interface AdminSearch {
  readonly graph: EscalationGraph;
  readonly certain: ReachableAdmins;
  readonly possible: ReachableAdmins;
}

const selfEscalationTechniques = [...createIdentityTechniques, ...identityCenterTechniques];

/**
 * Finds who is admin in the account and who can become it: a least fixpoint, searched backward from the admins, first over what
 * is certain and then over what is possible. Facts are only ever added, so trust cycles do no harm, and each principal keeps the
 * first path found.
 */
export function searchAdmins(account: Account, limits: SearchLimits = usualLimits): AdminSearch {
  const graph = createGraph(account);
  const certain = search(graph, true, { canBecome: new Map(), canGrant: new Map() }, limits);
  return { graph, certain, possible: search(graph, false, certain, limits) };
}

function search(
  graph: EscalationGraph,
  certain: boolean,
  known: Pick<ReachableAdmins, 'canBecome' | 'canGrant'>,
  limits: SearchLimits,
): ReachableAdmins {
  const state = createSearchState(graph, certain, known, limits);
  markSelfEscalations(state);
  propagate(state);
  // A grantor that can act as the identity to which it grants admin becomes admin, which may open more paths.
  const impersonation = createImpersonation(
    state,
    (target) => canBeGrantedAdmin(state, target) || mayAllowAny(target, createActions) || mayAllowAny(target, changeActionSet),
  );
  while (markBeneficiaries(state, impersonation) || markSharedWith(state, impersonation)) propagate(state);
  while (markCombinations(state, impersonation)) propagate(state);
  findGrantors(state);
  findSharers(state);
  propagateGrants(state);
  return state;
}

/**
 * Principals that need no other one: they grant admin to themselves, or to an identity that they create. Single grants come second,
 * since the changes of a variant tell each call, and since a variant tries a few groups only, where a grant tries all.
 */
function markSelfEscalations(state: SearchState): void {
  for (const escalationOf of [selfEscalationOf, selfGrantOf])
    for (const [variant, node] of state.graph.nodes) {
      const segment = state.isAdmin(node.principal) ? undefined : escalationOf(state, variant, node);
      if (segment) markAdmin(state, node.principal, segment);
    }
}

function selfGrantOf(state: SearchState, variant: Principal, node: Node): PathSegment | undefined {
  const { graph, counts, eligibleFor } = state;
  for (const technique of grantAdminTechniques) {
    const attempt = (from: Principal) => technique.attempt(graph.account, from, from, graph.effectsOn(from));
    const named = { ...technique, aliases: technique.selfAliases };
    if (eligibleFor(technique).principals.has(variant) && counts(node, attempt(variant)))
      return { edges: edgesVia(state, node, variant, node.principal.arn, named, attempt) };
  }
  return undefined;
}

function selfEscalationOf(state: SearchState, variant: Principal, node: Node): PathSegment | undefined {
  const { graph, counts, eligibleFor } = state;
  const { account, effectsOn } = graph;
  const freed = node.preconditions.length > 0 && canDoEverything(account, variant);
  if (freed && counts(node, freed)) return { edges: changesToAdmin(state, node, variant) };
  for (const technique of selfEscalationTechniques) {
    const attempt = (from: Principal) => technique.attempt(account, from, effectsOn);
    if (eligibleFor(technique).principals.has(variant) && counts(node, attempt(variant)))
      return { edges: edgesVia(state, node, variant, node.principal.arn, technique, attempt) };
  }
  return undefined;
}

/** The changes after which a principal is admin, as few as will do. */
function changesToAdmin({ graph: { account }, certain }: SearchState, node: Node, variant: Principal): readonly Edge[] {
  const counts = countsWhere(certain);
  const { principal, steps } = fewestSteps(node, variant, (candidate) => counts(canDoEverything(account, candidate)), counts);
  const end = canDoEverything(account, principal);
  return end.kind === 'granted' ? withConditions(changeEdges(node, steps), end) : [];
}

/** Marks the principals that can act as one that becomes admin, and so on. */
function propagate(state: SearchState): void {
  // The queue grows during the loop.
  for (const next of state.queue)
    for (const predecessor of predecessors(state, next))
      markAdmin(state, predecessor.principal, { edges: edgesTo(state, predecessor, next), next });
  state.queue.length = 0;
}

/** A principal that can act as a grantor can grant admin as well. */
function propagateGrants(state: SearchState): void {
  const queue = [...state.canGrant.keys()];
  for (const next of queue) {
    if (state.isAdmin(next)) continue;
    for (const predecessor of predecessors(state, next)) {
      if (state.canGrant.has(predecessor.principal)) continue;
      state.canGrant.set(predecessor.principal, { edges: edgesTo(state, predecessor, next), next });
      queue.push(predecessor.principal);
    }
  }
}

/** Every technique that gives the same edge, its own first: where one is fixed, the others remain. */
export function techniquesOf(graph: EscalationGraph, { technique, from, to, grant }: Edge): readonly Technique[] {
  const { account, techniquesFor } = graph;
  const target = account.principalsByArn.get(to);
  const counts = countsWhere(grant.certain);
  const controls =
    target === undefined || to === from.arn
      ? []
      : techniquesFor(target).filter(
          (technique) =>
            mayUse(from, technique) &&
            !(grant.certain && technique.isNeverCertain?.(account, target)) &&
            counts(technique.attempt(account, from, target)),
        );
  const isSelfGrant = to === from.arn && grantAdminTechniques.some(({ id }) => id === technique.id);
  const grants = isSelfGrant ? selfGrantsOf(graph, from, grant.certain) : [];
  const others = [...controls, ...grants.map((technique) => ({ ...technique, aliases: technique.selfAliases }))].filter(
    ({ id }) => id !== technique.id,
  );
  return [technique, ...(impersonationTechniques.some(({ id }) => id === technique.id) || grants.length > 0 ? others : [])];
}

const selfGrants = derivedValues.table<Principal, Map<boolean, readonly GrantAdminTechnique[]>>();

/** The techniques by which a principal gives itself admin. */
const selfGrantsOf = (
  { account, effectsOn }: Pick<EscalationGraph, 'account' | 'effectsOn'>,
  from: Principal,
  certain: boolean,
): readonly GrantAdminTechnique[] =>
  getOrCreate(
    selfGrants.getOrCreate(from, () => new Map()),
    certain,
    () => {
      const counts = countsWhere(certain);
      return grantAdminTechniques.filter(
        (technique) => mayUse(from, technique) && counts(technique.attempt(account, from, from, effectsOn(from))),
      );
    },
  );
