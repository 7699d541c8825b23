import type { Json } from '../../../lambda/scanner/model/json.ts';
import { allowingEverything, namesService } from '../../../lambda/scanner/policy/queries/statements-allowing-everything.ts';
import { services } from '../../../lambda/scanner/policy/services.ts';
import { ACCOUNT, NOW } from '../../support/builders.ts';
import { compiledOf, policyOf } from '../support.ts';

type Statement = Readonly<Record<string, Json>>;
const statementsOf = (statements: readonly Statement[]) => compiledOf(policyOf(...statements)).statements;

const every = services.map((service) => `${service}:*`);

test.each<[name: string, statements: readonly Statement[], by: readonly number[] | undefined]>([
  ['*', [{}], [0]],
  ['*:*', [{ Action: '*:*' }], [0]],
  ['one service', [{ Action: 's3:*' }], undefined],
  ['every service by its name', [{ Action: every }], [0]],
  ['every service in capitals', [{ Action: every.map((pattern) => pattern.toUpperCase()) }], [0]],
  ['every service but one', [{ Action: every.slice(1) }], undefined],
  ['all but IAM, and IAM', [{ Action: 'ec2:*' }, { NotAction: 'IAM:*' }, { Action: 'iam:*' }], [1, 2]],
  ['all but IAM', [{ NotAction: 'iam:*' }], undefined],
  ['every resource with an ARN', [{ Resource: 'arn:aws:*' }], [0]],
  ['every bucket', [{ Resource: 'arn:aws:s3:::*' }], undefined],
  ['all but a bucket', [{ NotResource: 'arn:aws:s3:::reports' }], [0]],
  ['all but ARNs', [{ NotResource: 'arn:*' }], undefined],
  ['with MFA', [{ Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } }], undefined],
  ['in a Region that the caller chooses', [{ Condition: { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } } }], [0]],
  ['a Deny alone', [{ Effect: 'Deny' }], undefined],
  ['an Allow and a Deny', [{}, { Effect: 'Deny' }], [0]],
])('the statements that allow everything: %s', (_name, statements, by) => {
  const found = allowingEverything(statementsOf(statements), { partition: 'aws', accountId: ACCOUNT, now: NOW });
  expect(found?.map(({ source }) => source.index)).toEqual(by);
});

test.each<[pattern: string, service: string, isNamed: boolean]>([
  ['s3:*', 's3', true],
  ['S3:*', 's3', true],
  ['*', 's3', true],
  ['*:*', 's3', true],
  ['s*', 's3', true],
  ['s?:*', 's3', true],
  ['?3:*', 's3', true],
  ['s3:?*', 's3', true],
  ['s3*', 's3', true],
  ['s3:??*', 's3', false],
  ['s3:Get*', 's3', false],
  ['s3:*Object', 's3', false],
  ['*:Get*', 's3', false],
  ['s3:GetObject', 's3', false],
  ['s3:', 's3', false],
  ['iam:*', 's3', false],
  ['s3-outposts:*', 's3', false],
  ['s3-*', 's3', false],
])('%s names every action of %s: %s', (pattern, service, isNamed) => {
  const [statement] = statementsOf([{ Action: ['ec2:RunInstances', pattern] }]);
  expect(statement !== undefined && namesService(statement, service)).toBe(isNamed);
});
