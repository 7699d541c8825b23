import { readTemplate } from '../../lambda/scanner/planned/cloudformation/read.ts';
import { layOver } from '../../lambda/scanner/planned/lay-over.ts';
import { ACCOUNT, NOW, aPolicy, aRole, attached } from '../support/builders.ts';
import { allow, quietNight, snapshotOf } from '../drift/nights.ts';
import { outcomeOf } from './outcome.ts';
import { read } from './stack.ts';

const ADMIN = 'arn:aws:iam::aws:policy/AdministratorAccess';
const lambda =
  "{Version: 2012-10-17, Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: 'sts:AssumeRole'}]}";
const all = "{Version: 2012-10-17, Statement: [{Effect: Allow, Action: '*', Resource: '*'}]}";
const some = "{Version: 2012-10-17, Statement: [{Effect: Allow, Action: 's3:GetObject', Resource: '*'}]}";

const resources = (...lines: readonly string[]) => `Resources:\n${lines.map((line) => `  ${line}\n`).join('')}`;
const role = (id: string, properties: string) =>
  `${id}: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: ${lambda}, ${properties}}}`;
const policy = (properties: string, more = '') =>
  `Grant: {Type: AWS::IAM::Policy, ${more}Properties: {PolicyName: grant, ${properties}}}`;

type Outcome = ReturnType<typeof outcomeOf>;
const gives = (gains: readonly string[], unknown: readonly string[] = []): Outcome => ({ result: 'gives-admin', gains, unknown });
const givesNothing: Outcome = { result: 'gives-no-admin', gains: [], unknown: [] };
const cannotTell = (...unknown: readonly string[]): Outcome => ({ result: 'cannot-tell', gains: [], unknown });

