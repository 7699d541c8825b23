import type { ExistingComputeRule } from '../rule.ts';

/** Amazon EC2: whoever gets a shell or a script onto an instance takes the credentials of its role from the metadata service. */
export const ec2: readonly ExistingComputeRule[] = [
  {
    id: 'ec2-modify-user-data',
    aliases: ['ec2-002'],
    title: 'put a script of your own in the user data of an EC2 instance that has the role, and restart it',
    actions: ['ec2:ModifyInstanceAttribute', 'ec2:StopInstances', 'ec2:StartInstances'],
    service: 'ec2.amazonaws.com',
    compute: 'ec2-instance',
  },
  {
    id: 'ec2-instance-connect',
    aliases: ['ec2-003'],
    title: 'send an SSH key of your own to an EC2 instance that has the role, and sign in over the network',
    actions: ['ec2-instance-connect:SendSSHPublicKey'],
    service: 'ec2.amazonaws.com',
    compute: 'ec2-instance',
  },
  {
    id: 'ec2-serial-console',
    aliases: [],
    title: 'send an SSH key of your own to the serial console of an EC2 instance that has the role, and sign in there',
    actions: ['ec2-instance-connect:SendSerialConsoleSSHPublicKey'],
    service: 'ec2.amazonaws.com',
    compute: 'ec2-instance',
  },
  {
    id: 'ec2-modify-launch-template',
    aliases: ['ec2-005'],
    title: 'make a version with a script of your own the default one of a launch template that has the role',
    actions: ['ec2:CreateLaunchTemplateVersion', 'ec2:ModifyLaunchTemplate'],
    service: 'ec2.amazonaws.com',
    compute: 'ec2-launch-template',
  },
];
