import type { ExistingComputeRule } from '../rule.ts';

/**
 * AWS Glue development endpoints: gone from the console in March 2023, and only for Glue versions that have ended.
 * https://docs.aws.amazon.com/glue/latest/dg/development.html
 */
export const glue: readonly ExistingComputeRule[] = [
  {
    id: 'glue-update-dev-endpoint',
    aliases: ['glue-002'],
    title: 'put an SSH key of your own on a Glue development endpoint that has the role, and sign in to it',
    actions: ['glue:UpdateDevEndpoint'],
    service: 'glue.amazonaws.com',
    compute: 'glue-dev-endpoint',
    retired: true,
  },
];
