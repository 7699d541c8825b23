import { layOver } from '../../lambda/scanner/planned/lay-over.ts';
import { ACCOUNT } from '../support/builders.ts';
import { before } from './outcome.ts';
import { read } from './stack.ts';

const TRUST =
  "{Version: 2012-10-17, Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: 'sts:AssumeRole'}]}";

const sections = `Parameters:
  Names: {Type: CommaDelimitedList, Default: 'a, b'}
  Ports: {Type: List<Number>, Default: '80,443'}
  Image: {Type: 'AWS::SSM::Parameter::Value<String>', Default: /images/latest}
Mappings: {Stages: {prod: {size: large}}}
Conditions: {Yes: !Equals [a, a], No: !Or [!Equals [a, b], !Not [!Condition Yes]], Text: hello}
Resources:
  Ops: {Type: AWS::IAM::Role, Properties: {RoleName: ops, Path: /team/, AssumeRolePolicyDocument: ${TRUST}}}
  All: {Type: AWS::IAM::ManagedPolicy, Properties: {ManagedPolicyName: all, PolicyDocument: {Statement: []}}}
  Profile: {Type: AWS::IAM::InstanceProfile, Properties: {Roles: [!Ref Ops]}}
  Bucket: {Type: AWS::S3::Bucket}
  Topic: {Type: AWS::SNS::Topic, Properties: {TopicName: alarms}}
  Queue: {Type: AWS::SQS::Queue}
  Vpc: {Type: AWS::EC2::VPC}`;

/** What the template makes of an expression: the tag of a user that it sets, or why that is not known. */
function valueOf(expression: string): string | undefined {
  const change = read(
    `${sections}\n  User: {Type: AWS::IAM::User, Properties: {UserName: dora, Tags: [{Key: tag, Value: ${expression}}]}}`,
    { 'AWS::Region': 'eu-west-1', Given: 'chosen' },
  );
  const reasons = change.unresolved.map(({ reason }) => reason);
  const tags = change.declared.flatMap((one) => (one.kind === 'identity' && one.holder.kind === 'user' ? [one.tags] : []));
  return tags[0]?.get('tag') ?? reasons[0];
}

test.each<[expression: string, value: string]>([
  ['!Ref Ops', 'ops'],
  ['!GetAtt Ops.Arn', `arn:aws:iam::${ACCOUNT}:role/team/ops`],
  ['!GetAtt Ops.RoleId', 'RoleId of Ops is known only after the deployment'],
  ['!Ref All', `arn:aws:iam::${ACCOUNT}:policy/all`],
  ['!GetAtt All.PolicyArn', `arn:aws:iam::${ACCOUNT}:policy/all`],
  ['!Ref Profile', 'stack-Profile-generated'],
  ['!Ref Bucket', 'Bucket'],
  ['!GetAtt Bucket.Arn', 'arn:aws:s3:::Bucket'],
  ['!GetAtt Bucket.DomainName', 'DomainName of Bucket (AWS::S3::Bucket) is known only after the deployment'],
  ['!Ref Topic', `arn:aws:sns:eu-west-1:${ACCOUNT}:alarms`],
  ['!GetAtt Queue.Arn', `arn:aws:sqs:eu-west-1:${ACCOUNT}:Queue`],
  ['!Ref Queue', 'Ref of Queue (AWS::SQS::Queue) is known only after the deployment'],
  ['!Ref Vpc', 'Ref of Vpc (AWS::EC2::VPC) is known only after the deployment'],
  ['!GetAtt []', ' is not in the template'],
  ['!GetAtt Nowhere.Arn', 'Nowhere is not in the template'],
  ['!Ref Nowhere', 'Nowhere has no value: add --parameter Nowhere=VALUE'],
  ['!Ref Given', 'chosen'],
  ['!Ref Image', 'Image has no value: add --parameter Image=VALUE'],
  ['!Ref AWS::AccountId', ACCOUNT],
  ['!Ref AWS::NoValue', ''],
  ["!Join ['+', !Ref Names]", 'a+b'],
  ['!Select [1, !Ref Ports]', '443'],
  ["!Sub '${!aws:username}-${AWS::Partition}'", '${aws:username}-aws'],
  ["!Sub ['${Name}-${Ops.Arn}', {Name: !Ref Given}]", `chosen-arn:aws:iam::${ACCOUNT}:role/team/ops`],
  ['!FindInMap [Stages, prod, size]', 'large'],
  ['!FindInMap [Stages, prod, color]', 'mapping Stages has no prod.color'],
  ['!FindInMap []', 'mapping  has no .'],
  ['!If [Yes, a, b]', 'a'],
  ['!If [No, a, b]', 'b'],
  ['!If []', 'a text is expected'],
  ['!If [Text, a, b]', 'condition Text is neither true nor false'],
  ['!If [Nowhere, a, b]', 'condition Nowhere is not in the template'],
  ['!Split [a]', 'a text is expected'],
  ["!Join ['+']", 'a list is expected'],
  ['0123', '0123'],
  ['true', 'true'],
  ['{a: !Ref AWS::NoValue}', 'a text is expected'],
])('a template makes of %s: %s', (expression, value) => {
  expect(valueOf(expression)).toBe(value);
});

