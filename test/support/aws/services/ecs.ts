import type { Call, Handler, Handlers, Served } from '../call.ts';
import { thingsOf, tokenPage } from '../inventory.ts';
import { Refusal } from '../refusal.ts';

const NEXT = { token: 'nextToken', size: 'maxResults' } as const;

const clusterOf = (arn: string) => arn.replace(/:(?:task|service)\/([^/]+)\/.*$/, ':cluster/$1');
const definitionOf = (arn: string) => arn.replace(/:(task|service)\/.*\/(.*)$/, ':task-definition/$1-$2:1');

const inClusters = (served: Served, call: Call) => [
  ...thingsOf(served, call, 'ecs-task'),
  ...thingsOf(served, call, 'ecs-service'),
];

const namesIn = (call: Call, parameter: string) => JSON.parse(call.parameters.get(parameter) ?? '[]') as readonly string[];

const listClusters: Handler = (served, call) => {
  const own = thingsOf(served, call, 'ecs-cluster').map(({ arn }) => arn);
  const clusters = [...new Set([...own, ...inClusters(served, call).map(({ arn }) => clusterOf(arn))])];
  const { items, next } = tokenPage(served, call, clusters, NEXT);
  return { clusterArns: items, nextToken: next };
};

/** A cluster that is no thing of its own was deleted. */
const describeClusters: Handler = (served, call) => {
  const active = new Set(thingsOf(served, call, 'ecs-cluster').map(({ arn }) => arn));
  return {
    clusters: namesIn(call, 'clusters').map((clusterArn) => ({
      clusterArn,
      status: active.has(clusterArn) ? 'ACTIVE' : 'INACTIVE',
    })),
  };
};

const listServices: Handler = (served, call) => {
  const services = thingsOf(served, call, 'ecs-service').filter(({ arn }) => clusterOf(arn) === call.parameters.get('cluster'));
  const { items, next } = tokenPage(served, call, services, NEXT);
  return { serviceArns: items.map(({ arn }) => arn), nextToken: next };
};

/** A service whose name begins with `draining` is being deleted; one that begins with `blue` is deployed by CodeDeploy. */
const describeServices: Handler = (served, call) => {
  const arns = namesIn(call, 'services');
  if (arns.length > 10) throw new Refusal(400, 'InvalidParameterException', 'Services cannot be more than 10.');
  return {
    services: thingsOf(served, call, 'ecs-service')
      .filter(({ arn }) => arns.includes(arn))
      .map(({ arn, name }) => ({
        serviceArn: arn,
        status: name.startsWith('draining') ? 'DRAINING' : 'ACTIVE',
        deploymentController: name.startsWith('blue') ? { type: 'CODE_DEPLOY' } : null,
        taskDefinition: definitionOf(arn),
      })),
  };
};

const listTasks: Handler = (served, call) => {
  const tasks = thingsOf(served, call, 'ecs-task').filter(({ arn }) => clusterOf(arn) === call.parameters.get('cluster'));
  const { items, next } = tokenPage(served, call, tasks, NEXT);
  return { taskArns: items.map(({ arn }) => arn), nextToken: next };
};

/** In a task whose name begins with `closed`, ECS Exec is off; one that begins with `overridden` was started with its role. */
const describeTasks: Handler = (served, call) => {
  const arns = namesIn(call, 'tasks');
  return {
    tasks: thingsOf(served, call, 'ecs-task')
      .filter(({ arn }) => arns.includes(arn))
      .map(({ arn, name, roleArn }) => ({
        taskArn: arn,
        clusterArn: clusterOf(arn),
        taskDefinitionArn: definitionOf(arn),
        enableExecuteCommand: !name.startsWith('closed'),
        overrides: name.startsWith('overridden') ? { taskRoleArn: roleArn } : {},
      })),
  };
};

const describeTaskDefinition: Handler = (served, call) => {
  const wanted = call.parameters.get('taskDefinition');
  const user = inClusters(served, call).find(({ arn }) => definitionOf(arn) === wanted);
  return { taskDefinition: { taskDefinitionArn: wanted ?? '', taskRoleArn: user?.roleArn ?? null } };
};

/** The actions of ECS. */
export const ecs: Handlers = new Map([
  ['ListClusters', listClusters],
  ['DescribeClusters', describeClusters],
  ['ListServices', listServices],
  ['DescribeServices', describeServices],
  ['ListTasks', listTasks],
  ['DescribeTasks', describeTasks],
  ['DescribeTaskDefinition', describeTaskDefinition],
]);
