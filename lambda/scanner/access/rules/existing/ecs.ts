import type { ExistingComputeRule } from '../rule.ts';

/** Amazon ECS: a shell in a container reaches the credentials of the task role. */
export const ecs: readonly ExistingComputeRule[] = [
  {
    id: 'ecs-execute-command',
    aliases: ['ecs-006'],
    title: 'run a command in a container of an ECS task that has the role',
    actions: ['ecs:ExecuteCommand', 'ecs:DescribeTasks'],
    service: 'ecs-tasks.amazonaws.com',
    compute: 'ecs-task',
  },
  // ECS Exec is off until a deployment turns it on:
  // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html
  {
    id: 'ecs-enable-execute-command',
    aliases: [],
    title: 'turn on ECS Exec for an ECS service that has the role, and run a command in a container of it',
    actions: ['ecs:UpdateService', 'ecs:ExecuteCommand', 'ecs:DescribeTasks'],
    service: 'ecs-tasks.amazonaws.com',
    compute: 'ecs-service',
  },
];
