import { getOrCreate } from '../model/get-or-create.ts';
import type { Principal } from '../iam/principal.ts';
import type { Impersonation, Impersonators } from './impersonation.ts';
import { type SearchState, candidates, edgesVia, markAdmin } from './state.ts';
import type { GrantAdminTechnique } from '../techniques/technique.ts';
import { grantAdminTechniques } from '../techniques/iam/grant-admin.ts';
import type { Edge } from './graph.ts';

/**
 * Marks the principals that become admin through a grantor, a principal that can grant admin to another one. Such a principal can
 * act as both the grantor and the other: it is the grantor itself, one that can act as the grantor, or the other one where it can
 * act as its own grantor. True if any was found.
 */
export function markBeneficiaries(state: SearchState, impersonation: Impersonation): boolean {
  let found = false;
  for (const grantor of state.graph.account.principals)
    if (!state.isAdmin(grantor) && mayGrantAdmin(state, grantor) && markBeneficiariesOf(state, impersonation, grantor))
      found = true;
  return found;
}

/** Whether any variant of the principal might grant admin to any other. */
const mayGrantAdmin = (state: SearchState, principal: Principal): boolean =>
  (state.graph.variants.get(principal) ?? []).some((variant) =>
    grantAdminTechniques.some((technique) => state.eligibleFor(technique).principals.has(variant)),
  );

function markBeneficiariesOf(state: SearchState, impersonation: Impersonation, grantor: Principal): boolean {
  const impersonators = impersonation.impersonatorsOf(grantor);
  const known = new Map<Principal, readonly Edge[]>();
  const edgesToGrant = (target: Principal) => getOrCreate(known, target, () => edgesToGrantAdmin(state, grantor, target));
  let found = false;
  for (const beneficiary of [grantor, ...impersonators.keys()]) {
    if (state.isAdmin(beneficiary)) continue;
    const after = edgesThroughGrantor(impersonation, edgesToGrant, beneficiary, grantor);
    if (after === undefined) continue;
    markAdmin(state, beneficiary, { edges: [...edgesToGrantor(beneficiary, impersonators), ...after] });
    found = true;
    // Principals that can act as the grantor are marked as its predecessors.
    if (beneficiary === grantor) break;
  }
  return found;
}

/** What a beneficiary does once it acts as the grantor: it grants admin to itself, or to a principal that it can act as. */
function edgesThroughGrantor(
  impersonation: Impersonation,
  edgesToGrant: (target: Principal) => readonly Edge[],
  beneficiary: Principal,
  grantor: Principal,
): readonly Edge[] | undefined {
  const own = beneficiary === grantor ? [] : edgesToGrant(beneficiary);
  if (own.length > 0) return own;
  for (const [target, edges] of impersonation.targetsOf(beneficiary)) {
    const granted = target === grantor ? [] : edgesToGrant(target);
    if (granted.length > 0) return [...granted, ...edges()];
  }
  return undefined;
}

/** The edges by which the grantor grants admin to the target; none where it cannot. */
function edgesToGrantAdmin(state: SearchState, grantor: Principal, target: Principal): readonly Edge[] {
  const { graph, counts, eligibleFor } = state;
  for (const technique of grantAdminTechniques) {
    const attempt = (from: Principal) => technique.attempt(graph.account, from, target, graph.effectsOn(target));
    for (const variant of graph.variants.get(grantor) ?? []) {
      const node = eligibleFor(technique).principals.has(variant) ? graph.nodes.get(variant) : undefined;
      if (node && counts(node, attempt(variant))) return edgesVia(state, node, variant, target.arn, technique, attempt);
    }
  }
  return [];
}

/** Finds the principals that do not become admin and can grant admin to another one; one path of each is enough. */
export function findGrantors(state: SearchState): void {
  for (const technique of grantAdminTechniques) findByTechnique(state, technique);
}

function findByTechnique(state: SearchState, technique: GrantAdminTechnique): void {
  const { graph, canGrant, admins, pruned } = state;
  const pending = new Set<Principal>();
  for (const variant of state.eligibleFor(technique).principals) {
    const principal = graph.nodes.get(variant)?.principal;
    if (principal && !pruned.has(variant) && !canGrant.has(principal)) pending.add(principal);
  }
  for (const target of graph.account.principals) {
    if (pending.size === 0) return;
    for (const variant of admins.has(target) && !technique.isForAdmins ? [] : candidates(state, technique, target)) {
      const node = graph.nodes.get(variant);
      if (!node || node.principal === target || !pending.has(node.principal)) continue;
      const attempt = (from: Principal) => technique.attempt(graph.account, from, target, graph.effectsOn(target));
      if (!state.counts(node, attempt(variant))) continue;
      canGrant.set(node.principal, { edges: edgesVia(state, node, variant, target.arn, technique, attempt) });
      pending.delete(node.principal);
    }
  }
}

/** Whether any principal not yet known to become admin might grant admin to the target. */
export function canBeGrantedAdmin(state: SearchState, target: Principal): boolean {
  for (const technique of grantAdminTechniques)
    for (const variant of candidates(state, technique, target)) if (!state.pruned.has(variant)) return true;
  return false;
}

/** The edges from a principal to the grantor that it can act as, in order. */
export function edgesToGrantor(impersonator: Principal, impersonators: Impersonators): readonly Edge[] {
  const edges: Edge[] = [];
  for (let segment = impersonators.get(impersonator); segment; segment = segment.next && impersonators.get(segment.next))
    edges.push(...segment.edges);
  return edges;
}
