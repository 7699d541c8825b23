import { pathInWords } from '../../lambda/scanner/model/path-in-words.ts';
import type { Step } from '../../lambda/scanner/model/verdict.ts';

const ANN = 'arn:aws:iam::111122223333:user/ann';
const role = (name: string, account = '111122223333') => `arn:aws:iam::${account}:role/${name}`;

const step = (actions: readonly string[], to: string, more: Partial<Step> = {}): Step => ({
  ...{ rule: 'some-rule', title: 'do something', aliases: [], actions, from: ANN, to, statements: [] },
  ...more,
});
const assume = (to: string) => step(['sts:AssumeRole'], to);
const closing = (arn: string) => step(['*'], arn, { rule: 'allows-everything', from: arn });

test.each<[name: string, path: readonly Step[], expected: string]>([
  [
    'several steps, each as its calls and its target',
    [assume(role('ci-deploy')), step(['cloudformation:CreateStack', 'iam:PassRole'], role('cdk-exec'))],
    'sts:AssumeRole role/ci-deploy → iam:PassRole + cloudformation:CreateStack role/cdk-exec',
  ],
  ['a path of the resource', [assume(role('team/a/ops'))], 'sts:AssumeRole role/team/a/ops'],
  [
    'a target in another account',
    [assume(role('ops', '999988887777')), step(['sts:AssumeRole'], role('home'), { from: role('ops', '999988887777') })],
    'sts:AssumeRole role/ops (account 999988887777) → sts:AssumeRole role/home',
  ],
  [
    'a service that acts in another account',
    [step(['cloudformation:CreateStackSet', 'cloudformation:CreateStackInstances'], 'arn:aws:iam::999988887777:root')],
    'cloudformation:CreateStackSet + cloudformation:CreateStackInstances in account 999988887777',
  ],
  [
    'the root user of a member account',
    [step(['sts:AssumeRoot'], 'arn:aws:iam::999988887777:root')],
    'sts:AssumeRoot root (account 999988887777)',
  ],
  ['a target that is no ARN', [step(['sts:AssumeRoot'], 'every member account')], 'sts:AssumeRoot every member account'],
  ['a step on oneself', [step(['iam:AttachUserPolicy'], ANN)], 'iam:AttachUserPolicy (self)'],
  ['a step on oneself outside IAM', [step(['sso:CreateAccountAssignment'], ANN)], 'sso:CreateAccountAssignment (self)'],
  ['a policy of one’s own', [step(['iam:CreatePolicyVersion'], ANN)], 'iam:CreatePolicyVersion (own policy)'],
  ['a group of one’s own', [step(['iam:PutGroupPolicy'], ANN)], 'iam:PutGroupPolicy (own group)'],
  [
    'a policy of another',
    [step(['iam:SetDefaultPolicyVersion'], role('app'))],
    'iam:SetDefaultPolicyVersion (policy of role/app)',
  ],
  [
    'the identity provider that a role trusts',
    [step(['iam:UpdateSAMLProvider'], role('app', '999988887777'))],
    'iam:UpdateSAMLProvider (identity provider of role/app) (account 999988887777)',
  ],
  [
    'alternatives among the calls',
    [step(['iam:CreateUser', 'iam:AttachUserPolicy', 'iam:PutUserPolicy', 'iam:CreateAccessKey', 'iam:CreateLoginProfile'], ANN)],
    'iam:CreateUser + (iam:AttachUserPolicy or iam:PutUserPolicy) + (iam:CreateAccessKey or iam:CreateLoginProfile) (new user)',
  ],
  ['a new role', [step(['iam:CreateRole', 'iam:PutRolePolicy'], ANN)], 'iam:CreateRole + iam:PutRolePolicy (new role)'],
  ['a step without calls, by its title', [step([], role('ops'))], 'do something role/ops'],
  ['a closing step, which is no call', [assume(role('ops')), closing(role('ops'))], 'sts:AssumeRole role/ops'],
  ['an admin without any call', [closing(ANN)], ''],
  ['no path', [], ''],
  [
    'six steps in full',
    ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => assume(role(name))),
    ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => `sts:AssumeRole role/${name}`).join(' → '),
  ],
  [
    'a longer path, with its middle counted',
    ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((name) => assume(role(name))),
    `${['a', 'b', 'c', 'd', 'e'].map((name) => `sts:AssumeRole role/${name}`).join(' → ')} → … 2 more … → sts:AssumeRole role/h`,
  ],
])('%s', (_name, path, expected) => {
  expect(pathInWords({ path })).toBe(expected);
});
