import { z } from 'zod';

/** A text of a form; the error says what is right. */
export const text = (form: RegExp, right: string) => z.string(right).regex(form, right);

/** A whole number within limits. */
export const whole = (least: number, most: number) => {
  const right = `must be a whole number from ${least} to ${most}`;
  return z.int(right).min(least, right).max(most, right);
};

/** One of these. */
export const oneOf = <const T extends readonly string[]>(names: T) => z.enum(names, `must be one of ${names.join(', ')}`);

/** Yes or no. */
export const yesOrNo = z.boolean('must be true or false');

/** A time of day. */
export const timeOfDay = text(/^([01]?\d|2[0-3]):[0-5]\d$/, 'must be a time of day from 00:00 to 23:59, such as 03:00');

const ZONE = 'must be a time zone of the IANA database, such as Europe/Berlin or Etc/UTC';

/** A time zone by its name. Node takes offsets and any case, EventBridge Scheduler takes names as they are written. */
export const timeZone = text(/^[A-Z][\w+-]*(\/[A-Z][\w+-]*)*$/, ZONE).refine(isKnownZone, ZONE);

function isKnownZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** The ID of a Region, in any partition. */
export const region = text(/^[a-z]{2,4}(-[a-z]+){1,2}-\d{1,2}$/, 'must be the ID of a Region, such as eu-central-1');

/** The ARN of a symmetric or multi-Region KMS key. Grants do not work with the ARN of an alias. */
export const keyArn = text(
  /^arn:aws[\w-]*:kms:[a-z\d-]+:\d{12}:key\/(mrk-[\da-f]{32}|[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12})$/,
  'must be the ARN of a KMS key, such as arn:aws:kms:eu-central-1:111122223333:key/ID',
);

/** The ARN of a standard topic. CloudWatch cannot publish to a FIFO topic. */
export const topicArn = text(
  /^arn:aws[\w-]*:sns:[a-z\d-]+:\d{12}:[\w-]{1,256}$/,
  'must be the ARN of an SNS topic that is not FIFO, such as arn:aws:sns:eu-central-1:111122223333:alarms',
);

/** What EC2 gives an ID with a prefix. */
const ec2Id = (prefix: string, what: string) =>
  text(new RegExp(`^${prefix}-[\\da-f]{8,17}$`), `must be the ID of ${what}, such as ${prefix}-0123456789abcdef0`);

/** The ID of a VPC. */
export const vpcId = ec2Id('vpc', 'a VPC');

const listOf = (id: z.ZodString, right: string) => z.array(id, right).min(1, right);

/** Subnets by their IDs. */
export const subnetIds = listOf(ec2Id('subnet', 'a subnet'), 'must be a list of at least one subnet');

/** Security groups by their IDs. */
export const securityGroupIds = listOf(ec2Id('sg', 'a security group'), 'must be a list of at least one security group');

/** An address for e-mail. SNS asks it to confirm. */
export const email = z.email('must be an e-mail address');

/** A managed policy, by its ARN or by its name with the path. */
export const managedPolicy = text(
  /^(arn:aws[\w-]*:iam::(\d{12}|aws):policy\/)?(?!arn:)([!-~]+\/)?[\w+=,.@-]{1,128}$/,
  'must be the ARN or the name of a managed policy',
);

/** The path of a role. https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html */
export const rolePath = text(/^\/([!-~]{1,510}\/)?$/, 'must be a path that begins and ends with a slash, such as /security/');

/** With it and the longest of our names, `-scan-member`, a role name has 64 characters. */
export const namePrefix = text(/^[\w+=,.@-]{1,52}$/, 'must be 1 to 52 letters, digits and any of _+=,.@-');

/** IAM roles or users by their ARNs, with wildcards. */
export const readerArn = text(
  /^arn:[\w*-]+:iam::(\d{12}|\*):(role|user)\/.+$/,
  'must be the ARN of an IAM role or user, with wildcards if needed',
);

/** The name of a stack. https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html */
export const stackName = text(
  /^[A-Za-z][A-Za-z\d-]{0,127}$/,
  'must begin with a letter, and have at most 128 letters, digits and hyphens',
);

/** How long CloudWatch Logs can keep a log. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
export const logDays: readonly number[] = [
  ...[1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731],
  ...[1096, 1827, 2192, 2557, 2922, 3288, 3653],
];
const LOG_DAYS = `must be a number of days that CloudWatch Logs supports: ${logDays.join(', ')}`;
export const logRetention = z.literal(logDays, LOG_DAYS);

const TAG = 'must have keys of 1 to 128 characters that do not begin with aws:, and texts of at most 256 as values';
export const tags = z.record(
  z.string().regex(/^(?!aws:)[\p{L}\p{Z}\p{N}_.:/=+@-]{1,128}$/iu, TAG),
  z.string(TAG).max(256, TAG),
  TAG,
);