test.each<[name: string, template: string, outcome: Outcome]>([
  ['nothing of IAM', resources('Bucket: {Type: AWS::S3::Bucket}'), givesNothing],
  [
    'a new role with an inline policy that allows everything',
    resources(role('Fn', `RoleName: fn, Policies: [{PolicyName: all, PolicyDocument: ${all}}]`)),
    gives(['IAM role fn is new and has administrator access']),
  ],
  [
    'a new role that reads',
    resources(role('Fn', `RoleName: fn, Policies: [{PolicyName: some, PolicyDocument: ${some}}]`)),
    givesNothing,
  ],
  [
    'a managed policy of the template, attached by its own list to a role of the account',
    resources(`All: {Type: AWS::IAM::ManagedPolicy, Properties: {PolicyDocument: ${all}, Roles: [guarded]}}`),
    gives(['IAM role guarded now can escalate to administrator']),
  ],
  [
    'a managed policy of the template, attached by Ref',
    resources(
      `All: {Type: AWS::IAM::ManagedPolicy, Properties: {PolicyDocument: ${all}}}`,
      role('Fn', 'RoleName: fn, ManagedPolicyArns: [!Ref All]'),
    ),
    gives(['IAM role fn is new and has administrator access']),
  ],
  [
    'a user that joins the admins',
    resources('Join: {Type: AWS::IAM::UserToGroupAddition, Properties: {GroupName: admins, Users: [dora]}}'),
    gives(['IAM user dora now has administrator access']),
  ],
  [
    'a role of the account that loses its boundary',
    resources(role('App', `RoleName: app, Policies: [{PolicyName: app, PolicyDocument: ${all}}]`)),
    gives(['IAM role app now has administrator access', 'The trust policy of IAM role app allows more than before']),
  ],
  [
    'a role of the account that keeps its boundary',
    resources(
      role(
        'App',
        `RoleName: app, PermissionsBoundary: 'arn:aws:iam::${ACCOUNT}:policy/workload-boundary', Policies: [{PolicyName: app, PolicyDocument: ${all}}]`,
      ),
    ),
    givesNothing,
  ],
  [
    'an admin role that another account can assume now',
    resources(
      `Ops: {Type: AWS::IAM::Role, Properties: {RoleName: ops, AssumeRolePolicyDocument: {Version: 2012-10-17, Statement: [{Effect: Allow, Principal: {AWS: '222233334444'}, Action: 'sts:AssumeRole'}]}}}`,
    ),
    gives(['The trust policy of IAM role ops allows more than before']),
  ],
  [
    'rights on the password of an admin',
    resources(
      `Grant: {Type: AWS::IAM::UserPolicy, Properties: {PolicyName: grant, UserName: dora, PolicyDocument: ${all.replace("'*', R", "'iam:CreateAccessKey', R")}}}`,
    ),
    gives(['IAM user dora now can escalate to administrator']),
  ],
  [
    'a policy for a role that is neither in the account nor in the template',
    resources(policy(`PolicyDocument: ${all}, Roles: [nowhere]`)),
    cannotTell('-: inline-policy of role nowhere: role nowhere does not exist'),
  ],
  [
    'an imported policy',
    resources(role('Fn', 'RoleName: fn, ManagedPolicyArns: [!ImportValue shared]')),
    cannotTell('fn: Fn.ManagedPolicyArns: Fn::ImportValue is known only to CloudFormation'),
  ],
  [
    'an imported policy beside one that allows everything',
    resources(role('Fn', `RoleName: fn, ManagedPolicyArns: [!ImportValue shared, ${ADMIN}]`)),
    gives(
      ['IAM role fn is new and has administrator access'],
      ['fn: Fn.ManagedPolicyArns: Fn::ImportValue is known only to CloudFormation'],
    ),
  ],
  [
    'a trust policy with a parameter that has no value',
    resources(
      `Ops: {Type: AWS::IAM::Role, Properties: {RoleName: ops, AssumeRolePolicyDocument: {Version: 2012-10-17, Statement: [{Effect: Allow, Principal: {AWS: !Ref Partner}, Action: 'sts:AssumeRole'}]}}}`,
    ),
    cannotTell(
      'ops: Ops.AssumeRolePolicyDocument: Partner has no value: add --parameter Partner=VALUE',
      'ops: its trust policy cannot be read in both snapshots',
    ),
  ],
  [
    'an AWS managed policy that the account does not use yet',
    resources(role('Fn', 'RoleName: fn, ManagedPolicyArns: [arn:aws:iam::aws:policy/SecurityAudit]')),
    cannotTell('-: the document of arn:aws:iam::aws:policy/SecurityAudit is not known: the snapshot does not have the policy'),
  ],
  [
    'a policy whose condition does not hold',
    `Conditions: {Never: !Equals [a, b]}\n${resources(policy(`PolicyDocument: ${all}, Roles: [guarded]`, 'Condition: Never, '))}`,
    givesNothing,
  ],
  [
    'a policy whose condition holds by functions of functions',
    `Mappings: {Stage: {prod: {admin: 'yes'}}}
Conditions:
  IsYes: !Equals [!FindInMap [Stage, !Select [1, !Split ['-', 'app-prod']], admin], 'yes']
  Always: !And [!Condition IsYes, !Not [!Equals [a, b]]]
${resources(policy(`PolicyDocument: !If [Always, ${all}, ${some}], Roles: [!If [Always, guarded, !Ref AWS::NoValue]]`, 'Condition: Always, '))}`,
    gives(['IAM role guarded now can escalate to administrator']),
  ],
  [
    'a policy whose condition is not known',
    `Conditions: {Maybe: !Equals [!Ref Stage, prod]}\n${resources(policy(`PolicyDocument: ${all}, Roles: [guarded]`, 'Condition: Maybe, '))}`,
    cannotTell('-: Grant: whether it is deployed is not known: Stage has no value: add --parameter Stage=VALUE'),
  ],
  [
    'attributes by a text, and the literal of a substitution',
    `Parameters: {Who: {Type: String, Default: guarded}}
${resources(
  'Bucket: {Type: AWS::S3::Bucket}',
  policy(
    `PolicyDocument: {Version: 2012-10-17, Statement: [{Effect: Allow, Action: 's3:*', Resource: ['Fn::GetAtt': Bucket.Arn, !Sub 'arn:aws:s3:::\${!aws:username}']}]}, Roles: [!Sub ['\${Name}', {Name: !Ref Who}]]`,
  ),
)}`,
    givesNothing,
  ],
  ...(
    [
      ['!Select [2, [a, b]]', 'Fn::Select has no such item'],
      ['!Join [a, b]', 'a list is expected'],
      ['!Sub [a, b]', 'an object is expected'],
      ['!Sub [[a], {}]', 'a text is expected'],
      ['!If [Odd, a, b]', 'a condition is neither true nor false'],
    ] as const
  ).map(([name, problem]): [string, string, Outcome] => [
    `a function that is not as it should be: ${name}`,
    `Conditions: {Odd: !Not [a]}\n${resources(policy(`PolicyDocument: ${all}, Roles: [${name}]`))}`,
    cannotTell(`-: Grant: ${problem}`),
  ]),
  [
    'a resource that refers to itself',
    resources(`A: {Type: AWS::IAM::Group, Properties: {GroupName: !Ref A}}`),
    cannotTell('-: A: the template refers to itself'),
  ],
  [
    'a permission set',
    resources('Set: {Type: AWS::SSO::PermissionSet}'),
    cannotTell('-: Set: AWS::SSO::PermissionSet is not compared'),
  ],
  [
    'a transform',
    `Transform: AWS::Serverless-2016-10-31\n${resources('Fn: {Type: AWS::Serverless::Function}')}`,
    cannotTell(
      '-: stack.yaml: it has a transform ("AWS::Serverless-2016-10-31"): use the processed template (aws cloudformation get-template --template-stage Processed)',
      '-: Fn: AWS::Serverless::Function is not compared',
    ),
  ],
  [
    'rights on a resource of the template',
    resources(
      'Bucket: {Type: AWS::S3::Bucket}',
      policy(
        `PolicyDocument: {Version: 2012-10-17, Statement: [{Effect: Allow, Action: 's3:*', Resource: [!GetAtt Bucket.Arn, !Sub '\${Bucket.Arn}/*']}]}, Roles: [guarded]`,
      ),
    ),
    givesNothing,
  ],
])('says what a template does: %s', (_name, template, outcome) => {
  expect(outcomeOf(read(template))).toEqual(outcome);
});

