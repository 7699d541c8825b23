import { analyze } from '../../lambda/scanner/escalation/analyze.ts';
import type { ComputeKind, Inventory } from '../../lambda/scanner/facts/compute.ts';
import { type Observed, collected, unavailable } from '../../lambda/scanner/model/observed.ts';
import type { PrincipalVerdict } from '../../lambda/scanner/model/verdict.ts';
import { ACCOUNT } from '../support/builders.ts';
import { type AccountSpec, type Statement, allow, iam, snapshotOf, when, wordOf } from './support.ts';

const FUNCTION = `arn:aws:lambda:eu-west-1:${ACCOUNT}:function:pay`;
const INSTANCE = `arn:aws:ec2:eu-west-1:${ACCOUNT}:instance/i-0aa`;
const OTHER_INSTANCE = `arn:aws:ec2:eu-west-1:${ACCOUNT}:instance/i-0bb`;
const TASK = `arn:aws:ecs:eu-west-1:${ACCOUNT}:task/prod/0123`;
const CLUSTER = `arn:aws:ecs:eu-west-1:${ACCOUNT}:cluster/prod`;
const OWN_DOCUMENT = `arn:aws:ssm:*:${ACCOUNT}:document/dev-*`;
const PROJECT = `arn:aws:codebuild:eu-west-1:${ACCOUNT}:project/shop`;
const JOB = `arn:aws:glue:eu-west-1:${ACCOUNT}:job/nightly`;
const STACK = `arn:aws:cloudformation:eu-west-1:${ACCOUNT}:stack/shop/0123`;
const STACK_SET = `arn:aws:cloudformation:eu-west-1:${ACCOUNT}:stackset/baseline:0123`;
const SCHEDULE = `arn:aws:scheduler:eu-west-1:${ACCOUNT}:schedule/default/nightly`;
const SERVICE = `arn:aws:ecs:eu-west-1:${ACCOUNT}:service/prod/web`;
const GROUP = `arn:aws:autoscaling:eu-west-1:${ACCOUNT}:autoScalingGroup:0123:autoScalingGroupName/web`;
const TEMPLATE = `arn:aws:ec2:eu-west-1:${ACCOUNT}:launch-template/lt-0aa`;
const ENDPOINT = `arn:aws:glue:eu-west-1:${ACCOUNT}:devEndpoint/lab`;

/** An account with a user who can do this, and an admin role that trusts these services. */
const account = (can: readonly Statement[], ...services: readonly string[]): AccountSpec => ({
  users: { ursula: { can } },
  roles: {
    admin: { trust: services.map((service) => `${service}.amazonaws.com`), can: [allow('*')], profile: true },
    plain: { trust: services.map((service) => `${service}.amazonaws.com`) },
  },
});

const inventory = (some: Partial<Inventory>): Observed<Inventory> =>
  collected({ regions: ['eu-west-1', 'us-east-1'], kinds: [], items: [], unseen: [], ...some });

/** All of a kind was seen, and it is this, with the admin role. */
const all = (kind: ComputeKind, ...arns: readonly string[]) =>
  inventory({ kinds: [kind], items: arns.map((arn) => ({ kind, arn, roleArn: iam('role/admin') })) });

/** All of a kind was seen, and it is this, with no role. */
const withoutRole = (kind: ComputeKind, ...arns: readonly string[]) =>
  inventory({ kinds: [kind], items: arns.map((arn) => ({ kind, arn })) });

function ursula(spec: AccountSpec, compute: Observed<Inventory>): PrincipalVerdict {
  const snapshot = snapshotOf(spec);
  const access = analyze({ ...snapshot, facts: { ...snapshot.facts, compute } });
  const verdict = access.status === 'collected' ? access.value.get(iam('user/ursula')) : undefined;
  if (!verdict) throw new Error('there is no ursula');
  return verdict;
}

