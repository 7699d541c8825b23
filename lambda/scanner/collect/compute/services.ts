import type { ComputeKind } from '../../facts/compute.ts';
import type { Look } from './look.ts';

/** A service, or a part of one, whose compute runs with roles that trust it. Its SDK client is loaded only by `load`. */
export interface ComputeService {
  /** The service principal, in its commercial form. */
  readonly principal: string;
  readonly kinds: readonly ComputeKind[];
  readonly load: () => Promise<Look>;
}

/** The services whose compute is listed. */
export const computeServices: readonly ComputeService[] = [
  {
    principal: 'lambda.amazonaws.com',
    kinds: ['lambda-function'],
    load: async () => (await import('./lambda.ts')).lookForFunctions,
  },
  {
    principal: 'ec2.amazonaws.com',
    kinds: ['ec2-instance', 'ssm-managed-instance'],
    load: async () => (await import('./ec2.ts')).lookForInstances,
  },
  {
    principal: 'ec2.amazonaws.com',
    kinds: ['ec2-launch-template', 'autoscaling-group', 'latest-launch-template', 'default-launch-template'],
    load: async () => (await import('./autoscaling.ts')).lookForLaunches,
  },
  {
    principal: 'ecs-tasks.amazonaws.com',
    kinds: ['ecs-cluster', 'ecs-service', 'ecs-task'],
    load: async () => (await import('./ecs.ts')).lookForContainers,
  },
  {
    principal: 'codebuild.amazonaws.com',
    kinds: ['codebuild-project'],
    load: async () => (await import('./codebuild.ts')).lookForProjects,
  },
  {
    principal: 'cloudformation.amazonaws.com',
    kinds: ['cloudformation-stack', 'updatable-stack', 'cloudformation-stack-set'],
    load: async () => (await import('./cloudformation.ts')).lookForStacks,
  },
  {
    principal: 'sagemaker.amazonaws.com',
    kinds: ['sagemaker-notebook'],
    load: async () => (await import('./sagemaker.ts')).lookForNotebooks,
  },
  {
    principal: 'glue.amazonaws.com',
    kinds: ['glue-job', 'glue-dev-endpoint'],
    load: async () => (await import('./glue.ts')).lookForGlue,
  },
  {
    principal: 'scheduler.amazonaws.com',
    kinds: ['scheduler-schedule'],
    load: async () => (await import('./scheduler.ts')).lookForSchedules,
  },
];
