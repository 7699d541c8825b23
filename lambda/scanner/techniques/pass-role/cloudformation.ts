import type { PassRoleTechnique } from '../compute-technique.ts';

/** AWS CloudFormation: the stack creates the resources of any template with the role. */
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
  },
  {
    id: 'cloudformation-update-stack-set',
    aliases: ['cloudformation-004'],
    title: 'Pass the role to an existing CloudFormation stack set and update it with a custom template',
    actions: ['cloudformation:UpdateStackSet'],
    service: 'cloudformation.amazonaws.com',
    existing: 'a CloudFormation stack set',
  },
];