const update = ['lambda:UpdateFunctionCode', 'lambda:InvokeFunction'];
const onFunctions = account([allow(update)], 'lambda');
const command = ['ecs:ExecuteCommand', 'ecs:DescribeTasks'];
const jobs = [allow('iam:PassRole', iam('role/admin')), allow(['glue:UpdateJob', 'glue:StartJobRun'])];
const pass = allow('iam:PassRole', iam('role/admin'));
const newVersion = account([allow('ec2:CreateLaunchTemplateVersion')], 'ec2');
const PROVEN = 'can-become-admin';
const OPEN = 'conditional: can-become-admin';
const denied = { kind: 'lambda-function', region: 'us-east-1', reason: 'access to lambda:ListFunctions was denied' } as const;

test.each<[name: string, account: AccountSpec, compute: Observed<Inventory>, verdict: string]>([
  ['no inventory was taken', onFunctions, unavailable('it was not asked for'), OPEN],
  ['a function has the role', onFunctions, all('lambda-function', FUNCTION), PROVEN],
  ['no function has any role', onFunctions, all('lambda-function'), 'none'],
  [
    'a function has another role',
    onFunctions,
    inventory({
      kinds: ['lambda-function'],
      items: [{ kind: 'lambda-function', arn: FUNCTION, roleArn: iam('role/plain') }],
    }),
    'none',
  ],
  [
    'a build project with another role, whose builds may get any role',
    account([pass, allow('codebuild:StartBuild')], 'codebuild'),
    withoutRole('codebuild-project', PROJECT),
    PROVEN,
  ],
  ['no build project', account([pass, allow('codebuild:StartBuild')], 'codebuild'), all('codebuild-project'), 'none'],
  [
    'an own document that is associated with an instance',
    account([allow(['ssm:CreateDocument', 'ssm:CreateAssociation'], [OWN_DOCUMENT, INSTANCE])], 'ec2'),
    all('ssm-managed-instance', INSTANCE),
    PROVEN,
  ],
  [
    'an own document, and an association with another instance',
    account([allow(['ssm:CreateDocument', 'ssm:CreateAssociation'], [OWN_DOCUMENT, OTHER_INSTANCE])], 'ec2'),
    all('ssm-managed-instance', INSTANCE),
    'none',
  ],
  [
    'a batch of associations with an instance',
    account([allow('ssm:CreateAssociationBatch')], 'ec2'),
    all('ssm-managed-instance', INSTANCE),
    PROVEN,
  ],
  ['something else was looked for', onFunctions, all('ecs-task', TASK), OPEN],
  ['a Region could not be seen', onFunctions, inventory({ unseen: [denied] }), OPEN],
  [
    'a Region could not be seen, and in another a function has the role',
    onFunctions,
    inventory({ items: [{ kind: 'lambda-function', arn: FUNCTION, roleArn: iam('role/admin') }], unseen: [denied] }),
    PROVEN,
  ],
  [
    'the statement is about that function',
    account([allow(update, FUNCTION)], 'lambda'),
    all('lambda-function', FUNCTION),
    PROVEN,
  ],
  [
    'the statement is about another function',
    account([allow(update, `${FUNCTION}-test`)], 'lambda'),
    all('lambda-function', FUNCTION),
    'none',
  ],
  [
    'the one action is allowed on that function, the other on another',
    account([allow(update.slice(0, 1), FUNCTION), allow(update.slice(1), `${FUNCTION}-test`)], 'lambda'),
    all('lambda-function', FUNCTION),
    // It waits until something invokes the function.
    PROVEN,
  ],
  [
    'the statement is about that function, in another Region',
    account([allow(update, '*', when('StringEquals', 'aws:RequestedRegion', 'us-east-1'))], 'lambda'),
    all('lambda-function', FUNCTION),
    'none',
  ],
  [
    'the statement is about the Region of that function',
    account([allow(update, '*', when('StringEquals', 'aws:RequestedRegion', 'eu-west-1'))], 'lambda'),
    all('lambda-function', FUNCTION),
    PROVEN,
  ],
  ['the role trusts the service no longer', account([allow(update)], 'ec2'), all('lambda-function', FUNCTION), 'none'],
  [
    'the second function will do',
    account([allow(update, FUNCTION)], 'lambda'),
    all('lambda-function', `${FUNCTION}-2`, FUNCTION),
    PROVEN,
  ],
  ['a session on the node', account([allow('ssm:StartSession', INSTANCE)], 'ec2'), all('ssm-managed-instance', INSTANCE), PROVEN],
  ['an instance that is no managed node', account([allow('ssm:StartSession')], 'ec2'), all('ec2-instance', INSTANCE), OPEN],
  ['no managed node', account([allow('ssm:StartSession')], 'ec2'), all('ssm-managed-instance'), 'none'],
  [
    'a command needs the document and the node',
    account([allow('ssm:SendCommand', ['arn:aws:ssm:*:*:document/*', INSTANCE])], 'ec2'),
    all('ssm-managed-instance', INSTANCE),
    PROVEN,
  ],
  [
    'a command on another node',
    account([allow('ssm:SendCommand', ['arn:aws:ssm:*:*:document/*', OTHER_INSTANCE])], 'ec2'),
    all('ssm-managed-instance', INSTANCE),
    'none',
  ],
  [
    'a document of the account, which may be run on another node',
    account([allow(['ssm:UpdateDocument', 'ssm:UpdateDocumentDefaultVersion'])], 'ec2'),
    all('ssm-managed-instance', INSTANCE),
    OPEN,
  ],
  ['a task and its cluster', account([allow(command, [TASK, CLUSTER])], 'ecs-tasks'), all('ecs-task', TASK), PROVEN],
  [
    'a task and another cluster',
    account([allow(command, [TASK, `${CLUSTER}-test`])], 'ecs-tasks'),
    all('ecs-task', TASK),
    'none',
  ],
  [
    'the task of a condition',
    account([allow('ecs:ExecuteCommand', '*', when('ArnEquals', 'ecs:task', TASK)), allow('ecs:DescribeTasks')], 'ecs-tasks'),
    all('ecs-task', TASK),
    PROVEN,
  ],
  [
    'another task than that of a condition',
    account(
      [allow('ecs:ExecuteCommand', '*', when('ArnEquals', 'ecs:task', `${TASK}4`)), allow('ecs:DescribeTasks')],
      'ecs-tasks',
    ),
    all('ecs-task', TASK),
    'none',
  ],
  [
    'a job that takes the role',
    account(jobs, 'glue'),
    inventory({ kinds: ['glue-job'], items: [{ kind: 'glue-job', arn: JOB, roleArn: iam('role/plain') }] }),
    PROVEN,
  ],
  ['no job that could take the role', account(jobs, 'glue'), all('glue-job'), 'none'],
  ['jobs that were not inventoried', account(jobs, 'glue'), all('glue-dev-endpoint'), OPEN],
  [
    'an endpoint of a retired kind that is there',
    account([allow('glue:UpdateDevEndpoint')], 'glue'),
    all('glue-dev-endpoint', ENDPOINT),
    PROVEN,
  ],
  [
    'a stack without a role, to which the role is passed',
    account([pass, allow('cloudformation:UpdateStack')], 'cloudformation'),
    withoutRole('updatable-stack', STACK),
    PROVEN,
  ],
  [
    'a stack without a role, which keeps the rights of its caller',
    account([allow('cloudformation:UpdateStack')], 'cloudformation'),
    inventory({ kinds: ['cloudformation-stack', 'updatable-stack'], items: [{ kind: 'updatable-stack', arn: STACK }] }),
    'none',
  ],
  [
    'no stack to which the role could be passed',
    account([pass, allow('cloudformation:UpdateStack')], 'cloudformation'),
    inventory({ kinds: ['cloudformation-stack', 'updatable-stack'] }),
    'none',
  ],
  [
    'a schedule, to which the role is passed',
    account([pass, allow('scheduler:UpdateSchedule')], 'scheduler'),
    withoutRole('scheduler-schedule', SCHEDULE),
    PROVEN,
  ],
  [
    'another schedule than the statement is about',
    account([pass, allow('scheduler:UpdateSchedule', `${SCHEDULE}-2`)], 'scheduler'),
    withoutRole('scheduler-schedule', SCHEDULE),
    'none',
  ],
  [
    'a cluster, in which a task runs with the role',
    account([pass, allow(['ecs:RegisterTaskDefinition', 'ecs:RunTask'])], 'ecs-tasks'),
    withoutRole('ecs-cluster', CLUSTER),
    PROVEN,
  ],
  [
    'another cluster than the statement is about',
    account(
      [pass, allow('ecs:RegisterTaskDefinition'), allow('ecs:RunTask', '*', when('ArnEquals', 'ecs:cluster', `${CLUSTER}-2`))],
      'ecs-tasks',
    ),
    withoutRole('ecs-cluster', CLUSTER),
    'none',
  ],
  [
    'a cluster, in which a service is created',
    account([pass, allow('ecs:RegisterTaskDefinition'), allow('ecs:CreateService', `${SERVICE}-*`)], 'ecs-tasks'),
    withoutRole('ecs-cluster', CLUSTER),
    PROVEN,
  ],
  [
    'services of another cluster',
    account(
      [pass, allow('ecs:RegisterTaskDefinition'), allow('ecs:CreateService', SERVICE.replace('/prod/', '/test/'))],
      'ecs-tasks',
    ),
    withoutRole('ecs-cluster', CLUSTER),
    'none',
  ],
  [
    'a task definition of another Region than the cluster',
    account(
      [pass, allow('ecs:RunTask'), allow('ecs:RegisterTaskDefinition', `arn:aws:ecs:us-east-1:${ACCOUNT}:task-definition/web:*`)],
      'ecs-tasks',
    ),
    withoutRole('ecs-cluster', CLUSTER),
    // Only as an override of a task definition that exists.
    OPEN,
  ],
  [
    'a service that runs with the role, for which ECS Exec is enabled',
    account([allow(['ecs:UpdateService', 'ecs:ExecuteCommand', 'ecs:DescribeTasks'])], 'ecs-tasks'),
    all('ecs-service', SERVICE),
    PROVEN,
  ],
  [
    'a service that runs without a role, and gets a task definition with it',
    account([pass, allow(['ecs:RegisterTaskDefinition', 'ecs:UpdateService'])], 'ecs-tasks'),
    withoutRole('ecs-service', SERVICE),
    PROVEN,
  ],
  [
    'no service',
    account([allow(['ecs:UpdateService', 'ecs:ExecuteCommand', 'ecs:DescribeTasks'])], 'ecs-tasks'),
    inventory({ kinds: ['ecs-service', 'ecs-task'] }),
    'none',
  ],
  [
    'an Auto Scaling group, which launches a template with the role',
    account([pass, allow(['ec2:CreateLaunchTemplate', 'autoscaling:UpdateAutoScalingGroup']), allow('ec2:RunInstances')], 'ec2'),
    withoutRole('autoscaling-group', GROUP),
    PROVEN,
  ],
  [
    'a group that launches the latest version of a template, which may be written',
    newVersion,
    withoutRole('latest-launch-template', TEMPLATE),
    PROVEN,
  ],
  [
    'a group that launches the latest version of another template',
    account([allow('ec2:CreateLaunchTemplateVersion', `${TEMPLATE}-2`)], 'ec2'),
    inventory({
      kinds: ['ec2-launch-template', 'latest-launch-template'],
      items: [
        { kind: 'ec2-launch-template', arn: TEMPLATE },
        { kind: 'latest-launch-template', arn: TEMPLATE },
      ],
    }),
    'none',
  ],
  [
    'a template that no group launches, but perhaps something else',
    newVersion,
    inventory({
      kinds: ['ec2-launch-template', 'latest-launch-template'],
      items: [{ kind: 'ec2-launch-template', arn: TEMPLATE }],
    }),
    OPEN,
  ],
  ['no template', newVersion, inventory({ kinds: ['ec2-launch-template', 'latest-launch-template'] }), 'none'],
  [
    'a group that launches the default version, which may be written but not made the default',
    newVersion,
    inventory({
      kinds: ['ec2-launch-template', 'default-launch-template', 'latest-launch-template'],
      items: [{ kind: 'default-launch-template', arn: TEMPLATE }],
    }),
    'none',
  ],
  [
    'a group that launches the default version, which may be written and made the default',
    account([allow(['ec2:CreateLaunchTemplateVersion', 'ec2:ModifyLaunchTemplate'])], 'ec2'),
    withoutRole('default-launch-template', TEMPLATE),
    PROVEN,
  ],
])('%s', (_name, spec, compute, verdict) => {
  expect(wordOf(ursula(spec, compute))).toBe(verdict);
});

