import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { IamVigilProps } from './props.ts';

// A year, and the weeks in which last year's audit is still asked about.
const DEFAULT_RETENTION = Duration.days(400);
// A version is replaced only when a run is run again; what it said is in the newer one.
const OLD_VERSIONS = Duration.days(30);

/** The bucket of the snapshots and reports: encrypted, versioned, reached over TLS only, never public, and emptied as things age. */
export function storeBucket(
  scope: Construct,
  props: Pick<IamVigilProps, 'encryptionKey' | 'retention' | 'removalPolicy'>,
): Bucket {
  const { encryptionKey, retention = DEFAULT_RETENTION, removalPolicy = RemovalPolicy.RETAIN } = props;
  const bucket = new Bucket(scope, 'Store', {
    ...(encryptionKey
      ? { encryption: BucketEncryption.KMS, encryptionKey, bucketKeyEnabled: true }
      : { encryption: BucketEncryption.S3_MANAGED }),
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
    enforceSSL: true,
    minimumTLSVersion: 1.2,
    versioned: true,
    lifecycleRules: [
      { expiration: retention, noncurrentVersionExpiration: OLD_VERSIONS, abortIncompleteMultipartUploadAfter: Duration.days(1) },
      { expiredObjectDeleteMarker: true },
    ],
    removalPolicy,
  });
  Validations.of(bucket).acknowledge({
    id: 'AwsSolutions-S1',
    reason:
      'The functions of a scan write here, and nobody else. CloudTrail data events tell who reads them, where that must be known.',
  });
  return bucket;
}
