import type { ExistingComputeTechnique } from '../compute-technique.ts';

/**
 * AWS Config: a remediation runs an automation document with its role.
 * https://docs.aws.amazon.com/config/latest/developerguide/remediation.html
 */
export const config: readonly ExistingComputeTechnique[] = [
  {
    id: 'config-start-remediation-execution',
    aliases: [],
    title: 'Put custom steps into the automation document of a remediation that runs with the role, and start it',
    actions: ['config:StartRemediationExecution', 'ssm:UpdateDocument', 'ssm:UpdateDocumentDefaultVersion'],
    service: 'ssm.amazonaws.com',
    compute: 'an AWS Config remediation',
  },
];
