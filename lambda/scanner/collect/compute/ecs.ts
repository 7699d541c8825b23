import {
  DescribeClustersCommand,
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  DescribeTasksCommand,
  ECSClient,
  ListClustersCommand,
  ListServicesCommand,
  ListTasksCommand,
  type Service,
  type Task,
} from '@aws-sdk/client-ecs';
import { getOrCreate } from '../../model/get-or-create.ts';
import {
  type Carrier,
  type Look,
  type RegionalService,
  answered,
  carrier,
  computeAt,
  inChunks,
  listAnswered,
  listed,
} from './look.ts';

const MOST_CLUSTERS = 100;
const MOST_SERVICES = 10;
const MOST_TASKS = 100;

/** The task role of a task definition, by ARN; undefined if it has none. */
type TaskRole = (taskDefinition: string | undefined) => Promise<string | undefined>;

/** The ECS clusters, the services in them, and the running tasks in which commands can be executed, with their task roles. */
export const lookForContainers: Look = (place) => {
  const ecs = new ECSClient(place.settings);
  const clusters = listed(
    'ecs:ListClusters',
    (nextToken) => ecs.send(new ListClustersCommand({ nextToken })),
    ({ clusterArns, nextToken }) => ({ items: clusterArns, next: nextToken }),
  );
  const inEach = async <T>(look: (ecs: ECSClient, cluster: string) => Promise<readonly T[]>): Promise<readonly T[]> =>
    (await Promise.all((await clusters).map((cluster) => look(ecs, cluster)))).flat();
  const roleOf = taskRoles(ecs);
  return {
    'ecs-cluster': clusters.then((arns) => activeOf(ecs, arns)),
    'ecs-service': inEach(servicesIn).then((services) => servicesWithRole(services, place, roleOf)),
    'ecs-task': inEach(tasksIn).then((tasks) => tasksWithRole(tasks, place, roleOf)),
  };
};

/** A cluster that was deleted can be listed for some time, and runs nothing. */
async function activeOf(ecs: ECSClient, arns: readonly string[]): Promise<readonly Carrier[]> {
  const answers = await Promise.all(
    inChunks(arns, MOST_CLUSTERS).map((clusters) =>
      answered('ecs:DescribeClusters', ecs.send(new DescribeClustersCommand({ clusters: [...clusters] }))),
    ),
  );
  return answers
    .flatMap(({ clusters }) => listAnswered('ecs:DescribeClusters', clusters))
    .filter(({ status }) => status === 'ACTIVE')
    .flatMap(({ clusterArn }) => computeAt(clusterArn));
}

async function servicesIn(ecs: ECSClient, cluster: string): Promise<readonly Service[]> {
  const arns = await listed(
    'ecs:ListServices',
    (nextToken) => ecs.send(new ListServicesCommand({ cluster, nextToken, maxResults: 100 })),
    ({ serviceArns, nextToken }) => ({ items: serviceArns, next: nextToken }),
  );
  const answers = await Promise.all(
    inChunks(arns, MOST_SERVICES).map((services) =>
      answered('ecs:DescribeServices', ecs.send(new DescribeServicesCommand({ cluster, services: [...services] }))),
    ),
  );
  return answers.flatMap(({ services }) => listAnswered('ecs:DescribeServices', services));
}

/**
 * Only of a service that ECS itself deploys can the task definition and ECS Exec be changed.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateService.html
 */
async function servicesWithRole(services: readonly Service[], { roleArn }: RegionalService, roleOf: TaskRole) {
  const changeable = services.filter(
    ({ status, deploymentController }) => status === 'ACTIVE' && (deploymentController?.type ?? 'ECS') === 'ECS',
  );
  const found = changeable.map(async ({ serviceArn, taskDefinition }) =>
    computeAt(serviceArn, roleArn(await roleOf(taskDefinition))),
  );
  return (await Promise.all(found)).flat();
}

/**
 * Only tasks that were started with ECS Exec allow commands in their containers. A task that was started with another role than that
 * of its definition contains that role itself.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html
 */
async function tasksWithRole(tasks: readonly Task[], { roleArn }: RegionalService, roleOf: TaskRole) {
  const open = tasks.filter(({ enableExecuteCommand }) => enableExecuteCommand === true);
  const found = open.map(async ({ taskArn, overrides, taskDefinitionArn }) =>
    carrier(taskArn, roleArn(overrides?.taskRoleArn ?? (await roleOf(taskDefinitionArn)))),
  );
  return (await Promise.all(found)).flat();
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

/** Asks for each task definition once. */
function taskRoles(ecs: ECSClient): TaskRole {
  const known = new Map<string, Promise<string | undefined>>();
  const ask = async (taskDefinition: string) => {
    const request = ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition }));
    return (await answered('ecs:DescribeTaskDefinition', request)).taskDefinition?.taskRoleArn;
  };
  return async (taskDefinition) =>
    taskDefinition === undefined ? undefined : getOrCreate(known, taskDefinition, () => ask(taskDefinition));
}