test('the condition tells what could not be seen, and where', () => {
  const west = { ...denied, region: 'us-west-2' };
  expect(ursula(onFunctions, inventory({ unseen: [denied, west] })).conditions).toEqual([
    {
      key: 'exists:a lambda-function with the role admin',
      controlledBy: 'environment',
      text:
        'a lambda-function with the role admin exists (some may not be listed: access to lambda:ListFunctions was denied in ' +
        'us-east-1, us-west-2)',
    },
  ]);
});

test('what is proven names the statement, and no condition', () => {
  expect(ursula(account([allow(update, FUNCTION)], 'lambda'), all('lambda-function', FUNCTION))).toMatchObject({
    conditions: [],
    path: [{ to: iam('role/admin'), statements: [{ policy: 'inline:own', index: 0 }] }],
  });
});

test('a launch template launches no role that is in no instance profile', () => {
  const { users = {}, roles = {} } = newVersion;
  const spec: AccountSpec = { users, roles: { admin: { ...roles['admin'], profile: false } } };
  expect(wordOf(ursula(spec, withoutRole('latest-launch-template', TEMPLATE)))).toBe('none');
});

describe('a stack set with the administration role that CloudFormation uses by default', () => {
  const byDefault = (can: readonly Statement[], role: string, execution: readonly Statement[]): AccountSpec => ({
    users: { ursula: { can } },
    roles: {
      [role]: {
        trust: ['cloudformation.amazonaws.com'],
        can: [allow('sts:AssumeRole', iam('role/AWSCloudFormationStackSetExecutionRole'))],
      },
      AWSCloudFormationStackSetExecutionRole: { trust: [iam(`role/${role}`)], can: execution },
    },
  });
  const DEFAULT = 'AWSCloudFormationStackSetAdministrationRole';
  const create = [allow(['cloudformation:CreateStackSet', 'cloudformation:CreateStackInstances'])];
  const update = [allow('cloudformation:UpdateStackSet')];
  const stackSet = (role: string) =>
    inventory({
      kinds: ['cloudformation-stack-set'],
      items: [{ kind: 'cloudformation-stack-set', arn: STACK_SET, roleArn: iam(`role/${role}`) }],
    });
  const none = withoutRole('cloudformation-stack-set');

  test.each<[name: string, account: AccountSpec, compute: Observed<Inventory>, verdict: string]>([
    ['is created without iam:PassRole', byDefault(create, DEFAULT, [allow('*')]), none, PROVEN],
    ['needs both calls', byDefault([allow('cloudformation:CreateStackSet')], DEFAULT, [allow('*')]), none, 'none'],
    ['with a role of another name needs iam:PassRole', byDefault(create, 'Administration', [allow('*')]), none, 'none'],
    ['leads nowhere, if the execution role does', byDefault(create, DEFAULT, [allow('s3:*')]), none, 'none'],
    ['is updated, if there is one', byDefault(update, DEFAULT, [allow('*')]), stackSet(DEFAULT), PROVEN],
    [
      'is not updated, where the stack sets have other roles',
      byDefault(update, DEFAULT, [allow('*')]),
      stackSet('other'),
      'none',
    ],
    ['is updated, if there is one, which is not known', byDefault(update, DEFAULT, [allow('*')]), unavailable('no'), OPEN],
    ['is not updated, where there is none', byDefault(update, DEFAULT, [allow('*')]), none, 'none'],
  ])('%s', (_name, spec, compute, verdict) => {
    expect(wordOf(ursula(spec, compute))).toBe(verdict);
  });
});

test('the script of a job is replaced, as far as the policy of the bucket allows it, and runs at the next run of the job', () => {
  const withScript = inventory({
    kinds: ['glue-job'],
    items: [{ kind: 'glue-job', arn: JOB, roleArn: iam('role/admin'), code: 's3://scripts/nightly.py' }],
  });
  const { conditions } = ursula(account([allow('s3:PutObject', 'arn:aws:s3:::scripts/nightly.py')], 'glue'), withScript);
  expect(conditions.map(({ text }) => text)).toEqual([`${JOB} runs, and the policy of the bucket scripts allows the change`]);
});
