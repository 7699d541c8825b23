import { Stack, Token } from 'aws-cdk-lib';
import { CfnInsight } from 'aws-cdk-lib/aws-securityhub';
import type { Construct } from 'constructs';

/**
 * The insight of Security Hub: which resources have the most open findings of iam-vigil.
 *
 * @throws Error when the findings go to another Region than the stack's: an insight lives where its stack is.
 */
export function openFindingsInsight(scope: Construct, findingsRegion: string): CfnInsight {
  const { region } = Stack.of(scope);
  const isElsewhere = !Token.isUnresolved(region) && !Token.isUnresolved(findingsRegion) && region !== findingsRegion;
  if (isElsewhere)
    throw new Error(
      `the insight would be in ${region}, and the findings are in ${findingsRegion}: deploy there, or leave it out`,
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
