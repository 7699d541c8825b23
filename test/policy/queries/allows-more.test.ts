import { compileDocument, createVocabulary } from '../../../lambda/scanner/policy/compile.ts';
import type { Json } from '../../../lambda/scanner/model/json.ts';
import { type Levels, compareLevels, resourcesIn, waysOf } from '../../../lambda/scanner/policy/queries/allows-more.ts';
import { processorTime } from '../../support/processor-time.ts';

const vocabulary = createVocabulary(['iam:CreateUser', 's3:GetObject']);

type Statement = Readonly<Record<string, Json>>;
const allow = (Action: Json, Resource: Json = '*', more: Statement = {}): Statement => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
});
const deny = (Action: Json, Resource: Json = '*', more: Statement = {}): Statement => ({
  ...allow(Action, Resource, more),
  Effect: 'Deny',
});
const when = (operator: string, key: string, ...values: readonly string[]) => ({ Condition: { [operator]: { [key]: values } } });

const level = (...statements: readonly Statement[]): Levels[number] => {
  const policy = compileDocument({ Version: '2012-10-17', Statement: [...statements] }, vocabulary);
  if (policy.kind === 'malformed') throw new Error(policy.reason);
  return [{ policy, origin: 'p' }];
};

/** What becomes of the permissions: `same`, `more`, `less`, `other` (more and less), or `unclear`. */
function verdict(before: Levels, after: Levels): string {
  const { gained, lost, isUnclear } = compareLevels(before, after);
  if (isUnclear) return 'unclear';
  if (gained.length > 0) return lost.length > 0 ? 'other' : 'more';
  return lost.length > 0 ? 'less' : 'same';
}

const mfa = when('Bool', 'aws:MultiFactorAuthPresent', 'true');
const office = (...ranges: readonly string[]) => when('IpAddress', 'aws:SourceIp', ...ranges);

type Statements = readonly Statement[];
const cases: readonly (readonly [what: string, before: Statements, after: Statements, result: string])[] = [
  ['the same statement', [allow('s3:*')], [allow('s3:*')], 'same'],
  ['statements in another order', [allow('s3:*'), allow('ec2:*')], [allow('ec2:*'), allow('s3:*')], 'same'],
  ['one statement split into two', [allow(['s3:Get*', 'ec2:*'])], [allow('s3:Get*'), allow('ec2:*')], 'same'],
  ['an action that another pattern had already', [allow('s3:*')], [allow(['s3:*', 's3:GetObject'])], 'same'],
  ['an action in another case', [allow('S3:getobject')], [allow('s3:GetObject')], 'same'],
  ['one more action', [allow('s3:GetObject')], [allow(['s3:GetObject', 's3:PutObject'])], 'more'],
  ['a wildcard in the place of an action', [allow('s3:GetObject')], [allow('s3:Get*')], 'more'],
  ['an action in the place of a wildcard', [allow('s3:Get*')], [allow('s3:GetObject')], 'less'],
  ['another action', [allow('s3:GetObject')], [allow('s3:PutObject')], 'other'],
  ['all resources in the place of one', [allow('s3:*', 'arn:aws:s3:::a/*')], [allow('s3:*')], 'more'],
  ['all actions but some', [allow('*')], [{ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }], 'less'],
  ['one exclusion fewer', [allow('*'), deny('iam:*'), deny('s3:*')], [allow('*'), deny('iam:*')], 'more'],
  ['a Deny removed that hid nothing', [allow('s3:*'), deny('iam:*')], [allow('s3:*')], 'same'],
  ['a Deny of one bucket removed', [allow('s3:GetObject'), deny('*', 'arn:aws:s3:::a/*')], [allow('s3:GetObject')], 'more'],
  [
    'a Deny of all but some removed',
    [allow('s3:GetObject'), { Effect: 'Deny', NotAction: 'ec2:*', Resource: '*' }],
    [allow('s3:GetObject')],
    'more',
  ],
  [
    'a Deny of all but some actions on all but one bucket removed',
    [allow('s3:GetObject', 'arn:aws:s3:::c/*'), { Effect: 'Deny', NotAction: 'ec2:*', NotResource: 'arn:aws:s3:::b/*' }],
    [allow('s3:GetObject', 'arn:aws:s3:::c/*')],
    'more',
  ],
  ['every action, written in another way', [allow('*')], [allow('*:*')], 'same'],
  [
    'one more bucket for all actions but some',
    [allow('iam:GetUser'), { Effect: 'Allow', NotAction: 'iam:*', Resource: 'arn:aws:s3:::a' }],
    [allow('iam:GetUser'), { Effect: 'Allow', NotAction: 'iam:*', Resource: ['arn:aws:s3:::a', 'arn:aws:s3:::b'] }],
    'more',
  ],
  [
    'one exclusion fewer of the resources',
    [allow('ec2:*', 'arn:aws:s3:::c'), { Effect: 'Allow', Action: 's3:*', NotResource: ['arn:aws:s3:::a', 'arn:aws:s3:::b'] }],
    [allow('ec2:*', 'arn:aws:s3:::c'), { Effect: 'Allow', Action: 's3:*', NotResource: 'arn:aws:s3:::a' }],
    'more',
  ],
  ['a Deny added', [allow('*')], [allow('*'), deny('iam:CreateUser')], 'less'],
  ['a condition dropped', [allow('iam:*', '*', mfa)], [allow('iam:*')], 'more'],
  ['a condition added', [allow('iam:*')], [allow('iam:*', '*', mfa)], 'less'],
  [
    'one more network',
    [allow('s3:*', '*', office('192.0.2.0/24'))],
    [allow('s3:*', '*', office('192.0.2.0/24', '0.0.0.0/0'))],
    'more',
  ],
  ['another network', [allow('s3:*', '*', office('192.0.2.0/24'))], [allow('s3:*', '*', office('203.0.113.0/24'))], 'unclear'],
  [
    'a second statement with a condition of its own',
    [allow('s3:*', '*', mfa)],
    [allow('s3:*', '*', mfa), allow('s3:*', '*', office('0.0.0.0/0'))],
    'more',
  ],
  [
    'the condition of a Deny dropped, so that it always applies',
    [allow('*'), deny('s3:*', '*', mfa)],
    [allow('*'), deny('s3:*')],
    'less',
  ],
  [
    'one more exception of a Deny',
    [allow('*'), deny('s3:*', '*', when('StringNotEquals', 'aws:PrincipalArn', 'a'))],
    [allow('*'), deny('s3:*', '*', when('StringNotEquals', 'aws:PrincipalArn', 'a', 'b'))],
    'more',
  ],
];

