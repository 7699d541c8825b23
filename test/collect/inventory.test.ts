import { analyze } from '../../lambda/scanner/escalation/analyze.ts';
import { existingComputeTechniques } from '../../lambda/scanner/techniques/existing/index.ts';
import { passRoleTechniques } from '../../lambda/scanner/techniques/pass-role-techniques.ts';
import type { ExistingComputeTechnique } from '../../lambda/scanner/techniques/compute-technique.ts';
import { computeServices } from '../../lambda/scanner/collect/compute/services.ts';
import type { ComputeKind, Inventory } from '../../lambda/scanner/facts/compute.ts';
import type { Snapshot } from '../../lambda/scanner/facts/snapshot.ts';
import type { SnapshotFile } from '../../lambda/scanner/facts/snapshot-file.ts';
import { unavailable } from '../../lambda/scanner/model/observed.ts';
import type { PrincipalVerdict } from '../../lambda/scanner/model/verdict.ts';
import { rawFacts } from '../../lambda/scanner/facts/index.ts';
import type { Quirks } from '../support/aws/quirks.ts';
import { REGIONS, type ServedAccount, iam, kinds, serving, thing } from './inventory-account.ts';
import { type Collected, collectFrom, reread } from './live.ts';

const every = computeServices.map(({ principal }) => principal);

/** The actions that command a thing of the kind: those of the first rule about it, or of one that puts another role on it. */
function commands(kind: ComputeKind): readonly string[] {
  const isShortest = ({ actions }: ExistingComputeTechnique) =>
    !existingComputeTechniques.some(
      (other) => other.compute !== kind && other.actions.every((action) => actions.includes(action)),
    );
  const existing = existingComputeTechniques.find(
    (rule) => rule.compute === kind && rule.existing === undefined && isShortest(rule),
  );
  if (existing !== undefined) return existing.actions;
  const putting = passRoleTechniques.filter((rule) => rule.existingKind === kind && (rule.withoutPassRole ?? '*') === '*');
  const [rule] = putting.toSorted((a, b) => Number(a.besides !== undefined) - Number(b.besides !== undefined));
  if (rule === undefined) throw new Error(`no rule is about ${kind}`);
  return rule.withoutPassRole === undefined ? ['iam:PassRole', ...rule.actions] : rule.actions;
}

/** The kinds whose things are enough for a path. Who launches from a launch template is not known. */
const proving = kinds.filter((kind) => kind !== 'ec2-launch-template');

/** A user for each kind, who can command things of it, and one thing of each kind with the admin role in each Region. */
const whole: ServedAccount = {
  users: Object.fromEntries(kinds.map((kind) => [kind, commands(kind)])),
  roles: { admin: { trusts: every }, execution: { trusts: ['edgelambda.amazonaws.com'], trustsRole: 'admin' } },
  items: REGIONS.flatMap((region) => kinds.map((kind) => thing(kind, '01', 'admin', region))),
};

const take = (account: ServedAccount | SnapshotFile, quirks: Quirks = {}): Promise<Collected> =>
  collectFrom('facts' in account ? account : serving(account), quirks, { facts: ['identities'], inventory: true });

function inventoryOf({ snapshot }: Collected): Inventory {
  const { compute } = snapshot.facts;
  if (compute.status === 'unavailable') throw new Error(compute.reason);
  return compute.value;
}

function verdictsOf(snapshot: Snapshot): ReadonlyMap<string, PrincipalVerdict> {
  const access = analyze(snapshot);
  if (access.status === 'unavailable') throw new Error(access.reason);
  return access.value;
}

const verdictOf = ({ snapshot }: Collected, user: string) => verdictsOf(snapshot).get(iam(`user/${user}`))?.verdict;

const called = ({ calls }: Collected) => [
  ...new Set(calls.map(({ service, action, region }) => `${service}:${action}${region === undefined ? '' : ` ${region}`}`)),
];
const regional = (collected: Collected) => called(collected).filter((call) => call.includes(' '));
const sorted = (items: Inventory['items']) => items.toSorted((a, b) => (`${a.arn} ${a.kind}` < `${b.arn} ${b.kind}` ? -1 : 1));

/** A group of that name, which launches the latest version of a template. */
const groupWith = (name: string) => [thing('autoscaling-group', name, 'admin'), thing('latest-launch-template', '01', 'admin')];

