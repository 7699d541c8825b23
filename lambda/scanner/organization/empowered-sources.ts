import { countsWhere, granted, openConditions, refused, unique } from '../iam/authorization-result.ts';
import type { Principal } from '../iam/principal.ts';
import { type Analysis, stepsOf } from '../escalation/analyze.ts';
import { createBudget } from '../escalation/budget.ts';
import { createExploration, edgesOf, startsOf } from '../escalation/exploration.ts';
import { createImpersonation } from '../escalation/impersonation.ts';
import { createSearchState, usualLimits } from '../escalation/state.ts';
import { crossAccountSource, sideOfSource } from './cross-account-sources.ts';
import type { CrossAccountSource } from './edges.ts';

/**
 * The users and roles that may assume roles of other accounts once another principal has given them the permission, or has created
 * them, and acts as them. Admins are left out: the synthetic admin stands for all that they can do.
 */
export function empoweredSources(
  { account, search }: Analysis,
  isAdmin: (arn: string) => boolean,
): readonly CrossAccountSource[] {
  const found = new Map<string, CrossAccountSource>();
  const sideOf = (principal: Principal) => sideOfSource(crossAccountSource(account, principal));
  for (const certain of [true, false]) {
    const state = createSearchState(search.graph, certain, search[certain ? 'certain' : 'possible']);
    const counts = countsWhere(certain);
    const starts = startsOf(
      state,
      createImpersonation(state, () => true),
    );
    const explore = createExploration(
      state,
      createBudget(usualLimits.attempts),
      (principal) => starts.get(principal) === 'alone',
    );
    for (const start of starts.keys()) {
      if (isAdmin(start.arn) || state.isAdmin(start)) continue;
      explore(start, createBudget(usualLimits.positions), ({ acting, moves }) => {
        for (const [identity, changed] of acting.identities) {
          const source = changed === identity || state.isAdmin(identity) ? undefined : crossAccountSource(account, changed);
          const side = sideOfSource(source);
          const key = `${start.arn} ${identity.arn} ${side}`;
          if (source === undefined || found.has(key) || side === sideOf(identity)) continue;
          const answer = (actor: Principal) => (sideOf(actor) === side ? granted() : refused());
          const edges = edgesOf(start, moves, { actor: identity, answer }, counts);
          const conditions = unique(edges.flatMap(({ grant }) => openConditions(grant)));
          const changedBy = { from: start.arn, path: stepsOf(search.graph, edges), conditions };
          found.set(key, { ...source, principal: identity.arn, changed: changedBy });
        }
        return undefined;
      });
    }
  }
  return [...found.values()];
}
