import { z } from 'zod';
import { deliveries, organizationDeliveries } from '../lambda/handlers/contract.ts';
import {
  email,
  keyArn,
  logRetention,
  managedPolicy,
  namePrefix,
  oneOf,
  readerArn,
  region,
  rolePath,
  securityGroupIds,
  stackName,
  subnetIds,
  tags,
  text,
  timeOfDay,
  timeZone,
  topicArn,
  vpcId,
  whole,
  yesOrNo,
} from './setting-forms.ts';

/** A setting that may be left out. The default is told only: the constructs apply it. */
const optional = <T extends z.ZodType>(form: T, description: string, told?: string | number | boolean) =>
  form.exactOptional().meta({ description, ...(told === undefined ? {} : { default: told }) });

const unit = text(
  /^(r-[0-9a-z]{4,32}|ou-[0-9a-z]{4,32}-[a-z0-9]{8,32})$/,
  'must be the ID of a root or an organizational unit, such as r-ab12 or ou-ab12-11112222',
);
const UNITS = 'must be a list of at least one root or organizational unit';

/** The settings to scan an organization, each with what it means. */
export const organizationSettings = z.strictObject({
  id: text(/^o-[a-z0-9]{10,32}$/, 'must be the ID of an organization, such as o-exampleorgid').meta({
    description: 'ID of the organization, such as `o-exampleorgid`. Required',
  }),
  units: z
    .array(unit, UNITS)
    .min(1, UNITS)
    .meta({ description: 'IDs of the root or of organizational units; their accounts get the member role. Required' }),
  deployedIn: oneOf(['management', 'delegated-administrator'])
    .default('delegated-administrator')
    .meta({ description: '`delegated-administrator` of CloudFormation StackSets, or `management`' }),
  deliver: optional(
    oneOf(organizationDeliveries),
    '`members`: to the Security Hub of each account; `central`: to the Security Hub of the account that scans; `none`: reports only',
    'members',
  ),
  concurrency: optional(whole(1, 10_000), 'How many accounts are scanned at the same time', 40),
  toleratedFailurePercentage: optional(
    whole(0, 100),
    'Percentage of accounts that may fail before the run is stopped; with 100 it is never stopped. Each failed account is a finding and an alarm in any case',
    100,
  ),
  externalId: optional(
    text(/^[\w+=,.@:/-]{2,1224}$/, 'must be an external ID: 2 to 1224 letters, digits and any of _+=,.@:/-'),
    'External ID in the trust policy of the member roles. Without it, the UUID of the stack',
  ),
});

/** The settings of a deployment, each with what it means. The documentation and the JSON Schema are generated from them. */
export const settings = z.strictObject({
  stackName: stackName.default('IamVigil').meta({ description: 'Name of the stack' }),
  config: optional(
    text(/./, 'must be the name of a file'),
    'File with thresholds, exceptions and break-glass identities. It is validated at deployment and again when the function starts. Without it, `iam-vigil.yaml`, if it exists',
  ),
  at: optional(timeOfDay, 'When to scan', '03:00'),
  timeZone: optional(timeZone, 'The time zone of `at`', 'Etc/UTC'),
  flexibleWindowMinutes: optional(whole(1, 1440), 'How many minutes later a scan may start', 30),
  deliver: optional(oneOf(deliveries), '`security-hub`, or `none`: findings are in the report only', 'security-hub'),
  findingsRegion: optional(
    region,
    'Region of the Security Hub that receives the findings. IAM is global, so choose one Region: your aggregation Region if you have one. Without it, the Region of the stack',
  ),
  insight: optional(
    yesOrNo,
    'Create an insight in Security Hub: the resources with the most open findings. Security Hub must be enabled in the Region of the stack, and that must be `findingsRegion`',
    false,
  ),
  dashboard: optional(yesOrNo, 'Create a dashboard in CloudWatch: see _Dashboard_ in `docs/deployment.md`', false),
  rescanOnChange: optional(
    yesOrNo,
    'Scan again minutes after IAM changed, in an organization the accounts in which it changed: see _Minutes after a change_ in `docs/deployment.md`',
    false,
  ),
  boundary: optional(
    managedPolicy,
    'Permissions boundary for all roles: an ARN, or the name of a policy in the account. For an organization, a policy of this name must exist in every account. Without it, none',
  ),
  rolePath: optional(rolePath, 'Path of all roles, such as `/security/`', '/'),
  namePrefix: optional(
    namePrefix,
    'Names the roles `<prefix>-scan` and `<prefix>-schedule`. Roles are global: use another prefix for each Region. Without it, names that CloudFormation generates',
  ),
  encryptionKeyArn: optional(
    keyArn,
    'Your KMS key for the bucket. Its policy must delegate access to IAM, as the default key policy does. Without it, keys of Amazon S3',
  ),
  environmentKeyArn: optional(
    keyArn,
    'Your KMS key for the environment variables of the functions, which hold names and no secrets. Its policy must delegate access to IAM. Without it, a key of Lambda',
  ),
  memoryMegabytes: optional(
    whole(512, 10_240),
    'Memory of the function for a single account. With less than the default it has less than one vCPU',
    1769,
  ),
  timeoutMinutes: optional(
    whole(5, 15),
    'Timeout of the function for a single account. It stops collecting three minutes before',
    15,
  ),
  vpcId: optional(
    vpcId,
    'VPC in which the functions run, with `subnetIds` and `securityGroupIds`: see _In a VPC_ in `docs/deployment.md`. Without it, the network of Lambda',
  ),
  subnetIds: optional(subnetIds, 'Subnets of `vpcId`, with a way to the public endpoints of AWS'),
  securityGroupIds: optional(securityGroupIds, 'Security groups of the functions in `vpcId`; they must allow outgoing HTTPS'),
  alarmTopicArn: optional(
    topicArn,
    'SNS topic for alarm notifications. Its policy must allow `cloudwatch.amazonaws.com` to publish. Without it and `alarmEmail`, no notifications',
  ),
  alarmEmail: optional(
    email,
    'E-mail address that alarms are sent to, by an SNS topic of the stack; the address must be confirmed once. Not with `alarmTopicArn`',
  ),
  digestTopicArn: optional(
    topicArn,
    'SNS topic that gets the digest of a scan that found something new, worse, unseen or fixed: see `docs/events.md`. Without it and `digestEmail`, no message',
  ),
  digestEmail: optional(
    email,
    'E-mail address that gets the digest. Without `digestTopicArn` a topic is created; the address must be confirmed once',
  ),
  readers: optional(
    z.array(readerArn, 'must be a list of ARNs'),
    'ARNs of the IAM roles and users, `*` allowed, that may read snapshots and reports. They need `s3:GetObject` too; the bucket denies it to everyone else. Without it, only the functions',
  ),
  retentionDays: optional(whole(1, 36_500), 'How many days snapshots and reports are kept', 400),
  logRetentionDays: optional(logRetention, 'How many days logs are kept; a value that CloudWatch Logs supports', 365),
  deleteWithStack: optional(yesOrNo, 'Whether the log group, and the bucket if it is empty, are deleted with the stack', false),
  tags: optional(
    tags,
    'Tags for everything in the stack, and for the roles in other accounts. `application: iam-vigil` is always added',
  ),
  organization: organizationSettings
    .exactOptional()
    .meta({ description: 'Scan every account of this organization in place of a single account' }),
});

/** The settings of a deployment: `iam-vigil` in `cdk.context.json`. */
export type Deployment = z.output<typeof settings>;
