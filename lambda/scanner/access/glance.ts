import { type ActionSet, addAll, emptySet } from '../policy/vocabulary.ts';
import { vocabulary } from './account.ts';
import type { Actor, HeldPolicy } from './actor.ts';
import type { Move } from './rules/control-rule.ts';

const known = new WeakMap<readonly HeldPolicy[], ActionSet>();

/** The actions that some Allow statement of the policies names, whatever its resources and conditions. */
export function actionsOf(policies: readonly HeldPolicy[]): ActionSet {
  let actions = known.get(policies);
  if (actions === undefined) {
    actions = emptySet(vocabulary.actions.length);
    for (const { policy } of policies) addAll(actions, policy.allows);
    known.set(policies, actions);
  }
  return actions;
}

/** A set of the actions of these names. */
export const actionSet = (names: readonly string[]): ActionSet => vocabulary.select({ negated: false, patterns: names });

const everyAction = actionSet(['*']);

/** Whether the sets together hold all actions of the rules. */
export const holdEveryAction = (...sets: readonly ActionSet[]): boolean =>
  everyAction.every((wanted, word) => (sets.reduce((bits, set) => bits | (set[word] ?? 0), 0) & wanted) >>> 0 === wanted);

/** Whether the sets have an action in common. */
export function meet(a: ActionSet, b: ActionSet): boolean {
  for (let word = 0; word < a.length; word += 1) if (((a[word] ?? 0) & (b[word] ?? 0)) !== 0) return true;
  return false;
}

/** A glance that dismisses nearly everyone: what allows everything names, among all actions, those of the rules. */
export const namesEveryAction = ({ policies }: Actor): boolean => holdEveryAction(actionsOf(policies));

const sets = new WeakMap<readonly string[], ActionSet>();

function setOf(actions: readonly string[]): ActionSet {
  let set = sets.get(actions);
  if (set === undefined) {
    set = actionSet(actions);
    sets.set(actions, set);
  }
  return set;
}

/** Another glance: whether the policies of the actor allow each of the actions on anything. */
export const mayDoAll = ({ policies }: Actor, actions: readonly string[]): boolean =>
  includes(actionsOf(policies), setOf(actions));

/** Whether the set holds all of the wanted ones. */
export function includes(held: ActionSet, wanted: ActionSet): boolean {
  for (let word = 0; word < wanted.length; word += 1) {
    const bits = wanted[word] ?? 0;
    if (((held[word] ?? 0) & bits) >>> 0 !== bits) return false;
  }
  return true;
}

/** Whether the policies of the actor allow any of the actions on anything. */
export const mayDoAny = ({ policies }: Actor, actions: ActionSet): boolean => meet(actionsOf(policies), actions);

/** Whether the policies of the actor allow all that the move needs, on anything. */
export const mayMake = (actor: Actor, { actions, needs = actions }: Move): boolean => mayDoAll(actor, needs);
