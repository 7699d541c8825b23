import { derivedValues } from '../../model/derived-values.ts';
import type { CompiledPolicy } from '../../policy/compile.ts';
import type { PolicyInForce } from '../../policy/decide.ts';
import type { IdentityChange } from './identity-change.ts';

const known = derivedValues.table<CompiledPolicy, readonly string[]>();

/** The Deny statements of the policies, each as text: two that say the same deny no more than one. */
export const denyStatements = (policies: readonly PolicyInForce[]): readonly string[] =>
  policies.flatMap(({ policy }) =>
    known.getOrCreate(policy, () =>
      policy.statements.flatMap(({ source: { index: _, ...said } }) =>
        said.effect === 'Deny' ? JSON.stringify([policy.version, said]) : [],
      ),
    ),
  );

/** Up to how many different sets of Deny statements every combination is tried. */
const MOST_IN_ALL_COMBINATIONS = 4;
/** Of more, up to how many are tried alone and left out alone. */
const MOST_ALONE = 8;

/**
 * Which Deny statements a principal may accept for the permissions that come with them, the most first. With those that it accepts it
 * makes every change that brings no others, so no other combination of changes is better. `isComplete`: no further ones are possible.
 */
export function acceptedDenies(changes: readonly IdentityChange[]): {
  readonly sets: readonly ReadonlySet<string>[];
  readonly isComplete: boolean;
} {
  const brought = distinct(changes.flatMap(({ denies }) => (denies ? [denies] : [])));
  const isComplete = brought.length <= MOST_IN_ALL_COMBINATIONS;
  const chosen = isComplete ? subsetsOf(brought) : [brought, ...(brought.length <= MOST_ALONE ? nearly(brought) : [])];
  return { sets: distinct(chosen.map((some) => some.flat())).map((some) => new Set(some)), isComplete };
}

/** Those that do not hold the same texts. */
const distinct = (lists: readonly (readonly string[])[]): readonly (readonly string[])[] => [
  ...new Map(lists.map((list) => [JSON.stringify([...new Set(list)].sort()), list])).values(),
];

/** All but one, and one alone. */
const nearly = <T>(items: readonly T[]): readonly (readonly T[])[] => [
  ...items.map((left) => items.filter((other) => other !== left)),
  ...items.map((item) => [item]),
];

/** The subsets that are not empty, the largest first. */
function subsetsOf<T>(items: readonly T[]): readonly (readonly T[])[] {
  const all = items.reduce<readonly (readonly T[])[]>((found, item) => [...found, ...found.map((some) => [...some, item])], [[]]);
  return all.filter(({ length }) => length > 0).toSorted((a, b) => b.length - a.length);
}
