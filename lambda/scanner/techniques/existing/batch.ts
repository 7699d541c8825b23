import type { ExistingComputeTechnique } from '../compute-technique.ts';

/** AWS Batch: the caller of SubmitJob chooses the command that the container runs with the job role. */
export const batch: readonly ExistingComputeTechnique[] = [
  {
    id: 'batch-submit-job',
    aliases: ['batch-002'],
    title: 'Submit a job with a custom command from a Batch job definition that has the role',
    actions: ['batch:SubmitJob'],
    service: 'ecs-tasks.amazonaws.com',
    compute: 'batch-job-definition',
  },
];
