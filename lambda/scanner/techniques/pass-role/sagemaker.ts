import type { PassRoleTechnique } from '../compute-technique.ts';

/** Amazon SageMaker: the role is the execution role of a notebook, a job, or an app in Studio. */
export const sagemaker: readonly PassRoleTechnique[] = [
  {
    id: 'sagemaker-create-notebook-instance',
    aliases: ['sagemaker-001'],
    title: 'Pass the role to a new SageMaker notebook instance, and open it',
    actions: ['sagemaker:CreateNotebookInstance', 'sagemaker:CreatePresignedNotebookInstanceUrl'],
    service: 'sagemaker.amazonaws.com',
  },
  {
    id: 'sagemaker-create-notebook-instance-with-script',
    aliases: [],
    title: 'Pass the role to a new SageMaker notebook instance that runs a custom lifecycle script',
    actions: ['sagemaker:CreateNotebookInstance', 'sagemaker:CreateNotebookInstanceLifecycleConfig'],
    service: 'sagemaker.amazonaws.com',
  },
  {
    id: 'sagemaker-create-training-job',
    aliases: ['sagemaker-002'],
    title: 'Pass the role to a new SageMaker training job that runs a custom container',
    actions: ['sagemaker:CreateTrainingJob'],
    service: 'sagemaker.amazonaws.com',
  },
  {
    id: 'sagemaker-create-processing-job',
    aliases: ['sagemaker-003'],
    title: 'Pass the role to a new SageMaker processing job that runs a custom container',
    actions: ['sagemaker:CreateProcessingJob'],
    service: 'sagemaker.amazonaws.com',
  },
  {
    id: 'sagemaker-create-hyper-parameter-tuning-job',
    aliases: [],
    title: 'Pass the role to a new SageMaker hyperparameter tuning job that runs a custom container',
    actions: ['sagemaker:CreateHyperParameterTuningJob'],
    service: 'sagemaker.amazonaws.com',
  },
  // An app gets the execution role of its user profile, or that of the domain where the profile has none:
  // https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_UserSettings.html
  {
    id: 'sagemaker-update-domain',
    aliases: [],
    title: 'Pass the role to an existing SageMaker domain, create an app in it and open the app',
    actions: ['sagemaker:UpdateDomain', 'sagemaker:CreateApp', 'sagemaker:CreatePresignedDomainUrl'],
    service: 'sagemaker.amazonaws.com',
    existing: 'a SageMaker domain with a user profile',
  },
  {
    id: 'sagemaker-update-user-profile',
    aliases: [],
    title: 'Pass the role to an existing user profile of a SageMaker domain, create an app for it and open the app',
    actions: ['sagemaker:UpdateUserProfile', 'sagemaker:CreateApp', 'sagemaker:CreatePresignedDomainUrl'],
    service: 'sagemaker.amazonaws.com',
    existing: 'a SageMaker domain with a user profile',
  },
  {
    id: 'sagemaker-create-user-profile',
    aliases: [],
    title: 'Pass the role to a new user profile of a SageMaker domain, create an app for it and open the app',
    actions: ['sagemaker:CreateUserProfile', 'sagemaker:CreateApp', 'sagemaker:CreatePresignedDomainUrl'],
    service: 'sagemaker.amazonaws.com',
    existing: 'a SageMaker domain',
  },
  {
    id: 'sagemaker-update-notebook-instance',
    aliases: [],
    title: 'Pass the role to an existing SageMaker notebook instance, and open it',
    actions: ['sagemaker:UpdateNotebookInstance', 'sagemaker:CreatePresignedNotebookInstanceUrl'],
    service: 'sagemaker.amazonaws.com',
    existing: 'a SageMaker notebook instance',
    existingKind: 'sagemaker-notebook',
  },
  {
    id: 'sagemaker-create-domain',
    aliases: [],
    title: 'Pass the role to a new SageMaker domain, create a user profile and an app, and open the app',
    actions: [
      'sagemaker:CreateDomain',
      'sagemaker:CreateUserProfile',
      'sagemaker:CreateApp',
      'sagemaker:CreatePresignedDomainUrl',
    ],
    service: 'sagemaker.amazonaws.com',
  },
  {
    id: 'sagemaker-create-partner-app',
    aliases: [],
    title: 'Pass the role to a new SageMaker partner AI app, and open it',
    actions: ['sagemaker:CreatePartnerApp', 'sagemaker:CreatePartnerAppPresignedUrl'],
    service: 'sagemaker.amazonaws.com',
    existing: 'a subscription to a partner AI app that runs code of its users',
  },
];
