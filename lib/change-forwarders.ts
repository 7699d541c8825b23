import { Aws, CfnCondition, CfnMapping, CfnStackSet, Fn, Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import { inAllAccounts, roleProps } from './member-roles.ts';
import { SCAN_BUS, changeForwarderTemplate } from './organization-change-forwarder-stack.ts';
import type { IamVigilOrganizationProps } from './organization-props.ts';

/**
 * What sends the changes of each account to the event bus: in the Region in which EventBridge gets those of IAM, and in this one, which should
 * be that of IAM Identity Center.
 */
export function changeForwarders(scope: Construct, props: IamVigilOrganizationProps, busArn: string): void {
  const { namePrefix = 'iam-vigil', rolePath, boundary, tags } = roleProps(scope, props);
  const made = new CfnStackSet(scope, 'ChangeForwarders', {
    stackSetName: `${namePrefix}-changes`,
    description: 'iam-vigil: sends changes of each account to the account that scans',
    ...inAllAccounts(props, regionsOfChanges(scope)),
    parameters: [{ parameterKey: SCAN_BUS, parameterValue: busArn }],
    templateBody: changeForwarderTemplate({
      ...(rolePath === undefined ? {} : { rolePath }),
      ...(boundary === undefined ? {} : { boundary }),
      ...(tags === undefined ? {} : { tags }),
    }),
  });
  acknowledge(made, {
    id: 'CloudFormation-Validate::F3037',
    reason: 'The two Regions are never the same: the condition decides. The validation does not see that.',
  });
}

/** The Region of each partition in which EventBridge gets the events of IAM. */
const iamRegions: Readonly<Record<string, string>> = {
  aws: 'us-east-1',
  'aws-cn': 'cn-north-1',
  'aws-us-gov': 'us-gov-west-1',
  'aws-eusc': 'eusc-de-east-1',
};

function regionsOfChanges(scope: Construct): string[] {
  const mapping = Object.fromEntries(Object.entries(iamRegions).map(([partition, region]) => [partition, { iam: region }]));
  const ofIam = new CfnMapping(scope, 'Regions', { mapping }).findInMap(Aws.PARTITION, 'iam');
  const isHere = new CfnCondition(scope, 'IsRegionOfIam', { expression: Fn.conditionEquals(Aws.REGION, ofIam) });
  return Token.asList(Fn.conditionIf(isHere.logicalId, [ofIam], [ofIam, Aws.REGION]));
}
