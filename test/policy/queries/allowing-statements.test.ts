import type { Json } from '../../../lambda/scanner/model/json.ts';
import { allowing, holds, mayName } from '../../../lambda/scanner/policy/queries/allowing-statements.ts';
import { type GivenKeys, plainRequest } from '../../../lambda/scanner/policy/queries/plain-request.ts';
import { ACCOUNT, NOW } from '../../support/builders.ts';
import { compiledOf, policyOf } from '../support.ts';

const scene = { partition: 'aws', accountId: ACCOUNT, now: NOW };
const bucket = 'arn:{partition}:s3:::reports';

type Statement = Readonly<Record<string, Json>>;
/** The numbers of the statements that allow `s3:GetObject` on a bucket, or another request. */
const allowingOf = (statements: readonly Statement[], action = 's3:GetObject', said: GivenKeys = {}): readonly number[] =>
  allowing(compiledOf(policyOf(...statements)), plainRequest(scene, action, bucket, said)).map(({ source }) => source.index);

const when = (operator: string, key: string, value: string): Statement => ({ Condition: { [operator]: { [key]: value } } });
const mfa = when('Bool', 'aws:MultiFactorAuthPresent', 'true');
const region = when('StringEquals', 'aws:RequestedRegion', 'eu-west-1');
const mfaAndRegion: Statement = {
  Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' }, StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } },
};

test.each<[name: string, statements: readonly Statement[], by: readonly number[]]>([
  ['Allow *', [{}], [0]],
  ['Allow of the action', [{ Action: 's3:GetObject' }], [0]],
  ['Allow of another action', [{ Action: 'iam:PassRole' }], []],
  ['each Allow of the action', [{ Action: 's3:*' }, { Action: 'iam:*' }, { Action: 's3:Get*' }], [0, 2]],
  ['Allow on the resource', [{ Resource: 'arn:aws:s3:::reports' }], [0]],
  ['Allow on another resource', [{ Resource: 'arn:aws:s3:::logs' }], []],
  ['Allow on all but the resource', [{ NotResource: 'arn:aws:s3:::reports' }], []],
  ['Allow and Deny', [{}, { Effect: 'Deny', Action: 's3:*' }], []],
  ['Allow, and Deny of another action', [{}, { Effect: 'Deny', Action: 'iam:*' }], [0]],
  ['Allow, and Deny of another resource', [{}, { Effect: 'Deny', Resource: 'arn:aws:s3:::logs' }], [0]],
  ['Allow with MFA: the caller may have none', [mfa], []],
  ['Allow in a Region: the caller chooses it', [region], [0]],
  ['Allow with MFA in a Region', [mfaAndRegion], []],
  ['Allow with a condition that does not hold', [when('Bool', 'aws:SecureTransport', 'false')], []],
  ['Allow, and Deny with MFA: the caller may have it', [{}, { Effect: 'Deny', ...mfa }], []],
  ['Allow, and Deny in a Region: the caller takes another', [{}, { Effect: 'Deny', ...region }], [0]],
  ['Allow, and Deny with MFA in a Region', [{}, { Effect: 'Deny', ...mfaAndRegion }], [0]],
  [
    'Allow, and Deny with a condition that does not hold',
    [{}, { Effect: 'Deny', ...when('Bool', 'aws:SecureTransport', 'false') }],
    [0],
  ],
  ['Allow on a bucket named after the caller', [{ Resource: 'arn:aws:s3:::${aws:PrincipalTag/team}' }], []],
  ['Allow on all but a bucket named after the caller', [{ NotResource: 'arn:aws:s3:::${aws:PrincipalTag/team}' }], [0]],
  [
    'Allow, and Deny of a bucket named after the caller',
    [{}, { Effect: 'Deny', Resource: 'arn:aws:s3:::${aws:PrincipalTag/team}' }],
    [0],
  ],
  [
    'Allow, and Deny of all but a bucket named after the caller',
    [{}, { Effect: 'Deny', NotResource: 'arn:aws:s3:::${aws:PrincipalTag/team}' }],
    [],
  ],
])('%s', (_name, statements, by) => {
  expect(allowingOf(statements)).toEqual(by);
});

test('what the request says of a key decides its conditions', () => {
  expect(allowingOf([mfa], 's3:GetObject', { 'aws:multifactorauthpresent': 'true' })).toEqual([0]);
  expect(allowingOf([region], 's3:GetObject', { 'aws:requestedregion': 'us-east-1' })).toEqual([]);
});

test('an action that the vocabulary lacks is asked by its name', () => {
  const statements = [{ Action: 'ec2:Run*' }, { Action: 's3:*' }];
  expect(allowingOf(statements, 'ec2:RunInstances')).toEqual([0]);
  expect(mayName(compiledOf(policyOf(...statements)), 'ec2:RunInstances')).toBe(true);
  expect(mayName(compiledOf(policyOf({ Action: 's3:*' })), 'ec2:RunInstances')).toBe(true);
});

test('the first action of the vocabulary is asked as the others are', () => {
  const policy = compiledOf(policyOf({ Action: 's3:*' }, { Effect: 'Deny', Action: 'iam:*' }));
  const [first = ''] = policy.vocabulary.actions;
  expect(first).toBe('iam:PassRole');
  expect([mayName(policy, first), mayName(policy, 's3:GetObject')]).toEqual([false, true]);
  expect(allowingOf([{ Action: first }, { Action: 's3:*' }], first)).toEqual([0]);
});

test('a statement holds whatever its action', () => {
  const [statement] = compiledOf(policyOf({ Action: 'iam:PassRole', Resource: 'arn:aws:s3:::reports' })).statements;
  if (statement === undefined) throw new Error('no statement');
  expect(holds(statement, plainRequest(scene, 's3:GetObject', bucket))).toBe(true);
  expect(holds(statement, plainRequest(scene, 's3:GetObject', 'arn:{partition}:s3:::logs'))).toBe(false);
});
