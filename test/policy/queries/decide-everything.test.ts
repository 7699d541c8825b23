import fc from 'fast-check';
import type { Json } from '../../../lambda/scanner/model/json.ts';
import { decideEverything } from '../../../lambda/scanner/policy/queries/decide-everything.ts';
import { services } from '../../../lambda/scanner/policy/services.ts';
import { volume } from '../../support/volume.ts';
import { contextKeys, documents, knownContext, question } from '../generators.ts';
import { naiveDecide } from '../naive.ts';
import { contextOf, inForce, policyOf } from '../support.ts';
import type { Known } from '../support.ts';
import { processorTime } from '../../support/processor-time.ts';

const every = services.map((service) => `${service}:*`);
const mfa = { Bool: { 'aws:MultiFactorAuthPresent': 'true' } };
const role = 'arn:aws:iam::111122223333:role/x';
const unknown: Known = {
  'aws:multifactorauthpresent': '?',
  'aws:requestedregion': '?',
  'aws:username': '?',
  'aws:principalaccount': '111122223333',
  'aws:principaltag/empty': '',
};

test.each<[string, readonly Json[], string]>([
  ['Allow * on *', [policyOf({})], 'allowed'],
  ['Allow *:* on *', [policyOf({ Action: '*:*' })], 'allowed'],
  ['Allow ?* on *', [policyOf({ Action: '?*' })], 'allowed'],
  ['Allow * on **', [policyOf({ Resource: '**' })], 'allowed'],
  ['Allow * among other actions and resources', [policyOf({ Action: ['s3:*', '*'], Resource: [role, '*'] })], 'allowed'],
  ['every service listed', [policyOf({ Action: every })], 'allowed'],
  ['every service listed in capitals', [policyOf({ Action: every.map((pattern) => pattern.toUpperCase()) })], 'allowed'],
  [
    'every service listed over two policies',
    [policyOf({ Action: every.slice(0, 200) }), policyOf({ Action: every.slice(200) })],
    'allowed',
  ],
  ['every service but one', [policyOf({ Action: every.filter((pattern) => pattern !== 's3:*') })], 'denied'],
  ['iam:* and NotAction iam:*', [policyOf({ Action: 'iam:*' }), policyOf({ NotAction: 'iam:*' })], 'allowed'],
  ['IAM:* and NotAction iam:*', [policyOf({ Action: 'IAM:*' }, { NotAction: 'iam:*' })], 'allowed'],
  [
    'single actions and NotAction of them',
    [policyOf({ Action: ['iam:PassRole', 's3:Get*'] }, { NotAction: ['iam:PassRole', 's3:Get*'] })],
    'allowed',
  ],
  [
    'single actions and NotAction of one more',
    [policyOf({ Action: ['iam:PassRole'] }, { NotAction: ['iam:PassRole', 's3:Get*'] })],
    'denied',
  ],
  ['two NotActions that leave out different things', [policyOf({ NotAction: 'iam:*' }, { NotAction: 's3:*' })], 'allowed'],
  ['two NotActions that leave out the same', [policyOf({ NotAction: 'iam:*' }, { NotAction: ['s3:*', 'iam:Get*'] })], 'denied'],
  ['NotAction of three', [policyOf({ NotAction: ['iam:*', 'organizations:*', 'account:*'] })], 'denied'],
  ['NotAction of everything', [policyOf({ NotAction: ['*'] })], 'denied'],
  ['NotAction of everything beside an Allow', [policyOf({ NotAction: ['*'] }, {})], 'allowed'],
  ['Allow * on arn:*', [policyOf({ Resource: 'arn:*' })], 'denied'],
  ['Allow * on arn:aws:*', [policyOf({ Resource: 'arn:aws:*' })], 'denied'],
  [
    'Allow * on arn:aws:* and on what is no such ARN',
    [policyOf({ Resource: 'arn:aws:*' }, { NotResource: 'arn:aws:*' })],
    'allowed',
  ],
  ['Allow * but for one role', [policyOf({ NotResource: role })], 'denied'],
  ['Allow * but for one role, and on that role', [policyOf({ NotResource: role }, { Resource: role })], 'allowed'],
  [
    'Allow * but for one role, and iam:* on that role',
    [policyOf({ NotResource: role }, { Action: 'iam:*', Resource: role })],
    'denied',
  ],
  ['NotResource with a variable', [policyOf({ NotResource: 'arn:aws:iam::1:user/${aws:username}' })], 'denied'],
  [
    'NotAction and NotResource, made good',
    [policyOf({ NotAction: 'iam:*', NotResource: role }, { Action: 'iam:*' }, { Resource: role })],
    'allowed',
  ],
  ['Allow * and Deny *', [policyOf({}, { Effect: 'Deny' })], 'denied'],
  ['Deny of one action', [policyOf({}, { Effect: 'Deny', Action: 's3:DeleteBucket' })], 'denied'],
  ['Deny of one resource', [policyOf({}, { Effect: 'Deny', Resource: role })], 'denied'],
  ['Deny of no action', [policyOf({}, { Effect: 'Deny', Action: [] })], 'allowed'],
  ['Deny of no resource', [policyOf({}, { Effect: 'Deny', Resource: [] })], 'allowed'],
  ['Deny NotAction *', [policyOf({}, { Effect: 'Deny', NotAction: '*' })], 'allowed'],
  ['Deny NotAction iam:*', [policyOf({}, { Effect: 'Deny', NotAction: 'iam:*' })], 'denied'],
  ['Deny NotAction of every service', [policyOf({}, { Effect: 'Deny', NotAction: every })], 'allowed'],
  ['Deny NotAction of every service but one', [policyOf({}, { Effect: 'Deny', NotAction: every.slice(1) })], 'denied'],
  ['Deny NotResource *', [policyOf({}, { Effect: 'Deny', NotResource: '*' })], 'allowed'],
  ['Deny NotResource of a role', [policyOf({}, { Effect: 'Deny', NotResource: role })], 'denied'],
  [
    'Deny of a resource with a missing variable',
    [policyOf({}, { Effect: 'Deny', Resource: 'arn:aws:s3:::${aws:PrincipalTag/x}' })],
    'allowed',
  ],
  [
    'Deny of a resource with an unknown variable',
    [policyOf({}, { Effect: 'Deny', Resource: 'arn:aws:s3:::${aws:username}' })],
    'depends',
  ],
  [
    'Deny NotResource of a resource with an unknown variable',
    [policyOf({}, { Effect: 'Deny', NotResource: 'arn:aws:s3:::${aws:username}' })],
    'denied',
  ],
  [
    'Deny NotResource of anything that ends in an unknown variable',
    [policyOf({}, { Effect: 'Deny', NotResource: '*${aws:username}' })],
    'depends',
  ],
  [
    'Deny of a resource with a variable that is known',
    [policyOf({}, { Effect: 'Deny', Resource: 'arn:aws:s3:::${aws:PrincipalAccount}' })],
    'denied',
  ],
  [
    'Deny NotResource of a resource with a variable that is known',
    [policyOf({}, { Effect: 'Deny', NotResource: 'arn:aws:s3:::${aws:PrincipalAccount}' })],
    'denied',
  ],
  [
    'Deny NotResource of anything that ends in nothing',
    [policyOf({}, { Effect: 'Deny', NotResource: '*${aws:PrincipalTag/empty}' })],
    'allowed',
  ],
  [
    'Allow * but for a resource with an unknown variable, and on that resource',
    [policyOf({ NotResource: 'arn:aws:s3:::${aws:username}' }, { Resource: 'arn:aws:s3:::${aws:username}' })],
    'denied',
  ],
  [
    'Allow * but for a resource with an unknown variable, and on whatever that may be',
    [policyOf({ NotResource: 'arn:aws:s3:::${aws:username}' }, { Resource: 'arn:aws:s3:::*' })],
    'allowed',
  ],
  [
    'Deny of what looks like a variable in a version without variables',
    [
      policyOf({}),
      { Version: '2008-10-17', Statement: { Effect: 'Deny', Action: '*', Resource: 'arn:aws:s3:::${aws:username}' } },
    ],
    'denied',
  ],
  ['Deny whose condition fails', [policyOf({}, { Effect: 'Deny', Condition: { StringEquals: { 'app:x': '1' } } })], 'allowed'],
  [
    'Allow * and Deny * without MFA',
    [policyOf({}, { Effect: 'Deny', Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } } })],
    'depends',
  ],
  [
    'Allow * and Deny * outside a Region',
    [policyOf({}, { Effect: 'Deny', Condition: { StringNotEquals: { 'aws:RequestedRegion': 'eu-west-1' } } })],
    'depends',
  ],
  ['Allow * with MFA', [policyOf({ Condition: mfa })], 'depends'],
  ['iam:* with MFA and the rest without', [policyOf({ Action: 'iam:*', Condition: mfa }, { NotAction: 'iam:*' })], 'depends'],
  ['Allow * with MFA and without', [policyOf({ Condition: mfa }, {})], 'allowed'],
  ['Allow iam:* with MFA', [policyOf({ Action: 'iam:*', Condition: mfa })], 'denied'],
  ['no policies', [], 'denied'],
  ['an empty policy', [{ Statement: [] }], 'denied'],
])('%s: %#', (_name, json, expected) => {
  expect(decideEverything(inForce(...json), services, contextOf(unknown)).effect).toBe(expected);
});

