import { cli } from '../../model/command.ts';

/** The two commands that report which actions an identity used: the first starts the report, the second prints it. */
export const usageCommands = (arn: string): string =>
  `${cli('iam generate-service-last-accessed-details', { arn, granularity: 'ACTION_LEVEL' })}, then ${cli('iam get-service-last-accessed-details', { 'job-id': 'JOB_ID' })}`;
