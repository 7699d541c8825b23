import type { Json } from '../../lambda/scanner/model/json.ts';
import { parsePolicy } from '../../lambda/scanner/policy/parse.ts';
import type { Statement } from '../../lambda/scanner/policy/policy.ts';

const statement = { Effect: 'Allow', Action: 's3:*', Resource: '*' };

/** The only statement of a document that must be good. */
function parseOne(fields: Readonly<Record<string, Json>>): Statement | undefined {
  const policy = parsePolicy({ Version: '2012-10-17', Statement: { ...statement, ...fields } });
  if (policy.kind === 'malformed') throw new Error(policy.reason);
  return policy.statements[0];
}

test('reads every element', () => {
  expect(
    parsePolicy({
      Version: '2012-10-17',
      Id: 'x',
      Statement: [
        {
          Sid: 'A',
          Effect: 'Deny',
          NotAction: ['iam:*', 's3:*'],
          NotResource: 'arn:aws:s3:::a',
          NotPrincipal: { AWS: ['111122223333', 'arn:aws:iam::1:root'], Service: 'ec2.amazonaws.com' },
          Condition: { 'ForAnyValue:StringLikeIfExists': { 'aws:TagKeys': ['a', 1, true] }, Null: { 'aws:X': 'true' } },
        },
      ],
    }),
  ).toEqual({
    kind: 'policy',
    version: '2012-10-17',
    statements: [
      {
        index: 0,
        sid: 'A',
        effect: 'Deny',
        action: { negated: true, patterns: ['iam:*', 's3:*'] },
        resource: { negated: true, patterns: ['arn:aws:s3:::a'] },
        principal: {
          negated: true,
          entries: [
            { type: 'AWS', value: '111122223333' },
            { type: 'AWS', value: 'arn:aws:iam::1:root' },
            { type: 'Service', value: 'ec2.amazonaws.com' },
          ],
        },
        conditions: [
          {
            operator: { name: 'StringLike', qualifier: 'ForAnyValue', ifExists: true },
            key: 'aws:TagKeys',
            values: ['a', '1', 'true'],
          },
          { operator: { name: 'Null', ifExists: false }, key: 'aws:X', values: ['true'] },
        ],
      },
    ],
  });
});

test('a principal of "*" is everyone of AWS, and alone it is everyone else too', () => {
  const everyone = { type: 'AWS', value: '*' };
  expect(parseOne({ Principal: '*' })?.principal).toEqual({ negated: false, entries: [{ ...everyone, isAlone: true }] });
  expect(parseOne({ Principal: { AWS: '*' } })?.principal).toEqual({ negated: false, entries: [everyone] });
});

test.each(['ForAllValues:StringEquals', 'forallvalues:stringequals'])('an operator is read in any case: %s', (operator) => {
  expect(parseOne({ Condition: { [operator]: { k: 'v' } } })?.conditions[0]?.operator).toEqual({
    name: 'StringEquals',
    qualifier: 'ForAllValues',
    ifExists: false,
  });
});

test('a document without Version is of 2008', () => {
  expect(parsePolicy({ Statement: statement })).toMatchObject({ kind: 'policy', version: '2008-10-17' });
});

test.each<[string, Json]>([
  ['no statements', { Statement: [] }],
  ['an empty Action', { Statement: { ...statement, Action: [] } }],
  ['an empty Resource', { Statement: { ...statement, Resource: [] } }],
  ['an empty Condition', { Statement: { ...statement, Condition: {} } }],
  ['an operator without keys', { Statement: { ...statement, Condition: { Bool: {} } } }],
  ['a condition without values', { Statement: { ...statement, Condition: { Bool: { k: [] } } } }],
  ['no Resource', { Statement: { Effect: 'Allow', Action: '*', Principal: '*' } }],
  ['10,000 statements', { Statement: Array.from({ length: 10_000 }, () => statement) }],
])('accepts %s', (_name, document) => {
  expect(parsePolicy(document).kind).toBe('policy');
});

