import type { Call, Handler, Handlers, Served } from '../call.ts';
import { list, text } from '../json-access.ts';
import { type Thing, regionsOf, thingsOf, tokenPage } from '../inventory.ts';
import { Refusal } from '../refusal.ts';
import { factOf } from '../served.ts';
import { launches } from './launches.ts';

const NEXT = { token: 'NextToken', size: 'MaxResults' } as const;

const listFunctions: Handler = (served, call) => {
  const functions = thingsOf(served, call, 'lambda-function');
  const { items, next } = tokenPage(served, call, functions, { token: 'Marker', size: 'MaxItems' });
  return {
    Functions: items.map(({ arn, name, roleArn }) => ({ FunctionName: name, FunctionArn: arn, Role: roleArn })),
    NextMarker: next,
  };
};

const describeRegions: Handler = (served, call) => ({
  regionInfo: regionsOf(served, call).map((regionName) => ({ regionName, optInStatus: 'opt-in-not-required' })),
});

/** Reservations of one instance each; the profile is the first of the role. */
const describeInstances: Handler = (served, call) => {
  const roles = list(factOf(served, call, 'identities'), 'RoleDetailList');
  const profileOf = (roleArn: string) => {
    const profile = list(
      roles.find((role) => text(role, 'Arn') === roleArn),
      'InstanceProfileList',
    )[0];
    return profile === undefined ? null : { arn: text(profile, 'Arn') ?? '' };
  };
  const { items, next } = tokenPage(served, call, thingsOf(served, call, 'ec2-instance'), NEXT);
  return {
    reservationSet: items.map(({ name, roleArn }) => ({
      instancesSet: [{ instanceId: name, iamInstanceProfile: profileOf(roleArn) }],
    })),
    nextToken: next,
  };
};

const describeInstanceInformation: Handler = (served, call) => {
  const { items, next } = tokenPage(served, call, thingsOf(served, call, 'ssm-managed-instance'), NEXT);
  return { InstanceInformationList: items.map(({ name }) => ({ InstanceId: name })), NextToken: next };
};

const listProjects: Handler = (served, call) => {
  const projects = thingsOf(served, call, 'codebuild-project');
  const { items, next } = tokenPage(served, call, projects, { token: 'nextToken', size: 'maxResults' });
  return { projects: items.map(({ name }) => name), nextToken: next };
};

/** An archive in S3, or a pipeline hands over the source. */
const sourceOf = (code: string | undefined) =>
  code === undefined ? { type: 'CODEPIPELINE' } : { type: 'S3', location: code.slice('s3://'.length) };

const batchGetProjects: Handler = (served, call) => {
  const names = JSON.parse(call.parameters.get('names') ?? '[]') as readonly string[];
  if (names.length === 0 || names.length > 100) throw new Refusal(400, 'InvalidInputException', 'Invalid number of names');
  return {
    projects: thingsOf(served, call, 'codebuild-project')
      .filter(({ name }) => names.includes(name))
      .map(({ arn, name, roleArn, code }) => ({ name, arn, serviceRole: roleArn, source: sourceOf(code) })),
  };
};

/** The stacks, those with a service role first. */
function stacks(served: Served, call: Call): readonly Thing[] {
  const withRole = thingsOf(served, call, 'cloudformation-stack');
  const others = thingsOf(served, call, 'updatable-stack').filter(({ arn }) => withRole.every((stack) => stack.arn !== arn));
  return [...withRole, ...others];
}

/** A stack whose name begins with `failed` can only be deleted. */
const describeStacks: Handler = (served, call) => {
  const { items, next } = tokenPage(served, call, stacks(served, call), NEXT);
  return {
    Stacks: items.map(({ arn, roleArn }) => ({
      StackId: arn,
      StackName: arn.split('/')[1] ?? '',
      CreationTime: '2024-03-01T10:20:30Z',
      StackStatus: arn.includes('stack/failed') ? 'ROLLBACK_COMPLETE' : 'CREATE_COMPLETE',
      // A stack without a service role has no such member.
      RoleARN: roleArn || null,
    })),
    NextToken: next,
  };
};

/** The name of a stack set, in its ARN. */
const setName = ({ arn }: Thing) => arn.replace(/^.*:stackset\/([^:]*):.*$/, '$1');

