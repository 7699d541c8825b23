import type { ExistingComputeTechnique } from '../compute-technique.ts';

/**
 * Documents of AWS that run commands, scripts or packages of the caller.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-command-ssm-plugin-reference.html
 */
const runsCommands = [
  'ApplyAnsiblePlaybooks',
  'ApplyChefRecipes',
  'ConfigureAWSPackage',
  'InstallApplication',
  'InstallPowerShellModule',
  'RunAnsiblePlaybook',
  'RunDocument',
  'RunPowerShellScript',
  'RunRemoteScript',
  'RunSaltState',
  'RunShellScript',
].map((name) => `arn:{partition}:ssm:*::document/AWS-${name}`);

const ownDocument = ['arn:{partition}:ssm:*:{account}:document/*'];

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
    resources: { 'ssm:SendCommand': [runsCommands] },
    service: 'ec2.amazonaws.com',
    compute: 'ssm-managed-instance',
  },
  {
    id: 'ssm-create-document-and-send-command',
    aliases: [],
    title: 'Create a document with custom commands and run it on a managed node that runs with the role',
    actions: ['ssm:CreateDocument', 'ssm:SendCommand'],
    resources: { 'ssm:SendCommand': [ownDocument] },
    service: 'ec2.amazonaws.com',
    compute: 'ssm-managed-instance',
  },
  {
    id: 'ssm-send-command-of-own-document',
    aliases: [],
    title: 'Run a document of the account on a managed node that runs with the role',
    actions: ['ssm:SendCommand'],
    resources: { 'ssm:SendCommand': [ownDocument] },
    service: 'ec2.amazonaws.com',
    compute: 'ssm-managed-instance',
    existing: 'a document of the account that runs commands of the caller',
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
    resources: { 'ssm:CreateAssociation': [runsCommands] },
    service: 'ec2.amazonaws.com',
    compute: 'ssm-managed-instance',
  },
  {
    id: 'ssm-create-document-and-association',
    aliases: [],
    title: 'Create a document with custom commands and associate it with a managed node that runs with the role',
    actions: ['ssm:CreateDocument', 'ssm:CreateAssociation'],
    resources: { 'ssm:CreateAssociation': [ownDocument] },
    service: 'ec2.amazonaws.com',
    compute: 'ssm-managed-instance',
  },
  {
    id: 'ssm-create-association-of-own-document',
    aliases: [],
    title: 'Associate a document of the account with a managed node that runs with the role',
    actions: ['ssm:CreateAssociation'],
    resources: { 'ssm:CreateAssociation': [ownDocument] },
    service: 'ec2.amazonaws.com',
    compute: 'ssm-managed-instance',
    existing: 'a document of the account that runs commands of the caller',
  },
  // https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_CreateAssociationBatch.html
  {
    id: 'ssm-create-association-batch-for-node',
    aliases: [],
    title: 'Associate a document that runs custom commands with managed nodes, one of which runs with the role, in a batch',
    actions: ['ssm:CreateAssociationBatch'],
    resources: { 'ssm:CreateAssociationBatch': [runsCommands] },
    service: 'ec2.amazonaws.com',
    compute: 'ssm-managed-instance',
  },
  {
    id: 'ssm-create-document-and-association-batch',
    aliases: [],
    title: 'Create a document with custom commands and associate it, in a batch, with a managed node that runs with the role',
    actions: ['ssm:CreateDocument', 'ssm:CreateAssociationBatch'],
    resources: { 'ssm:CreateAssociationBatch': [ownDocument] },
    service: 'ec2.amazonaws.com',
    compute: 'ssm-managed-instance',
  },
  // An update can change the document, its parameters and the nodes of an association:
  // https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_UpdateAssociation.html
  {
    id: 'ssm-update-association-for-node',
    aliases: [],
    title: 'Change an association to run custom commands on a managed node that runs with the role',
    actions: ['ssm:UpdateAssociation'],
    service: 'ec2.amazonaws.com',
    compute: 'ssm-managed-instance',
    existing: 'an association of State Manager',
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
  // https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_UpdateMaintenanceWindowTask.html
  {
    id: 'ssm-update-maintenance-window-task-for-node',
    aliases: [],
    title: 'Put custom commands into a task of a maintenance window of a managed node that runs with the role',
    actions: ['ssm:UpdateMaintenanceWindowTask'],
    service: 'ec2.amazonaws.com',
    compute: 'ssm-managed-instance',
    existing: 'a maintenance window for the managed node with a task that runs commands',
  },
];
