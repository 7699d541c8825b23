import type { Handler, Handlers } from '../call.ts';
import type { Quirks } from '../quirks.ts';
import { Refusal } from '../refusal.ts';

/** A bucket of the account, with what lies in it by key. */
export interface LoopbackBucket {
  readonly name: string;
  readonly objects: Map<string, Buffer>;
}

const buckets = new WeakMap<Quirks, LoopbackBucket>();

/** Lets a loopback AWS that is started with these quirks have this bucket. One without has none. */
export function withBucket(quirks: Quirks, bucket: LoopbackBucket): Quirks {
  buckets.set(quirks, bucket);
  return quirks;
}

const putObject: Handler = ({ quirks, snapshot }, { parameters, body }) => {
  const bucket = buckets.get(quirks);
  if (!bucket || parameters.get('Bucket') !== bucket.name)
    throw new Refusal(404, 'NoSuchBucket', 'The specified bucket does not exist');
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-owner-condition.html
  if (!['', snapshot.accountId].includes(parameters.get('ExpectedBucketOwner') ?? ''))
    throw new Refusal(403, 'AccessDenied', 'Access Denied');
  bucket.objects.set(parameters.get('Key') ?? '', body);
  return {};
};

/** The actions of S3. */
export const s3: Handlers = new Map([['PutObject', putObject]]);
