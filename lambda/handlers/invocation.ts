import { parseArn } from '../scanner/model/arn.ts';

/** The part of the Lambda context that is used. */
export interface Invocation {
  readonly awsRequestId: string;
  readonly invokedFunctionArn: string;
  readonly getRemainingTimeInMillis: () => number;
}

/** The account of the function. The bucket must belong to the same account. */
export const accountOf = ({ invokedFunctionArn }: Pick<Invocation, 'invokedFunctionArn'>): string =>
  parseArn(invokedFunctionArn)?.accountId ?? '';
