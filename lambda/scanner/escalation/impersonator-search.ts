import type { Principal } from '../iam/principal.ts';
import type { Grant } from '../iam/authorization-result.ts';
import { createImpersonation } from './impersonation.ts';
import { createSearchState } from './state.ts';
import { derivedValues } from '../model/derived-values.ts';
import type { Account } from '../iam/account.ts';
import { createTechniqueFilter } from '../techniques/impersonation.ts';
import type { Technique } from '../techniques/technique.ts';
import type { Edge, EscalationGraph } from './graph.ts';

/**
 * Finds the principals that can act as a target, each by a shortest path. Admins of the account are left out: {@link actAsInOneStep}
 * tells what they can do.
 */
export function createImpersonatorSearch(
  graph: EscalationGraph,
  certain: boolean,
): (target: Principal) => ReadonlyMap<Principal, readonly Edge[]> {
  const state = createSearchState(graph, certain, { canBecome: new Map(), canGrant: new Map() });
  const impersonation = createImpersonation(state, () => true);
  return (target) => {
    const impersonators = impersonation.impersonatorsOf(target);
    const hopsFrom = (from: Principal): readonly Edge[] => {
      const segment = impersonators.get(from);
      return segment ? [...segment.edges, ...(segment.next ? hopsFrom(segment.next) : [])] : [];
    };
    return new Map([...impersonators.keys()].map((from) => [from, hopsFrom(from)]));
  };
}

/** A technique by which one principal acts as another, and why it works. */
export interface ActAsStep {
  readonly technique: Technique;
  readonly grant: Grant;
}

const techniqueFilters = derivedValues.table<Account, ReturnType<typeof createTechniqueFilter>>();

/** How one principal acts as another in a single step; a technique without open conditions is preferred. */
export function actAsInOneStep({ account }: EscalationGraph, principal: Principal, target: Principal): ActAsStep | undefined {
  let conditional: ActAsStep | undefined;
  for (const technique of techniqueFilters.getOrCreate(account, () => createTechniqueFilter(account))(target)) {
    const grant = technique.attempt(account, principal, target);
    if (grant.kind === 'refused') continue;
    if (grant.certain) return { technique, grant };
    conditional ??= { technique, grant };
  }
  return conditional;
}
