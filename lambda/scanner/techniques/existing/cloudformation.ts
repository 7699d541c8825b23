import type { ExistingComputeTechnique } from '../compute-technique.ts';

/**
 * AWS CloudFormation: a stack keeps its service role, and applies the template of any later update with it.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-iam-servicerole.html
 */
export const cloudformation: readonly ExistingComputeTechnique[] = [
  {
    id: 'cloudformation-update-stack',
    aliases: ['cloudformation-002'],
    title: 'Update a CloudFormation stack whose service role is the role, with a custom template',
    actions: ['cloudformation:UpdateStack'],
    service: 'cloudformation.amazonaws.com',
    compute: 'cloudformation-stack',
  },
  {
    id: 'cloudformation-execute-change-set',
    aliases: ['cloudformation-005'],
    title: 'Execute a change set with a custom template for a CloudFormation stack whose service role is the role',
    actions: ['cloudformation:CreateChangeSet', 'cloudformation:ExecuteChangeSet'],
    service: 'cloudformation.amazonaws.com',
    compute: 'cloudformation-stack',
  },
];
