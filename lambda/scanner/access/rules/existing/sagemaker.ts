import type { ExistingComputeRule } from '../rule.ts';

/** Amazon SageMaker: whoever opens a notebook, or decides what it runs at its start, acts as its execution role. */
export const sagemaker: readonly ExistingComputeRule[] = [
  {
    id: 'sagemaker-create-presigned-notebook-instance-url',
    aliases: ['sagemaker-004'],
    title: 'open a SageMaker notebook instance that has the role',
    actions: ['sagemaker:CreatePresignedNotebookInstanceUrl'],
    service: 'sagemaker.amazonaws.com',
    compute: 'sagemaker-notebook',
  },
  {
    id: 'sagemaker-create-lifecycle-config',
    aliases: ['sagemaker-005'],
    title: 'make a SageMaker notebook instance that has the role run a script of your own when it starts, and restart it',
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
    title: 'open the Studio of a user profile that has the role in a SageMaker domain',
    actions: ['sagemaker:CreatePresignedDomainUrl'],
    service: 'sagemaker.amazonaws.com',
    compute: 'sagemaker-domain',
  },
];
