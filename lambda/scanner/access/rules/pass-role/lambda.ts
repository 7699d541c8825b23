import type { PassRoleRule } from '../rule.ts';

/** AWS Lambda: the role runs the function's code. The variants differ in how the function comes to run. */
export const lambda: readonly PassRoleRule[] = [
  {
    id: 'lambda-create-function-and-invoke',
    aliases: ['lambda-001'],
    title: 'create a Lambda function with the role and invoke it',
    actions: ['lambda:CreateFunction', 'lambda:InvokeFunction'],
    service: 'lambda.amazonaws.com',
  },
  // No event source needs to exist in the account: Lambda polls a self-managed Kafka cluster wherever it is.
  // https://docs.aws.amazon.com/lambda/latest/dg/with-kafka.html
  {
    id: 'lambda-create-function-and-event-source-mapping',
    aliases: ['lambda-002'],
    title: 'create a Lambda function with the role and an event source mapping that invokes it',
    actions: ['lambda:CreateFunction', 'lambda:CreateEventSourceMapping'],
    service: 'lambda.amazonaws.com',
  },
  {
    id: 'lambda-create-function-and-add-permission',
    aliases: ['lambda-006'],
    title: 'create a Lambda function with the role and permit somebody else to invoke it',
    actions: ['lambda:CreateFunction', 'lambda:AddPermission'],
    service: 'lambda.amazonaws.com',
  },
  {
    id: 'lambda-create-function-and-put-resource-policy',
    aliases: [],
    title: 'create a Lambda function with the role and write a policy that permits somebody else to invoke it',
    actions: ['lambda:CreateFunction', 'lambda:PutResourcePolicy'],
    service: 'lambda.amazonaws.com',
  },
  // A layer of one's own brings the code that then runs as the new role:
  // https://docs.aws.amazon.com/lambda/latest/dg/runtimes-modify.html
  {
    id: 'lambda-update-function-role',
    aliases: [],
    title: 'give a Lambda function the role and a layer of your own, and wait until something invokes it',
    actions: ['lambda:UpdateFunctionConfiguration'],
    service: 'lambda.amazonaws.com',
    existing: 'a Lambda function that something invokes',
  },
  {
    id: 'lambda-update-function-role-and-invoke',
    aliases: [],
    title: 'give a Lambda function the role and a layer of your own, and invoke it',
    actions: ['lambda:UpdateFunctionConfiguration', 'lambda:InvokeFunction'],
    service: 'lambda.amazonaws.com',
    existing: 'a Lambda function',
    existingKind: 'lambda-function',
  },
];
