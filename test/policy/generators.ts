import fc from 'fast-check';
import type { Json } from '../../lambda/scanner/model/json.ts';
import { contextKeys, keys, operatorsOf, patternsOnly, values } from './generated-values.ts';

export { contextKeys } from './generated-values.ts';

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

/** What one key holds: one value, several where a request may hold them, or nothing. */
export const keyValues = (key: string): fc.Arbitrary<readonly string[] | undefined> => {
  const [, kind, several] = keys.find(([name]) => name === key) ?? [key, 'text'];
  const value = fc.constantFrom(...values[kind]);
  return fc.oneof(
    { weight: 5, arbitrary: value.map((one) => [one]) },
    { weight: several === undefined ? 0 : 4, arbitrary: fc.array(value, { minLength: 1, maxLength: 3, size: 'small' }) },
    { weight: 2, arbitrary: fc.constant(undefined) },
  );
};

/** A context of which everything is known; an absent key is left out. */
export const knownContext: fc.Arbitrary<ReadonlyMap<string, readonly string[]>> = fc
  .tuple(...contextKeys.map((key) => keyValues(key).map((held) => [key, held] as const)))
  .map((pairs) => new Map(pairs.flatMap(([key, held]) => (held === undefined ? [] : [[key, held] as const]))));

/** An action and a resource. */
export const question = fc.record({ action: fc.constantFrom(...actions), resource: fc.constantFrom(...resources) });

/** The text as a pattern: as it is, or with a wildcard somewhere, even within an emoji. */
const loosen = (text: string): fc.Arbitrary<string> =>
  fc
    .nat(text.length)
    .chain((at) =>
      fc.constantFrom(text, `${text.slice(0, at)}*`, `*${text.slice(at)}`, `${text.slice(0, at)}?${text.slice(at + 1)}`),
    );

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
    const flag = fc.constantFrom<Json>('true', 'false', true, false, 'TRUE', 'yes', '');
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
