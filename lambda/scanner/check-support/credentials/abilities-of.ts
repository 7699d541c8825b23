import { mayDoSomewhere } from '../../iam/abilities.ts';
import type { Principal } from '../../iam/principal.ts';
import type { VerdictWithReach } from '../../model/reach.ts';
import { type Ability, type PrincipalAbility, abilities, abilityActions, principalAbilities } from '../data/abilities.ts';

/** What the holder of a credential of the principal can do, in the order of the list. */
export const abilitiesOf = (principal: Principal): readonly Ability[] =>
  abilities.filter((ability) => abilityActions[ability].some((action) => mayDoSomewhere(principal, action)));

/**
 * What the principal can do with its verdict and its reach: all of it, if it gets admin access to its own account without further
 * conditions. A conditional verdict counts for nothing, and an allowed action counts under conditions too.
 */
export function allAbilitiesOf(
  principal: Principal,
  { verdict, reachedAccounts }: Pick<VerdictWithReach, 'verdict' | 'reachedAccounts'>,
): readonly PrincipalAbility[] {
  const takesOver = verdict !== 'none' && verdict !== 'conditional';
  const own: readonly PrincipalAbility[] = takesOver ? ['take over', ...abilities] : abilitiesOf(principal);
  const moves = (reachedAccounts?.count ?? 0) > 0;
  return principalAbilities.filter((ability) => own.includes(ability) || (moves && ability === 'move to other accounts'));
}
