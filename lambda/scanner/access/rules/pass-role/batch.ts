import type { PassRoleRule } from '../rule.ts';

/** AWS Batch: the role is the job role, which the job's container gets as an ECS task would. */
export const batch: readonly PassRoleRule[] = [
  {
    id: 'batch-register-job-definition',
    aliases: ['batch-001'],
    title: 'register a Batch job definition with the role and submit a job of it',
    actions: ['batch:RegisterJobDefinition', 'batch:SubmitJob'],
    service: 'ecs-tasks.amazonaws.com',
    existing: 'a Batch job queue with a compute environment',
  },
  {
    id: 'batch-create-compute-environment',
    aliases: ['batch-003'],
    title: 'create a Batch compute environment and a job queue, register a job definition with the role and submit a job of it',
    actions: ['batch:CreateComputeEnvironment', 'batch:CreateJobQueue', 'batch:RegisterJobDefinition', 'batch:SubmitJob'],
    service: 'ecs-tasks.amazonaws.com',
  },
];
