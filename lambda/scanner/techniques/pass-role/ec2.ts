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
  // The caller itself must be allowed to launch what the launch template describes:
  // https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-fleet-prerequisites.html
  {
    id: 'ec2-create-fleet',
    aliases: [],
    title: 'Pass the role to the EC2 instances of a new EC2 Fleet',
    actions: ['ec2:CreateLaunchTemplate', 'ec2:CreateFleet', 'ec2:RunInstances'],
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
  {
    id: 'ec2-request-spot-fleet',
    aliases: [],
    title: 'Pass the role to the EC2 instances of a new Spot Fleet',
    actions: ['ec2:RequestSpotFleet'],
    service: 'ec2.amazonaws.com',
    instanceProfile: true,
    existing: 'a role for Spot Fleet that the principal can pass',
  },
  {
    id: 'workspaces-instances-create-workspace-instance',
    aliases: [],
    title: 'Pass the role to a new EC2 instance of WorkSpaces Core',
    actions: ['workspaces-instances:CreateWorkspaceInstance'],
    service: 'ec2.amazonaws.com',
    instanceProfile: true,
  },
  {
    id: 'drs-start-recovery',
    aliases: [],
    title: 'Launch a recovery instance with the role, and read its credentials there',
    actions: ['drs:StartRecovery', 'drs:UpdateLaunchConfiguration'],
    service: 'ec2.amazonaws.com',
    instanceProfile: true,
    existing: 'a source server of Elastic Disaster Recovery whose commands the principal controls',
  },
  {
    id: 'mgn-start-test',
    aliases: [],
    title: 'Launch a test instance of a migration with the role, and read its credentials there',
    actions: ['mgn:StartTest', 'mgn:UpdateLaunchConfiguration'],
    service: 'ec2.amazonaws.com',
    instanceProfile: true,
    existing: 'a source server of Application Migration Service whose commands the principal controls',
  },
  {
    id: 'mgn-start-cutover',
    aliases: [],
    title: 'Launch a cutover instance of a migration with the role, and read its credentials there',
    actions: ['mgn:StartCutover', 'mgn:UpdateLaunchConfiguration'],
    service: 'ec2.amazonaws.com',
    instanceProfile: true,
    existing: 'a source server of Application Migration Service whose commands the principal controls',
  },
  {
    id: 'pcs-create-compute-node-group',
    aliases: [],
    title: 'Create a cluster of AWS PCS, and pass the role to a new group of its nodes',
    actions: ['pcs:CreateCluster', 'pcs:CreateComputeNodeGroup', 'ec2:CreateLaunchTemplate'],
    service: 'ec2.amazonaws.com',
    instanceProfile: true,
    existing: 'an instance profile with the role whose name begins with AWSPCS or whose path is /aws-pcs/',
  },
  {
    id: 'pcs-update-compute-node-group',
    aliases: [],
    title: 'Pass the role to the nodes of an existing group of AWS PCS',
    actions: ['pcs:UpdateComputeNodeGroup'],
    service: 'ec2.amazonaws.com',
    instanceProfile: true,
    existing: 'a compute node group of AWS PCS whose commands the principal controls',
  },
  {
    id: 'rds-create-db-instance',
    aliases: [],
    title: 'Pass the role to the host of a new RDS Custom database, and open a shell there',
    actions: ['rds:CreateDBInstance'],
    service: 'ec2.amazonaws.com',
    instanceProfile: true,
    existing: 'an engine version of RDS Custom, and an instance profile with the role whose name begins with AWSRDSCustom',
  },
];
