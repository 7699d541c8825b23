import type { ExistingComputeTechnique } from '../compute-technique.ts';

/**
 * Amazon EMR on EKS: the caller names the role with which a job or a session runs, and needs no `iam:PassRole` for it.
 * https://docs.aws.amazon.com/emr/latest/EMR-on-EKS-DevelopmentGuide/iam-execution-role.html
 */
export const emrContainers: readonly ExistingComputeTechnique[] = [
  {
    id: 'emr-containers-start-job-run',
    aliases: [],
    title: 'Run a custom script in an EMR on EKS job whose execution role is the role',
    actions: ['emr-containers:StartJobRun'],
    service: 'pods.eks.amazonaws.com',
    compute: 'an EMR on EKS virtual cluster',
  },
  {
    id: 'emr-containers-create-managed-endpoint',
    aliases: [],
    title: 'Create an interactive endpoint of EMR on EKS whose execution role is the role, and run code on it',
    actions: ['emr-containers:CreateManagedEndpoint'],
    service: 'pods.eks.amazonaws.com',
    compute: 'an EMR on EKS virtual cluster',
  },
  {
    id: 'emr-containers-get-managed-endpoint-session-credentials',
    aliases: [],
    title: 'Run code on an interactive endpoint of EMR on EKS whose execution role is the role',
    actions: ['emr-containers:GetManagedEndpointSessionCredentials'],
    service: 'pods.eks.amazonaws.com',
    compute: 'an EMR on EKS interactive endpoint',
  },
];
