import { z } from 'zod';
import type { Fact } from './fact.ts';

/**
 * The kinds of compute that run with a role, or can be made to: a principal that controls the compute acts as the role. Some
 * are of several kinds: a stack with a role can be updated, and an Auto Scaling group may launch a version of a launch template.
 */
export const computeKinds = [
  'apprunner-service',
  'autoscaling-group',
  'batch-job-definition',
  'bedrock-agentcore-runtime',
  'bedrock-browser',
  'bedrock-code-interpreter',
  'cloudformation-stack',
  'cloudformation-stack-set',
  'codebuild-project',
  'codedeploy-deployment-group',
  'codepipeline-pipeline',
  'cognito-identity-pool',
  'default-launch-template',
  'ec2-instance',
  'ec2-launch-template',
  'ecs-cluster',
  'ecs-service',
  'ecs-task',
  'ecs-task-definition',
  'eks-cluster',
  'glue-dev-endpoint',
  'glue-job',
  'lambda-function',
  'latest-launch-template',
  'sagemaker-domain',
  'sagemaker-notebook',
  'scheduler-schedule',
  'ssm-managed-instance',
  'stepfunctions-state-machine',
  'updatable-stack',
] as const;

/** One of {@link computeKinds}. */
export type ComputeKind = (typeof computeKinds)[number];

/** Existing compute. */
export interface Compute {
  readonly kind: ComputeKind;
  readonly arn: string;
  /** The role that it runs with; absent if it runs with none, or gets one each time. */
  readonly roleArn?: string | undefined;
  /** Where the code is that it runs, as far as the call that lists it tells: `s3://bucket/key`. */
  readonly code?: string | undefined;
}

/** A kind that could not be listed in a Region, with the IAM action that was denied, where one was. */
export interface UnseenCompute {
  readonly kind: ComputeKind;
  readonly region: string;
  readonly reason: string;
  readonly action?: string | undefined;
}

/** The compute of an account that runs with roles, or to which a role can be passed. */
export interface Inventory {
  /** The inventoried Regions: those that are enabled for the account. */
  readonly regions: readonly string[];
  /** The kinds that were listed in every one of these Regions: `items` has all compute of these kinds. */
  readonly kinds: readonly ComputeKind[];
  /** All compute that was found, kinds that could be listed only in some Regions included. */
  readonly items: readonly Compute[];
  /** The kinds that could not be listed, with the Region. */
  readonly unseen: readonly UnseenCompute[];
}

const kindSchema = z.enum(computeKinds);

/** Reads an inventory as `iam-vigil collect --inventory` writes it; no single AWS call returns it. */
export const inventorySchema = z
  .object({
    regions: z.array(z.string()),
    kinds: z.array(kindSchema),
    items: z.array(z.object({ kind: kindSchema, arn: z.string(), roleArn: z.string().optional(), code: z.string().optional() })),
    unseen: z
      .array(z.object({ kind: kindSchema, region: z.string(), reason: z.string(), action: z.string().optional() }))
      .default([]),
  })
  .transform((inventory): Inventory => inventory);

/** The compute that runs with roles or can get one, found by many calls in every Region: an inventory in our own format. */
export const compute = {
  name: 'compute',
  schema: inventorySchema,
  actions: [
    'ec2:DescribeRegions',
    'lambda:ListFunctions',
    'ec2:DescribeInstances',
    'ssm:DescribeInstanceInformation',
    'autoscaling:DescribeAutoScalingGroups',
    'ec2:DescribeLaunchTemplates',
    'ecs:ListClusters',
    'ecs:DescribeClusters',
    'ecs:ListServices',
    'ecs:DescribeServices',
    'ecs:ListTasks',
    'ecs:DescribeTasks',
    'ecs:DescribeTaskDefinition',
    'codebuild:ListProjects',
    'codebuild:BatchGetProjects',
    'cloudformation:DescribeStacks',
    'cloudformation:ListStackSets',
    'cloudformation:ListStackInstances',
    'cloudformation:DescribeStackSet',
    'sagemaker:ListNotebookInstances',
    'sagemaker:DescribeNotebookInstance',
    'glue:GetJobs',
    'glue:GetDevEndpoints',
    'scheduler:ListSchedules',
  ],
  awsCliFile: 'compute.json',
  dependsOn: ['access'],
  onDemand: true,
} as const satisfies Fact;
