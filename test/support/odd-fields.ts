import type { Json } from '../../lambda/scanner/model/json.ts';

type Fields = Readonly<Record<string, Json>>;
type Step = string | number;

/** One field of a fact that is changed. */
export interface OddField {
  readonly path: readonly Step[];
  readonly how: 'null' | 'dropped' | 'of another type';
}

const ways = ['null', 'dropped', 'of another type'] as const;

/** Fields that hold a policy document: nothing below them is a field of an answer. */
const documents = new Set(['PolicyDocument', 'AssumeRolePolicyDocument', 'Document']);

/** Lists of which AWS leaves out an empty one, so that none and an empty one are the same. */
const emptyIfMissing = new Set([
  ...[
    'UserPolicyList',
    'GroupPolicyList',
    'RolePolicyList',
    'AttachedManagedPolicies',
    'GroupList',
    'Tags',
    'InstanceProfileList',
  ],
  ...['PolicyVersionList'],
]);

/** Each single field of a fact, changed in each way; of the elements of a list, and of items, one that has the field. */
export const oddFields = (fact: Json): readonly OddField[] =>
  [...fieldsIn(fact, [])].flatMap((path) => ways.filter((how) => isOdd(path, how)).map((how): OddField => ({ path, how })));

/** Without one of its elements, or an empty list, an answer is not odd: it is another answer. */
function isOdd(path: readonly Step[], how: OddField['how']): boolean {
  const last = path.at(-1);
  if (how === 'of another type') return true;
  return typeof last === 'number' ? how === 'null' : last !== undefined && !emptyIfMissing.has(last);
}

function* fieldsIn(value: Json, path: readonly Step[]): Generator<readonly Step[]> {
  if (isList(value)) {
    if (value.length > 0) yield [...path, 0];
    yield* onceEach(value.map((element, index): Place => [element, [...path, index]]));
  } else if (isFields(value) && Object.values(value).every(isObserved)) {
    const items = Object.entries(value).flatMap(([name, item]) =>
      isObserved(item) ? [[item.value, [...path, name, 'value']] as const] : [],
    );
    yield* onceEach(items);
  } else if (isFields(value)) {
    for (const [name, field] of Object.entries(value)) {
      yield [...path, name];
      if (!documents.has(name)) yield* fieldsIn(field, [...path, name]);
    }
  }
}

type Place = readonly [element: Json, path: readonly Step[]];

function* onceEach(places: readonly Place[]): Generator<readonly Step[]> {
  const seen = new Set<string>();
  for (const [element, path] of places)
    for (const found of fieldsIn(element, path)) {
      const place = found
        .slice(path.length)
        .filter((step) => typeof step === 'string')
        .join('.');
      if (!seen.has(place)) yield found;
      seen.add(place);
    }
}

/** One answer of a fact with one answer for each user, key or device. */
const isObserved = (value: Json): value is { readonly status: 'collected'; readonly value: Json } =>
  isFields(value) && value['status'] === 'collected' && 'value' in value;

/** The value with that field changed. */
export function withOddField(value: Json, { path: [step, ...rest], how }: OddField): Json {
  if (step === undefined) return odd(value, how);
  const isLast = rest.length === 0;
  if (isList(value) && typeof step === 'number') {
    if (isLast && how === 'dropped') return value.filter((_, index) => index !== step);
    return value.map((item, index) => (index === step ? withOddField(item, { path: rest, how }) : item));
  }
  if (!isFields(value)) return value;
  const entries = Object.entries(value);
  if (isLast && how === 'dropped') return Object.fromEntries(entries.filter(([name]) => name !== step));
  return Object.fromEntries(
    entries.map(([name, item]) => [name, name === step ? withOddField(item, { path: rest, how }) : item] as const),
  );
}

const odd = (value: Json, how: OddField['how']): Json => {
  if (how === 'null') return null;
  return typeof value === 'number' || typeof value === 'boolean' ? { odd: 'odd' } : 7.5;
};

/** The names, ids and ARNs of the elements that the field lies in, and of what the field itself holds. */
export function namesAround(value: Json, path: readonly Step[]): ReadonlySet<string> {
  const names = new Set<string>();
  let at: Json | undefined = value;
  for (const step of path) {
    if (typeof step === 'string') names.add(step);
    at = isList(at) && typeof step === 'number' ? at[step] : isFields(at) ? at[String(step)] : undefined;
    for (const text of isFields(at) ? Object.values(at) : [at]) if (typeof text === 'string') names.add(text);
  }
  return names;
}

const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value);
const isFields = (value: Json | undefined): value is Fields => typeof value === 'object' && value !== null && !isList(value);