test.each<[string, Json, string]>([
  ['text', '{"Statement": [', 'the document is text that is not JSON'],
  ['null', null, 'the document is not an object'],
  ['a list', [], 'the document is not an object'],
  ['an empty object', {}, 'the document has no Statement'],
  ['an unknown element', { Statement: [], statement: [] }, 'the document has an unknown element "statement"'],
  ['an unknown version', { Version: '2020-01-01', Statement: [] }, 'Version is neither'],
  ['an Id that is no text', { Id: 1, Statement: [] }, 'Id is not a string'],
  ['a statement that is text', { Statement: ['x'] }, 'Statement[0] is not an object'],
  [
    'an element in the wrong case',
    { Statement: [statement, { ...statement, effect: 'Deny' }] },
    'Statement[1] has an unknown element "effect"',
  ],
  [
    'an inherited name',
    JSON.parse('{"Statement":{"Effect":"Allow","Action":"*","__proto__":{}}}') as Json,
    'unknown element "__proto__"',
  ],
  ['no Effect', { Statement: { Action: '*' } }, 'Statement[0] has no Effect'],
  [
    'an Effect in the wrong case',
    { Statement: { ...statement, Effect: 'allow' } },
    'Statement[0].Effect is neither "Allow" nor "Deny"',
  ],
  ['no Action', { Statement: { Effect: 'Allow', Resource: '*' } }, 'Statement[0] has neither Action nor NotAction'],
  ['Action and NotAction', { Statement: { ...statement, NotAction: 'a' } }, 'Statement[0] has both Action and NotAction'],
  [
    'Resource and NotResource',
    { Statement: { ...statement, NotResource: 'a' } },
    'Statement[0] has both Resource and NotResource',
  ],
  ['two principals', { Statement: { ...statement, Principal: '*', NotPrincipal: '*' } }, 'both Principal and NotPrincipal'],
  ['an action that is a number', { Statement: { ...statement, Action: ['a', 1] } }, 'Statement[0].Action[1] is not a string'],
  ['an action that is null', { Statement: { ...statement, Action: null } }, 'Statement[0].Action[0] is not a string'],
  ['an empty NotAction', { Statement: { Effect: 'Allow', NotAction: [], Resource: '*' } }, 'Statement[0].NotAction is empty'],
  ['an empty NotResource', { Statement: { Effect: 'Allow', Action: '*', NotResource: [] } }, 'Statement[0].NotResource is empty'],
  [
    'an empty NotPrincipal',
    { Statement: { Effect: 'Allow', Action: '*', NotPrincipal: {} } },
    'Statement[0].NotPrincipal is empty',
  ],
  ['a Sid that is no text', { Statement: { ...statement, Sid: 7 } }, 'Statement[0].Sid is not a string'],
  [
    'a principal that is an ARN',
    { Statement: { ...statement, Principal: 'arn:aws:iam::1:root' } },
    'Statement[0].Principal is not an object',
  ],
  [
    'an unknown kind of principal',
    { Statement: { ...statement, Principal: { aws: '1' } } },
    'Statement[0].Principal has an unknown element "aws"',
  ],
  ['an unknown operator', { Statement: { ...statement, Condition: { StringMatches: {} } } }, 'unknown operator "StringMatches"'],
  ['an unknown qualifier', { Statement: { ...statement, Condition: { 'ForSomeValues:StringEquals': {} } } }, 'unknown operator'],
  ['IfExists on Null', { Statement: { ...statement, Condition: { NullIfExists: {} } } }, 'unknown operator "NullIfExists"'],
  ['an inherited operator', { Statement: { ...statement, Condition: { constructor: {} } } }, 'unknown operator "constructor"'],
  [
    'an operator without object',
    { Statement: { ...statement, Condition: { Bool: 'x' } } },
    'Statement[0].Condition.Bool is not an object',
  ],
  [
    'a condition value that is null',
    { Statement: { ...statement, Condition: { Bool: { k: [null] } } } },
    'Statement[0].Condition.Bool.k[0] is not a string',
  ],
  ['a condition that is a list', { Statement: { ...statement, Condition: [] } }, 'Statement[0].Condition is not an object'],
  ['too many statements', { Statement: Array.from({ length: 10_001 }, () => statement) }, 'more than 10000 statements'],
  [
    'a pattern too long',
    { Statement: { ...statement, Action: 'a'.repeat(10_241) } },
    'Statement[0].Action[0] is longer than 10240 characters',
  ],
  [
    'a document too large',
    { Statement: [], Id: Array.from({ length: 1100 }, () => 'x'.repeat(10_000)) },
    'the document is larger than',
  ],
])('refuses %s', (_name, document, reason) => {
  const policy = parsePolicy(document);
  expect(policy.kind === 'malformed' ? policy.reason : 'policy').toContain(reason);
});

test('a reason quotes hostile text escaped and cut short', () => {
  const policy = parsePolicy({ Statement: [], [`\u001b[31m\n${'x'.repeat(1_000_000)}`]: 1 });
  expect(policy.kind === 'malformed' ? policy.reason.length : 0).toBeLessThan(200);
  expect(policy.kind === 'malformed' ? policy.reason : '').toContain('\\u001b[31m\\n');
});

test('a document nested a million deep is refused, not crashed on', () => {
  let nested: Json = [];
  for (let depth = 0; depth < 1_000_000; depth++) nested = [nested];
  expect(parsePolicy({ Statement: nested }).kind).toBe('malformed');
});
