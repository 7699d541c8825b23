import type { PassRoleTechnique } from '../compute-technique.ts';

/**
 * Amazon ECS Managed Instances: the role is in the instance profile of the instances that a capacity provider launches.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/managed-instances-instance-profile.html
 */
export const ecsInstances: readonly PassRoleTechnique[] = [
  {
    id: 'ecs-create-capacity-provider',
    aliases: [],
    title: 'Pass the role to the instances of a new ECS capacity provider, and run a task on one',
    actions: ['ecs:CreateCapacityProvider', 'ecs:RegisterTaskDefinition', 'ecs:RunTask'],
    service: 'ec2.amazonaws.com',
    instanceProfile: true,
    existing: 'an infrastructure role for ECS Managed Instances that the principal can pass',
  },
  {
    id: 'ecs-update-capacity-provider',
    aliases: [],
    title: 'Pass the role to the instances of an existing ECS capacity provider, and run a task on one',
    actions: ['ecs:UpdateCapacityProvider', 'ecs:RegisterTaskDefinition', 'ecs:RunTask'],
    service: 'ec2.amazonaws.com',
    instanceProfile: true,
    existing: 'a capacity provider of ECS Managed Instances',
  },
];
