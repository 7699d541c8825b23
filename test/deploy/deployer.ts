import { type CloudFormationClient, paginateListStackResources } from '@aws-sdk/client-cloudformation';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import handlerActions from '../../bin/deployer/handler-actions.json' with { type: 'json' };
import type { DeployerPolicy } from '../../bin/deployer/policy.ts';
import { matchGlob } from '../../lambda/scanner/policy/glob.ts';
import { toGlob } from '../../lambda/scanner/policy/glob-tokens.ts';
import { ACCOUNT } from './ministack.ts';
import type { Call } from './recorder.ts';

/** The calls that the policy for a stack does not allow. BUCKET is the name of the bucket with the code. */
export function notAllowed(folder: string, stack: string, bucket: string, calls: readonly Call[]): readonly Call[] {
  const text = readFileSync(path.join(folder, `${stack}.deployer-policy.json`), 'utf8').replaceAll('BUCKET', bucket);
  // Written by us.
  const { Statement } = JSON.parse(text) as DeployerPolicy;
  return calls.filter(
    ({ action, arn }) =>
      !Statement.some(
        ({ Action, Resource }) => Action.includes(action) && Resource.some((pattern) => matchGlob(toGlob(pattern), arn)),
      ),
  );
}

/** How the ARN of a resource is made of the ID that CloudFormation shows. ministack names log groups as CloudFormation does not. */
const arns: Readonly<Record<string, (id: string, region: string) => string>> = {
  'AWS::CloudWatch::Alarm': (id, region) => `arn:aws:cloudwatch:${region}:${ACCOUNT}:alarm:${id}`,
  'AWS::IAM::Role': (id) => `arn:aws:iam::${ACCOUNT}:role/${id}`,
  'AWS::Lambda::Function': (id, region) => `arn:aws:lambda:${region}:${ACCOUNT}:function:${id}`,
  'AWS::S3::Bucket': (id) => `arn:aws:s3:::${id}`,
  'AWS::Scheduler::Schedule': (id, region) => `arn:aws:scheduler:${region}:${ACCOUNT}:schedule/default/${id}`,
  'AWS::SQS::Queue': (id, region) => `arn:aws:sqs:${region}:${ACCOUNT}:${id.split('/').at(-1) ?? ''}`,
};

/** The calls with which CloudFormation creates and deletes the resources of a stack, by the names that they got. */
export async function callsForResources(
  client: CloudFormationClient,
  StackName: string,
  region: string,
): Promise<readonly Call[]> {
  const calls: Call[] = [];
  for await (const { StackResourceSummaries = [] } of paginateListStackResources({ client }, { StackName }))
    for (const { ResourceType = '', PhysicalResourceId = '' } of StackResourceSummaries) {
      const name = ResourceType.split('::').at(-1) ?? '';
      const arn = arns[ResourceType]?.(PhysicalResourceId, region);
      if (arn === undefined) continue;
      // The type is one of the template, and each of these has its row.
      const { named } = handlerActions[ResourceType as keyof typeof handlerActions];
      const changing = named.filter((action) => new RegExp(`:(Create|Delete|PutMetric)${name}s?$`).test(action));
      calls.push(...changing.map((action) => ({ action, arn })));
    }
  return calls;
}
