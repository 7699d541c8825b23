import type { CompiledPolicy } from '../policy/compile.ts';
import type { Condition } from '../policy/policy.ts';
import { unique } from './authorization-result.ts';

/** Tags that conditions ask for: their keys in lower case, and the values; undefined: a value that the conditions do not tell. */
export type TagAssignment = ReadonlyMap<string, string | undefined>;

const MOST_ASSIGNMENTS = 20;

/**
 * The tags that would meet the conditions of a statement, or avoid those of a Deny, each statement by itself and all together.
 * `prefixes` are those of the condition keys (lower case): `aws:principaltag/`.
 */
export function tagAssignments(policies: readonly CompiledPolicy[], prefixes: readonly string[]): readonly TagAssignment[] {
  const found = unique(
    policies.flatMap(({ statements }) => statements.flatMap(({ source }) => assignmentOf(source.conditions, prefixes))),
  );
  const single = found.slice(0, MOST_ASSIGNMENTS).map((entries) => new Map(entries));
  return single.length > 1 ? [...single, new Map(found.flat())] : single;
}

type Entries = readonly (readonly [key: string, value: string | undefined])[];

/** None where no condition is on a tag. */
function assignmentOf(conditions: readonly Condition[], prefixes: readonly string[]): readonly Entries[] {
  const entries = conditions.flatMap(({ key, values }): Entries => {
    const prefix = prefixes.find((start) => key.toLowerCase().startsWith(start));
    return prefix === undefined ? [] : [[key.toLowerCase().slice(prefix.length), exactValue(values)]];
  });
  return entries.length === 0 ? [] : [entries];
}

const exactValue = ([first]: readonly string[]): string | undefined =>
  first === undefined || first.includes('${') ? undefined : first.replaceAll('*', 'any').replaceAll('?', 'x');
