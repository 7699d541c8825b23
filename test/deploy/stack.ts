import {
  type CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStacksCommand,
  paginateListStackResources,
  waitUntilStackCreateComplete,
  waitUntilStackDeleteComplete,
} from '@aws-sdk/client-cloudformation';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { ACCOUNT } from './ministack.ts';

/** A synthesized template. */
export interface Template {
  readonly Resources: Readonly<Record<string, { readonly Type: string }>>;
}

/** The template of a stack in a synthesized app, without what the CDK tells AWS of itself in some Regions. */
export function templateIn(app: string, stack: string): Template {
  // The CDK's own output.
  const template = JSON.parse(readFileSync(path.join(app, `${stack}.template.json`), 'utf8')) as Template;
  return without(template, ['AWS::CDK::Metadata']);
}

/** The template without the resources of these types. */
export function without(template: Template, types: readonly string[]): Template {
  const kept = Object.entries(template.Resources).filter(([, { Type }]) => !types.includes(Type));
  return { ...template, Resources: Object.fromEntries(kept) };
}

interface Assets {
  readonly files: Readonly<
    Record<
      string,
      {
        readonly source: { readonly path: string; readonly packaging: 'file' | 'zip' };
        readonly destinations: Readonly<Record<string, { readonly bucketName: string; readonly objectKey: string }>>;
      }
    >
  >;
}

/** What `cdk bootstrap` and `cdk deploy` bring before a stack: the parameter, the bucket, and the files of the stack in it. */
export async function bringAssets(app: string, stack: string, region: string, python: string): Promise<void> {
  const s3 = new S3Client({ region, forcePathStyle: true });
  const Name = '/cdk-bootstrap/hnb659fds/version';
  await new SSMClient({ region }).send(new PutParameterCommand({ Name, Value: '30', Type: 'String', Overwrite: true }));
  const { files } = JSON.parse(readFileSync(path.join(app, `${stack}.assets.json`), 'utf8')) as Assets;
  for (const { source, destinations } of Object.values(files)) {
    const file = path.join(app, source.path);
    const Body = readFileSync(source.packaging === 'zip' ? zipped(file, python) : file);
    for (const { bucketName, objectKey } of Object.values(destinations)) {
      const Bucket = bucketName.replace('${AWS::AccountId}', ACCOUNT).replace('${AWS::Region}', region);
      await s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } })).catch(
        // It is there from the stack before.
        () => undefined,
      );
      await s3.send(new PutObjectCommand({ Bucket, Key: objectKey, Body }));
    }
  }
}

/** A bucket for the code, as the user has one: its name. */
export async function makeBucket(region: string): Promise<string> {
  const Bucket = 'code-of-iam-vigil';
  await new S3Client({ region, forcePathStyle: true }).send(
    new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } }),
  );
  return Bucket;
}

/** Runs a command of the AWS CLI against an endpoint, in the folder beside the written one. */
export async function runAws(command: string, { python, endpoint }: { python: string; endpoint: string }): Promise<void> {
  const aws = path.join(path.dirname(python), 'aws');
  const child = spawn('sh', ['-c', `${JSON.stringify(aws)} ${command}`], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      ...process.env,
      AWS_ENDPOINT_URL: endpoint,
      AWS_DEFAULT_REGION: process.env['AWS_REGION'],
      // ministack would store the chunks of a checksum at the end, with their lengths.
      AWS_REQUEST_CHECKSUM_CALCULATION: 'when_required',
    },
  });
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`aws ${command} ended with ${code}`);
}

function zipped(folder: string, python: string): string {
  const zip = `${folder}.zip`;
  const { status } = spawnSync(python, ['-m', 'zipfile', '-c', zip, ...readdirSync(folder)], { cwd: folder });
  if (status !== 0) throw new Error(`${folder} could not be packed`);
  return zip;
}

const patience = (client: CloudFormationClient) => ({ client, maxWaitTime: 300, minDelay: 1, maxDelay: 2 });

/** Creates the stack, and waits until it is there: its outputs by name. */
export async function createStack(
  client: CloudFormationClient,
  StackName: string,
  template: Template,
  parameters: Readonly<Record<string, string>> = {},
): Promise<Readonly<Record<string, string>>> {
  const Capabilities = ['CAPABILITY_IAM' as const, 'CAPABILITY_NAMED_IAM' as const];
  const Parameters = Object.entries(parameters).map(([ParameterKey, ParameterValue]) => ({ ParameterKey, ParameterValue }));
  await client.send(new CreateStackCommand({ StackName, TemplateBody: JSON.stringify(template), Parameters, Capabilities }));
  await waitUntilStackCreateComplete(patience(client), { StackName });
  return outputsOf(client, StackName);
}

/** The outputs of a stack by name. */
export async function outputsOf(client: CloudFormationClient, StackName: string): Promise<Readonly<Record<string, string>>> {
  const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName }));
  return Object.fromEntries((Stacks[0]?.Outputs ?? []).map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]));
}

/** The logical ids of the resources that CloudFormation says it has created, sorted. */
export async function createdIn(client: CloudFormationClient, StackName: string): Promise<readonly string[]> {
  const ids = [];
  for await (const { StackResourceSummaries = [] } of paginateListStackResources({ client }, { StackName }))
    for (const { LogicalResourceId = '', ResourceStatus } of StackResourceSummaries)
      if (ResourceStatus === 'CREATE_COMPLETE') ids.push(LogicalResourceId);
  return ids.toSorted();
}

/** Deletes the stack, and waits until it is gone. */
export async function deleteStack(client: CloudFormationClient, StackName: string): Promise<void> {
  await client.send(new DeleteStackCommand({ StackName }));
  await waitUntilStackDeleteComplete(patience(client), { StackName });
}
