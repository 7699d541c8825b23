import type { ExistingComputeTechnique } from '../compute-technique.ts';

/** Amazon EC2: a shell or a script on an instance can read the credentials of its role from the metadata service. */
export const ec2: readonly ExistingComputeTechnique[] = [
  {
    id: 'ec2-modify-user-data',
    aliases: ['ec2-002'],
    title: 'Put a custom script into the user data of an EC2 instance that runs with the role, and restart it',
    actions: ['ec2:ModifyInstanceAttribute', 'ec2:StopInstances', 'ec2:StartInstances'],
    service: 'ec2.amazonaws.com',
    compute: 'ec2-instance',
  },
  {
    id: 'ec2-instance-connect',
    aliases: ['ec2-003'],
    title: 'Send an SSH key to an EC2 instance that runs with the role, and connect over the network',
    actions: ['ec2-instance-connect:SendSSHPublicKey'],
    service: 'ec2.amazonaws.com',
    compute: 'ec2-instance',
  },
  {
    id: 'ec2-serial-console',
    aliases: [],
    title: 'Send an SSH key to the serial console of an EC2 instance that runs with the role, and connect to it',
    actions: ['ec2-instance-connect:SendSerialConsoleSSHPublicKey'],
    service: 'ec2.amazonaws.com',
    compute: 'ec2-instance',
  },
  {
    id: 'ec2-create-replace-root-volume-task',
    aliases: [],
    title: 'Replace the root volume of an EC2 instance that runs with the role by a custom image',
    actions: ['ec2:CreateReplaceRootVolumeTask'],
    service: 'ec2.amazonaws.com',
    compute: 'ec2-instance',
  },
];