describe('what is found', () => {
  test.each([0, 1, 2, 3])('is everything, over all pages and Regions, at seed %i', async (seed) => {
    const items = REGIONS.flatMap((region) =>
      kinds.flatMap((kind) => [1, 2, 3, 4, 5].map((number) => thing(kind, `${number}`, 'admin', region))),
    );
    const found = await take({ ...whole, items }, seed === 0 ? {} : { seed, randomPages: true, emptyPages: 0.3 });
    const inventory = inventoryOf(found);
    expect(sorted(inventory.items)).toEqual(sorted(items));
    expect(inventory).toMatchObject({ regions: REGIONS, unseen: [] });
    expect(inventory.kinds.toSorted()).toEqual(kinds);
    expect(reread(found.file).facts.compute).toEqual(found.snapshot.facts.compute);
    expect(found.file.calls).toBe(found.calls.length);
  });

  test('is more than one request takes', async () => {
    const items = Array.from({ length: 250 }, (_, index) => [
      thing('codebuild-project', `p${index}`, 'admin'),
      thing('ecs-task', `t${index}`, 'admin'),
    ]).flat();
    const { items: found } = inventoryOf(await take({ ...whole, items, regions: ['eu-west-1'] }));
    expect(sorted(found)).toEqual(sorted(items));
  });

  test.each<[name: string, items: Inventory['items'], found: Inventory['items']]>([
    [
      'a task that was started with another role than that of its definition',
      [thing('ecs-task', 'overridden', 'admin')],
      [thing('ecs-task', 'overridden', 'admin')],
    ],
    ['a task without ECS Exec, in which no commands can run', [thing('ecs-task', 'closed', 'admin')], []],
    [
      'a job with its script',
      [{ ...thing('glue-job', 'nightly', 'admin'), code: 's3://scripts/nightly.py' }],
      [{ ...thing('glue-job', 'nightly', 'admin'), code: 's3://scripts/nightly.py' }],
    ],
    [
      'a project with its source archive',
      [{ ...thing('codebuild-project', 'nightly', 'admin'), code: 's3://sources/nightly.zip' }],
      [{ ...thing('codebuild-project', 'nightly', 'admin'), code: 's3://sources/nightly.zip' }],
    ],
    [
      'a stack without a service role, to which one can be passed',
      [thing('updatable-stack', '01', 'admin')],
      [thing('updatable-stack', '01', 'admin')],
    ],
    [
      'a stack with a service role, to which another can be passed',
      [thing('cloudformation-stack', 'shop', 'admin')],
      [
        thing('cloudformation-stack', 'shop', 'admin'),
        { kind: 'updatable-stack', arn: thing('cloudformation-stack', 'shop', 'admin').arn },
      ],
    ],
    ['a stack that can only be deleted', [thing('cloudformation-stack', 'failed', 'admin')], []],
    ['a stack set with roles of CloudFormation', [thing('cloudformation-stack-set', 'managed', 'admin')], []],
    ['a stack set without a stack in the account', [thing('cloudformation-stack-set', 'elsewhere', 'admin')], []],
    ['a service that is being deleted', [thing('ecs-service', 'draining', 'admin')], []],
    ['a service that CodeDeploy deploys', [thing('ecs-service', 'blue', 'admin')], []],
    ['a group that is being deleted, and its launch template', groupWith('deleted'), []],
    ['a group without instances, and its launch template', groupWith('empty'), groupWith('empty').slice(0, 1)],
    ['a group that is not to launch, and its launch template', groupWith('suspended'), groupWith('suspended').slice(0, 1)],
    ['a notebook that vanishes in the meantime', [thing('sagemaker-notebook', 'gone', 'admin')], []],
    ['an instance whose profile holds no role that there is', [thing('ec2-instance', '01', 'former')], []],
    [
      'an instance that Systems Manager does not manage',
      [thing('ec2-instance', '01', 'admin')],
      [thing('ec2-instance', '01', 'admin')],
    ],
    ['a terminated instance that Systems Manager still lists', [thing('ssm-managed-instance', '01', 'admin')], []],
  ])('%s', async (_name, items, found) => {
    const inventory = inventoryOf(await take({ ...whole, items }));
    expect(inventory.items).toEqual(found);
    expect(inventory.kinds.toSorted()).toEqual(kinds);
  });
});

