import fc from 'fast-check';
import type { Json } from '../../lambda/scanner/model/json.ts';

/** The actions that compiled policies know by number; the rest goes the way of the unknown action. */
export const vocabularyActions = [
  'iam:GetUser',
  'iam:GetRole',
  'iam:PassRole',
  's3:GetObject',
  's3:PutObject',
  'ec2:RunInstances',
];

const actions = [...vocabularyActions, 'sts:AssumeRole', 'IAM:passrole'];
const resources = [
  '*',
  'arn:aws:iam::111122223333:user/alice',
  'arn:aws:iam::111122223333:user/Alice',
  'arn:aws:iam::111122223333:role/admin',
  'arn:aws:s3:::alice/file*?',
  'arn:aws:s3:::bucket/üñí😀',
];

/** Everything that a kind of key can hold, in the request or in a policy. */
const values = {
  text: ['alice', 'Alice', 'bob', 'a*', 'a?ice', '', '*', 'üñí😀', '$'],
  arn: [
    'arn:aws:iam::111122223333:role/admin',
    'arn:aws:iam::111122223333:user/a:b',
    'arn:aws:sns:us-east-1:1:t',
    'arn:aws',
    'alice',
  ],
  number: ['10', '-3', '10.0', '10.5', 'NaN', '0', 'ten', '1e', ''],
  date: [
    '2026-03-01T00:00:00Z',
    '2026-03-01',
    '1772323200',
    '2026-02-28T23:30:00-00:30',
    '2026-03-01T00:00:00.5Z',
    '2026',
    'soon',
    '0',
  ],
  ip: ['10.0.0.1', '10.0.0.255', '192.168.1.7', '2001:db8::1', '2001:DB8:0:0::2', '::', '300.1.1.1', 'x'],
  boolean: ['true', 'false', 'True', 'yes'],
  binary: ['QUJD', 'QUI=', 'QUI', 'QQ==', '!!'],
};

type Kind = keyof typeof values;

/** Condition keys in lower case, with the kind of their values. */
const keys: readonly (readonly [string, Kind])[] = [
  ['aws:username', 'text'],
  ['aws:principaltag/team', 'text'],
  ['aws:tagkeys', 'text'],
  ['aws:principalarn', 'arn'],
  ['s3:max-keys', 'number'],
  ['aws:currenttime', 'date'],
  ['aws:sourceip', 'ip'],
  ['aws:multifactorauthpresent', 'boolean'],
  ['app:blob', 'binary'],
  ['__proto__', 'text'],
];

/** All condition keys that the generated policies use, in lower case. */
export const contextKeys = keys.map(([key]) => key);

const patternsOnly: Record<Kind, readonly string[]> = {
  text: [
    'a*',
    '?lice',
    '*',
    'a*c*',
    '${aws:username}',
    "${aws:principaltag/team, 'alice'}",
    '${*}',
    'a${*}',
    'a${?}ice',
    '${$}',
    '${',
    '${}',
    'ALICE',
  ],
  arn: [
    'arn:aws:iam::*:role/*',
    'arn:*:admin',
    'arn:aws:*:*:*:*',
    '${aws:PrincipalArn}',
    'arn:aws:iam::111122223333:user/${aws:username}',
    '*',
  ],
  number: ['9', '11'],
  date: ['2026-03-02', '2025-12-31T23:59:59Z', '1772323201'],
  ip: ['10.0.0.0/24', '10.0.0.7/8', '0.0.0.0/0', '2001:db8::/32', '::/0', '10.0.0.0/33', '10.0.0.1/32'],
  boolean: ['${aws:MultiFactorAuthPresent}', 'TRUE'],
  binary: ['QUJD'],
};

const operatorsOf: Record<Kind, readonly string[]> = {
  text: ['StringEquals', 'StringNotEquals', 'StringEqualsIgnoreCase', 'StringNotEqualsIgnoreCase', 'StringLike', 'StringNotLike'],
  arn: ['ArnEquals', 'ArnNotEquals', 'ArnLike', 'ArnNotLike'],
  number: ['Equals', 'NotEquals', 'LessThan', 'LessThanEquals', 'GreaterThan', 'GreaterThanEquals'].map(
    (name) => `Numeric${name}`,
  ),
  date: ['Equals', 'NotEquals', 'LessThan', 'LessThanEquals', 'GreaterThan', 'GreaterThanEquals'].map((name) => `Date${name}`),
  ip: ['IpAddress', 'NotIpAddress'],
  boolean: ['Bool'],
  binary: ['BinaryEquals'],
};

/** The values of a key that is there. */
const someValues = (kind: Kind): fc.Arbitrary<readonly string[]> =>
  fc.array(fc.constantFrom(...values[kind]), { minLength: 1, maxLength: 3, size: 'small' });

/** What one key holds: several values, often one, or nothing. */
export const keyValues = (key: string): fc.Arbitrary<readonly string[] | undefined> => {
  const kind = keys.find(([name]) => name === key)?.[1] ?? 'text';
  return fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom(...values[kind]).map((value) => [value]) },
    { weight: 2, arbitrary: someValues(kind) },
    { weight: 2, arbitrary: fc.constant(undefined) },
  );
};

