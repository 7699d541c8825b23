import type { Handler, Handlers } from '../call.ts';
import { list, text } from '../json-access.ts';
import { type Thing, regionsOf, thingsOf, tokenPage } from '../inventory.ts';
import { Refusal } from '../refusal.ts';
import { factOf } from '../served.ts';

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

/** Of a stack whose name begins with `plain` no service role is told. */
const describeStacks: Handler = (served, call) => {
  const { items, next } = tokenPage(served, call, thingsOf(served, call, 'cloudformation-stack'), NEXT);
  return {
    Stacks: items.map(({ arn, roleArn }) => ({
      StackId: arn,
      StackName: arn.split('/')[1] ?? '',
      CreationTime: '2024-03-01T10:20:30Z',
      StackStatus: 'CREATE_COMPLETE',
      RoleARN: arn.includes('stack/plain') ? null : roleArn,
    })),
    NextToken: next,
  };
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
  ec2: handlers({ DescribeRegions: describeRegions, DescribeInstances: describeInstances }),
  ssm: handlers({ DescribeInstanceInformation: describeInstanceInformation }),
  codebuild: handlers({ ListProjects: listProjects, BatchGetProjects: batchGetProjects }),
  cloudformation: handlers({ DescribeStacks: describeStacks }),
  sagemaker: handlers({ ListNotebookInstances: listNotebookInstances, DescribeNotebookInstance: describeNotebookInstance }),
  glue: handlers({ GetJobs: getJobs, GetDevEndpoints: getDevEndpoints }),
};
