import type { KnownValue, UnknownValue } from './context.ts';
import { compileGlob, intersectGlobs } from './glob.ts';

/**
 * Values that stand for all that are possible, as far as a condition with these values can tell them apart: one that the
 * condition does not name, each that it does, and absence where the key may be absent.
 */
export function possibleValues(
  { among = ['*'], except = [], orAbsent }: UnknownValue,
  wanted: readonly string[],
): readonly KnownValue[] {
  const values = among.flatMap((pattern) => [
    pattern.replaceAll('*', 'any').replaceAll('?', 'x'),
    ...wanted.flatMap((value) => intersectGlobs(pattern, value) ?? []),
  ]);
  const isPossible = (value: string) => !except.some((pattern) => compileGlob(pattern).matches(value));
  const present = values.filter(isPossible).map((value): KnownValue => ({ state: 'present', values: [value] }));
  return orAbsent ? [...present, { state: 'absent' }] : present;
}