describe('which services are called', () => {
  const servicesOf = (collected: Collected) => [...new Set(regional(collected).map((call) => call.split(':')[0]))];

  test('none, without an inventory', async () => {
    const found = await collectFrom(serving(whole), {}, { facts: ['identities'] });
    expect(regional(found)).toEqual([]);
    expect(found.snapshot.facts.compute).toEqual(unavailable('it was not asked for'));
    expect(verdictOf(found, 'lambda-function')).toBe('conditional');
  });

  test.each<[name: string, roles: ServedAccount['roles']]>([
    ['there is no role', {}],
    ['the admin role trusts no service that is looked at', { admin: { trusts: ['backup.amazonaws.com'] } }],
    ['only a role that is not admin trusts one', { plain: { trusts: every, can: [] } }],
  ])('none, where %s', async (_name, roles) => {
    const found = await take({ ...whole, roles });
    expect(regional(found)).toEqual([]);
    expect(inventoryOf(found)).toEqual({ regions: [], kinds: [], items: [], unseen: [] });
  });

  test('only the services that an admin role trusts, in every enabled Region', async () => {
    const found = await take({
      ...whole,
      roles: { admin: { trusts: ['lambda.amazonaws.com'] }, plain: { trusts: every, can: [] } },
    });
    expect(regional(found).toSorted()).toEqual([
      'ec2:DescribeRegions us-east-1',
      'lambda:ListFunctions eu-west-1',
      'lambda:ListFunctions us-east-1',
    ]);
    expect(inventoryOf(found).kinds).toEqual(['lambda-function']);
  });

  test('further services, where what was found makes a further role admin', async () => {
    const startSession = { Effect: 'Allow', Action: 'ssm:StartSession', Resource: '*' };
    const found = await take({
      users: { ursula: ['lambda:UpdateFunctionCode'] },
      roles: {
        admin: { trusts: ['ec2.amazonaws.com'] },
        jump: { trusts: ['lambda.amazonaws.com'], can: [startSession] },
      },
      items: [
        thing('ec2-instance', '01', 'admin'),
        thing('ssm-managed-instance', '01', 'admin'),
        thing('lambda-function', 'hop', 'jump'),
      ],
    });
    expect(servicesOf(found)).toEqual(['ec2', 'ssm', 'autoscaling', 'lambda']);
    expect(found.calls.filter(({ action }) => action === 'DescribeRegions')).toHaveLength(1);
    expect(verdictOf(found, 'ursula')).toBe('can-become-admin');
  });

  test('and each knows the rules by the service that they name', () => {
    for (const { principal, kinds: own } of computeServices)
      for (const { compute, service } of existingComputeTechniques.filter((rule) => own.some((kind) => kind === rule.compute)))
        expect([compute, service]).toEqual([compute, principal]);
    expect(computeServices.flatMap((service) => service.kinds).toSorted()).toEqual(kinds);
  });
});

