import { derivedValues } from '../model/derived-values.ts';
import { type ActionSet, addAll, emptySet, hasAction } from '../policy/vocabulary.ts';
import { vocabulary } from './account.ts';
import type { Principal, HeldPolicy } from './principal.ts';

const allowedActionsByPolicies = derivedValues.table<readonly HeldPolicy[], ActionSet>();

/** The actions that some Allow statement of the policies names, whatever its resources and conditions. */
export function allowedActions(policies: readonly HeldPolicy[]): ActionSet {
  const known = allowedActionsByPolicies.get(policies);
  if (known !== undefined) return known;
  const actions = emptySet(vocabulary.actions.length);
  for (const { policy } of policies) addAll(actions, policy.allows);
  return allowedActionsByPolicies.set(policies, actions);
}

const widelyAllowedByPolicies = derivedValues.table<readonly HeldPolicy[], ActionSet>();

/** Of these actions, those that an Allow statement names on every resource, or on all but some. */
export function widelyAllowedActions(policies: readonly HeldPolicy[]): ActionSet {
  return widelyAllowedByPolicies.getOrCreate(policies, () => {
    const actions = emptySet(vocabulary.actions.length);
    for (const { policy } of policies) addAll(actions, policy.allowsWidely);
    return actions;
  });
}

/** The set of the actions that these patterns match. */
export const actionSet = (names: readonly string[]): ActionSet => vocabulary.select({ negated: false, patterns: names });

const everyAction = actionSet(['*']);

/** Whether the sets together hold all actions of the techniques. */
export const includesEveryAction = (...sets: readonly ActionSet[]): boolean =>
  everyAction.every((wanted, word) => (sets.reduce((bits, set) => bits | (set[word] ?? 0), 0) & wanted) >>> 0 === wanted);

/** The number of the first action of the techniques that the set lacks. */
export function firstLacking(set: ActionSet): number | undefined {
  for (let word = 0; word < everyAction.length; word += 1) {
    const bits = (everyAction[word] ?? 0) & ~(set[word] ?? 0);
    if (bits !== 0) return word * 32 + 31 - Math.clz32(bits & -bits);
  }
  return undefined;
}

/** Whether the sets have an action in common. */
export function intersects(a: ActionSet, b: ActionSet): boolean {
  for (let word = 0; word < a.length; word += 1) if (((a[word] ?? 0) & (b[word] ?? 0)) !== 0) return true;
  return false;
}

/**
 * Action prefilter for admin: a principal with full access has all actions of the techniques on all resources but some. Nearly all
 * principals fail here.
 */
export const mayAllowEverything = ({ policies }: Principal): boolean => includesEveryAction(widelyAllowedActions(policies));

const sets = derivedValues.table<readonly string[], ActionSet>();

/** The set of the actions of a technique: a constant list, whose set is made once. */
export const setOf = (actions: readonly string[]): ActionSet => sets.get(actions) ?? sets.set(actions, actionSet(actions));

/** Action prefilter: whether the policies of the principal allow the action on any resource. */
export const mayAllow = ({ policies }: Principal, action: string): boolean =>
  hasAction(allowedActions(policies), vocabulary.indexOf(action));

/** Action prefilter: whether the policies of the principal allow each of the actions on any resource. */
export const mayAllowAll = ({ policies }: Principal, actions: readonly string[]): boolean =>
  includesAll(allowedActions(policies), setOf(actions));

/** Whether the first set holds all of the second. */
export function includesAll(held: ActionSet, wanted: ActionSet): boolean {
  for (let word = 0; word < wanted.length; word += 1) {
    const bits = wanted[word] ?? 0;
    if (((held[word] ?? 0) & bits) >>> 0 !== bits) return false;
  }
  return true;
}

/** Whether the policies of the principal allow at least one of the actions on any resource. */
export const mayAllowAny = ({ policies }: Principal, actions: ActionSet): boolean =>
  intersects(allowedActions(policies), actions);
