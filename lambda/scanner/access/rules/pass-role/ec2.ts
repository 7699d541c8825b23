import type { PassRoleRule } from '../rule.ts';

/**
 * Amazon EC2: the role is in the instance profile, and the instance's metadata service hands out its credentials.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_switch-role-ec2_instance-profiles.html
 */
export const ec2: readonly PassRoleRule[] = [
  {
    id: 'ec2-run-instances',
    aliases: ['ec2-001'],
    title: 'launch an EC2 instance with the role',
    actions: ['ec2:RunInstances'],
    service: 'ec2.amazonaws.com',
    instanceProfile: true,
  },
  {
    id: 'ec2-request-spot-instances',
    aliases: ['ec2-004'],
    title: 'request an EC2 Spot Instance with the role',
    actions: ['ec2:RequestSpotInstances'],
    service: 'ec2.amazonaws.com',
    instanceProfile: true,
  },
  {
    id: 'ec2-associate-instance-profile',
    aliases: [],
    title: 'give an EC2 instance without a role the role, and take its credentials there',
    actions: ['ec2:AssociateIamInstanceProfile'],
    service: 'ec2.amazonaws.com',
    instanceProfile: true,
    existing: 'an EC2 instance without an instance profile, on which the actor can run commands',
  },
  {
    id: 'ec2-replace-instance-profile',
    aliases: [],
    title: 'put the role in the place of the role of an EC2 instance, and take its credentials there',
    actions: ['ec2:ReplaceIamInstanceProfileAssociation'],
    service: 'ec2.amazonaws.com',
    instanceProfile: true,
    existing: 'an EC2 instance with an instance profile, on which the actor can run commands',
  },
  // An instance profile holds one role at most, so another one must leave first:
  // https://docs.aws.amazon.com/IAM/latest/APIReference/API_AddRoleToInstanceProfile.html
  {
    id: 'ec2-swap-role-in-instance-profile',
    aliases: [],
    title: 'put the role in the instance profile of a running EC2 instance, and take its credentials there',
    actions: ['iam:RemoveRoleFromInstanceProfile', 'iam:AddRoleToInstanceProfile'],
    service: 'ec2.amazonaws.com',
    existing: 'an EC2 instance with an instance profile, on which the actor can run commands',
  },
];
