import type { PassRoleTechnique } from '../compute-technique.ts';

/**
 * AWS CloudFormation: the stack creates the resources of any template with the role. The role of a stack set only assumes an execution
 * role, which the caller names, and which creates the resources.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-prereqs-self-managed.html
 */
export const cloudformation: readonly PassRoleTechnique[] = [
  {
    id: 'cloudformation-create-stack',
    aliases: ['cloudformation-001'],
    title: 'Pass the role to a new CloudFormation stack with a custom template',
    actions: ['cloudformation:CreateStack'],
    service: 'cloudformation.amazonaws.com',
  },
  {
    id: 'cloudformation-create-stack-set',
    aliases: ['cloudformation-003'],
    title: 'Pass the role to a new CloudFormation stack set and create stack instances',
    actions: ['cloudformation:CreateStackSet', 'cloudformation:CreateStackInstances'],
    service: 'cloudformation.amazonaws.com',
    secondRole: { kind: 'assumed' },
  },
  {
    id: 'cloudformation-update-stack-set',
    aliases: ['cloudformation-004'],
    title: 'Pass the role to an existing CloudFormation stack set and update it with a custom template',
    actions: ['cloudformation:UpdateStackSet'],
    service: 'cloudformation.amazonaws.com',
    secondRole: { kind: 'assumed' },
    existing: 'a CloudFormation stack set',
    existingKind: 'cloudformation-stack-set',
  },
  // Users do not pass the role of this name, which CloudFormation uses by default:
  // https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-prereqs-self-managed.html
  {
    id: 'cloudformation-create-stack-set-by-default-role',
    aliases: [],
    title: 'Create a CloudFormation stack set, which uses the role by default, and create stack instances',
    actions: ['cloudformation:CreateStackSet', 'cloudformation:CreateStackInstances'],
    service: 'cloudformation.amazonaws.com',
    withoutPassRole: 'AWSCloudFormationStackSetAdministrationRole',
    secondRole: { kind: 'assumed' },
  },
  {
    id: 'cloudformation-update-stack-set-by-default-role',
    aliases: [],
    title: 'Update a CloudFormation stack set that uses the role by default, with a custom template',
    actions: ['cloudformation:UpdateStackSet'],
    service: 'cloudformation.amazonaws.com',
    withoutPassRole: 'AWSCloudFormationStackSetAdministrationRole',
    secondRole: { kind: 'assumed' },
    existing: 'a CloudFormation stack set',
    existingKind: 'cloudformation-stack-set',
  },
  {
    id: 'cloudformation-update-any-stack',
    aliases: [],
    title: 'Pass the role to an existing CloudFormation stack, and update it with a custom template',
    actions: ['cloudformation:UpdateStack'],
    service: 'cloudformation.amazonaws.com',
    existing: 'a CloudFormation stack',
    existingKind: 'updatable-stack',
  },
  {
    id: 'cloudformation-create-change-set',
    aliases: [],
    title: 'Pass the role to a change set that creates a CloudFormation stack, and execute it',
    actions: ['cloudformation:CreateChangeSet', 'cloudformation:ExecuteChangeSet'],
    service: 'cloudformation.amazonaws.com',
  },
  {
    id: 'cloudformation-create-resource',
    aliases: [],
    title: 'Pass the role to the Cloud Control API, which creates any IAM resource with it',
    actions: ['cloudformation:CreateResource'],
    service: 'cloudformation.amazonaws.com',
  },
  {
    id: 'cloudformation-update-resource',
    aliases: [],
    title: 'Pass the role to the Cloud Control API, which changes any IAM resource with it',
    actions: ['cloudformation:UpdateResource'],
    service: 'cloudformation.amazonaws.com',
  },
  {
    id: 'cloudformation-register-type',
    aliases: [],
    title: 'Register a custom CloudFormation resource type, pass the role to its handlers, and create a stack of it',
    actions: ['cloudformation:RegisterType', 'cloudformation:CreateStack'],
    service: 'resources.cloudformation.amazonaws.com',
  },
  {
    id: 'cloudformation-activate-type',
    aliases: [],
    title: 'Pass the role to a public CloudFormation extension of the principal, and create a stack of it',
    actions: ['cloudformation:ActivateType', 'cloudformation:CreateStack'],
    service: 'resources.cloudformation.amazonaws.com',
    existing: 'a public extension that the principal has published',
  },
  {
    id: 'codeconnections-create-sync-configuration',
    aliases: [],
    title: 'Pass the role to the Git sync of a CloudFormation stack (codeconnections), and push a custom template',
    actions: ['codeconnections:CreateSyncConfiguration'],
    service: 'cloudformation.sync.codeconnections.amazonaws.com',
    existing: 'a link to a Git repository that the principal can push to',
  },
  {
    id: 'codeconnections-update-sync-configuration',
    aliases: [],
    title: 'Change the Git sync of a CloudFormation stack (codeconnections) to the role, and push a custom template',
    actions: ['codeconnections:UpdateSyncConfiguration'],
    service: 'cloudformation.sync.codeconnections.amazonaws.com',
    existing: 'a stack with Git sync from a repository that the principal can push to',
  },
  {
    id: 'codestar-connections-create-sync-configuration',
    aliases: [],
    title: 'Pass the role to the Git sync of a CloudFormation stack (codestar-connections), and push a custom template',
    actions: ['codestar-connections:CreateSyncConfiguration'],
    service: 'cloudformation.sync.codeconnections.amazonaws.com',
    existing: 'a link to a Git repository that the principal can push to',
  },
  {
    id: 'codestar-connections-update-sync-configuration',
    aliases: [],
    title: 'Change the Git sync of a CloudFormation stack (codestar-connections) to the role, and push a custom template',
    actions: ['codestar-connections:UpdateSyncConfiguration'],
    service: 'cloudformation.sync.codeconnections.amazonaws.com',
    existing: 'a stack with Git sync from a repository that the principal can push to',
  },
];
