import type { Json } from '../../lambda/scanner/model/json.ts';
import type { CompiledStatement } from '../../lambda/scanner/policy/compile.ts';
import { decide } from '../../lambda/scanner/policy/decide.ts';
import { ask, contextOf, inForce, policyOf } from './support.ts';
import type { Known } from './support.ts';

const mfa = { Bool: { 'aws:MultiFactorAuthPresent': 'true' } };
const noMfa = { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } };
const role = (name: string): string => `arn:aws:iam::111122223333:role/${name}`;

interface Request {
  readonly action?: string;
  readonly resource?: string;
  readonly known?: Known;
}

test.each<[string, readonly Json[], Request, string]>([
  ['no policies', [], {}, 'denied'],
  ['an Allow', [policyOf({})], {}, 'allowed'],
  ['Deny beats Allow', [policyOf({}, { Effect: 'Deny' })], {}, 'denied'],
  ['Deny in another policy', [policyOf({}), policyOf({ Effect: 'Deny' })], {}, 'denied'],
  ['Deny of another action', [policyOf({}, { Effect: 'Deny', Action: 'iam:GetUser' })], {}, 'allowed'],
  [
    'Deny of one resource, asked for another',
    [policyOf({ Action: 'iam:*' }, { Effect: 'Deny', Action: 'iam:*', Resource: role('guarded') })],
    {},
    'allowed',
  ],
  [
    'Deny of one resource, asked for it',
    [policyOf({ Action: 'iam:*' }, { Effect: 'Deny', Action: 'iam:*', Resource: role('guarded') })],
    { resource: role('guarded') },
    'denied',
  ],
  ['the action ignores case', [policyOf({ Action: 'IAM:passrole' })], { action: 'iam:PASSROLE' }, 'allowed'],
  ['the action has wildcards inside', [policyOf({ Action: 'iam:P*ss?ole' })], {}, 'allowed'],
  ['an action outside the vocabulary', [policyOf({ Action: 'ec2:Run*' })], { action: 'ec2:RunInstances' }, 'allowed'],
  ['an action outside the vocabulary, not named', [policyOf({ Action: 'ec2:Stop*' })], { action: 'ec2:RunInstances' }, 'denied'],
  ['the resource does not ignore case', [policyOf({ Resource: role('Admin') })], {}, 'denied'],
  ['the resource has a wildcard inside', [policyOf({ Resource: 'arn:aws:iam::*:role/a?min' })], {}, 'allowed'],
  ['NotAction of another action allows', [policyOf({ NotAction: 's3:*' })], {}, 'allowed'],
  ['NotAction of the action does not', [policyOf({ NotAction: ['s3:*', 'iam:Pass*'] })], {}, 'denied'],
  ['NotAction of everything allows nothing', [policyOf({ NotAction: ['*'] })], {}, 'denied'],
  ['NotAction in a Deny', [policyOf({}, { Effect: 'Deny', NotAction: 's3:*' })], {}, 'denied'],
  ['NotAction outside the vocabulary', [policyOf({ NotAction: 'iam:*' })], { action: 'ec2:RunInstances' }, 'allowed'],
  ['NotResource of another resource', [policyOf({ NotResource: role('x') })], {}, 'allowed'],
  ['NotResource of the resource', [policyOf({ NotResource: [role('x'), role('admin')] })], {}, 'denied'],
  ['NotResource in a Deny', [policyOf({}, { Effect: 'Deny', NotResource: role('x') })], {}, 'denied'],
  ['an empty Action', [policyOf({ Action: [] })], {}, 'denied'],
  ['an empty Resource', [policyOf({ Resource: [] })], {}, 'denied'],
  ['an action without resource, allowed on all', [policyOf({})], { resource: '*' }, 'allowed'],
  ['an action without resource, allowed on every ARN', [policyOf({ Resource: 'arn:aws:*' })], { resource: '*' }, 'denied'],
  ['an action without resource, but for one ARN', [policyOf({ NotResource: role('x') })], { resource: '*' }, 'allowed'],
  [
    'a resource with a variable',
    [policyOf({ Resource: role('${aws:username}') })],
    { known: { 'aws:username': 'admin' } },
    'allowed',
  ],
  [
    'a resource with another value',
    [policyOf({ Resource: role('${aws:username}') })],
    { known: { 'aws:username': 'bob' } },
    'denied',
  ],
  ['a resource with a missing variable', [policyOf({ Resource: role('${aws:username}') })], {}, 'denied'],
  ['NotResource with a missing variable leaves nothing out', [policyOf({ NotResource: role('${aws:username}') })], {}, 'allowed'],
  ['another pattern beside a missing variable', [policyOf({ Resource: [role('${aws:username}'), '*'] })], {}, 'allowed'],
  [
    'a resource with an unknown variable',
    [policyOf({ Resource: role('${aws:username}') })],
    { known: { 'aws:username': '?' } },
    'depends',
  ],
  [
    'an unknown variable where the rest cannot match',
    [policyOf({ Resource: 'arn:aws:s3:::${aws:username}' })],
    { known: { 'aws:username': '?' } },
    'denied',
  ],
  [
    'a pattern that matches anyhow beside an unknown variable',
    [policyOf({ Resource: [role('${aws:username}'), '*'] })],
    { known: { 'aws:username': '?' } },
    'allowed',
  ],
  ['a conditional Allow', [policyOf({ Condition: mfa })], { known: { 'aws:multifactorauthpresent': '?' } }, 'depends'],
  [
    'a conditional Allow beside an unconditional one',
    [policyOf({ Condition: mfa }, {})],
    { known: { 'aws:multifactorauthpresent': '?' } },
    'allowed',
  ],
  [
    'a conditional Deny',
    [policyOf({}, { Effect: 'Deny', Condition: noMfa })],
    { known: { 'aws:multifactorauthpresent': '?' } },
    'depends',
  ],
  ['a conditional Deny that holds', [policyOf({}, { Effect: 'Deny', Condition: noMfa })], {}, 'denied'],
  [
    'a conditional Deny of what nothing allows',
    [policyOf({ Effect: 'Deny', Condition: noMfa })],
    { known: { 'aws:multifactorauthpresent': '?' } },
    'denied',
  ],
  [
    'a Deny behind a conditional one',
    [policyOf({}, { Effect: 'Deny', Condition: noMfa }, { Effect: 'Deny' })],
    { known: { 'aws:multifactorauthpresent': '?' } },
    'denied',
  ],
])('%s', (_name, documents, request, expected) => {
  expect(ask(documents, request).effect).toBe(expected);
});

