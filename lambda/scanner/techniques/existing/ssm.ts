import type { ExistingComputeTechnique } from '../compute-technique.ts';

/** AWS Systems Manager: its agent runs commands as root on the node, where the credentials of the instance role are available. */
export const ssm: readonly ExistingComputeTechnique[] = [
  {
    id: 'ssm-start-session',
    aliases: ['ssm-001'],
    title: 'Start a session on a managed node that runs with the role',
    actions: ['ssm:StartSession'],
    service: 'ec2.amazonaws.com',
    compute: 'ssm-managed-instance',
  },
  {
    id: 'ssm-send-command',
    aliases: ['ssm-002'],
    title: 'Run a command on a managed node that runs with the role',
    actions: ['ssm:SendCommand'],
    service: 'ec2.amazonaws.com',
    compute: 'ssm-managed-instance',
  },
  {
    id: 'ssm-resume-session',
    aliases: [],
    title: 'Resume the session of another user on a managed node that runs with the role',
    actions: ['ssm:ResumeSession'],
    service: 'ec2.amazonaws.com',
    compute: 'ssm-managed-instance',
    existing: 'a session of another user on the managed node',
  },
  {
    id: 'ssm-create-association',
    aliases: [],
    title: 'Associate a document that runs custom commands with a managed node that runs with the role',
    actions: ['ssm:CreateAssociation'],
    service: 'ec2.amazonaws.com',
    compute: 'ssm-managed-instance',
  },
  {
    id: 'ssm-update-document',
    aliases: [],
    title: 'Put custom commands into a document that runs on a managed node with the role',
    actions: ['ssm:UpdateDocument', 'ssm:UpdateDocumentDefaultVersion'],
    service: 'ec2.amazonaws.com',
    compute: 'ssm-managed-instance',
    existing: 'a document of the account that runs on the managed node',
  },
  // No role needs to be passed: without one the task runs with the service-linked role of Systems Manager.
  // https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_RegisterTaskWithMaintenanceWindow.html
  {
    id: 'ssm-register-task-with-maintenance-window',
    aliases: [],
    title: 'Add a task with custom commands to a maintenance window of a managed node that runs with the role',
    actions: ['ssm:RegisterTaskWithMaintenanceWindow'],
    service: 'ec2.amazonaws.com',
    compute: 'ssm-managed-instance',
    existing: 'a maintenance window for the managed node',
  },
];
