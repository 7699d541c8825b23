import type { PassRoleTechnique } from '../compute-technique.ts';

/**
 * AWS AppSync: an HTTP data source signs a request to any AWS service with the role.
 * https://docs.aws.amazon.com/appsync/latest/devguide/tutorial-http-resolvers-js.html
 */
export const appsync: readonly PassRoleTechnique[] = [
  {
    id: 'appsync-create-api-with-data-source',
    aliases: [],
    title: 'Create an AppSync API, and pass the role to a data source that signs any AWS request',
    actions: [
      'appsync:CreateGraphqlApi',
      'appsync:StartSchemaCreation',
      'appsync:CreateDataSource',
      'appsync:CreateResolver',
      'appsync:CreateApiKey',
    ],
    service: 'appsync.amazonaws.com',
  },
  {
    id: 'appsync-create-data-source',
    aliases: [],
    title: 'Pass the role to a new data source of an AppSync API that signs any AWS request',
    actions: ['appsync:CreateDataSource', 'appsync:CreateResolver'],
    service: 'appsync.amazonaws.com',
    existing: 'an AppSync API that the principal can call',
  },
  {
    id: 'appsync-update-data-source',
    aliases: [],
    title: 'Pass the role to a data source of an AppSync API, and make it sign any AWS request',
    actions: ['appsync:UpdateDataSource', 'appsync:UpdateResolver'],
    service: 'appsync.amazonaws.com',
    existing: 'an AppSync API that the principal can call',
  },
];
