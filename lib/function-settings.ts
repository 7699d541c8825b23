import { ArnFormat, Duration, Stack, Token } from 'aws-cdk-lib';
import { Effect, PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam';
import type { FunctionProps } from 'aws-cdk-lib/aws-lambda';
import { acknowledge } from './acknowledge.ts';
import type { IamVigilProps } from './props.ts';

/** What is the same for every function of a deployment. */
export type FunctionSettings = Pick<IamVigilProps, 'environmentEncryption' | 'securityGroups' | 'vpc' | 'vpcSubnets'>;

/** The settings as a function takes them. Its role needs {@link allowFunctionSettings}. */
export const functionSettings = ({
  environmentEncryption,
  securityGroups,
  vpc,
  vpcSubnets,
}: FunctionSettings): Partial<FunctionProps> => ({
  ...(environmentEncryption ? { environmentEncryption } : {}),
  ...(vpc ? { vpc } : {}),
  ...(vpcSubnets ? { vpcSubnets } : {}),
  ...(securityGroups ? { securityGroups: [...securityGroups] } : {}),
});

/** What Lambda does with the role of a function in a VPC. https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html */
const networkActions = [
  ...['AssignPrivateIpAddresses', 'CreateNetworkInterface', 'DeleteNetworkInterface', 'DescribeNetworkInterfaces'],
  ...['DescribeSubnets', 'UnassignPrivateIpAddresses'],
].map((name) => `ec2:${name}`);

/** Allows Lambda what the settings take: to decrypt the environment, and to connect to the VPC, which the code itself cannot do. */
export function allowFunctionSettings(role: Role, { environmentEncryption, vpc }: FunctionSettings): void {
  if (environmentEncryption)
    role.addToPolicy(
      new PolicyStatement({ sid: 'Environment', actions: ['kms:Decrypt'], resources: [environmentEncryption.keyArn] }),
    );
  if (vpc === undefined) return;
  const anyFunction = Stack.of(role).formatArn({
    ...{ service: 'lambda', resource: 'function', resourceName: '*', arnFormat: ArnFormat.COLON_RESOURCE_NAME },
  });
  role.addToPolicy(new PolicyStatement({ sid: 'Connect', actions: networkActions, resources: ['*'] }));
  role.addToPolicy(
    new PolicyStatement({
      ...{ sid: 'OnlyLambdaConnects', effect: Effect.DENY, actions: networkActions, resources: ['*'] },
      conditions: { ArnLike: { 'lambda:SourceFunctionArn': anyFunction } },
    }),
  );
  acknowledge(role, {
    id: 'AwsSolutions-IAM5[Resource::*]',
    reason:
      'Lambda connects the function to the VPC, by network interfaces that it names itself. The code of the function cannot.',
  });
}

// With 1,769 MB or more, a function has a full vCPU. https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html
const MEMORY_MEGABYTES = 1769;
const LEAST_MEGABYTES = 512;
const MOST_MEGABYTES = 10_240;

// The maximum of Lambda. The function stops by itself before: it stops collecting three minutes before the end.
const TIMEOUT = Duration.minutes(15);
const LEAST_TIMEOUT = Duration.minutes(5);

/**
 * The memory and the timeout of the function that scans an account.
 *
 * @throws Error when one of them is out of the limits of Lambda, or too small for a scan.
 */
export function scanSize({
  memorySize = MEMORY_MEGABYTES,
  timeout = TIMEOUT,
}: Pick<IamVigilProps, 'memorySize' | 'timeout'>): Required<Pick<IamVigilProps, 'memorySize' | 'timeout'>> {
  const isOutside = (value: number, least: number, most: number) => !Token.isUnresolved(value) && (value < least || value > most);
  if (isOutside(memorySize, LEAST_MEGABYTES, MOST_MEGABYTES))
    throw new Error(`memorySize must be ${LEAST_MEGABYTES} to ${MOST_MEGABYTES} megabytes, but is ${memorySize}`);
  if (isOutside(timeout.toSeconds(), LEAST_TIMEOUT.toSeconds(), TIMEOUT.toSeconds()))
    throw new Error(
      `timeout must be ${LEAST_TIMEOUT.toMinutes()} to ${TIMEOUT.toMinutes()} minutes, but is ${timeout.toHumanString()}`,
    );
  return { memorySize, timeout };
}
