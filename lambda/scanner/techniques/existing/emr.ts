import type { ExistingComputeTechnique } from '../compute-technique.ts';

/**
 * Amazon EMR: a step runs commands on the nodes of the cluster, whose instance profile has the role.
 * https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-iam-role-for-ec2.html
 */
export const emr: readonly ExistingComputeTechnique[] = [
  {
    id: 'emr-add-job-flow-steps',
    aliases: [],
    title: 'Run a step with custom commands on an EMR cluster whose nodes have the role',
    actions: ['elasticmapreduce:AddJobFlowSteps'],
    service: 'ec2.amazonaws.com',
    compute: 'an EMR cluster',
  },
  {
    id: 'emr-start-session',
    aliases: [],
    title: 'Run code in a Spark Connect session of an EMR cluster whose nodes have the role',
    actions: ['elasticmapreduce:StartSession', 'elasticmapreduce:GetSessionEndpoint'],
    service: 'ec2.amazonaws.com',
    compute: 'an EMR cluster',
  },
  {
    id: 'emr-get-cluster-session-credentials',
    aliases: [],
    title: 'Run code on an EMR cluster whose nodes have the role, with credentials for a session',
    actions: ['elasticmapreduce:GetClusterSessionCredentials'],
    service: 'ec2.amazonaws.com',
    compute: 'an EMR cluster',
  },
];
