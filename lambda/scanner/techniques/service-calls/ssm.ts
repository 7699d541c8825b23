import type { PassRoleTechnique } from '../compute-technique.ts';

/**
 * AWS Systems Manager: the steps of an automation make their API calls with the role.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-executeAwsApi.html
 */
export const ssm: readonly PassRoleTechnique[] = [
  {
    id: 'ssm-start-automation-execution',
    aliases: ['ssm-003'],
    title: 'Create a Systems Manager automation document and pass the role to an execution of it',
    actions: ['ssm:CreateDocument', 'ssm:StartAutomationExecution'],
    service: 'ssm.amazonaws.com',
  },
  {
    id: 'ssm-create-activation',
    aliases: [],
    title: 'Pass the role to a hybrid activation, and register a machine that gets its credentials',
    actions: ['ssm:CreateActivation'],
    service: 'ssm.amazonaws.com',
  },
  {
    id: 'ssm-update-managed-instance-role',
    aliases: [],
    title: 'Pass the role to a hybrid managed node, and read its credentials there',
    actions: ['ssm:UpdateManagedInstanceRole'],
    service: 'ssm.amazonaws.com',
    existing: 'a hybrid managed node on which the principal can run commands',
  },
  {
    id: 'ssm-update-service-setting',
    aliases: [],
    title: 'Make the role the default role of EC2 instances without a profile, and read its credentials there',
    actions: ['ssm:UpdateServiceSetting'],
    resources: {
      'ssm:UpdateServiceSetting': [
        ['arn:{partition}:ssm:*:{account}:servicesetting/ssm/managed-instance/default-ec2-instance-management-role'],
      ],
    },
    service: 'ssm.amazonaws.com',
    existing: 'an EC2 instance without an instance profile, on which the principal can run commands',
  },
  {
    id: 'ssm-start-automation-execution-of-document',
    aliases: [],
    title: 'Pass the role to an execution of an automation document',
    actions: ['ssm:StartAutomationExecution'],
    service: 'ssm.amazonaws.com',
    existing: 'an automation document that makes API calls of the caller',
  },
  {
    id: 'ssm-create-association-with-automation-document',
    aliases: [],
    title: 'Create an automation document, and pass the role to an association that runs it',
    actions: ['ssm:CreateDocument', 'ssm:CreateAssociation'],
    service: 'ssm.amazonaws.com',
  },
  {
    id: 'ssm-create-association-batch',
    aliases: [],
    title: 'Create an automation document, and pass the role to a batch of associations that run it',
    actions: ['ssm:CreateDocument', 'ssm:CreateAssociationBatch'],
    service: 'ssm.amazonaws.com',
  },
  {
    id: 'ssm-update-association',
    aliases: [],
    title: 'Create an automation document, and pass the role to an association that is changed to run it',
    actions: ['ssm:CreateDocument', 'ssm:UpdateAssociation'],
    service: 'ssm.amazonaws.com',
    existing: 'an association of State Manager',
  },
  {
    id: 'ssm-create-maintenance-window',
    aliases: [],
    title: 'Create an automation document and a maintenance window, and pass the role to a task that runs it',
    actions: ['ssm:CreateDocument', 'ssm:CreateMaintenanceWindow', 'ssm:RegisterTaskWithMaintenanceWindow'],
    service: 'ssm.amazonaws.com',
  },
  {
    id: 'ssm-update-maintenance-window-task',
    aliases: [],
    title: 'Create an automation document, and pass the role to a task of a maintenance window that runs it',
    actions: ['ssm:CreateDocument', 'ssm:UpdateMaintenanceWindowTask'],
    service: 'ssm.amazonaws.com',
    existing: 'a maintenance window with an automation task',
  },
  {
    id: 'ssm-start-change-request-execution',
    aliases: [],
    title: 'Create an automation document, and pass the role to a change request that runs it',
    actions: ['ssm:CreateDocument', 'ssm:StartChangeRequestExecution'],
    service: 'ssm.amazonaws.com',
    existing: 'a change template that approves by itself',
  },
];
