import type { ExistingComputeRule } from '../rule.ts';

/** AWS Batch: whoever submits a job chooses the command that its container runs as the job role. */
export const batch: readonly ExistingComputeRule[] = [
  {
    id: 'batch-submit-job',
    aliases: ['batch-002'],
    title: 'submit a job of a Batch job definition that has the role, with a command of your own',
    actions: ['batch:SubmitJob'],
    service: 'ecs-tasks.amazonaws.com',
    compute: 'batch-job-definition',
  },
];
