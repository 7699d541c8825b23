import type { PassRoleTechnique } from '../compute-technique.ts';

/**
 * Amazon MSK Connect: the custom plug-in of a connector runs with its service execution role.
 * https://docs.aws.amazon.com/msk/latest/developerguide/msk-connect-service-execution-role.html
 */
export const kafkaconnect: readonly PassRoleTechnique[] = [
  {
    id: 'kafkaconnect-create-connector',
    aliases: [],
    title: 'Create a custom MSK Connect plug-in, and pass the role to a connector that runs it',
    actions: ['kafkaconnect:CreateCustomPlugin', 'kafkaconnect:CreateConnector'],
    service: 'kafkaconnect.amazonaws.com',
  },
  {
    id: 'kafkaconnect-create-connector-of-plugin',
    aliases: [],
    title: 'Pass the role to a new MSK Connect connector that runs a plug-in of the account',
    actions: ['kafkaconnect:CreateConnector'],
    service: 'kafkaconnect.amazonaws.com',
    existing: 'a custom plug-in whose code the principal controls',
  },
];
