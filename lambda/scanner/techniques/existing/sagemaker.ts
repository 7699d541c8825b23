import type { ExistingComputeTechnique } from '../compute-technique.ts';

/** Amazon SageMaker: an opened notebook, and the script that it runs at its start, have its execution role. */
export const sagemaker: readonly ExistingComputeTechnique[] = [
  {
    id: 'sagemaker-create-presigned-notebook-instance-url',
    aliases: ['sagemaker-004'],
    title: 'Open a SageMaker notebook instance that runs with the role',
    actions: ['sagemaker:CreatePresignedNotebookInstanceUrl'],
    service: 'sagemaker.amazonaws.com',
    compute: 'sagemaker-notebook',
  },
  {
    id: 'sagemaker-create-lifecycle-config',
    aliases: ['sagemaker-005'],
    title: 'Add a custom lifecycle script to a SageMaker notebook instance that runs with the role, and restart it',
    actions: [
      'sagemaker:CreateNotebookInstanceLifecycleConfig',
      'sagemaker:StopNotebookInstance',
      'sagemaker:UpdateNotebookInstance',
      'sagemaker:StartNotebookInstance',
    ],
    service: 'sagemaker.amazonaws.com',
    compute: 'sagemaker-notebook',
  },
  {
    id: 'sagemaker-create-presigned-domain-url',
    aliases: [],
    title: 'Open Studio as a user profile of a SageMaker domain that runs with the role',
    actions: ['sagemaker:CreatePresignedDomainUrl'],
    service: 'sagemaker.amazonaws.com',
    compute: 'sagemaker-domain',
  },
  {
    id: 'sagemaker-update-pipeline-steps',
    aliases: [],
    title: 'Replace the steps of a SageMaker pipeline that runs with the role, and start it',
    actions: ['sagemaker:UpdatePipeline', 'sagemaker:StartPipelineExecution'],
    service: 'sagemaker.amazonaws.com',
    compute: 'a SageMaker pipeline',
  },
  {
    id: 'sagemaker-start-pipeline-execution',
    aliases: [],
    title: 'Start a SageMaker pipeline that runs with the role, with parameters that choose its code',
    actions: ['sagemaker:StartPipelineExecution'],
    service: 'sagemaker.amazonaws.com',
    compute: 'a SageMaker pipeline',
    existing: 'a parameter that chooses the code of a step',
  },
  {
    id: 'sagemaker-start-session',
    aliases: [],
    title: 'Open a remote session in a SageMaker Studio space that runs with the role',
    actions: ['sagemaker:StartSession'],
    service: 'sagemaker.amazonaws.com',
    compute: 'a SageMaker Studio space',
  },
];
