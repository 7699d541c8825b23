import type { PassRoleTechnique } from '../compute-technique.ts';

/**
 * Amazon EventBridge Pipes: a pipe starts its target with the role: an ECS task with any task role, a Batch job, a state
 * machine.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-permissions.html
 */
export const pipes: readonly PassRoleTechnique[] = [
  {
    id: 'pipes-create-pipe',
    aliases: [],
    title: 'Pass the role to a new EventBridge pipe that runs an ECS task with another task role',
    actions: ['pipes:CreatePipe'],
    service: 'pipes.amazonaws.com',
    existing: 'a source for the pipe, and a target that runs commands with a role',
  },
  {
    id: 'pipes-update-pipe',
    aliases: [],
    title: 'Pass the role to an existing EventBridge pipe that runs an ECS task with another task role',
    actions: ['pipes:UpdatePipe'],
    service: 'pipes.amazonaws.com',
    existing: 'an EventBridge pipe, and a target that runs commands with a role',
  },
];
