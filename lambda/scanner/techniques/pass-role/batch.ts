import type { PassRoleTechnique } from '../compute-technique.ts';

/** AWS Batch: the role is the job role, which the container of the job gets as an ECS task would. */
export const batch: readonly PassRoleTechnique[] = [
  {
    id: 'batch-register-job-definition',
    aliases: ['batch-001'],
    title: 'Pass the role to a new Batch job definition and submit a job',
    actions: ['batch:RegisterJobDefinition', 'batch:SubmitJob'],
    service: 'ecs-tasks.amazonaws.com',
    existing: 'a Batch job queue with a compute environment',
  },
  {
    id: 'batch-create-compute-environment',
    aliases: ['batch-003'],
    title: 'Create a Batch compute environment and job queue, pass the role to a new job definition and submit a job',
    actions: ['batch:CreateComputeEnvironment', 'batch:CreateJobQueue', 'batch:RegisterJobDefinition', 'batch:SubmitJob'],
    service: 'ecs-tasks.amazonaws.com',
  },
];
