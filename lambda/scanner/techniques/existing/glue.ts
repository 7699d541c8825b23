import type { ExistingComputeTechnique } from '../compute-technique.ts';

/**
 * AWS Glue development endpoints: removed from the console in March 2023, and only for Glue versions that have ended.
 * https://docs.aws.amazon.com/glue/latest/dg/development.html
 */
export const glue: readonly ExistingComputeTechnique[] = [
  {
    id: 'glue-update-dev-endpoint',
    aliases: ['glue-002'],
    title: 'Add an SSH key to a Glue development endpoint that runs with the role, and connect to it',
    actions: ['glue:UpdateDevEndpoint'],
    service: 'glue.amazonaws.com',
    compute: 'glue-dev-endpoint',
    retired: true,
  },
  {
    id: 'glue-run-statement',
    aliases: [],
    title: 'Run a statement in a Glue interactive session that runs with the role',
    actions: ['glue:RunStatement'],
    service: 'glue.amazonaws.com',
    compute: 'a Glue interactive session',
  },
  {
    id: 'glue-start-job-run',
    aliases: [],
    title: 'Start a Glue job that runs with the role, with arguments that load custom code',
    actions: ['glue:StartJobRun'],
    service: 'glue.amazonaws.com',
    compute: 'glue-job',
    existing: 'a job that loads code which its arguments name',
  },
];
