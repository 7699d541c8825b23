import type { PassRoleTechnique } from '../compute-technique.ts';

/**
 * Amazon EMR: on a cluster the role is in the instance profile of the nodes, and EMR launches them with a service role that is passed too.
 * In EMR Serverless the job runs with it.
 * https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-iam-service-roles.html
 */
export const emr: readonly PassRoleTechnique[] = [
  {
    id: 'emr-run-job-flow',
    aliases: ['emr-001'],
    title: 'Pass the role to the nodes of a new EMR cluster and run a step with custom commands',
    actions: ['elasticmapreduce:RunJobFlow'],
    service: 'ec2.amazonaws.com',
    instanceProfile: true,
    secondRole: { kind: 'passed', service: 'elasticmapreduce.amazonaws.com' },
  },
  {
    id: 'emr-serverless-start-job-run',
    aliases: ['emrserverless-001'],
    title: 'Create an EMR Serverless application and pass the role to a job that runs a custom script',
    actions: ['emr-serverless:CreateApplication', 'emr-serverless:StartJobRun'],
    service: 'emr-serverless.amazonaws.com',
  },
  {
    id: 'emr-create-studio',
    aliases: [],
    title: 'Pass the role to a new EMR Studio as its user role, and open the Studio',
    actions: [
      'elasticmapreduce:CreateStudio',
      'elasticmapreduce:CreateStudioSessionMapping',
      'elasticmapreduce:CreateStudioPresignedUrl',
    ],
    service: 'elasticmapreduce.amazonaws.com',
    existing: 'a user of IAM Identity Center that the principal can sign in as',
  },
  {
    id: 'emr-start-notebook-execution',
    aliases: [],
    title: 'Pass the role to an execution of a custom EMR notebook',
    actions: ['elasticmapreduce:StartNotebookExecution'],
    service: 'elasticmapreduce.amazonaws.com',
    existing: 'an EMR cluster and a notebook that the principal can write',
  },
  {
    id: 'emr-serverless-start-session',
    aliases: [],
    title: 'Create an EMR Serverless application, and pass the role to a session that runs code',
    actions: ['emr-serverless:CreateApplication', 'emr-serverless:StartSession'],
    service: 'emr-serverless.amazonaws.com',
  },
  {
    id: 'emr-serverless-access-livy-endpoints',
    aliases: [],
    title: 'Create an EMR Serverless application, and pass the role to a Livy session that runs code',
    actions: ['emr-serverless:CreateApplication', 'emr-serverless:AccessLivyEndpoints'],
    service: 'emr-serverless.amazonaws.com',
  },
  {
    id: 'emr-serverless-access-interactive-endpoints',
    aliases: [],
    title: 'Create an EMR Serverless application, and pass the role to a notebook session that runs code',
    actions: ['emr-serverless:CreateApplication', 'emr-serverless:AccessInteractiveEndpoints'],
    service: 'emr-serverless.amazonaws.com',
  },
  {
    id: 'emr-serverless-start-job-run-of-application',
    aliases: [],
    title: 'Pass the role to a job that runs a custom script in an EMR Serverless application',
    actions: ['emr-serverless:StartJobRun'],
    service: 'emr-serverless.amazonaws.com',
    existing: 'an EMR Serverless application',
  },
  {
    id: 'emr-serverless-start-session-of-application',
    aliases: [],
    title: 'Pass the role to a session that runs code in an EMR Serverless application',
    actions: ['emr-serverless:StartSession'],
    service: 'emr-serverless.amazonaws.com',
    existing: 'an EMR Serverless application',
  },
  {
    id: 'emr-serverless-access-livy-endpoints-of-application',
    aliases: [],
    title: 'Pass the role to a Livy session that runs code in an EMR Serverless application',
    actions: ['emr-serverless:AccessLivyEndpoints'],
    service: 'emr-serverless.amazonaws.com',
    existing: 'an EMR Serverless application',
  },
  {
    id: 'emr-serverless-access-interactive-endpoints-of-application',
    aliases: [],
    title: 'Pass the role to a notebook session that runs code in an EMR Serverless application',
    actions: ['emr-serverless:AccessInteractiveEndpoints'],
    service: 'emr-serverless.amazonaws.com',
    existing: 'an EMR Serverless application',
  },
];
