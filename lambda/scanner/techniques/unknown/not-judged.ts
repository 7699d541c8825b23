/**
 * Actions that take a role, of which it is not known whether the caller can act as the role by them, by the service principal that
 * the role most likely has to trust. `bin/role-passing/classes.json` has the class of every action that takes a role.
 */
export const notJudged: Readonly<Record<string, readonly string[]>> = {
  'aidevops.amazonaws.com': ['aidevops:AssociateService'],
  'bedrock-agentcore.amazonaws.com': ['bedrock-agentcore:CreateCapacityProvider'],
  'cloudformation.amazonaws.com': ['ssm-quicksetup:CreateConfigurationManager', 'ssm-quicksetup:UpdateConfigurationDefinition'],
  'cloudwatch.amazonaws.com': ['cloudwatch:CreateSpace'],
  'ec2.amazonaws.com': ['ec2:ModifyFleet'],
  'ecs.amazonaws.com': ['ecs:CreateGateway', 'ecs:UpdateGateway'],
  'events.amazonaws.com': ['events:CreateSubscriber'],
  'lambda.amazonaws.com': ['lambda:CreateWebFunction', 'lambda:CreateWebFunctionRevision'],
  'observabilityadmin.amazonaws.com': ['observabilityadmin:CreateConnector'],
  'resiliencehub.amazonaws.com': ['resiliencehub:CreateTest', 'resiliencehub:UpdateTest'],
  'sagemaker.amazonaws.com': [
    'sagemaker:CreateAIBenchmarkJob',
    'sagemaker:CreateAIRecommendationJob',
    'sagemaker:CreateGlobalInferenceGateway',
    'sagemaker:CreateJob',
    'sagemaker:CreateMlflowTrackingServer',
    'sagemaker:CreateTrainingSession',
  ],
  'securityagent.amazonaws.com': ['securityagent:CreateAgentSpace', 'securityagent:CreatePentest'],
  'servicecatalog.amazonaws.com': ['sagemaker:CreateProject'],
  'ssm.amazonaws.com': ['ssm:CreateCloudConnector', 'ssm:RegisterDefaultHostManagementConfiguration'],
};
