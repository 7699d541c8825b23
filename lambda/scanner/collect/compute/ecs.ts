import {
  DescribeTaskDefinitionCommand,
  DescribeTasksCommand,
  ECSClient,
  ListClustersCommand,
  ListTasksCommand,
  type Task,
} from '@aws-sdk/client-ecs';
import { type Carrier, type Look, type RegionalService, answered, carrier, inChunks, listAnswered, listed } from './look.ts';

const MOST_TASKS = 100;

/** The running ECS tasks in which commands can be executed, with their task roles. */
export const lookForTasks: Look = (place) => ({ 'ecs-task': tasksWithRole(place) });

async function tasksWithRole({ settings, roleArn }: RegionalService): Promise<readonly Carrier[]> {
  const ecs = new ECSClient(settings);
  const clusters = await listed(
    'ecs:ListClusters',
    (nextToken) => ecs.send(new ListClustersCommand({ nextToken })),
    ({ clusterArns, nextToken }) => ({ items: clusterArns, next: nextToken }),
  );
  const tasks = (await Promise.all(clusters.map((cluster) => tasksIn(ecs, cluster)))).flat();
  // Only tasks that were started with ECS Exec allow commands in their containers.
  // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html
  const open = tasks.filter(({ enableExecuteCommand }) => enableExecuteCommand === true);
  const roles = await rolesOfDefinitions(ecs, open);
  return open.flatMap(({ taskArn, overrides, taskDefinitionArn = '' }) =>
    carrier(taskArn, roleArn(overrides?.taskRoleArn ?? roles.get(taskDefinitionArn))),
  );
}

async function tasksIn(ecs: ECSClient, cluster: string): Promise<readonly Task[]> {
  const arns = await listed(
    'ecs:ListTasks',
    (nextToken) => ecs.send(new ListTasksCommand({ cluster, nextToken })),
    ({ taskArns, nextToken }) => ({ items: taskArns, next: nextToken }),
  );
  const answers = await Promise.all(
    inChunks(arns, MOST_TASKS).map((tasks) =>
      answered('ecs:DescribeTasks', ecs.send(new DescribeTasksCommand({ cluster, tasks: [...tasks] }))),
    ),
  );
  return answers.flatMap(({ tasks }) => listAnswered('ecs:DescribeTasks', tasks));
}

/** The task role of each task definition, by ARN. A task that was started with another role contains that role itself. */
async function rolesOfDefinitions(ecs: ECSClient, tasks: readonly Task[]): Promise<ReadonlyMap<string, string | undefined>> {
  const wanted = tasks.flatMap(({ overrides, taskDefinitionArn }) =>
    overrides?.taskRoleArn === undefined && taskDefinitionArn !== undefined ? [taskDefinitionArn] : [],
  );
  const entries = [...new Set(wanted)].map(async (taskDefinition) => {
    const ask = new DescribeTaskDefinitionCommand({ taskDefinition });
    const answer = await answered('ecs:DescribeTaskDefinition', ecs.send(ask));
    return [taskDefinition, answer.taskDefinition?.taskRoleArn] as const;
  });
  return new Map(await Promise.all(entries));
}
