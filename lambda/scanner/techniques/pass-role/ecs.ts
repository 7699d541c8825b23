import type { PassRoleTechnique } from '../compute-technique.ts';

/**
 * Amazon ECS: the role is the task role, from the task definition or as an override when the task is started.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_TaskOverride.html
 */
export const ecs: readonly PassRoleTechnique[] = [
  {
    id: 'ecs-create-cluster-and-service',
    aliases: ['ecs-001'],
    title: 'Create an ECS cluster, pass the role to a new task definition and create a service that runs it',
    actions: ['ecs:CreateCluster', 'ecs:RegisterTaskDefinition', 'ecs:CreateService'],
    service: 'ecs-tasks.amazonaws.com',
  },
  {
    id: 'ecs-create-cluster-and-run-task',
    aliases: ['ecs-002'],
    title: 'Create an ECS cluster, pass the role to a new task definition and run a task',
    actions: ['ecs:CreateCluster', 'ecs:RegisterTaskDefinition', 'ecs:RunTask'],
    service: 'ecs-tasks.amazonaws.com',
  },
  {
    id: 'ecs-create-service',
    aliases: ['ecs-003'],
    title: 'Pass the role to a new ECS task definition and create a service that runs it',
    actions: ['ecs:RegisterTaskDefinition', 'ecs:CreateService'],
    service: 'ecs-tasks.amazonaws.com',
    existing: 'an ECS cluster',
  },
  {
    id: 'ecs-run-task',
    aliases: ['ecs-004'],
    title: 'Pass the role to a new ECS task definition and run a task',
    actions: ['ecs:RegisterTaskDefinition', 'ecs:RunTask'],
    service: 'ecs-tasks.amazonaws.com',
    existing: 'an ECS cluster',
  },
  {
    id: 'ecs-start-task',
    aliases: ['ecs-005'],
    title: 'Pass the role to a new ECS task definition and start a task',
    actions: ['ecs:RegisterTaskDefinition', 'ecs:StartTask'],
    service: 'ecs-tasks.amazonaws.com',
    existing: 'an ECS cluster with a container instance',
  },
  {
    id: 'ecs-register-container-instance',
    aliases: ['ecs-007'],
    title: 'Register a container instance in an ECS cluster and start a task on it with the role as task role override',
    actions: ['ecs:RegisterContainerInstance', 'ecs:StartTask'],
    service: 'ecs-tasks.amazonaws.com',
    existing: 'an ECS cluster and a task definition',
  },
  {
    id: 'ecs-run-task-override-role',
    aliases: ['ecs-008'],
    title: 'Run a task of an ECS task definition with the role as task role override',
    actions: ['ecs:RunTask'],
    service: 'ecs-tasks.amazonaws.com',
    existing: 'an ECS cluster and a task definition',
  },
  {
    id: 'ecs-start-task-override-role',
    aliases: ['ecs-009'],
    title: 'Start a task of an ECS task definition with the role as task role override',
    actions: ['ecs:StartTask'],
    service: 'ecs-tasks.amazonaws.com',
    existing: 'an ECS cluster with a container instance, and a task definition',
  },
  {
    id: 'ecs-update-service',
    aliases: [],
    title: 'Pass the role to a new ECS task definition and update a service to run it',
    actions: ['ecs:RegisterTaskDefinition', 'ecs:UpdateService'],
    service: 'ecs-tasks.amazonaws.com',
    existing: 'an ECS service',
  },
  // Only a service with an external deployment controller accepts task sets:
  // https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateTaskSet.html
  {
    id: 'ecs-create-task-set',
    aliases: [],
    title: 'Pass the role to a new ECS task definition and create a task set of it in a service',
    actions: ['ecs:RegisterTaskDefinition', 'ecs:CreateTaskSet'],
    service: 'ecs-tasks.amazonaws.com',
    existing: 'an ECS service with an external deployment controller',
  },
  {
    id: 'ecs-create-express-gateway-service',
    aliases: [],
    title: 'Pass the role to a new ECS Express Mode service that runs a custom container',
    actions: ['ecs:CreateExpressGatewayService'],
    service: 'ecs-tasks.amazonaws.com',
    existing: 'an infrastructure role for ECS Express Mode that the principal can pass',
  },
  {
    id: 'ecs-update-express-gateway-service',
    aliases: [],
    title: 'Pass the role to an existing ECS Express Mode service, and make it run a custom container',
    actions: ['ecs:UpdateExpressGatewayService'],
    service: 'ecs-tasks.amazonaws.com',
    existing: 'an ECS Express Mode service',
  },
  {
    id: 'ecs-create-daemon',
    aliases: [],
    title: 'Pass the role to a new ECS daemon task definition, and create a daemon that runs it',
    actions: ['ecs:RegisterDaemonTaskDefinition', 'ecs:CreateDaemon'],
    service: 'ecs-tasks.amazonaws.com',
    existing: 'an ECS cluster of managed instances',
  },
  {
    id: 'ecs-update-daemon',
    aliases: [],
    title: 'Pass the role to a new ECS daemon task definition, and update a daemon to run it',
    actions: ['ecs:RegisterDaemonTaskDefinition', 'ecs:UpdateDaemon'],
    service: 'ecs-tasks.amazonaws.com',
    existing: 'an ECS daemon',
  },
];