const user = (properties: string) => `Resources: {U: {Type: AWS::IAM::User, Properties: {UserName: dora, ${properties}}}}`;
const ofUser = { holder: { kind: 'user', name: 'dora' } };

test.each<[name: string, template: string, parts: { declared?: readonly object[]; unresolved?: readonly object[] }]>([
  [
    'the groups of a user, of which one is not known',
    user('Groups: [admins, !ImportValue other]'),
    {
      declared: [
        { kind: 'identity' },
        { kind: 'membership', user: 'dora', group: 'admins' },
        { kind: 'unread-policy', ...ofUser },
      ],
      unresolved: [{ source: 'U.Groups', ...ofUser, reason: 'Fn::ImportValue is known only to CloudFormation' }],
    },
  ],
  [
    'groups that are no list',
    user('Groups: admins'),
    {
      declared: [{ kind: 'identity' }, { kind: 'unread-policy', ...ofUser }],
      unresolved: [{ source: 'U.Groups', reason: 'Groups is not a list' }],
    },
  ],
  [
    'groups that are there only under a condition, and are not',
    `Conditions: {No: !Equals [a, b]}\n${user('Groups: !If [No, [admins], !Ref AWS::NoValue]')}`,
    { declared: [{ kind: 'identity', ...ofUser }] },
  ],
  [
    'a list of groups that is not known',
    user("Groups: !Split [',', !ImportValue groups]"),
    {
      declared: [{ kind: 'identity' }, { kind: 'unread-policy', ...ofUser }],
      unresolved: [{ source: 'U.Groups', reason: 'Fn::ImportValue is known only to CloudFormation' }],
    },
  ],
  [
    'an inline policy without its document',
    user('Policies: [{PolicyName: empty}]'),
    { declared: [{ kind: 'identity' }, { kind: 'inline-policy', ...ofUser, name: 'empty', document: null }] },
  ],
  [
    'a policy for a user without its document',
    'Resources: {P: {Type: AWS::IAM::UserPolicy, Properties: {PolicyName: empty, UserName: dora}}}',
    { declared: [{ kind: 'inline-policy', ...ofUser, name: 'empty', document: null }] },
  ],
  [
    'a policy for a user that it does not name',
    'Resources: {P: {Type: AWS::IAM::UserPolicy, Properties: {PolicyName: empty}}}',
    { unresolved: [{ source: 'P', reason: 'UserName is missing' }] },
  ],
  [
    'a managed policy whose document is not known',
    'Resources: {P: {Type: AWS::IAM::ManagedPolicy, Properties: {ManagedPolicyName: p, PolicyDocument: !ImportValue document}}}',
    {
      declared: [{ kind: 'managed-policy', name: 'p', document: 'not known before the change is deployed' }],
      unresolved: [{ source: 'P.PolicyDocument', reason: 'Fn::ImportValue is known only to CloudFormation' }],
    },
  ],
  [
    'an instance profile, an access key and a resource that gives no permissions',
    `Resources:
  I: {Type: AWS::IAM::InstanceProfile, Properties: {InstanceProfileName: i, Path: /team/, Roles: [ops]}}
  K: {Type: AWS::IAM::AccessKey, Properties: {UserName: dora, Status: Inactive}}
  M: {Type: AWS::IAM::VirtualMFADevice}`,
    {
      declared: [
        { kind: 'instance-profile', name: 'i', path: '/team/', role: 'ops' },
        { kind: 'access-key', id: 'K', user: 'dora', active: false },
      ],
    },
  ],
  [
    'a resource of another service whose condition is not known',
    'Conditions: {Maybe: !Equals [!Ref Stage, prod]}\nResources: {B: {Type: AWS::S3::Bucket, Condition: Maybe}}',
    {},
  ],
  [
    'JSON, and keys that are no texts',
    '{"Resources": {"U": {"Type": "AWS::IAM::User", "Properties": {"UserName": "dora", "Tags": [{"Key": 1, "Value": true}]}}}}',
    { declared: [{ kind: 'identity', tags: new Map([['1', 'true']]) }] },
  ],
  [
    'keys of YAML that are no texts, and a property without a value',
    'Mappings: {Accounts: {0123: {? [a] : x}}}\nResources: {U: {Type: AWS::IAM::User, Properties: {UserName: dora, Path: }}}',
    { unresolved: [{ source: 'U', reason: 'a text is expected' }] },
  ],
])('reads %s', (_name, template, { declared = [], unresolved = [] }) => {
  expect(read(template)).toMatchObject({ declared, unresolved, removed: [] });
});

test('refuses a template of more than 200 levels, which would overflow the stack', () => {
  expect(() => read(`Resources: ${'['.repeat(250)}${']'.repeat(250)}`)).toThrow('it has more than 200 levels');
});

test('says of a snapshot without its identities that nothing is compared', () => {
  const unread = { ...before, facts: { ...before.facts, identities: { status: 'unavailable', reason: 'denied' } as const } };
  expect(layOver(unread, read(user('Groups: !Ref Later')), [])).toEqual({
    snapshot: unread,
    notCompared: [{ part: 'permissions', reason: 'U.Groups: Later has no value: add --parameter Later=VALUE' }],
  });
});
