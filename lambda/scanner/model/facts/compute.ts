/** The kinds of existing thing that carry a role, so that whoever commands the thing acts as the role. */
export const computeKinds = [
  'apprunner-service',
  'autoscaling-group',
  'batch-job-definition',
  'bedrock-agentcore-runtime',
  'bedrock-browser',
  'bedrock-code-interpreter',
  'cloudformation-stack',
  'cloudformation-stack-set',
  'codebuild-project',
  'codedeploy-deployment-group',
  'codepipeline-pipeline',
  'cognito-identity-pool',
  'ec2-instance',
  'ec2-launch-template',
  'ecs-service',
  'ecs-task',
  'ecs-task-definition',
  'eks-cluster',
  'glue-dev-endpoint',
  'glue-job',
  'lambda-function',
  'sagemaker-domain',
  'sagemaker-notebook',
  'ssm-managed-instance',
  'stepfunctions-state-machine',
] as const;

/** One of {@link computeKinds}. */
export type ComputeKind = (typeof computeKinds)[number];

/** An existing thing that carries a role. */
export interface Compute {
  readonly kind: ComputeKind;
  readonly arn: string;
  readonly roleArn: string;
}