/** The roles of a stack set whose name begins with `managed` are those of CloudFormation. */
const listStackSets: Handler = (served, call) => {
  if (call.parameters.get('Status') !== 'ACTIVE') throw new Refusal(400, 'ValidationError', 'Deleted stack sets are listed too');
  const { items, next } = tokenPage(served, call, thingsOf(served, call, 'cloudformation-stack-set'), NEXT);
  const summaries = items.map((thing) => ({
    StackSetName: setName(thing),
    PermissionModel: setName(thing).startsWith('managed') ? 'SERVICE_MANAGED' : 'SELF_MANAGED',
  }));
  return { Summaries: summaries, NextToken: next };
};

/** A stack set whose name begins with `elsewhere` has no stack in this account. */
const listStackInstances: Handler = (served, call) => {
  const name = call.parameters.get('StackSetName') ?? '';
  const Account = call.parameters.get('StackInstanceAccount') ?? '';
  const instances = name.startsWith('elsewhere') ? [] : [{ Account, StackSetId: `${name}:1234` }];
  const { items, next } = tokenPage(served, call, instances, NEXT);
  return { Summaries: items, NextToken: next };
};

const describeStackSet: Handler = (served, call) => {
  const name = call.parameters.get('StackSetName');
  const found = thingsOf(served, call, 'cloudformation-stack-set').find((thing) => setName(thing) === name);
  if (!found) throw new Refusal(404, 'StackSetNotFoundException', 'Stack set not found');
  return { StackSet: { StackSetARN: found.arn, AdministrationRoleARN: found.roleArn } };
};

const listNotebookInstances: Handler = (served, call) => {
  const { items, next } = tokenPage(served, call, thingsOf(served, call, 'sagemaker-notebook'), NEXT);
  return {
    NotebookInstances: items.map(({ arn, name }) => ({
      NotebookInstanceName: name,
      NotebookInstanceArn: arn,
      NotebookInstanceStatus: 'InService',
    })),
    NextToken: next,
  };
};

/** A notebook whose name begins with `gone` was there when it was listed, and no longer is. */
const describeNotebookInstance: Handler = (served, call) => {
  const wanted = call.parameters.get('NotebookInstanceName') ?? '';
  const found = thingsOf(served, call, 'sagemaker-notebook').find(({ name }) => name === wanted);
  if (!found || wanted.startsWith('gone')) throw new Refusal(400, 'ValidationException', 'RecordNotFound');
  return { NotebookInstanceName: found.name, NotebookInstanceArn: found.arn, RoleArn: found.roleArn };
};

/** Jobs call their role by its name, as whoever made them may have. */
const getJobs: Handler = (served, call) => {
  const { items, next } = tokenPage(served, call, thingsOf(served, call, 'glue-job'), NEXT);
  return {
    Jobs: items.map(({ name, roleArn, code = null }) => ({
      Name: name,
      Role: roleArn.replace(/^.*\//, ''),
      Command: { Name: 'glueetl', ScriptLocation: code },
    })),
    NextToken: next,
  };
};

const getDevEndpoints: Handler = (served, call) => {
  const { items, next } = tokenPage(served, call, thingsOf(served, call, 'glue-dev-endpoint'), NEXT);
  return { DevEndpoints: items.map(({ name, roleArn }: Thing) => ({ EndpointName: name, RoleArn: roleArn })), NextToken: next };
};

const handlers = (table: Readonly<Record<string, Handler>>): Handlers => new Map(Object.entries(table));

/** The actions that list what runs as a role, by service; those of ECS are in a file of their own. */
export const compute: Readonly<Record<string, Handlers>> = {
  lambda: handlers({ ListFunctions: listFunctions }),
  ...launches,
  ec2: new Map([...handlers({ DescribeRegions: describeRegions, DescribeInstances: describeInstances }), ...launches.ec2]),
  ssm: handlers({ DescribeInstanceInformation: describeInstanceInformation }),
  codebuild: handlers({ ListProjects: listProjects, BatchGetProjects: batchGetProjects }),
  cloudformation: handlers({
    DescribeStacks: describeStacks,
    ListStackSets: listStackSets,
    ListStackInstances: listStackInstances,
    DescribeStackSet: describeStackSet,
  }),
  sagemaker: handlers({ ListNotebookInstances: listNotebookInstances, DescribeNotebookInstance: describeNotebookInstance }),
  glue: handlers({ GetJobs: getJobs, GetDevEndpoints: getDevEndpoints }),
};
