import type { PassRoleTechnique } from '../compute-technique.ts';

/** AWS Batch: the role is the job role, which the container of the job gets as an ECS task would. */
export const batch: readonly PassRoleTechnique[] = [
  {
    id: 'batch-register-job-definition',
    aliases: ['batch-001'],
    title: 'Pass the role to a new Batch job definition and submit a job',
    actions: ['batch:RegisterJobDefinition', 'batch:SubmitJob'],
    service: 'ecs-tasks.amazonaws.com',
    existing: 'a Batch job queue with a compute environment',
  },
  {
    id: 'batch-create-compute-environment',
    aliases: ['batch-003'],
    title: 'Create a Batch compute environment and job queue, pass the role to a new job definition and submit a job',
    actions: ['batch:CreateComputeEnvironment', 'batch:CreateJobQueue', 'batch:RegisterJobDefinition', 'batch:SubmitJob'],
    service: 'ecs-tasks.amazonaws.com',
  },
  {
    id: 'batch-create-compute-environment-with-instance-role',
    aliases: [],
    title: 'Pass the role to the instances of a new Batch compute environment, and run a job on one',
    actions: ['batch:CreateComputeEnvironment', 'batch:CreateJobQueue', 'batch:RegisterJobDefinition', 'batch:SubmitJob'],
    service: 'ec2.amazonaws.com',
    instanceProfile: true,
  },
  {
    id: 'batch-update-compute-environment',
    aliases: [],
    title: 'Pass the role to the instances of an existing Batch compute environment, and run a job on one',
    actions: ['batch:UpdateComputeEnvironment', 'batch:RegisterJobDefinition', 'batch:SubmitJob'],
    service: 'ec2.amazonaws.com',
    instanceProfile: true,
    existing: 'a Batch compute environment of EC2 instances with a job queue',
  },
  {
    id: 'batch-submit-service-job',
    aliases: [],
    title: 'Pass the role to a SageMaker training job that Batch starts, with a custom container',
    actions: ['batch:SubmitServiceJob'],
    service: 'sagemaker.amazonaws.com',
    existing: 'a Batch job queue for SageMaker training jobs',
  },
];
