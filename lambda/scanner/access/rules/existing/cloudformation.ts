import type { ExistingComputeRule } from '../rule.ts';

/**
 * AWS CloudFormation: a stack keeps its service role, which then carries out the template of whoever updates the stack.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-iam-servicerole.html
 */
export const cloudformation: readonly ExistingComputeRule[] = [
  {
    id: 'cloudformation-update-stack',
    aliases: ['cloudformation-002'],
    title: 'update a CloudFormation stack that has the role with a template of your own',
    actions: ['cloudformation:UpdateStack'],
    service: 'cloudformation.amazonaws.com',
    compute: 'cloudformation-stack',
  },
  {
    id: 'cloudformation-execute-change-set',
    aliases: ['cloudformation-005'],
    title: 'create a change set with a template of your own for a CloudFormation stack that has the role, and execute it',
    actions: ['cloudformation:CreateChangeSet', 'cloudformation:ExecuteChangeSet'],
    service: 'cloudformation.amazonaws.com',
    compute: 'cloudformation-stack',
  },
];
