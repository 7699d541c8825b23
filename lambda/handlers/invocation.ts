import { parseArn } from '../scanner/model/arn.ts';

/** What Lambda says of an invocation, as far as it is used. */
export interface Invocation {
  readonly awsRequestId: string;
  readonly invokedFunctionArn: string;
  readonly getRemainingTimeInMillis: () => number;
}

/** The account that the function is in; its bucket must be that account's. */
export const accountOf = ({ invokedFunctionArn }: Pick<Invocation, 'invokedFunctionArn'>): string =>
  parseArn(invokedFunctionArn)?.accountId ?? '';
