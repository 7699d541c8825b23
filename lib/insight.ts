import { Stack, Token } from 'aws-cdk-lib';
import { CfnInsight } from 'aws-cdk-lib/aws-securityhub';
import type { Construct } from 'constructs';

/**
 * A Security Hub insight: the resources with the most open findings of iam-vigil.
 *
 * @throws Error when the findings are delivered to a Region other than the stack's: the insight would be empty.
 */
export function openFindingsInsight(scope: Construct, findingsRegion: string): CfnInsight {
  const { region } = Stack.of(scope);
  const isElsewhere = !Token.isUnresolved(region) && !Token.isUnresolved(findingsRegion) && region !== findingsRegion;
  if (isElsewhere)
    throw new Error(
      `the insight would be in ${region}, but the findings are in ${findingsRegion}. Deploy the stack in ${findingsRegion}, or remove insight`,
    );
  const equals = (...values: readonly string[]) => values.map((value) => ({ value, comparison: 'EQUALS' }));
  return new CfnInsight(scope, 'OpenFindings', {
    name: 'iam-vigil: resources with the most open findings',
    groupByAttribute: 'ResourceId',
    filters: {
      productName: equals('iam-vigil'),
      recordState: equals('ACTIVE'),
      workflowStatus: equals('NEW', 'NOTIFIED'),
      complianceStatus: equals('FAILED'),
    },
  });
}
