/** A kind of resource of another service that policies name, with its ARN. */
export interface OtherResource {
  readonly service: string;
  /** What precedes the name in the ARN. */
  readonly resource: string;
  /** The property that sets the name. */
  readonly property: string;
  /** What `Ref` returns; absent: something else, such as an address. */
  readonly ref?: 'name' | 'arn';
  /** Its ARN has neither a Region nor an account. */
  readonly isGlobal?: true;
}

/**
 * The resources whose ARN is known before they are deployed.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export const otherResources: Readonly<Record<string, OtherResource>> = {
  'AWS::CodeBuild::Project': { service: 'codebuild', resource: 'project/', property: 'Name', ref: 'name' },
  'AWS::DynamoDB::Table': { service: 'dynamodb', resource: 'table/', property: 'TableName', ref: 'name' },
  'AWS::ECR::Repository': { service: 'ecr', resource: 'repository/', property: 'RepositoryName', ref: 'name' },
  'AWS::Events::EventBus': { service: 'events', resource: 'event-bus/', property: 'Name', ref: 'name' },
  'AWS::Kinesis::Stream': { service: 'kinesis', resource: 'stream/', property: 'Name', ref: 'name' },
  'AWS::KMS::Key': { service: 'kms', resource: 'key/', property: 'KeyId', ref: 'name' },
  'AWS::Lambda::Function': { service: 'lambda', resource: 'function:', property: 'FunctionName', ref: 'name' },
  'AWS::Logs::LogGroup': { service: 'logs', resource: 'log-group:', property: 'LogGroupName', ref: 'name' },
  'AWS::S3::Bucket': { service: 's3', resource: '', property: 'BucketName', ref: 'name', isGlobal: true },
  'AWS::SecretsManager::Secret': { service: 'secretsmanager', resource: 'secret:', property: 'Name', ref: 'arn' },
  'AWS::SNS::Topic': { service: 'sns', resource: '', property: 'TopicName', ref: 'arn' },
  'AWS::SQS::Queue': { service: 'sqs', resource: '', property: 'QueueName' },
  'AWS::StepFunctions::StateMachine': { service: 'states', resource: 'stateMachine:', property: 'StateMachineName', ref: 'arn' },
};
