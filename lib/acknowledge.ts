import * as cdk from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/**
 * Accepts that a resource breaks a rule of cdk-nag, for a reason. Earlier versions of the CDK cannot keep that, and cdk-nag 3, which asks for it, does not run with them.
 * https://github.com/aws/aws-cdk/pull/37668
 */
export function acknowledge(scope: IConstruct, ...rules: readonly cdk.Acknowledgment[]): void {
  if ('Validations' in cdk) cdk.Validations.of(scope).acknowledge(...rules);
}
