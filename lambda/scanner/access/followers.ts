import type { Principal } from './actor.ts';
import type { Grant } from './answer.ts';
import { createImpersonation } from './control.ts';
import { createSearchState } from './round.ts';
import { assumeRoleTechniques } from './rules/assume-role.ts';
import type { Technique } from './rules/control-rule.ts';
import { credentialTechniques } from './rules/credentials.ts';
import type { Edge, EscalationGraph } from './world.ts';

/**
 * Finds the principals that can act as a target, each by a shortest path. Admins of the account are left out: {@link actAsInOneStep}
 * tells what they can do.
 */
export function createImpersonatorSearch(graph: EscalationGraph, certain: boolean): (target: Principal) => ReadonlyMap<Principal, readonly Edge[]> {
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

/** How one principal acts as another in a single step; a technique without open conditions is preferred. */
export function actAsInOneStep({ account }: EscalationGraph, principal: Principal, target: Principal): ActAsStep | undefined {
  let conditional: ActAsStep | undefined;
  for (const technique of [...assumeRoleTechniques, ...credentialTechniques]) {
    const grant = technique.attempt(account, principal, target);
    if (grant.kind === 'refused') continue;
    if (grant.certain) return { technique, grant };
    conditional ??= { technique, grant };
  }
  return conditional;
}
