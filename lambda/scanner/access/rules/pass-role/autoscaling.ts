import type { PassRoleRule } from '../rule.ts';

/**
 * EC2 Auto Scaling: the role is in the instance profile of the instances that a group launches. Launch configurations are closed
 * to accounts made since October 2024: https://docs.aws.amazon.com/autoscaling/ec2/userguide/launch-configurations.html
 */
export const autoscaling: readonly PassRoleRule[] = [
  {
    id: 'autoscaling-create-group-with-launch-configuration',
    aliases: [],
    title: 'create a launch configuration with the role and an Auto Scaling group that launches instances from it',
    actions: ['autoscaling:CreateLaunchConfiguration', 'autoscaling:CreateAutoScalingGroup'],
    service: 'ec2.amazonaws.com',
    instanceProfile: true,
  },
  {
    id: 'autoscaling-update-group-with-launch-configuration',
    aliases: [],
    title: 'create a launch configuration with the role and make an Auto Scaling group launch instances from it',
    actions: ['autoscaling:CreateLaunchConfiguration', 'autoscaling:UpdateAutoScalingGroup'],
    service: 'ec2.amazonaws.com',
    instanceProfile: true,
    existing: 'an Auto Scaling group',
  },
  // Auto Scaling checks that the caller itself may run what a launch template describes:
  // https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-launch-template-permissions.html
  {
    id: 'autoscaling-create-group-with-launch-template',
    aliases: [],
    title: 'create a launch template with the role and an Auto Scaling group that launches instances from it',
    actions: ['ec2:CreateLaunchTemplate', 'autoscaling:CreateAutoScalingGroup', 'ec2:RunInstances'],
    service: 'ec2.amazonaws.com',
    instanceProfile: true,
  },
  {
    id: 'autoscaling-update-group-with-launch-template',
    aliases: [],
    title: 'create a launch template with the role and make an Auto Scaling group launch instances from it',
    actions: ['ec2:CreateLaunchTemplate', 'autoscaling:UpdateAutoScalingGroup', 'ec2:RunInstances'],
    service: 'ec2.amazonaws.com',
    instanceProfile: true,
    existing: 'an Auto Scaling group',
  },
];
