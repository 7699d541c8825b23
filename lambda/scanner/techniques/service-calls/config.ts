import type { PassRoleTechnique } from '../compute-technique.ts';

/**
 * AWS Config: a remediation runs an automation document with the role.
 * https://docs.aws.amazon.com/config/latest/developerguide/remediation.html
 */
export const config: readonly PassRoleTechnique[] = [
  {
    id: 'config-put-remediation-configurations',
    aliases: [],
    title: 'Pass the role to the remediation of a Config rule that runs a custom automation document',
    actions: ['config:PutRemediationConfigurations', 'config:StartRemediationExecution', 'ssm:CreateDocument'],
    service: 'ssm.amazonaws.com',
    existing: 'an AWS Config rule with a recorded resource',
  },
  {
    id: 'config-put-conformance-pack',
    aliases: [],
    title: 'Pass the role to a remediation in a conformance pack that runs a custom automation document',
    actions: ['config:PutConformancePack', 'ssm:CreateDocument'],
    service: 'ssm.amazonaws.com',
    existing: 'a configuration recorder',
  },
  {
    id: 'config-put-organization-conformance-pack',
    aliases: [],
    title: 'Pass the role to a remediation in an organization conformance pack that runs a custom document',
    actions: ['config:PutOrganizationConformancePack', 'ssm:CreateDocument'],
    service: 'ssm.amazonaws.com',
    existing: 'a configuration recorder in each account of the organization',
  },
];
