import type { PassRoleTechnique } from '../compute-technique.ts';

/** AWS Lambda: the code of the function runs with the role. The variants differ in how the function is invoked. */
export const lambda: readonly PassRoleTechnique[] = [
  {
    id: 'lambda-create-function-and-invoke',
    aliases: ['lambda-001'],
    title: 'Pass the role to a new Lambda function and invoke it',
    actions: ['lambda:CreateFunction', 'lambda:InvokeFunction'],
    service: 'lambda.amazonaws.com',
  },
  // No event source needs to exist in the account: Lambda polls a self-managed Kafka cluster anywhere.
  // https://docs.aws.amazon.com/lambda/latest/dg/with-kafka.html
  {
    id: 'lambda-create-function-and-event-source-mapping',
    aliases: ['lambda-002'],
    title: 'Pass the role to a new Lambda function and create an event source mapping that invokes it',
    actions: ['lambda:CreateFunction', 'lambda:CreateEventSourceMapping'],
    service: 'lambda.amazonaws.com',
  },
  {
    id: 'lambda-create-function-and-add-permission',
    aliases: ['lambda-006'],
    title: 'Pass the role to a new Lambda function and allow another principal to invoke it',
    actions: ['lambda:CreateFunction', 'lambda:AddPermission'],
    service: 'lambda.amazonaws.com',
  },
  {
    id: 'lambda-create-function-and-put-resource-policy',
    aliases: [],
    title: 'Pass the role to a new Lambda function and write a resource policy that allows another principal to invoke it',
    actions: ['lambda:CreateFunction', 'lambda:PutResourcePolicy'],
    service: 'lambda.amazonaws.com',
  },
  // With SnapStart, Lambda initializes the function when a version is published, and so runs its code:
  // https://docs.aws.amazon.com/lambda/latest/dg/snapstart.html
  {
    id: 'lambda-create-function-and-publish-version',
    aliases: [],
    title: 'Pass the role to a new Lambda function with SnapStart, and publish a version, which runs its initialization code',
    actions: ['lambda:CreateFunction', 'lambda:PublishVersion'],
    service: 'lambda.amazonaws.com',
  },
  // A custom layer adds the code that then runs with the new role:
  // https://docs.aws.amazon.com/lambda/latest/dg/runtimes-modify.html
  {
    id: 'lambda-update-function-role',
    aliases: [],
    title: 'Pass the role to an existing Lambda function, add a custom layer, and wait until it is invoked',
    actions: ['lambda:UpdateFunctionConfiguration'],
    service: 'lambda.amazonaws.com',
    existing: 'a Lambda function that something invokes',
  },
  {
    id: 'lambda-update-function-role-and-invoke',
    aliases: [],
    title: 'Pass the role to an existing Lambda function, add a custom layer, and invoke it',
    actions: ['lambda:UpdateFunctionConfiguration', 'lambda:InvokeFunction'],
    service: 'lambda.amazonaws.com',
    existing: 'a Lambda function',
    existingKind: 'lambda-function',
  },
  {
    id: 'lambda-update-function-role-and-publish-version',
    aliases: [],
    title: 'Pass the role to an existing Lambda function, add a custom layer and SnapStart, and publish a version',
    actions: ['lambda:UpdateFunctionConfiguration', 'lambda:PublishVersion'],
    service: 'lambda.amazonaws.com',
    existing: 'a Lambda function',
    existingKind: 'lambda-function',
  },
];