describe('a denied call', () => {
  const hidden: Readonly<Record<string, readonly ComputeKind[]>> = {
    'lambda:ListFunctions': ['lambda-function'],
    'ec2:DescribeInstances': ['ec2-instance', 'ssm-managed-instance'],
    'ssm:DescribeInstanceInformation': ['ssm-managed-instance'],
    'ec2:DescribeLaunchTemplates': ['ec2-launch-template'],
    'autoscaling:DescribeAutoScalingGroups': ['autoscaling-group', 'latest-launch-template', 'default-launch-template'],
    'ecs:ListClusters': ['ecs-cluster', 'ecs-service', 'ecs-task'],
    'ecs:DescribeClusters': ['ecs-cluster'],
    'ecs:ListServices': ['ecs-service'],
    'ecs:DescribeServices': ['ecs-service'],
    'ecs:ListTasks': ['ecs-task'],
    'ecs:DescribeTasks': ['ecs-task'],
    'ecs:DescribeTaskDefinition': ['ecs-service', 'ecs-task'],
    'codebuild:ListProjects': ['codebuild-project'],
    'codebuild:BatchGetProjects': ['codebuild-project'],
    'cloudformation:DescribeStacks': ['cloudformation-stack', 'updatable-stack'],
    'cloudformation:ListStackSets': ['cloudformation-stack-set'],
    'cloudformation:ListStackInstances': ['cloudformation-stack-set'],
    'cloudformation:DescribeStackSet': ['cloudformation-stack-set'],
    'sagemaker:ListNotebookInstances': ['sagemaker-notebook'],
    'sagemaker:DescribeNotebookInstance': ['sagemaker-notebook'],
    'glue:GetJobs': ['glue-job'],
    'glue:GetDevEndpoints': ['glue-dev-endpoint'],
    'scheduler:ListSchedules': ['scheduler-schedule'],
  };

  test('is every action there is', () => {
    expect(['ec2:DescribeRegions', ...Object.keys(hidden)].toSorted()).toEqual(rawFacts.compute.actions.toSorted());
  });

  test('nothing, and every path is proven', async () => {
    const found = await take(whole);
    expect(proving.map((kind) => [kind, verdictOf(found, kind)])).toEqual(proving.map((kind) => [kind, 'can-become-admin']));
  });

  test.each(Object.entries(hidden))('%s hides its kinds, and the paths through them stay conditional', async (action, own) => {
    const found = await take(whole, { deny: [action] });
    const inventory = inventoryOf(found);
    const isHidden = (kind: ComputeKind) => own.includes(kind);
    expect(called(found)).toContain(`${action} eu-west-1`);
    expect(inventory.kinds.toSorted()).toEqual(kinds.filter((kind) => !isHidden(kind)));
    expect(inventory.items.filter(({ kind }) => isHidden(kind))).toEqual([]);
    const reason = `access to ${action} was denied`;
    expect(inventory.unseen).toEqual(REGIONS.flatMap((region) => own.map((kind) => ({ kind, region, reason, action }))));
    for (const kind of proving)
      expect([kind, verdictOf(found, kind)]).toEqual([kind, isHidden(kind) ? 'conditional' : 'can-become-admin']);
  });

  test('ec2:DescribeRegions, and nothing is known', async () => {
    const found = await take(whole, { deny: ['ec2:DescribeRegions'] });
    const reason = 'access to ec2:DescribeRegions was denied';
    expect(found.snapshot.facts.compute).toEqual(unavailable(reason, 'ec2:DescribeRegions'));
    expect(regional(found)).toEqual(['ec2:DescribeRegions us-east-1']);
    expect(kinds.map((kind) => verdictOf(found, kind))).toEqual(kinds.map(() => 'conditional'));
  });

  test('the identities, and who is admin is not known', async () => {
    const found = await take(whole, { deny: ['iam:GetAccountAuthorizationDetails'] });
    const action = 'iam:GetAccountAuthorizationDetails';
    expect(found.snapshot.facts.compute).toEqual(unavailable(`access to ${action} was denied`, action));
    expect(regional(found)).toEqual([]);
  });

  describe('one of two Regions', () => {
    const deny = ['lambda:ListFunctions in us-east-1'];
    const only = (region: string | undefined): ServedAccount => ({
      users: { ursula: ['lambda:UpdateFunctionCode'] },
      roles: { admin: { trusts: ['lambda.amazonaws.com'] } },
      items: region === undefined ? [] : [thing('lambda-function', 'pay', 'admin', region)],
    });

    test.each<[name: string, region: string | undefined, refused: string, open: string]>([
      ['a function in the Region that is seen', 'eu-west-1', 'can-become-admin', 'can-become-admin'],
      ['a function in the Region that is refused', 'us-east-1', 'conditional', 'can-become-admin'],
      ['no function', undefined, 'conditional', 'none'],
    ])('%s', async (_name, region, refused, open) => {
      const found = await take(only(region), { deny });
      expect(verdictOf(found, 'ursula')).toBe(refused);
      expect(inventoryOf(found)).toMatchObject({ kinds: [], unseen: [{ kind: 'lambda-function', region: 'us-east-1' }] });
      expect(verdictOf(await take(only(region)), 'ursula')).toBe(open);
    });
  });
});

test('throttling and cut connections are survived by retries', async () => {
  const found = await take(whole, { seed: 3, throttling: { rate: 0.2, burst: 1 }, cutConnections: 0.2 });
  expect(sorted(inventoryOf(found).items)).toEqual(sorted(whole.items ?? []));
}, 60_000);
