import { LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { type Look, carrier, listed } from './look.ts';

/** The Lambda functions, with their execution roles. */
export const lookForFunctions: Look = ({ settings, roleArn }) => {
  const lambda = new LambdaClient(settings);
  const functions = listed(
    'lambda:ListFunctions',
    (Marker) => lambda.send(new ListFunctionsCommand({ Marker })),
    ({ Functions, NextMarker }) => ({ items: Functions, next: NextMarker }),
  );
  return {
    'lambda-function': functions.then((all) => all.flatMap(({ FunctionArn, Role }) => carrier(FunctionArn, roleArn(Role)))),
  };
};
