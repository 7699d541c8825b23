import { parseArn } from '../scanner/model/arn.ts';

/** The part of the Lambda context that is used. */
export interface Invocation {
  readonly awsRequestId: string;
  readonly invokedFunctionArn: string;
  readonly getRemainingTimeInMillis: () => number;
}

/** Where the console of AWS is, by partition. */
const consoles: Readonly<Record<string, string>> = {
  aws: 'console.aws.amazon.com',
  'aws-cn': 'console.amazonaws.cn',
  'aws-us-gov': 'console.amazonaws-us-gov.com',
};

/** The address of an object in the console of S3. The bucket is in the Region of the function. */
export function consoleAddress(
  { invokedFunctionArn }: Pick<Invocation, 'invokedFunctionArn'>,
  bucket: string,
  key: string,
): string {
  const { partition = 'aws', region = '' } = parseArn(invokedFunctionArn) ?? {};
  const host = `${region}.${consoles[partition] ?? 'console.aws.amazon.com'}`;
  return `https://${host}/s3/object/${bucket}?${new URLSearchParams({ region, prefix: key }).toString()}`;
}

/** The account of the function. The bucket must belong to the same account. */
export const accountOf = ({ invokedFunctionArn }: Pick<Invocation, 'invokedFunctionArn'>): string =>
  parseArn(invokedFunctionArn)?.accountId ?? '';
