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
];
