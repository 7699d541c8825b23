import type { PassRoleTechnique } from '../compute-technique.ts';

/** Amazon EMR: on a cluster the role is in the instance profile of the nodes. In EMR Serverless the job runs with it. */
export const emr: readonly PassRoleTechnique[] = [
  {
    id: 'emr-run-job-flow',
    aliases: ['emr-001'],
    title: 'Pass the role to the nodes of a new EMR cluster and run a step with custom commands',
    actions: ['elasticmapreduce:RunJobFlow'],
    service: 'ec2.amazonaws.com',
    instanceProfile: true,
  },
  {
    id: 'emr-serverless-start-job-run',
    aliases: ['emrserverless-001'],
    title: 'Create an EMR Serverless application and pass the role to a job that runs a custom script',
    actions: ['emr-serverless:CreateApplication', 'emr-serverless:StartJobRun'],
    service: 'emr-serverless.amazonaws.com',
  },
];
