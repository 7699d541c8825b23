import type { PassRoleTechnique } from '../compute-technique.ts';

/**
 * AWS IoT Core: a device certificate gets credentials of the role of a role alias.
 * https://docs.aws.amazon.com/iot/latest/developerguide/authorizing-direct-aws.html
 */
export const iot: readonly PassRoleTechnique[] = [
  {
    id: 'iot-create-role-alias',
    aliases: [],
    title: 'Pass the role to a new IoT role alias, and get its credentials with a new device certificate',
    actions: [
      'iot:CreateRoleAlias',
      'iot:CreateKeysAndCertificate',
      'iot:CreatePolicy',
      'iot:AttachPolicy',
      'iot:DescribeEndpoint',
    ],
    service: 'credentials.iot.amazonaws.com',
  },
  {
    id: 'iot-create-role-alias-for-certificate',
    aliases: [],
    title: 'Pass the role to a new IoT role alias, and get its credentials with a device certificate',
    actions: ['iot:CreateRoleAlias'],
    service: 'credentials.iot.amazonaws.com',
    existing: 'a device certificate of the principal whose policy allows the alias',
  },
  {
    id: 'iot-update-role-alias',
    aliases: [],
    title: 'Pass the role to an existing IoT role alias, and get its credentials with a device certificate',
    actions: ['iot:UpdateRoleAlias'],
    service: 'credentials.iot.amazonaws.com',
    existing: 'an IoT role alias with a device certificate of the principal',
  },
];
