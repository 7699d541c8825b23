import type { ExistingComputeTechnique } from '../compute-technique.ts';

/** Amazon ECS: a shell in a container can read the credentials of the task role. */
export const ecs: readonly ExistingComputeTechnique[] = [
  {
    id: 'ecs-execute-command',
    aliases: ['ecs-006'],
    title: 'Run a command in a container of an ECS task that runs with the role',
    actions: ['ecs:ExecuteCommand', 'ecs:DescribeTasks'],
    service: 'ecs-tasks.amazonaws.com',
    compute: 'ecs-task',
  },
  // ECS Exec is off until a deployment enables it:
  // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html
  {
    id: 'ecs-enable-execute-command',
    aliases: [],
    title: 'Enable ECS Exec for an ECS service that runs with the role, and run a command in a container',
    actions: ['ecs:UpdateService', 'ecs:ExecuteCommand', 'ecs:DescribeTasks'],
    service: 'ecs-tasks.amazonaws.com',
    compute: 'ecs-service',
  },
];