test('a role that CloudFormation named is the one of the stack, if that is named', () => {
  const template = resources(role('App', `ManagedPolicyArns: [${ADMIN}]`));
  const stackTags = new Map([
    ['aws:cloudformation:stack-name', 'long'],
    ['aws:cloudformation:logical-id', 'App'],
  ]);
  const roles = [aRole('prod-App-1A2B3C', attached(aPolicy('p', allow('s3:*')))), aRole('lo-App-1A2B3C', { tags: stackTags })];
  const identities = { ...quietNight.identities, roles };
  const declared = (parameters: Readonly<Record<string, string>>) =>
    readTemplate(
      template,
      't',
      { partition: 'aws', accountId: ACCOUNT, parameters: new Map(Object.entries(parameters)) },
      identities,
    ).declared;
  expect(declared({ 'AWS::StackName': 'prod' })[0]).toMatchObject({ holder: { name: 'prod-App-1A2B3C' } });
  expect(declared({ 'AWS::StackName': 'long' })[0]).toMatchObject({ holder: { name: 'lo-App-1A2B3C' } });
  expect(declared({ 'AWS::StackName': 'test' })[0]).toMatchObject({ holder: { name: 'test-App-generated' } });
});

test('the document of an AWS managed policy can come from another account', () => {
  const arn = 'arn:aws:iam::aws:policy/job-function/Wide';
  const wide = { ...aPolicy('Wide', allow('*')), arn };
  expect(outcomeOf(read(resources(role('Fn', `RoleName: fn, ManagedPolicyArns: [${arn}]`))), [wide]).gains).toEqual([
    'IAM role fn is new and has administrator access',
  ]);
});

test.each([
  ['text that is neither JSON nor YAML', 'a: [', 'is neither valid JSON nor valid YAML'],
  ['an empty file', '', 'is not a CloudFormation template'],
  ['a template without resources', 'Parameters: {}', 'is not a CloudFormation template'],
  ['an alias', 'a: &a [1]\nb: *a', 'an alias, which CloudFormation does not support'],
  ['thousands of levels', '['.repeat(5000) + ']'.repeat(5000), 'is neither valid JSON nor valid YAML'],
])('refuses %s', (_name, text, says) => {
  expect(() => read(text)).toThrow(says);
});

test('tags that a role of the account has stay: CloudFormation adds those of the stack', () => {
  const tagged = aRole('fn', {
    tags: new Map([
      ['team', 'red'],
      ['stage', 'test'],
    ]),
  });
  const snapshot = snapshotOf({ ...quietNight, identities: { ...quietNight.identities, roles: [tagged] } }, NOW);
  const change = read(resources(role('Fn', 'RoleName: fn, Tags: [{Key: stage, Value: prod}]')));
  const { identities } = layOver(snapshot, change, []).snapshot.facts;
  expect(identities).toMatchObject({
    value: {
      roles: [
        {
          tags: new Map([
            ['team', 'red'],
            ['stage', 'prod'],
          ]),
        },
      ],
    },
  });
});
