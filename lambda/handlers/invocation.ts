import { parseArn } from '../scanner/model/arn.ts';
import { consoleHost } from '../scanner/model/console.ts';

/** The part of the Lambda context that is used. */
export interface Invocation {
  readonly awsRequestId: string;
  readonly invokedFunctionArn: string;
  readonly getRemainingTimeInMillis: () => number;
}

/** The address of an object in the console of S3. The bucket is in the Region of the function. */
export function consoleAddress(
  { invokedFunctionArn }: Pick<Invocation, 'invokedFunctionArn'>,
  bucket: string,
  key: string,
): string {
  const { region = '' } = parseArn(invokedFunctionArn) ?? {};
  return `https://${consoleHost(region)}/s3/object/${bucket}?${new URLSearchParams({ region, prefix: key }).toString()}`;
}

/** The account of the function. The bucket must belong to the same account. */
export const accountOf = ({ invokedFunctionArn }: Pick<Invocation, 'invokedFunctionArn'>): string =>
  parseArn(invokedFunctionArn)?.accountId ?? '';
