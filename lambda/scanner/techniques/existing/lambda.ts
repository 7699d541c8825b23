import type { ExistingComputeTechnique } from '../compute-technique.ts';

/** AWS Lambda: all code of a function runs with its role. The variants differ in how the function is invoked. */
export const lambda: readonly ExistingComputeTechnique[] = [
  {
    id: 'lambda-update-function-code',
    aliases: ['lambda-003'],
    title: 'Replace the code of a Lambda function that runs with the role, and wait until it is invoked',
    actions: ['lambda:UpdateFunctionCode'],
    service: 'lambda.amazonaws.com',
    compute: 'lambda-function',
  },
  {
    id: 'lambda-update-function-code-and-invoke',
    aliases: ['lambda-004'],
    title: 'Replace the code of a Lambda function that runs with the role, and invoke it',
    actions: ['lambda:UpdateFunctionCode', 'lambda:InvokeFunction'],
    service: 'lambda.amazonaws.com',
    compute: 'lambda-function',
  },
  {
    id: 'lambda-update-function-code-and-add-permission',
    aliases: ['lambda-005'],
    title: 'Replace the code of a Lambda function that runs with the role, and allow another principal to invoke it',
    actions: ['lambda:UpdateFunctionCode', 'lambda:AddPermission'],
    service: 'lambda.amazonaws.com',
    compute: 'lambda-function',
  },
  // New function URLs need both permissions:
  // https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
  {
    id: 'lambda-update-function-code-and-create-url',
    aliases: [],
    title: 'Replace the code of a Lambda function that runs with the role, and invoke it by a new function URL',
    actions: ['lambda:UpdateFunctionCode', 'lambda:CreateFunctionUrlConfig', 'lambda:InvokeFunctionUrl', 'lambda:InvokeFunction'],
    service: 'lambda.amazonaws.com',
    compute: 'lambda-function',
  },
  // Layers, environment variables and wrapper scripts can all add code:
  // https://docs.aws.amazon.com/lambda/latest/dg/runtimes-modify.html
  {
    id: 'lambda-update-function-configuration',
    aliases: [],
    title: 'Add a custom layer to a Lambda function that runs with the role, and wait until it is invoked',
    actions: ['lambda:UpdateFunctionConfiguration'],
    service: 'lambda.amazonaws.com',
    compute: 'lambda-function',
  },
  {
    id: 'lambda-update-function-configuration-and-invoke',
    aliases: [],
    title: 'Add a custom layer to a Lambda function that runs with the role, and invoke it',
    actions: ['lambda:UpdateFunctionConfiguration', 'lambda:InvokeFunction'],
    service: 'lambda.amazonaws.com',
    compute: 'lambda-function',
  },
  // A function policy can allow more than invoking the function, UpdateFunctionCode included:
  // https://docs.aws.amazon.com/lambda/latest/dg/permissions-function-cross-account.html
  {
    id: 'lambda-add-permission',
    aliases: [],
    title: 'Allow another account to replace the code of a Lambda function that runs with the role',
    actions: ['lambda:AddPermission'],
    // A service would only invoke the function.
    keys: { 'lambda:principal': ['????????????', 'arn:*'] },
    service: 'lambda.amazonaws.com',
    compute: 'lambda-function',
  },
  {
    id: 'lambda-put-resource-policy',
    aliases: [],
    title: 'Write a resource policy that allows another account to replace the code of a Lambda function that runs with the role',
    actions: ['lambda:PutResourcePolicy'],
    service: 'lambda.amazonaws.com',
    compute: 'lambda-function',
  },
];
