import type { ExistingComputeTechnique } from '../compute-technique.ts';

/**
 * AWS AppSync: a resolver writes the requests that an HTTP data source signs with its role.
 * https://docs.aws.amazon.com/appsync/latest/devguide/tutorial-http-resolvers-js.html
 */
export const appsync: readonly ExistingComputeTechnique[] = [
  {
    id: 'appsync-update-resolver',
    aliases: [],
    title: 'Replace a resolver of an AppSync API whose data source signs requests to AWS with the role',
    actions: ['appsync:UpdateResolver'],
    service: 'appsync.amazonaws.com',
    compute: 'an AppSync data source that signs requests to AWS',
  },
];
