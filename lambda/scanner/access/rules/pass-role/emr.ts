import type { PassRoleRule } from '../rule.ts';

/** Amazon EMR: on a cluster the role is in the instance profile of the nodes; without servers it runs the job. */
export const emr: readonly PassRoleRule[] = [
  {
    id: 'emr-run-job-flow',
    aliases: ['emr-001'],
    title: 'create an EMR cluster with the role on its nodes and a step that runs commands of your own',
    actions: ['elasticmapreduce:RunJobFlow'],
    service: 'ec2.amazonaws.com',
    instanceProfile: true,
  },
  {
    id: 'emr-serverless-start-job-run',
    aliases: ['emrserverless-001'],
    title: 'create an EMR Serverless application and start a job in it that runs a script of your own as the role',
    actions: ['emr-serverless:CreateApplication', 'emr-serverless:StartJobRun'],
    service: 'emr-serverless.amazonaws.com',
  },
];
