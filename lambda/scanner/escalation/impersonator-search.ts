import type { Principal } from '../iam/principal.ts';
import type { Grant } from '../iam/authorization-result.ts';
import { type Impersonators, createImpersonation } from './impersonation.ts';
import { createSearchState } from './state.ts';
import { derivedValues } from '../model/derived-values.ts';
import type { Account } from '../iam/account.ts';
import { createTechniqueFilter } from '../techniques/impersonation.ts';
import type { Technique } from '../techniques/technique.ts';
import type { Edge, EscalationGraph } from './graph.ts';

/**
 * Finds how principals act as a target, each by a shortest path. Admins of the account are left out: {@link actAsInOneStep} tells what
 * they can do.
 */
export function createImpersonatorSearch(
  graph: EscalationGraph,
  certain: boolean,
): (target: Principal) => (from: Principal) => readonly Edge[] | undefined {
  const state = createSearchState(graph, certain, { canBecome: new Map(), canGrant: new Map() });
  const impersonation = createImpersonation(state, () => true);
  return (target) => {
    let impersonators: Impersonators | undefined;
    const hopsFrom = (from: Principal): readonly Edge[] | undefined => {
      impersonators ??= impersonation.impersonatorsOf(target);
      const segment = impersonators.get(from);
      return segment && [...segment.edges, ...((segment.next && hopsFrom(segment.next)) ?? [])];
    };
    return hopsFrom;
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
