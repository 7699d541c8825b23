import { type SensitiveAction, about } from './sensitive-actions.ts';

// Chosen by hand from the Service Authorization Reference, as the actions of `sensitive-actions.ts` are: what attackers do with a stolen key
// that is no administrator's. https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html

/** Actions that each destroy data, or hold it to ransom. */
export const dataDestruction: readonly SensitiveAction[] = [
  ...about(
    'S3 objects',
    ['s3:DeleteObject', 's3:::*/*', 'deletes any object'],
    ['s3:DeleteObjectVersion', 's3:::*/*', 'deletes the versions from which an object could be restored'],
    // An object can be overwritten with a copy that is encrypted with a key that only the attacker has.
    ['s3:PutObject', 's3:::*/*', 'overwrites any object, also with an encrypted copy'],
    ['s3:PutLifecycleConfiguration', 's3:::*', 'lets all objects of a bucket expire'],
    ['s3:DeleteBucket', 's3:::*', 'deletes a bucket'],
  ),
  ...about(
    'KMS keys',
    ['kms:ScheduleKeyDeletion', 'kms:*:{account}:key/*', 'deletes a key, and with it all that it encrypts'],
    ['kms:DisableKey', 'kms:*:{account}:key/*', 'makes unreadable what a key encrypts'],
  ),
  ...about('DynamoDB tables', ['dynamodb:DeleteTable', 'dynamodb:*:{account}:table/*', 'deletes a table']),
  ...about(
    'databases',
    ['rds:DeleteDBInstance', 'rds:*:{account}:db:*', 'deletes a database'],
    ['rds:DeleteDBCluster', 'rds:*:{account}:cluster:*', 'deletes a cluster'],
    ['rds:DeleteDBSnapshot', 'rds:*:{account}:snapshot:*', 'deletes a snapshot'],
  ),
  ...about(
    'disks and backups',
    ['ec2:DeleteSnapshot', 'ec2:*::snapshot/*', 'deletes the snapshot of a disk'],
    ['ec2:DeleteVolume', 'ec2:*:{account}:volume/*', 'deletes a disk'],
    // The ARN of a backup is that of its service.
    ['backup:DeleteRecoveryPoint', '*:*:*:*:*', 'deletes a backup'],
  ),
  ...about('secrets', ['secretsmanager:DeleteSecret', 'secretsmanager:*:{account}:secret:*', 'deletes a secret']),
  ...about('file systems', [
    'elasticfilesystem:DeleteFileSystem',
    'elasticfilesystem:*:{account}:file-system/*',
    'deletes a file system',
  ]),
];

/** Actions that each cause costs without limit. */
export const spending: readonly SensitiveAction[] = [
  ...about(
    'instances',
    ['ec2:RunInstances', 'ec2:*:{account}:instance/*', 'starts instances'],
    ['ec2:RequestSpotInstances', 'ec2:*:{account}:spot-instances-request/*', 'starts instances'],
    ['ec2:RequestSpotFleet', 'ec2:*:{account}:spot-fleet-request/*', 'starts a fleet of instances'],
  ),
  ...about(
    'containers',
    ['ecs:RunTask', 'ecs:*:{account}:task-definition/*:*', 'starts containers'],
    ['ecs:CreateService', 'ecs:*:{account}:service/*/*', 'starts containers'],
  ),
  ...about(
    'model invocations and training',
    ['bedrock:InvokeModel', 'bedrock:*::foundation-model/*', 'uses any foundation model'],
    ['bedrock:InvokeModelWithResponseStream', 'bedrock:*::foundation-model/*', 'uses any foundation model'],
    ['sagemaker:CreateTrainingJob', 'sagemaker:*:{account}:training-job/*', 'trains a model'],
    ['sagemaker:CreateEndpoint', 'sagemaker:*:{account}:endpoint/*', 'hosts a model'],
  ),
  ...about(
    'clusters and jobs',
    ['batch:SubmitJob', 'batch:*:{account}:job-definition/*:*', 'starts a job'],
    ['lightsail:CreateInstances', '*', 'starts instances'],
    ['elasticmapreduce:RunJobFlow', '*', 'starts a cluster'],
    [
      'autoscaling:CreateAutoScalingGroup',
      'autoscaling:*:{account}:autoScalingGroup:*:autoScalingGroupName/*',
      'starts instances',
    ],
    ['eks:CreateNodegroup', 'eks:*:{account}:cluster/*', 'starts instances'],
  ),
];

/** Actions that each send messages in the name of the owner. */
export const messaging: readonly SensitiveAction[] = [
  ...about(
    'mail',
    ['ses:SendEmail', 'ses:*:{account}:identity/*', 'sends mail from any address of the account'],
    ['ses:SendRawEmail', 'ses:*:{account}:identity/*', 'sends mail from any address of the account'],
    ['ses:SendBulkEmail', 'ses:*:{account}:identity/*', 'sends mail from any address of the account'],
  ),
  ...about(
    'messages',
    ['sns:Publish', 'sns:*:{account}:*', 'publishes to any topic'],
    ['sms-voice:SendTextMessage', 'sms-voice:*:{account}:phone-number/*', 'sends text messages'],
    ['social-messaging:SendWhatsAppMessage', 'social-messaging:*:{account}:phone-number-id/*', 'sends messages'],
  ),
];