describe('says why', () => {
  const known = { 'aws:multifactorauthpresent': '?', 'aws:sourceip': '?' };
  const on = (effect: string): unknown => ({
    key: 'aws:multifactorauthpresent',
    operator: effect === 'Allow' ? 'Bool' : 'BoolIfExists',
    values: [effect === 'Allow' ? 'true' : 'false'],
    controlledBy: 'environment',
    effect,
  });

  test.each<[string, readonly Json[], unknown]>([
    [
      'the first Allow',
      [policyOf({ Action: 's3:*' }, { Sid: 'B' }), policyOf({})],
      { effect: 'allowed', by: [{ policy: 'p0', index: 1, sid: 'B' }] },
    ],
    [
      'the first Deny',
      [policyOf({}), policyOf({ Effect: 'Deny', Sid: 'No' })],
      { effect: 'denied', explicit: true, by: [{ policy: 'p1', index: 0, sid: 'No' }] },
    ],
    ['nothing, where nothing allows', [policyOf({ Action: 's3:*' })], { effect: 'denied', explicit: false, by: [] }],
    [
      'what the first conditional Allow hangs on',
      [policyOf({ Condition: mfa }, { Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } })],
      { effect: 'depends', by: [{ policy: 'p0', index: 0 }], on: [on('Allow')], guards: [] },
    ],
    [
      'the guards and what they hang on, not the conditional Allow beside a plain one',
      [policyOf({ Condition: mfa }, {}, { Effect: 'Deny', Condition: noMfa })],
      { effect: 'depends', by: [{ policy: 'p0', index: 1 }], on: [on('Deny')], guards: [{ policy: 'p0', index: 2 }] },
    ],
    [
      'both, where Allow and Deny are conditional',
      [policyOf({ Condition: mfa }, { Effect: 'Deny', Condition: noMfa })],
      {
        effect: 'depends',
        by: [{ policy: 'p0', index: 0 }],
        on: [on('Allow'), on('Deny')],
        guards: [{ policy: 'p0', index: 1 }],
      },
    ],
  ])('%s', (_name, documents, expected) => {
    expect(ask(documents, { known })).toEqual(expected);
  });

  test('a resource that depends on a variable', () => {
    expect(ask([policyOf({ Resource: role('${aws:username}') })], { known: { 'aws:username': '?' } })).toMatchObject({
      on: [{ key: 'aws:username', operator: 'Resource', values: [role('${aws:username}')], controlledBy: 'environment' }],
    });
  });
});

describe('with a predicate on statements', () => {
  const policies = inForce(
    policyOf({ Sid: 'mine' }, { Sid: 'theirs', Effect: 'Deny' }, { Sid: 'maybe', Effect: 'Deny', Action: 'iam:GetUser' }),
  );
  const appliesTo = ({ source }: CompiledStatement): ReturnType<NonNullable<Parameters<typeof decide>[2]>> => {
    if (source.sid === 'maybe') return [{ key: 'k', operator: 'Principal', values: [], controlledBy: 'caller', effect: 'Deny' }];
    return source.sid === 'mine';
  };

  test.each([
    ['a statement about another does not count', 'iam:PassRole', 'allowed'],
    ['a statement that may be about the caller is a guard', 'iam:GetUser', 'depends'],
  ])('%s', (_name, action, expected) => {
    expect(decide(policies, { action, resource: '*', context: contextOf({}) }, appliesTo).effect).toBe(expected);
  });
});
