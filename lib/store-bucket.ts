import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { IamVigilProps } from './props.ts';

// A year, plus some weeks for questions about last year's audit.
const DEFAULT_RETENTION = Duration.days(400);
// A version is replaced only if a run is repeated, and the newer version has the same content.
const OLD_VERSIONS = Duration.days(30);

/** The bucket for snapshots and reports: encrypted, versioned, TLS only, never public, with an expiration. */
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
    reason: 'Only the functions of a scan write to this bucket. If reads must be audited, enable CloudTrail data events.',
  });
  return bucket;
}
