import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { type Store, keyOf } from './store.ts';

const pack = promisify(gzip);

/**
 * Keeps things in an S3 bucket of the account that is scanned. How they are encrypted is the bucket's affair; that the bucket is
 * still that account's, and not a stranger's of the same name, is made sure of.
 */
export function openStore(bucket: string): Store {
  const client = new S3Client({ retryMode: 'adaptive', maxAttempts: 6 });
  return {
    put: async (kept, run, value) => {
      await client.send(
        new PutObjectCommand({
          Bucket: bucket,
          Key: keyOf(kept, run),
          Body: await pack(JSON.stringify(value)),
          ContentType: 'application/gzip',
          ExpectedBucketOwner: run.account,
        }),
      );
    },
  };
}
