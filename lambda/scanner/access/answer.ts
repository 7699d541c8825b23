import type { Blocker, StatementReference, VerdictCondition } from '../model/verdict.ts';

/**
 * The answer to "can it?". `granted` and certain: by these statements, whatever the snapshot leaves open. `granted` and not
 * certain: if the conditions hold. `refused`: no, and the blockers say what stands in the way where a permission was there.
 */
export type Answer = Grant | Refusal;

/** Yes, or yes if. Conditions that the caller itself decides are listed, and leave the grant certain. */
export interface Grant {
  readonly kind: 'granted';
  readonly certain: boolean;
  readonly statements: readonly StatementReference[];
  readonly conditions: readonly VerdictCondition[];
}

/** No. */
export interface Refusal {
  readonly kind: 'refused';
  readonly blockers: readonly Blocker[];
}

/** Yes, by these statements. */
export const granted = (statements: readonly StatementReference[] = [], conditions: readonly VerdictCondition[] = []): Grant => ({
  kind: 'granted',
  certain: conditions.every(({ controlledBy }) => controlledBy === 'caller'),
  statements,
  conditions,
});

/** No: nothing grants it, or these stand in the way. */
export const refused = (blockers: readonly Blocker[] = []): Refusal => ({ kind: 'refused', blockers });

/** Yes only if something holds or exists that the snapshot does not tell. */
export const supposing = (condition: VerdictCondition): Grant => granted([], [condition]);

/** All of these; asked in order, and no further than the first refusal. */
export function all(...questions: readonly (() => Answer)[]): Answer {
  const grants: Grant[] = [];
  for (const question of questions) {
    const answer = question();
    if (answer.kind === 'refused') return answer;
    grants.push(answer);
  }
  return granted(together(grants.map(({ statements }) => statements)), together(grants.map(({ conditions }) => conditions)));
}

/** The best of these: a certain grant if there is one, else one with conditions; asked in order, and no further than need be. */
export function any(questions: Iterable<() => Answer>): Answer {
  let conditional: Grant | undefined;
  const blockers: Blocker[] = [];
  for (const question of questions) {
    const answer = question();
    if (answer.kind === 'refused') blockers.push(...answer.blockers);
    else if (answer.certain) return answer;
    else conditional ??= answer;
  }
  return conditional ?? refused(unique(blockers));
}

/** The items without repetition, compared by what they say. */
export function unique<T>(items: readonly T[]): readonly T[] {
  if (new Set(items).size < 2) return items.slice(0, 1);
  return [...new Map(items.map((item) => [typeof item === 'string' ? item : JSON.stringify(item), item])).values()];
}

/** The items of all lists, none of which repeats any, without repetition; mostly there is one list that has any. */
function together<T>(lists: readonly (readonly T[])[]): readonly T[] {
  const filled = lists.filter(({ length }) => length > 0);
  return filled.length > 1 ? unique(filled.flat()) : (filled[0] ?? []);
}
