import type { PassRoleRule } from '../rule.ts';

/**
 * Amazon ECS: the role is the task role, which a task definition names or whoever runs the task puts in its place.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_TaskOverride.html
 */
export const ecs: readonly PassRoleRule[] = [
  {
    id: 'ecs-create-cluster-and-service',
    aliases: ['ecs-001'],
    title: 'create an ECS cluster, register a task definition with the role and create a service of it',
    actions: ['ecs:CreateCluster', 'ecs:RegisterTaskDefinition', 'ecs:CreateService'],
    service: 'ecs-tasks.amazonaws.com',
  },
  {
    id: 'ecs-create-cluster-and-run-task',
    aliases: ['ecs-002'],
    title: 'create an ECS cluster, register a task definition with the role and run a task of it',
    actions: ['ecs:CreateCluster', 'ecs:RegisterTaskDefinition', 'ecs:RunTask'],
    service: 'ecs-tasks.amazonaws.com',
  },
  {
    id: 'ecs-create-service',
    aliases: ['ecs-003'],
    title: 'register an ECS task definition with the role and create a service of it',
    actions: ['ecs:RegisterTaskDefinition', 'ecs:CreateService'],
    service: 'ecs-tasks.amazonaws.com',
    existing: 'an ECS cluster',
  },
  {
    id: 'ecs-run-task',
    aliases: ['ecs-004'],
    title: 'register an ECS task definition with the role and run a task of it',
    actions: ['ecs:RegisterTaskDefinition', 'ecs:RunTask'],
    service: 'ecs-tasks.amazonaws.com',
    existing: 'an ECS cluster',
  },
  {
    id: 'ecs-start-task',
    aliases: ['ecs-005'],
    title: 'register an ECS task definition with the role and start a task of it',
    actions: ['ecs:RegisterTaskDefinition', 'ecs:StartTask'],
    service: 'ecs-tasks.amazonaws.com',
    existing: 'an ECS cluster with a container instance',
  },
  {
    id: 'ecs-register-container-instance',
    aliases: ['ecs-007'],
    title: 'register a machine of your own in an ECS cluster and start a task on it with the role in place of its own',
    actions: ['ecs:RegisterContainerInstance', 'ecs:StartTask'],
    service: 'ecs-tasks.amazonaws.com',
    existing: 'an ECS cluster and a task definition',
  },
  {
    id: 'ecs-run-task-override-role',
    aliases: ['ecs-008'],
    title: 'run a task of an ECS task definition with the role in place of its own',
    actions: ['ecs:RunTask'],
    service: 'ecs-tasks.amazonaws.com',
    existing: 'an ECS cluster and a task definition',
  },
  {
    id: 'ecs-start-task-override-role',
    aliases: ['ecs-009'],
    title: 'start a task of an ECS task definition with the role in place of its own',
    actions: ['ecs:StartTask'],
    service: 'ecs-tasks.amazonaws.com',
    existing: 'an ECS cluster with a container instance, and a task definition',
  },
  {
    id: 'ecs-update-service',
    aliases: [],
    title: 'register an ECS task definition with the role and make a service run it',
    actions: ['ecs:RegisterTaskDefinition', 'ecs:UpdateService'],
    service: 'ecs-tasks.amazonaws.com',
    existing: 'an ECS service',
  },
  // Only a service whose deployments an external controller makes takes task sets:
  // https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateTaskSet.html
  {
    id: 'ecs-create-task-set',
    aliases: [],
    title: 'register an ECS task definition with the role and add a task set of it to a service',
    actions: ['ecs:RegisterTaskDefinition', 'ecs:CreateTaskSet'],
    service: 'ecs-tasks.amazonaws.com',
    existing: 'an ECS service that is deployed by an external controller',
  },
];
