import type { PassRoleTechnique } from '../compute-technique.ts';

/**
 * Amazon EC2: the role is in the instance profile, and the metadata service of the instance returns its credentials.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_switch-role-ec2_instance-profiles.html
 */
export const ec2: readonly PassRoleTechnique[] = [
  {
    id: 'ec2-run-instances',
    aliases: ['ec2-001'],
    title: 'Pass the role to a new EC2 instance',
    actions: ['ec2:RunInstances'],
    service: 'ec2.amazonaws.com',
    instanceProfile: true,
  },
  {
    id: 'ec2-request-spot-instances',
    aliases: ['ec2-004'],
    title: 'Pass the role to a new EC2 Spot Instance',
    actions: ['ec2:RequestSpotInstances'],
    service: 'ec2.amazonaws.com',
    instanceProfile: true,
  },
  {
    id: 'ec2-associate-instance-profile',
    aliases: [],
    title: 'Pass the role to an EC2 instance without an instance profile, and read its credentials there',
    actions: ['ec2:AssociateIamInstanceProfile'],
    service: 'ec2.amazonaws.com',
    instanceProfile: true,
    existing: 'an EC2 instance without an instance profile, on which the principal can run commands',
  },
  {
    id: 'ec2-replace-instance-profile',
    aliases: [],
    title: 'Replace the instance profile of an EC2 instance with one that has the role, and read its credentials there',
    actions: ['ec2:ReplaceIamInstanceProfileAssociation'],
    service: 'ec2.amazonaws.com',
    instanceProfile: true,
    existing: 'an EC2 instance with an instance profile, on which the principal can run commands',
  },
  // An instance profile has one role at most, so another role must be removed first:
  // https://docs.aws.amazon.com/IAM/latest/APIReference/API_AddRoleToInstanceProfile.html
  {
    id: 'ec2-swap-role-in-instance-profile',
    aliases: [],
    title: 'Put the role into the instance profile of a running EC2 instance, and read its credentials there',
    actions: ['iam:RemoveRoleFromInstanceProfile', 'iam:AddRoleToInstanceProfile'],
    service: 'ec2.amazonaws.com',
    existing: 'an EC2 instance with an instance profile, on which the principal can run commands',
  },
];
