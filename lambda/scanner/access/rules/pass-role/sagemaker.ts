import type { PassRoleRule } from '../rule.ts';

/** Amazon SageMaker: the role is the execution role of a notebook, a job, or an app in Studio. */
export const sagemaker: readonly PassRoleRule[] = [
  {
    id: 'sagemaker-create-notebook-instance',
    aliases: ['sagemaker-001'],
    title: 'create a SageMaker notebook instance with the role',
    actions: ['sagemaker:CreateNotebookInstance'],
    service: 'sagemaker.amazonaws.com',
  },
  {
    id: 'sagemaker-create-training-job',
    aliases: ['sagemaker-002'],
    title: 'create a SageMaker training job that runs a container of your own as the role',
    actions: ['sagemaker:CreateTrainingJob'],
    service: 'sagemaker.amazonaws.com',
  },
  {
    id: 'sagemaker-create-processing-job',
    aliases: ['sagemaker-003'],
    title: 'create a SageMaker processing job that runs a container of your own as the role',
    actions: ['sagemaker:CreateProcessingJob'],
    service: 'sagemaker.amazonaws.com',
  },
  {
    id: 'sagemaker-create-hyper-parameter-tuning-job',
    aliases: [],
    title: 'create a SageMaker hyperparameter tuning job that runs a container of your own as the role',
    actions: ['sagemaker:CreateHyperParameterTuningJob'],
    service: 'sagemaker.amazonaws.com',
  },
  // An app takes the execution role of its user profile, and that of the domain where the profile has none:
  // https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_UserSettings.html
  {
    id: 'sagemaker-update-domain',
    aliases: [],
    title: 'give a SageMaker domain the role, create an app in it and open it',
    actions: ['sagemaker:UpdateDomain', 'sagemaker:CreateApp', 'sagemaker:CreatePresignedDomainUrl'],
    service: 'sagemaker.amazonaws.com',
    existing: 'a SageMaker domain with a user profile',
  },
  {
    id: 'sagemaker-update-user-profile',
    aliases: [],
    title: 'give a user profile of a SageMaker domain the role, create an app of it and open it',
    actions: ['sagemaker:UpdateUserProfile', 'sagemaker:CreateApp', 'sagemaker:CreatePresignedDomainUrl'],
    service: 'sagemaker.amazonaws.com',
    existing: 'a SageMaker domain with a user profile',
  },
  {
    id: 'sagemaker-create-user-profile',
    aliases: [],
    title: 'create a user profile with the role in a SageMaker domain, create an app of it and open it',
    actions: ['sagemaker:CreateUserProfile', 'sagemaker:CreateApp', 'sagemaker:CreatePresignedDomainUrl'],
    service: 'sagemaker.amazonaws.com',
    existing: 'a SageMaker domain',
  },
];
