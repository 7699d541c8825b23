import type { PassRoleRule } from '../rule.ts';

/**
 * AWS Systems Manager: the role makes the API calls that the steps of an automation describe.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-executeAwsApi.html
 */
export const ssm: readonly PassRoleRule[] = [
  {
    id: 'ssm-start-automation-execution',
    aliases: ['ssm-003'],
    title: 'create a Systems Manager automation document and run it as the role',
    actions: ['ssm:CreateDocument', 'ssm:StartAutomationExecution'],
    service: 'ssm.amazonaws.com',
  },
];
