import type { PolicyInForce } from '../policy/decide.ts';
import { type Levels, resourcesIn, waysOf } from '../policy/queries/allows-more.ts';
import { limitsOf } from './authorization.ts';
import type { Principal } from './principal.ts';

/** The policies of a principal and its limits, one level each. A limit that cannot be read limits nothing here. */
export const levelsOf = (principal: Principal): Levels => [principal.policies, ...readableLimits(principal)];

const readableLimits = (principal: Principal): readonly (readonly PolicyInForce[])[] =>
  limitsOf(principal).flatMap(({ policies }) => (policies === 'unreadable' ? [] : [policies]));

/** Whether the principal may do the action on any resource at all, perhaps under conditions. */
export function mayDoSomewhere(principal: Principal, action: string): boolean {
  const levels = levelsOf(principal);
  const allowing = principal.policies
    .flatMap(({ policy }) => policy.statements)
    .filter(({ source, matchesActionName }) => source.effect === 'Allow' && matchesActionName(action))
    .map(({ source }) => source);
  return resourcesIn(allowing).some((resource) => waysOf(levels, { action, resource }).ways.length > 0);
}
