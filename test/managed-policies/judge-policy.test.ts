import { readFileSync } from 'node:fs';
import type { Json } from '../../lambda/scanner/model/json.ts';
import { leadingPolicies } from '../../lambda/scanner/techniques/iam/leading-policies.ts';
import { ADMINISTRATOR, allow, awsManaged, documentOf, iam, when } from '../escalation/support.ts';
import { judgePolicy } from './judge-policy.ts';

const pass = (service: string) => allow('iam:PassRole', '*', when('StringEquals', 'iam:PassedToService', service));

test.each<[name: string, document: Json, verdict: string]>([
  ['everything', documentOf([allow('*')]), 'admin'],
  ['a role to a new function', documentOf([pass('lambda.amazonaws.com'), allow('lambda:*')]), 'can-become-admin'],
  ['a role to a new instance', documentOf([pass('ec2.amazonaws.com'), allow('ec2:RunInstances')]), 'can-become-admin'],
  ['the code of a function, which may run with an admin role', documentOf([allow('lambda:UpdateFunctionCode')]), 'conditional'],
  ['Identity Center, which may be managed from the account', documentOf([allow('sso:*')]), 'conditional'],
  ['a role to a service without any action of it', documentOf([pass('lambda.amazonaws.com')]), 'none'],
  [
    'the role of another name',
    documentOf([allow('iam:PassRole', iam('role/app')), allow(['lambda:CreateFunction', 'lambda:InvokeFunction'])]),
    'none',
  ],
  ['only reading', documentOf([allow(['iam:Get*', 's3:Get*', 'ec2:Describe*'])]), 'none'],
])('a policy that allows %s', (_name, document, verdict) => {
  expect(judgePolicy(awsManaged('Tried'), document).verdict).toBe(verdict);
});

test('the reviewed list has each policy once, in order, with a verdict other than none', () => {
  const rows = readFileSync(`${__dirname}/verdicts.tsv`, 'utf8').trimEnd().split('\n');
  const arns = rows.map((row) => row.split('\t')[0] ?? '');
  expect(rows.filter((row) => !/^arn:aws:iam::aws:policy\/\S+\t(admin|can-become-admin|conditional)$/.test(row))).toEqual([]);
  expect(arns).toEqual([...new Set(arns)].toSorted());
  const known = new Set([ADMINISTRATOR, awsManaged('IAMFullAccess')]);
  expect(arns.filter((arn) => !known.has(arn))).toEqual(leadingPolicies.map(awsManaged));
});
