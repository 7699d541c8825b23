import { Duration, Lazy, RemovalPolicy } from 'aws-cdk-lib';
import { AnyPrincipal, Effect, type Grant, type IGrantable, type IPrincipal, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Function } from 'aws-cdk-lib/aws-lambda';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
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
  acknowledge(bucket, {
    id: 'AwsSolutions-S1',
    reason: 'Only the functions of a scan write to this bucket. If reads must be audited, enable CloudTrail data events.',
  });
  return bucket;
}

/**
 * Denies reading to everyone but the roles of these and the readers, those included that are added later: a policy such as ReadOnlyAccess would otherwise be enough to read the attack
 * paths of every account. An admin of the account can change the policy of the bucket, which CloudTrail records.
 */
export function restrictReaders(bucket: Bucket, users: readonly Pick<Function, 'role'>[], readers: readonly string[]): void {
  bucket.addToResourcePolicy(
    new PolicyStatement({
      sid: 'OnlyReaders',
      effect: Effect.DENY,
      principals: [new AnyPrincipal()],
      actions: ['s3:GetObject*'],
      resources: [bucket.arnForObjects('*')],
      conditions: {
        ArnNotLike: {
          'aws:PrincipalArn': Lazy.list({ produce: () => [...users.flatMap(({ role }) => role?.roleArn ?? []), ...readers] }),
        },
      },
    }),
  );
}

/**
 * Allows a role or a user to read the reports, and adds it to the readers.
 *
 * @throws Error when it has no ARN that `aws:PrincipalArn` can have.
 */
export function grantReports(bucket: Bucket, readers: string[], grantee: IGrantable): Grant {
  const arn = arnOf(grantee.grantPrincipal);
  if (arn === undefined)
    throw new Error('grantReadReports takes a role or a user: the policy of the bucket denies reading by its ARN');
  readers.push(arn);
  return bucket.grantRead(grantee, 'reports/*');
}

/** The ARN of a role or a user, or of a principal that is given by such an ARN: not that of an account, nor of everyone. */
function arnOf(principal: IPrincipal): string | undefined {
  // What kind of principal it is, only the names of its properties tell.
  const { roleArn, userArn, arn, accountId } = principal as Partial<
    Readonly<Record<'roleArn' | 'userArn' | 'arn' | 'accountId', string>>
  >;
  const given = accountId === undefined && arn !== '*' ? arn : undefined;
  return roleArn ?? userArn ?? given;
}