test.each(cases)('%s', (_, before, after, result) => {
  expect(verdict([level(...before)], [level(...after)])).toBe(result);
});

test.each(cases.filter(([, , , result]) => result === 'more'))('the other way round: %s', (_, before, after) => {
  expect(verdict([level(...after)], [level(...before)])).toBe('less');
});

test('a level that is removed allows more, where it limited something', () => {
  const own = level(allow(['s3:GetObject', 'iam:CreateUser']));
  expect(verdict([own, level(allow('s3:*'))], [own])).toBe('more');
  expect(verdict([own, level(allow('*'))], [own])).toBe('same');
  expect(verdict([own], [own, level(allow('s3:*'))])).toBe('less');
});

test('what was denied explicitly is told apart from what no statement allowed', () => {
  const { gained } = compareLevels([level(allow('s3:*'), deny('s3:DeleteObject'))], [level(allow(['s3:*', 'ec2:RunInstances']))]);
  const denied = new Set(gained.filter(({ wasDenied }) => wasDenied).map(({ action }) => action));
  expect(denied).toEqual(new Set(['s3:DeleteObject']));
  expect(gained.map(({ action }) => action)).toContain('ec2:RunInstances');
});

test('each difference names the statements of the policies that allow more', () => {
  const wide = [level(allow('ec2:*'), allow('s3:*')), level(deny('ec2:*'), allow('*'))];
  const narrow = [level(allow('s3:GetObject')), level(allow('*'))];
  const by = [
    { policy: 'p', index: 1 },
    { policy: 'p', index: 1 },
  ];
  const more = { gained: [{ action: 's3:q7x0unnamed', resource: 'q7x0unnamed', wasDenied: false, by }], isUnclear: false };
  expect(compareLevels(narrow, wide)).toMatchObject({ ...more, lost: [] });
  expect(compareLevels(wide, narrow)).toMatchObject({ lost: more.gained, gained: [], isUnclear: false });
});

test('what no statement allows is allowed by none; what a Deny denies, too', () => {
  const request = { action: 's3:GetObject', resource: 'arn:aws:s3:::a' };
  expect(waysOf([level(allow('iam:*'))], request)).toEqual({ ways: [], isDenied: false, by: [] });
  expect(waysOf([level(allow('s3:*'), deny('s3:*'))], request)).toEqual({ ways: [], isDenied: true, by: [] });
  expect(waysOf([level(allow('s3:*')), level(allow('iam:*'))], request)).toEqual({ ways: [], isDenied: false, by: [] });
  expect(waysOf([level(allow('s3:*'), deny('iam:*'))], request)).toEqual({
    ways: [[]],
    isDenied: false,
    by: [{ policy: 'p', index: 0 }],
  });
});

test('examples of the resources of statements', () => {
  const examplesOf = (...statements: readonly Statement[]) =>
    resourcesIn(level(...statements).flatMap(({ policy }) => policy.statements.map(({ source }) => source)));
  expect(examplesOf(allow('s3:*', ['arn:aws:s3:::a', 'arn:aws:s3:::b?/*', '*']))).toEqual([
    'arn:aws:s3:::a',
    'arn:aws:s3:::bq/q7x0unnamed',
    'q7x0unnamed',
  ]);
  expect(examplesOf({ Effect: 'Allow', Action: 's3:*', NotResource: 'arn:aws:s3:::a' }, allow('s3:*', 'arn:aws:s3:::a'))).toEqual(
    ['arn:aws:s3:::a', 'q7x0unnamed'],
  );
  // A statement of a trust policy has no resource: it is about the role.
  expect(examplesOf({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: '*' })).toEqual(['q7x0unnamed']);
});

test('identical policies cost nothing', () => {
  const many = level(...Array.from({ length: 300 }, (_, index) => allow(`s3:Get${index}*`, `arn:aws:s3:::b${index}/*`)));
  const took = processorTime(() => {
    expect(verdict([many], [many])).toBe('same');
  });
  expect(took).toBeLessThan(200);
});
