/**
 * Services that document that they send aws:SourceAccount or aws:SourceArn when they assume a role, each with the page that says so.
 * Other services are not judged: a condition on a key that a service does not send blocks that service.
 */
export const serviceTrusts: Readonly<Record<string, string>> = {
  'bedrock.amazonaws.com': 'https://docs.aws.amazon.com/bedrock/latest/userguide/cross-service-confused-deputy-prevention.html',
  'codebuild.amazonaws.com':
    'https://docs.aws.amazon.com/codebuild/latest/userguide/cross-service-confused-deputy-prevention.html',
  'events.amazonaws.com': 'https://docs.aws.amazon.com/eventbridge/latest/userguide/policy-keys-eventbridge.html',
  'iot.amazonaws.com': 'https://docs.aws.amazon.com/iot/latest/developerguide/cross-service-confused-deputy-prevention.html',
  'personalize.amazonaws.com': 'https://docs.aws.amazon.com/personalize/latest/dg/cross-service-confused-deputy-prevention.html',
  'scheduler.amazonaws.com':
    'https://docs.aws.amazon.com/scheduler/latest/UserGuide/cross-service-confused-deputy-prevention.html',
  'states.amazonaws.com': 'https://docs.aws.amazon.com/step-functions/latest/dg/procedure-create-iam-role.html',
  'transfer.amazonaws.com': 'https://docs.aws.amazon.com/transfer/latest/userguide/confused-deputy.html',
  'vpc-flow-logs.amazonaws.com': 'https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html',
};
