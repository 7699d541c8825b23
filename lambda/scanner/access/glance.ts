import { type ActionSet, addAll, emptySet } from '../policy/vocabulary.ts';
import { vocabulary } from './account.ts';
import type { Actor, HeldPolicy } from './actor.ts';
import type { Move } from './rules/control-rule.ts';

/** The actions that some Allow statement of the policies names, whatever its resources and conditions. */
export function actionsOf(policies: readonly HeldPolicy[]): ActionSet {
  const actions = emptySet(vocabulary.actions.length);
  for (const { policy } of policies) addAll(actions, policy.allows);
  return actions;
}

/** A set of the actions of these names. */
export const actionSet = (names: readonly string[]): ActionSet => vocabulary.select({ negated: false, patterns: names });

const everyAction = actionSet(['*']);

/** Whether the sets together hold all actions of the rules. */
export const holdEveryAction = (...sets: readonly ActionSet[]): boolean =>
  everyAction.every((wanted, word) => (sets.reduce((bits, set) => bits | (set[word] ?? 0), 0) & wanted) >>> 0 === wanted);

/** Whether the sets have an action in common. */
export const meet = (a: ActionSet, b: ActionSet): boolean => a.some((bits, word) => (bits & (b[word] ?? 0)) !== 0);

/** A glance that dismisses nearly everyone: what allows everything names, among all actions, those of the rules. */
export const namesEveryAction = ({ policies }: Actor): boolean => holdEveryAction(actionsOf(policies));

/** Another glance: whether any policy of the actor allows the first action of the move on anything. */
export const mayDo = (actor: Actor, { actions }: Move): boolean => mayDoAll(actor, actions.slice(0, 1));

/** Whether some policy of the actor allows each of the actions on anything. */
export const mayDoAll = ({ policies }: Actor, actions: readonly string[]): boolean =>
  actions.every((action) => {
    const index = vocabulary.indexOf(action);
    return policies.some(({ policy }) => policy.mayAllow(index));
  });
