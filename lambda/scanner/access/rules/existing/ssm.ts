import type { ExistingComputeRule } from '../rule.ts';

/** AWS Systems Manager: its agent runs commands as root on the node, whose role's credentials are at hand there. */
export const ssm: readonly ExistingComputeRule[] = [
  {
    id: 'ssm-start-session',
    aliases: ['ssm-001'],
    title: 'start a session on a managed node that has the role',
    actions: ['ssm:StartSession'],
    service: 'ec2.amazonaws.com',
    compute: 'ssm-managed-instance',
  },
  {
    id: 'ssm-send-command',
    aliases: ['ssm-002'],
    title: 'run a command on a managed node that has the role',
    actions: ['ssm:SendCommand'],
    service: 'ec2.amazonaws.com',
    compute: 'ssm-managed-instance',
  },
  {
    id: 'ssm-resume-session',
    aliases: [],
    title: "resume somebody's session on a managed node that has the role",
    actions: ['ssm:ResumeSession'],
    service: 'ec2.amazonaws.com',
    compute: 'ssm-managed-instance',
    existing: 'a session of somebody else on the managed node',
  },
  {
    id: 'ssm-create-association',
    aliases: [],
    title: 'associate a document that runs commands of your own with a managed node that has the role',
    actions: ['ssm:CreateAssociation'],
    service: 'ec2.amazonaws.com',
    compute: 'ssm-managed-instance',
  },
  {
    id: 'ssm-update-document',
    aliases: [],
    title: 'put commands of your own in a document that is run on a managed node that has the role',
    actions: ['ssm:UpdateDocument', 'ssm:UpdateDocumentDefaultVersion'],
    service: 'ec2.amazonaws.com',
    compute: 'ssm-managed-instance',
    existing: 'a document of the account that is run on the managed node',
  },
  // No role needs to be passed: without one the task runs by the service-linked role of Systems Manager.
  // https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_RegisterTaskWithMaintenanceWindow.html
  {
    id: 'ssm-register-task-with-maintenance-window',
    aliases: [],
    title: 'add commands of your own to a maintenance window of a managed node that has the role',
    actions: ['ssm:RegisterTaskWithMaintenanceWindow'],
    service: 'ec2.amazonaws.com',
    compute: 'ssm-managed-instance',
    existing: 'a maintenance window for the managed node',
  },
];
