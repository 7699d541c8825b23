import type { ExistingComputeTechnique } from '../compute-technique.ts';

/**
 * AWS IoT Core: a device certificate whose policy allows a role alias gets credentials of the role.
 * https://docs.aws.amazon.com/iot/latest/developerguide/authorizing-direct-aws.html
 */
export const iot: readonly ExistingComputeTechnique[] = [
  {
    id: 'iot-create-certificate-for-role-alias',
    aliases: [],
    title: 'Create a device certificate that gets credentials of an IoT role alias with the role',
    actions: ['iot:CreateKeysAndCertificate', 'iot:CreatePolicy', 'iot:AttachPolicy'],
    service: 'credentials.iot.amazonaws.com',
    compute: 'an IoT role alias',
  },
  {
    id: 'iot-create-policy-version-for-role-alias',
    aliases: [],
    title: 'Allow a device certificate to get credentials of an IoT role alias with the role',
    actions: ['iot:CreatePolicyVersion'],
    service: 'credentials.iot.amazonaws.com',
    compute: 'an IoT role alias',
    existing: 'a device certificate of the principal with a policy of IoT',
  },
];
