import type { PassRoleTechnique } from '../compute-technique.ts';

/**
 * EC2 Auto Scaling: the role is in the instance profile of the instances that a group launches. Launch configurations are not
 * available to accounts created since October 2024:
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/launch-configurations.html
 */
export const autoscaling: readonly PassRoleTechnique[] = [
  {
    id: 'autoscaling-create-group-with-launch-configuration',
    aliases: [],
    title: 'Pass the role to a new launch configuration and create an Auto Scaling group that uses it',
    actions: ['autoscaling:CreateLaunchConfiguration', 'autoscaling:CreateAutoScalingGroup'],
    service: 'ec2.amazonaws.com',
    instanceProfile: true,
  },
  {
    id: 'autoscaling-update-group-with-launch-configuration',
    aliases: [],
    title: 'Pass the role to a new launch configuration and update an Auto Scaling group to use it',
    actions: ['autoscaling:CreateLaunchConfiguration', 'autoscaling:UpdateAutoScalingGroup'],
    service: 'ec2.amazonaws.com',
    instanceProfile: true,
    existing: 'an Auto Scaling group',
    existingKind: 'autoscaling-group',
  },
  // Auto Scaling requires that the caller itself may launch what the launch template describes:
  // https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-launch-template-permissions.html
  {
    id: 'autoscaling-create-group-with-launch-template',
    aliases: [],
    title: 'Pass the role to a new launch template and create an Auto Scaling group that uses it',
    actions: ['ec2:CreateLaunchTemplate', 'autoscaling:CreateAutoScalingGroup', 'ec2:RunInstances'],
    service: 'ec2.amazonaws.com',
    instanceProfile: true,
  },
  {
    id: 'autoscaling-update-group-with-launch-template',
    aliases: [],
    title: 'Pass the role to a new launch template and update an Auto Scaling group to use it',
    actions: ['ec2:CreateLaunchTemplate', 'autoscaling:UpdateAutoScalingGroup', 'ec2:RunInstances'],
    service: 'ec2.amazonaws.com',
    instanceProfile: true,
    existing: 'an Auto Scaling group',
    existingKind: 'autoscaling-group',
  },
  // Auto Scaling launches the latest or the default version with its service-linked role, which may pass every role to EC2. AWS does not
  // check what the author of the version may do:
  // https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-launch-template-permissions.html
  {
    id: 'autoscaling-create-launch-template-version',
    aliases: [],
    title: 'Create a launch template version with a custom script and the role, which an Auto Scaling group launches',
    actions: ['ec2:CreateLaunchTemplateVersion'],
    service: 'ec2.amazonaws.com',
    withoutPassRole: '*',
    instanceProfile: true,
    existing: 'an Auto Scaling group that launches the latest version of the launch template',
    existingKind: 'latest-launch-template',
  },
  {
    id: 'autoscaling-modify-launch-template',
    aliases: [],
    title: 'Create a default launch template version with a custom script and the role, which an Auto Scaling group launches',
    actions: ['ec2:CreateLaunchTemplateVersion', 'ec2:ModifyLaunchTemplate'],
    service: 'ec2.amazonaws.com',
    withoutPassRole: '*',
    instanceProfile: true,
    existing: 'an Auto Scaling group that launches the default version of the launch template',
    existingKind: 'default-launch-template',
  },
];
