import { compileGlob } from './glob.ts';
import type { PatternSet } from './policy.ts';

/** A set of actions of one vocabulary: bit `index & 31` of word `index >> 5`. Immutable once built. */
export type ActionSet = Uint32Array;

/** The actions of an analysis, numbered. Each distinct pattern is matched against them once, however many policies use it. */
export interface ActionVocabulary {
  readonly actions: readonly string[];
  /** The number of an action, case-insensitive; -1 for one that is not in the vocabulary. */
  readonly indexOf: (action: string) => number;
  /** The actions that `Action` (or, negated, `NotAction`) names. */
  readonly select: (patterns: PatternSet) => ActionSet;
}

/** Numbers the actions in the order given; action names ignore case. */
export function createVocabulary(actions: readonly string[]): ActionVocabulary {
  const lowered = actions.map((action) => action.toLowerCase());
  const indexes = new Map<string, number>();
  lowered.forEach((action, index) => indexes.set(action, indexes.get(action) ?? index));
  // An action spelled as here is found without a lower-case copy.
  actions.forEach((action, index) => indexes.set(action, indexes.get(action.toLowerCase()) ?? index));
  const byPattern = new Map<string, ActionSet>();
  const selectPattern = (pattern: string): ActionSet => {
    const known = byPattern.get(pattern);
    if (known !== undefined) return known;
    const selected = matchAll(lowered, pattern);
    byPattern.set(pattern, selected);
    return selected;
  };
  return {
    actions,
    indexOf: (action) => indexes.get(action) ?? indexes.get(action.toLowerCase()) ?? -1,
    select: ({ negated, patterns }) => {
      const [only] = patterns;
      if (patterns.length === 1 && only !== undefined && !negated) return selectPattern(only);
      const selected = emptySet(actions.length);
      for (const pattern of patterns) addAll(selected, selectPattern(pattern));
      return negated ? selected.map((word) => ~word) : selected;
    },
  };
}

/** An empty set of actions. */
export const emptySet = (size: number): ActionSet => new Uint32Array(Math.ceil(size / 32));

/** Adds the members of `other` to `set`; only for a set that is still being built. */
export function addAll(set: Uint32Array, other: ActionSet): void {
  for (let word = 0; word < set.length; word++) set[word] = (set[word] ?? 0) | (other[word] ?? 0);
}

/** Whether the action of this number is in the set; false for -1. */
export const hasAction = (set: ActionSet, index: number): boolean =>
  index >= 0 && ((set[index >> 5] ?? 0) & (1 << (index & 31))) !== 0;

/** The numbers of the actions in the set, in order. */
export function members(set: ActionSet): readonly number[] {
  const indexes: number[] = [];
  set.forEach((word, at) => {
    for (let bits = word; bits !== 0; bits &= bits - 1) indexes.push(at * 32 + 31 - Math.clz32(bits & -bits));
  });
  return indexes;
}

function matchAll(actions: readonly string[], pattern: string): ActionSet {
  const { matches } = compileGlob(pattern.toLowerCase());
  const selected = emptySet(actions.length);
  actions.forEach((action, index) => {
    if (matches(action)) selected[index >> 5] = (selected[index >> 5] ?? 0) | (1 << (index & 31));
  });
  return selected;
}