test('says which statements together allow it, and no others', () => {
  const json = policyOf({ Action: 's3:*' }, { Action: 'iam:*' }, { NotAction: 'iam:*' }, { Action: 'ec2:*' });
  expect(decideEverything(inForce(json), services, contextOf({}))).toEqual({
    effect: 'allowed',
    by: [
      { policy: 'p0', index: 1 },
      { policy: 'p0', index: 2 },
    ],
  });
});

test('names only the conditions that are needed, and the guards', () => {
  const json = policyOf(
    { Action: 'iam:*', Condition: { StringEquals: { 'aws:RequestedRegion': 'x' } } },
    { Action: 'iam:*', Condition: mfa },
    { NotAction: 'iam:*' },
    { Effect: 'Deny', Sid: 'Guard', Condition: { Null: { 'aws:RequestedRegion': 'true' } } },
  );
  expect(decideEverything(inForce(json), services, contextOf(unknown))).toMatchObject({
    effect: 'depends',
    by: [
      { policy: 'p0', index: 0 },
      { policy: 'p0', index: 2 },
    ],
    on: [
      { key: 'aws:requestedregion', effect: 'Allow' },
      { key: 'aws:requestedregion', effect: 'Deny' },
    ],
    guards: [{ policy: 'p0', index: 3, sid: 'Guard' }],
  });
});

