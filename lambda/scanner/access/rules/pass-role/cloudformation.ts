import type { PassRoleRule } from '../rule.ts';

/** AWS CloudFormation: the role makes, on the actor's behalf, whatever the actor's template says. */
export const cloudformation: readonly PassRoleRule[] = [
  {
    id: 'cloudformation-create-stack',
    aliases: ['cloudformation-001'],
    title: 'create a CloudFormation stack whose template the role carries out',
    actions: ['cloudformation:CreateStack'],
    service: 'cloudformation.amazonaws.com',
  },
  {
    id: 'cloudformation-create-stack-set',
    aliases: ['cloudformation-003'],
    title: 'create a CloudFormation stack set with the role and stack instances of it',
    actions: ['cloudformation:CreateStackSet', 'cloudformation:CreateStackInstances'],
    service: 'cloudformation.amazonaws.com',
  },
  {
    id: 'cloudformation-update-stack-set',
    aliases: ['cloudformation-004'],
    title: 'update a CloudFormation stack set with the role and a template of your own',
    actions: ['cloudformation:UpdateStackSet'],
    service: 'cloudformation.amazonaws.com',
    existing: 'a CloudFormation stack set',
  },
];