/** A context of which everything is known; an absent key is left out. */
export const knownContext: fc.Arbitrary<ReadonlyMap<string, readonly string[]>> = fc
  .tuple(...contextKeys.map((key) => keyValues(key).map((held) => [key, held] as const)))
  .map((pairs) => new Map(pairs.flatMap(([key, held]) => (held === undefined ? [] : [[key, held] as const]))));

/** An action and a resource. */
export const question = fc.record({ action: fc.constantFrom(...actions), resource: fc.constantFrom(...resources) });

/** The text as a pattern: as it is, or with a wildcard somewhere. Works on characters, so that no emoji is cut in half. */
const loosen = (text: string): fc.Arbitrary<string> => {
  const characters = Array.from(text);
  const part = (start: number, end?: number): string => characters.slice(start, end).join('');
  return fc
    .nat(characters.length)
    .chain((at) => fc.constantFrom(text, `${part(0, at)}*`, `*${part(at)}`, `${part(0, at)}?${part(at + 1)}`));
};

const oneOrMany = (item: fc.Arbitrary<Json>, minLength: number): fc.Arbitrary<Json> =>
  fc.oneof(item, fc.array(item, { minLength, maxLength: 4 }));

const actionPattern = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('*', '*', 'iam:*', '*:*', 'S3:*', 'iam:get*', '*user', '?*') },
  { weight: 3, arbitrary: fc.constantFrom(...actions).chain(loosen) },
);

const resourcePattern = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('*', '*', '*', 'arn:aws:*', 'arn:aws:iam::*:*', 'arn:*:user/*', '?') },
  { weight: 3, arbitrary: fc.constantFrom(...resources).chain(loosen) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      'arn:aws:iam::111122223333:user/${aws:username}',
      "arn:aws:s3:::${aws:username, 'alice'}/*",
      'arn:aws:s3:::alice/file${*}${?}',
      '*/${aws:PrincipalTag/team}',
      '${aws:tagkeys}*',
    ),
  },
);

const element = (name: string, pattern: fc.Arbitrary<string>): fc.Arbitrary<Record<string, Json>> =>
  fc.oneof(
    { weight: 3, arbitrary: oneOrMany(pattern, 0).map((patterns) => ({ [name]: patterns })) },
    { weight: 1, arbitrary: oneOrMany(pattern, 1).map((patterns) => ({ [`Not${name}`]: patterns })) },
  );

const spelling = (key: string): fc.Arbitrary<string> =>
  fc.constantFrom(key, key.replace('aws:', 'AWS:'), key.replace('username', 'UserName'));

const typed = (value: string): Json => (value === 'true' ? true : value === '10' ? 10 : value);

/** One operator on one key, mostly with values of the key's own kind. */
const condition: fc.Arbitrary<Record<string, Json>> = fc
  .tuple(fc.constantFrom(...keys), fc.constantFrom(...keys), fc.nat(9))
  .chain(([[key, own], [, other], dice]) => {
    const kind = dice === 0 ? other : own;
    const name = fc.oneof(
      { weight: 9, arbitrary: fc.constantFrom(...operatorsOf[kind]) },
      { weight: 1, arbitrary: fc.constant('Null') },
    );
    const wanted = fc.constantFrom(...values[kind], ...patternsOnly[kind]).map(typed);
    const flag = fc.constantFrom<Json>('true', 'false', true, false);
    return fc
      .tuple(name, fc.constantFrom('', '', 'ForAnyValue:', 'ForAllValues:'), fc.constantFrom('', '', 'IfExists'), spelling(key))
      .chain(([base, qualifier, suffix, spelled]) =>
        oneOrMany(base === 'Null' ? flag : wanted, 0).map((held) => ({
          [base === 'Null' ? base : `${qualifier}${base}${suffix}`]: Object.fromEntries([[spelled, held]]),
        })),
      );
  });

const conditions = fc.oneof(
  { weight: 3, arbitrary: fc.constant({}) },
  { weight: 4, arbitrary: condition.map((only) => ({ Condition: only })) },
  { weight: 2, arbitrary: fc.tuple(condition, condition).map(([a, b]) => ({ Condition: { ...a, ...b } })) },
);

const statement: fc.Arbitrary<Json> = fc
  .tuple(
    fc.constantFrom('Allow', 'Allow', 'Deny'),
    element('Action', actionPattern),
    fc.oneof({ weight: 9, arbitrary: element('Resource', resourcePattern) }, { weight: 1, arbitrary: fc.constant({}) }),
    conditions,
  )
  .map(([Effect, action, resource, rest]) => ({ Effect, ...action, ...resource, ...rest }));

/** A policy document that AWS would accept, of either version. */
export const document: fc.Arbitrary<Json> = fc
  .tuple(
    fc.constantFrom('2012-10-17', '2012-10-17', '2008-10-17', undefined),
    fc.array(statement, { minLength: 1, maxLength: 4 }),
  )
  .map(([Version, statements]) => ({
    ...(Version === undefined ? {} : { Version }),
    Statement: statements.length === 1 && statements[0] !== undefined ? statements[0] : statements,
  }));

/** The policies of one principal. */
export const documents = fc.array(document, { minLength: 1, maxLength: 3 });
