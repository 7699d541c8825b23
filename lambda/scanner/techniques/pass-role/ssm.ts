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
];
