import { derivedValues } from '../model/derived-values.ts';
import { getOrCreate } from '../model/get-or-create.ts';
import type { CompiledPolicy } from '../policy/compile.ts';
import type { Condition, Statement } from '../policy/policy.ts';
import { unique } from './authorization-result.ts';

/** A value of a tag; `any`: the conditions do not tell which, `absent`: there must be no such tag. */
export type TagValue = readonly [string] | 'any' | 'absent';

/** Tags that conditions ask for, by their keys in lower case. */
export type TagAssignment = ReadonlyMap<string, TagValue>;

/** `other`: any value but those that a statement does not want. */
type AskedValue = TagValue | 'other';

type Entries = readonly (readonly [key: string, value: AskedValue])[];

const MOST_ASSIGNMENTS = 20;

/**
 * The tags that would meet the conditions of a statement, or avoid those of a Deny, each statement by itself and all together. A tag whose
 * value a statement does not want is changed, or removed. `prefixes` are those of the condition keys (lower case): `aws:principaltag/`.
 */
export function tagAssignments(policies: readonly CompiledPolicy[], prefixes: readonly string[]): readonly TagAssignment[] {
  const asked = policies.flatMap((policy) => assignmentsOf(policy, prefixes));
  if (asked.length === 0) return [];
  const found = unique(asked);
  const changed = found.filter((entries) => entries.every(([, value]) => value !== 'absent'));
  return unique([...found.slice(0, MOST_ASSIGNMENTS), changed.flat(), found.flat()])
    .filter(({ length }) => length > 0)
    .flatMap((entries) => withOtherValues(entries, policies));
}

/** A value that no policy names. */
const OTHER = 'any-other';
const MOST_OTHERS = 3;

/** In place of `other`, a value that no policy names, or one that a request may set. */
function withOtherValues(entries: Entries, policies: readonly CompiledPolicy[]): readonly TagAssignment[] {
  const names = entries.flatMap(([name, value]) => (value === 'other' ? `aws:requesttag/${name}` : []));
  const allowed = policies.flatMap(({ statements }) =>
    names.length === 0
      ? []
      : statements.flatMap(({ source }) => source.conditions.filter(({ key }) => names.includes(key.toLowerCase()))),
  );
  const values = names.length === 0 ? [OTHER] : unique([OTHER, ...allowed.flatMap((condition) => condition.values)]);
  return values
    .slice(0, MOST_OTHERS)
    .map((other) => new Map(entries.map(([name, value]) => [name, value === 'other' ? [other] : value])));
}

const known = derivedValues.table<CompiledPolicy, Map<string, readonly Entries[]>>();

const assignmentsOf = (policy: CompiledPolicy, prefixes: readonly string[]): readonly Entries[] =>
  getOrCreate(
    known.getOrCreate(policy, () => new Map<string, readonly Entries[]>()),
    prefixes.join(' '),
    () =>
      policy.statements
        .flatMap(({ source }) => (['other', 'absent'] as const).map((other) => assignmentOf(source, prefixes, other)))
        .filter(({ length }) => length > 0),
  );

/** None where no condition is on a tag. A tag whose value is not wanted is `other`. */
function assignmentOf(
  { effect, conditions, resource }: Pick<Statement, 'effect' | 'conditions' | 'resource'>,
  prefixes: readonly string[],
  other: 'other' | 'absent',
): Entries {
  const nameIn = (key: string) => {
    const prefix = prefixes.find((start) => key.toLowerCase().startsWith(start));
    return prefix === undefined ? [] : [key.toLowerCase().slice(prefix.length)];
  };
  const texts = [...conditions.flatMap(({ values }) => values), ...(resource?.patterns ?? [])];
  const variables = texts.flatMap((text) => [...text.matchAll(/\$\{([^},]+)/g)].map(([, key = '']) => key));
  return [
    ...variables.flatMap((key) => nameIn(key).map((name) => [name, 'any'] as const)),
    ...conditions.flatMap((condition) =>
      nameIn(condition.key).map((name) => [name, wantedValue(condition, effect === 'Deny', other)] as const),
    ),
  ];
}

/** The value by which a condition is met, or, if it is `avoided`, is not met. */
function wantedValue({ operator, values }: Condition, avoided: boolean, other: 'other' | 'absent'): AskedValue {
  if (operator.name === 'Null') return values.includes('true') === avoided ? 'any' : 'absent';
  if (operator.name.includes('Not') !== avoided) return other;
  const [first] = values;
  return first === undefined || first.includes('${') ? 'any' : [first.replaceAll('*', 'any').replaceAll('?', 'x')];
}
