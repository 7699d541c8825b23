import type { Principal, RolePrincipal } from '../iam/principal.ts';
import { targetContextKeys } from '../iam/target-keys.ts';
import { notForbidden } from '../iam/trust-policy.ts';
import { assumeRole } from '../techniques/iam/assume-role.ts';
import { shareRole } from '../techniques/iam/grant-by-trust-policy.ts';
import { edgesToGrantor } from './grantors.ts';
import type { Edge } from './graph.ts';
import type { Impersonation } from './impersonation.ts';
import { type SearchState, candidates, edgesVia, markAdmin } from './state.ts';

/** Who can write the trust policy of a role, and how. */
interface Sharer {
  readonly principal: Principal;
  readonly edges: () => readonly Edge[];
}

/** Finds the principals that let others assume a role that becomes admin: the others go on as the role does. */
export function findSharers(state: SearchState): void {
  for (const role of state.canBecome.keys())
    for (const { principal, edges } of sharersOf(state, role))
      if (!state.canGrant.has(principal)) state.canGrant.set(principal, { edges: edges(), next: role });
}

/**
 * Marks the principals that can act as one that writes the trust policy of an admin role: it adds them there, and they assume the role. No
 * policy of theirs need allow it, since the trust policy names them. True if any was found.
 */
export function markSharedWith(state: SearchState, impersonation: Impersonation): boolean {
  const before = state.queue.length;
  for (const role of [...state.admins.keys(), ...state.canBecome.keys()])
    if (role.kind === 'role')
      for (const sharer of sharersOf(state, role)) markImpersonatorsOf(state, impersonation, sharer, role);
  return state.queue.length > before;
}

function markImpersonatorsOf(
  state: SearchState,
  impersonation: Impersonation,
  { principal, edges }: Sharer,
  role: RolePrincipal,
): void {
  const { graph, isAdmin, counts } = state;
  const impersonators = impersonation.impersonatorsOf(principal);
  for (const from of impersonators.keys()) {
    const node = graph.nodes.get(from);
    const grant = notForbidden(graph.account, from, role.arn, false, targetContextKeys(role));
    if (isAdmin(from) || !node || !counts(node, grant)) continue;
    const assumption = { technique: assumeRole, from, to: role.arn, grant };
    markAdmin(state, from, { edges: [...edgesToGrantor(from, impersonators), ...edges(), assumption], next: role });
  }
}

/** The principals not known to become admin that can write the trust policy of the role. */
function* sharersOf(state: SearchState, role: Principal): Iterable<Sharer> {
  const { graph, pruned, counts } = state;
  const attempt = (from: Principal) => shareRole.attempt(graph.account, from, role, graph.effectsOn(role));
  for (const variant of candidates(state, shareRole, role)) {
    const node = graph.nodes.get(variant);
    if (node && !pruned.has(variant) && counts(node, attempt(variant)))
      yield { principal: node.principal, edges: () => edgesVia(state, node, variant, role.arn, shareRole, attempt) };
  }
}
