import type { Handler, Handlers } from '../call.ts';
import { thingsOf, tokenPage } from '../inventory.ts';

const NEXT = { token: 'nextToken', size: 'maxResults' } as const;

const clusterOf = (taskArn: string) => taskArn.replace(/:task\/([^/]+)\/.*$/, ':cluster/$1');
const definitionOf = (taskArn: string) => taskArn.replace(/:task\/.*\/(.*)$/, ':task-definition/$1:1');

const listClusters: Handler = (served, call) => {
  const clusters = [...new Set(thingsOf(served, call, 'ecs-task').map(({ arn }) => clusterOf(arn)))];
  const { items, next } = tokenPage(served, call, clusters, NEXT);
  return { clusterArns: items, nextToken: next };
};

const listTasks: Handler = (served, call) => {
  const tasks = thingsOf(served, call, 'ecs-task').filter(({ arn }) => clusterOf(arn) === call.parameters.get('cluster'));
  const { items, next } = tokenPage(served, call, tasks, NEXT);
  return { taskArns: items.map(({ arn }) => arn), nextToken: next };
};

/** In a task whose name begins with `closed`, ECS Exec is off; one that begins with `overridden` was started with its role. */
const describeTasks: Handler = (served, call) => {
  const arns = JSON.parse(call.parameters.get('tasks') ?? '[]') as readonly string[];
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
  const task = thingsOf(served, call, 'ecs-task').find(({ arn }) => definitionOf(arn) === wanted);
  return { taskDefinition: { taskDefinitionArn: wanted ?? '', taskRoleArn: task?.roleArn ?? null } };
};

/** The actions of ECS. */
export const ecs: Handlers = new Map([
  ['ListClusters', listClusters],
  ['ListTasks', listTasks],
  ['DescribeTasks', describeTasks],
  ['DescribeTaskDefinition', describeTaskDefinition],
]);
