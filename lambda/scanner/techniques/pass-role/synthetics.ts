import type { PassRoleTechnique } from '../compute-technique.ts';

/**
 * Amazon CloudWatch Synthetics: the script of a canary runs in a Lambda function with the execution role. The caller
 * creates the function.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Synthetics_Canaries_Roles.html
 */
export const synthetics: readonly PassRoleTechnique[] = [
  {
    id: 'synthetics-create-canary',
    aliases: [],
    title: 'Pass the role to a new canary that runs a custom script, and start it',
    actions: ['synthetics:CreateCanary', 'synthetics:StartCanary', 'lambda:CreateFunction'],
    service: 'lambda.amazonaws.com',
  },
  {
    id: 'synthetics-update-canary',
    aliases: [],
    title: 'Pass the role to an existing canary, replace its script, and start it',
    actions: ['synthetics:UpdateCanary', 'synthetics:StartCanary'],
    service: 'lambda.amazonaws.com',
    existing: 'a canary',
  },
  {
    id: 'synthetics-start-canary-dry-run',
    aliases: [],
    title: 'Pass the role to a dry run of a canary with a custom script',
    actions: ['synthetics:StartCanaryDryRun'],
    service: 'lambda.amazonaws.com',
    existing: 'a canary',
  },
];
