import type { Call, Handler, Handlers, Served } from '../call.ts';
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

function bucketOf({ quirks, snapshot }: Served, { parameters }: Call): LoopbackBucket {
  const bucket = buckets.get(quirks);
  if (!bucket || parameters.get('Bucket') !== bucket.name)
    throw new Refusal(404, 'NoSuchBucket', 'The specified bucket does not exist');
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-owner-condition.html
  if (!['', snapshot.accountId].includes(parameters.get('ExpectedBucketOwner') ?? ''))
    throw new Refusal(403, 'AccessDenied', 'Access Denied');
  return bucket;
}

const putObject: Handler = (served, call) => {
  const { objects } = bucketOf(served, call);
  const key = call.parameters.get('Key') ?? '';
  if (call.parameters.get('IfNoneMatch') === '*' && objects.has(key))
    throw new Refusal(412, 'PreconditionFailed', 'At least one of the pre-conditions you specified did not hold');
  objects.set(key, call.body);
  return {};
};

const getObject: Handler = (served, call) => {
  const found = bucketOf(served, call).objects.get(call.parameters.get('Key') ?? '');
  if (!found) throw new Refusal(404, 'NoSuchKey', 'The specified key does not exist.');
  return found.toString('base64');
};

// AWS lists a thousand keys a page; fewer are enough for there to be several.
const KEYS_A_PAGE = 3;

const listObjects: Handler = (served, call) => {
  const { objects } = bucketOf(served, call);
  const [prefix = '', after = ''] = [call.parameters.get('Prefix'), call.parameters.get('StartAfter')];
  const keys = [...objects.keys()].filter((key) => key.startsWith(prefix) && key > after).toSorted();
  const page = keys.slice(0, KEYS_A_PAGE);
  const isTruncated = keys.length > page.length;
  return {
    IsTruncated: isTruncated,
    Contents: page.map((Key) => ({ Key })),
    ...(isTruncated ? { NextContinuationToken: page.at(-1) ?? '' } : {}),
  };
};

/** The actions of S3. */
export const s3: Handlers = new Map([
  ['PutObject', putObject],
  ['GetObject', getObject],
  ['ListObjectsV2', listObjects],
]);
