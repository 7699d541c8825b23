import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { InvokeCommand, LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { GetRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { type AwsSecurityFinding, SecurityHubClient, paginateGetFindings } from '@aws-sdk/client-securityhub';
import { deepEqual, equal, ok } from 'node:assert/strict';
import type { ScanResult } from '../../lambda/handlers/finish-scan.ts';
import { ACCOUNT } from './ministack.ts';
import { callsForResources, notAllowed } from './deployer.ts';
import { startRecorder } from './recorder.ts';
import { bringAssets, createStack, createdIn, deleteStack, makeBucket, outputsOf, runAws, templateIn, without } from './stack.ts';

/** Where a story is played. */
export interface Stage {
  readonly region: string;
  /** Where moto answers. */
  readonly moto: string;
  readonly python: string;
  /** Prints a line with the time. */
  readonly say: (text: string) => void;
}

const STACK = 'IamVigil';

/** The stack for one account is created, scans for two nights, and is deleted. */
export async function theSingleAccount(app: string, { region, moto, python, say }: Stage): Promise<void> {
  const cloudFormation = new CloudFormationClient({ region });
  const template = templateIn(app, STACK);
  await bringAssets(app, STACK, region, python);
  const { ScanFunction = '' } = await createStack(cloudFormation, STACK, template);
  deepEqual(await createdIn(cloudFormation, STACK), Object.keys(template.Resources).toSorted());
  say(`ministack: the stack for one account is created, with all ${Object.keys(template.Resources).length} resources`);

  const lambda = new LambdaClient({ region, maxAttempts: 1 });
  const first = await night(lambda, ScanFunction);
  const findings = await storedFindings(moto, region);
  equal(first.account, ACCOUNT);
  deepEqual(first.problems, []);
  equal(first.delivery?.imported, findings.size);
  const failed = [...findings.values()].filter(({ Compliance }) => Compliance?.Status === 'FAILED');
  ok(failed.some(({ GeneratorId, Title = '' }) => GeneratorId === 'shadow-admin' && Title.includes('climber')));
  say(`ministack: the function runs: ${first.calls} calls, ${first.unknown.length} checks UNKNOWN for what ministack lacks`);
  say(`moto: its Security Hub has ${findings.size} findings`);

  const second = await night(lambda, ScanFunction);
  deepEqual([second.delivery?.imported, second.delivery?.unchanged], [0, findings.size]);
  deepEqual(await storedFindings(moto, region), findings);
  say('ministack: the second night writes nothing');

  await deleteStack(cloudFormation, STACK);
  const { Functions = [] } = await lambda.send(new ListFunctionsCommand({}));
  deepEqual(
    Functions.map(({ FunctionName }) => FunctionName).filter((name) => name === ScanFunction),
    [],
  );
  say('ministack: the stack is deleted, and the function with it');
}

/** What `iam-vigil template` wrote, and the commands of the AWS CLI that it printed. */
interface Written {
  readonly folder: string;
  readonly commands: readonly string[];
}

/**
 * The commands of `iam-vigil template` create its stack where there is no bootstrap: the code is in a bucket of the user. The function
 * runs. The policy for the deployer allows every call of the commands, and every call for a resource by the name that it got.
 */
export async function theTemplate({ folder, commands }: Written, stage: Stage & { readonly ministack: string }): Promise<void> {
  const { region, say } = stage;
  const cloudFormation = new CloudFormationClient({ region });
  const template = templateIn(folder, STACK);
  equal(JSON.stringify(template).includes('cdk-'), false);
  const bucket = await makeBucket(region);
  const recorder = await startRecorder(stage.ministack, region);
  for (const command of commands) await runAws(command.replaceAll('BUCKET', bucket), { ...stage, endpoint: recorder.endpoint });
  recorder.stop();
  const { ScanFunction = '' } = await outputsOf(cloudFormation, STACK);
  deepEqual(await createdIn(cloudFormation, STACK), Object.keys(template.Resources).toSorted());
  equal((await night(new LambdaClient({ region, maxAttempts: 1 }), ScanFunction)).account, ACCOUNT);
  say('ministack: the stack of iam-vigil template is created without a bootstrap, and its function runs');

  const forResources = await callsForResources(cloudFormation, STACK, region);
  deepEqual(notAllowed(folder, STACK, bucket, [...recorder.calls, ...forResources]), []);
  equal(notAllowed(folder, STACK, bucket, [{ action: 'iam:CreateRole', arn: `arn:aws:iam::${ACCOUNT}:role/other` }]).length, 1);
  say(
    `its deployer policy allows the ${recorder.calls.length} calls of the AWS CLI and the ${forResources.length} for its resources`,
  );
  await deleteStack(cloudFormation, STACK);
}

async function night(lambda: LambdaClient, FunctionName: string): Promise<ScanResult> {
  const { Payload, FunctionError } = await lambda.send(new InvokeCommand({ FunctionName, Payload: '{}' }));
  const answer = Buffer.from(Payload ?? []).toString();
  equal(FunctionError, undefined, answer);
  // What the function answers.
  return JSON.parse(answer) as ScanResult;
}

async function storedFindings(endpoint: string, region: string): Promise<ReadonlyMap<string, AwsSecurityFinding>> {
  const found = new Map<string, AwsSecurityFinding>();
  for await (const { Findings = [] } of paginateGetFindings({ client: new SecurityHubClient({ region, endpoint }) }, {}))
    for (const finding of Findings) found.set(finding.Id ?? '', finding);
  return found;
}

/** The types that ministack cannot create. */
const MISSING = ['AWS::CloudFormation::StackSet', 'AWS::Events::EventBusPolicy'];

/** The stacks for an organization, as far as the emulators go. */
export async function theOrganization(app: string, { region, moto, python, say }: Stage): Promise<void> {
  const cloudFormation = new CloudFormationClient({ region });
  const template = templateIn(app, STACK);
  await bringAssets(app, STACK, region, python);
  const possible = without(template, MISSING);
  await createStack(cloudFormation, STACK, possible);
  deepEqual(await createdIn(cloudFormation, STACK), Object.keys(possible.Resources).toSorted());
  const missing = Object.keys(template.Resources).length - Object.keys(possible.Resources).length;
  say(`ministack: the stack for an organization is created but for ${missing} of ${MISSING.join(', ')}, which it has not`);
  await deleteStack(cloudFormation, STACK);

  const inMoto = new CloudFormationClient({ region, endpoint: moto });
  const role = templateIn(app, `${STACK}ManagementRole`);
  await createStack(inMoto, `${STACK}ManagementRole`, role, {
    ScannerAccount: ACCOUNT,
    ExternalId: 'f3b1c2d4-0000-4000-8000-5a1e5a1e5a1e',
  });
  const iam = new IAMClient({ region, endpoint: moto });
  const { Role } = await iam.send(new GetRoleCommand({ RoleName: 'iam-vigil-member' }));
  ok(Role?.AssumeRolePolicyDocument?.includes('sts%3AExternalId'));
  say('moto: the role in the management account is created');
}
