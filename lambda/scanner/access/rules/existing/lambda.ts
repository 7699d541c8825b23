import type { ExistingComputeRule } from '../rule.ts';

/** AWS Lambda: the function's role runs whatever code is put in the function. The variants differ in how it comes to run. */
export const lambda: readonly ExistingComputeRule[] = [
  {
    id: 'lambda-update-function-code',
    aliases: ['lambda-003'],
    title: 'replace the code of a Lambda function that has the role, and wait until something invokes it',
    actions: ['lambda:UpdateFunctionCode'],
    service: 'lambda.amazonaws.com',
    compute: 'lambda-function',
  },
  {
    id: 'lambda-update-function-code-and-invoke',
    aliases: ['lambda-004'],
    title: 'replace the code of a Lambda function that has the role, and invoke it',
    actions: ['lambda:UpdateFunctionCode', 'lambda:InvokeFunction'],
    service: 'lambda.amazonaws.com',
    compute: 'lambda-function',
  },
  {
    id: 'lambda-update-function-code-and-add-permission',
    aliases: ['lambda-005'],
    title: 'replace the code of a Lambda function that has the role, and permit somebody else to invoke it',
    actions: ['lambda:UpdateFunctionCode', 'lambda:AddPermission'],
    service: 'lambda.amazonaws.com',
    compute: 'lambda-function',
  },
  // New function URLs need both permissions: https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
  {
    id: 'lambda-update-function-code-and-create-url',
    aliases: [],
    title: 'replace the code of a Lambda function that has the role, and invoke it by a URL made for it',
    actions: ['lambda:UpdateFunctionCode', 'lambda:CreateFunctionUrlConfig', 'lambda:InvokeFunctionUrl', 'lambda:InvokeFunction'],
    service: 'lambda.amazonaws.com',
    compute: 'lambda-function',
  },
  // Layers, environment variables and wrapper scripts can all bring code:
  // https://docs.aws.amazon.com/lambda/latest/dg/runtimes-modify.html
  {
    id: 'lambda-update-function-configuration',
    aliases: [],
    title: 'make a Lambda function that has the role load a layer of your own, and wait until something invokes it',
    actions: ['lambda:UpdateFunctionConfiguration'],
    service: 'lambda.amazonaws.com',
    compute: 'lambda-function',
  },
  {
    id: 'lambda-update-function-configuration-and-invoke',
    aliases: [],
    title: 'make a Lambda function that has the role load a layer of your own, and invoke it',
    actions: ['lambda:UpdateFunctionConfiguration', 'lambda:InvokeFunction'],
    service: 'lambda.amazonaws.com',
    compute: 'lambda-function',
  },
  // The policy of a function can allow more than to invoke it, its code included:
  // https://docs.aws.amazon.com/lambda/latest/dg/permissions-function-cross-account.html
  {
    id: 'lambda-add-permission',
    aliases: [],
    title: 'permit another account to replace the code of a Lambda function that has the role',
    actions: ['lambda:AddPermission'],
    service: 'lambda.amazonaws.com',
    compute: 'lambda-function',
  },
  {
    id: 'lambda-put-resource-policy',
    aliases: [],
    title: 'write a policy for a Lambda function that has the role, which permits another account to replace the code',
    actions: ['lambda:PutResourcePolicy'],
    service: 'lambda.amazonaws.com',
    compute: 'lambda-function',
  },
];
