import type { Json } from '../../lambda/scanner/model/json.ts';

type Fields = Readonly<Record<string, Json>>;

/** The steps from the top of a value down to one place in it. */
export type Path = readonly (string | number)[];

/** How one place of a value is hidden or spoiled. */
export type Mutation =
  | 'null'
  | 'retyped'
  | 'dropped'
  | 'duplicated'
  | 'reordered'
  | 'unknown element'
  | 'unknown operator'
  | 'unknown version'
  | 'document cut off';

/** One place of a value, and what is done to it. */
export interface Mutant {
  readonly path: Path;
  readonly how: Mutation;
}

/** Fields that hold a policy document. */
const documents = new Set(['PolicyDocument', 'AssumeRolePolicyDocument', 'Document', 'Content', 'InlinePolicy']);

/**
 * What an answer may lack without being odd: AWS leaves it out where there is nothing to say. Without it, the account is another one.
 */
const optional = new Set([
  ...['UserPolicyList', 'GroupPolicyList', 'RolePolicyList', 'AttachedManagedPolicies', 'GroupList', 'Tags'],
  ...['InstanceProfileList', 'PermissionsBoundary', 'RoleLastUsed', 'LastUsedDate', 'Region', 'Description', 'User'],
  ...['PolicyVersionList', 'ManagedPolicies', 'CustomerManagedPolicies', 'Certification', 'Certifications', 'PasswordLastUsed'],
]);

/** Every mutant of a value, from the top down. */
export function* mutantsOf(value: Json, path: Path = []): Generator<Mutant> {
  if (path.length > 0) yield* waysFor(value, path).map((how): Mutant => ({ path, how }));
  if (isList(value)) for (const [index, item] of value.entries()) yield* mutantsOf(item, [...path, index]);
  else if (isFields(value))
    for (const [name, field] of Object.entries(value))
      yield* documents.has(name) && isFields(field) ? documentMutants(field, [...path, name]) : mutantsOf(field, [...path, name]);
}

/** Answers by Region: without one of them, it is the answer for an account that has not enabled the Region. */
const region = /^[a-z]{2}(-[a-z]+)+-\d$/;

function waysFor(value: Json, path: Path): readonly Mutation[] {
  const last = path.at(-1);
  const ways: Mutation[] = ['null', 'retyped'];
  if (typeof last === 'string' && !optional.has(last) && !region.test(last)) ways.push('dropped');
  if (isList(value) && value.length > 0) ways.push('duplicated');
  if (isList(value) && value.length > 1) ways.push('reordered');
  return ways;
}

/** Without one of its elements a document is another one, so elements are spoiled, or strange ones added. */
function* documentMutants(document: Fields, path: Path): Generator<Mutant> {
  for (const how of ['null', 'retyped', 'dropped', 'unknown element', 'unknown version', 'document cut off'] as const)
    yield { path, how };
  const statements = document['Statement'];
  for (const [index, statement] of (isList(statements) ? statements : []).entries()) {
    const place = [...path, 'Statement', index];
    for (const how of ['null', 'retyped', 'unknown element', 'unknown operator'] as const) yield { path: place, how };
    for (const name of isFields(statement) ? Object.keys(statement) : []) {
      yield { path: [...place, name], how: 'null' };
      yield { path: [...place, name], how: 'retyped' };
    }
  }
}

/** The value with that place hidden or spoiled. */
export function mutate(value: Json, { path, how }: Mutant): Json {
  const [step, ...rest] = path;
  if (step === undefined) return spoiled(value, how);
  if (isList(value)) return value.map((item, index) => (index === step ? mutate(item, { path: rest, how }) : item));
  if (!isFields(value)) return value;
  const entries = Object.entries(value);
  if (rest.length === 0 && how === 'dropped') return Object.fromEntries(entries.filter(([name]) => name !== step));
  return Object.fromEntries(
    entries.map(([name, item]) => [name, name === step ? mutate(item, { path: rest, how }) : item] as const),
  );
}

function spoiled(value: Json, how: Mutation): Json {
  switch (how) {
    case 'null':
    case 'dropped':
      return null;
    case 'retyped':
      return typeof value === 'object' ? 7.5 : { odd: 'odd' };
    case 'duplicated':
      return isList(value) ? [...value, ...value.slice(-1)] : value;
    case 'reordered':
      return isList(value) ? value.toReversed() : value;
    case 'unknown element':
      return isFields(value) ? { ...value, Surprise: 'odd' } : value;
    case 'unknown operator':
      return isFields(value) ? { ...value, Condition: { StringSurprises: { 'aws:SourceIp': '10.0.0.0/8' } } } : value;
    case 'unknown version':
      return isFields(value) ? { ...value, Version: '2031-01-01' } : value;
    case 'document cut off':
      return JSON.stringify(value).slice(0, -7);
  }
}

const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value);
const isFields = (value: Json | undefined): value is Fields => typeof value === 'object' && value !== null && !isList(value);
