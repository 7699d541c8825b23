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
const JOB = `arn:aws:glue:eu-west-1:${ACCOUNT}:job/nightly`;
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

test('the script of a job is replaced, as far as the policy of the bucket allows it, and runs at the next run of the job', () => {
  const withScript = inventory({
    kinds: ['glue-job'],
    items: [{ kind: 'glue-job', arn: JOB, roleArn: iam('role/admin'), code: 's3://scripts/nightly.py' }],
  });
  const { conditions } = ursula(account([allow('s3:PutObject', 'arn:aws:s3:::scripts/nightly.py')], 'glue'), withScript);
  expect(conditions.map(({ text }) => text)).toEqual([`${JOB} runs, and the policy of the bucket scripts allows the change`]);
});
