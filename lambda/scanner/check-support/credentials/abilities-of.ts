import { mayDoSomewhere } from '../../iam/abilities.ts';
import type { Principal } from '../../iam/principal.ts';
import { type Ability, abilities, abilityActions } from '../data/abilities.ts';

/** What the holder of a credential of the principal can do, in the order of the list. */
export const abilitiesOf = (principal: Principal): readonly Ability[] =>
  abilities.filter((ability) => abilityActions[ability].some((action) => mayDoSomewhere(principal, action)));