test('leaves out wide statements with conditions that narrower ones make needless', () => {
  const others = every.filter((pattern) => pattern !== 's3:*');
  const inRegion = { Condition: { StringEquals: { 'aws:RequestedRegion': 'x' } } };
  const json = policyOf(
    { NotAction: 's3:*', ...inRegion },
    { Action: others.slice(0, 100) },
    { Action: others.slice(100) },
    { Action: ['s3:*', ...others.slice(0, 150)], Condition: mfa },
    { Action: 's3:*', Condition: mfa },
  );
  expect(decideEverything(inForce(json), services, contextOf(unknown))).toMatchObject({
    effect: 'depends',
    by: [
      { policy: 'p0', index: 2 },
      { policy: 'p0', index: 3 },
    ],
    on: [{ key: 'aws:multifactorauthpresent' }],
  });
});

test('a denial names the Deny', () => {
  expect(decideEverything(inForce(policyOf({}, { Effect: 'Deny', Sid: 'No' })), services, contextOf({}))).toEqual({
    effect: 'denied',
    explicit: true,
    by: [{ policy: 'p0', index: 1, sid: 'No' }],
  });
});

test('where everything is allowed, so is every single request, however the unknown keys turn out', () => {
  const runs = volume({ usual: 1_000, full: 3_000 });
  let allowed = 0;
  fc.assert(
    fc.property(
      documents,
      question,
      knownContext,
      fc.uniqueArray(fc.constantFrom(...contextKeys)),
      (json, asked, known, keys) => {
        const context = contextOf(
          Object.fromEntries([...known].map(([key, values]) => [key, keys.includes(key) ? '?' : values])),
        );
        const decision = decideEverything(
          inForce(...json, { Statement: { Effect: 'Allow', NotAction: 'iam:*', Resource: '*' } }),
          ['iam', 's3', 'ec2', 'sts'],
          context,
        );
        if (decision.effect !== 'allowed') return;
        allowed++;
        const all = [...json, { Statement: { Effect: 'Allow', NotAction: 'iam:*', Resource: '*' } }];
        expect(naiveDecide(all, { ...asked, context: known })).toBe('allowed');
      },
    ),
    { numRuns: runs },
  );
  expect(allowed / runs).toBeGreaterThan(1 / 30);
});

test('a document made to be slow is given up in time', () => {
  const patterns = Array.from({ length: 5_000 }, (_, index) => `*a${index}*b*`);
  const json = policyOf(
    { NotAction: patterns },
    { NotAction: [...patterns].reverse() },
    { NotAction: 'iam:*', NotResource: patterns },
  );
  const took = processorTime(() => {
    expect(decideEverything(inForce(json), services, contextOf({})).effect).toBe('denied');
  });
  expect(took).toBeLessThan(10_000);
});
