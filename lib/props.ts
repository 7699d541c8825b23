import type { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { ISecurityGroup, IVpc, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import type { IManagedPolicy } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { DeliverTo } from '../lambda/handlers/contract.ts';

/** The settings to scan an account. Every setting has a default for a single account. */
export interface IamVigilProps {
  /**
   * When to scan, in the time zone of the expression.
   *
   * @default 03:00 UTC, every day
   */
  readonly schedule?: ScheduleExpression;
  /**
   * How much later than scheduled a scan may start, 1 minute to a day. It spreads the scans if many accounts have the same schedule.
   *
   * @default 30 minutes
   */
  readonly flexibleWindow?: Duration;
  /**
   * The time without a finished scan after which the alarm fires: whole hours, at most a week, longer than the interval of the schedule.
   *
   * @default 26 hours
   */
  readonly maxTimeWithoutScan?: Duration;
  /**
   * Where findings are delivered, besides the report.
   *
   * @default 'security-hub'
   */
  readonly deliver?: DeliverTo;
  /**
   * The Region whose Security Hub receives the findings. IAM is global, so choose one Region: your aggregation Region if you have one.
   *
   * @default the stack's Region
   */
  readonly findingsRegion?: string;
  /**
   * The text of `iam-vigil.yaml`. If it is not valid, synthesis fails.
   *
   * @default every check that is on by default, with the default thresholds and no exceptions
   */
  readonly config?: string;
  /**
   * Whether to create a Security Hub insight: the resources with the most open findings of iam-vigil. The stack must be in the Region
   * of the findings, and Security Hub must be enabled there.
   *
   * @default false
   */
  readonly insight?: boolean;
  /**
   * Whether to create a CloudWatch dashboard: open findings by severity, admins, what could not be seen, the last runs, and the alarms.
   *
   * @default false
   */
  readonly dashboard?: boolean;
  /**
   * Whether to scan again minutes after IAM changed, besides every night. It needs a CloudTrail trail with management events, and
   * {@link IamVigilChangeForwarderStack} if the stack is in another Region than the events of IAM.
   *
   * @default false
   */
  readonly rescanOnChange?: boolean;
  /**
   * The memory of the function, in megabytes: 512 to 10,240. With less than the default it has less than one vCPU, and is slower.
   *
   * @default 1769
   */
  readonly memorySize?: number;
  /**
   * The timeout of the function: 5 to 15 minutes. It stops collecting three minutes before, and what it could not read is UNKNOWN.
   *
   * @default 15 minutes
   */
  readonly timeout?: Duration;
  /**
   * The VPC in which the functions run. They need a way to the public endpoints of AWS, such as a NAT gateway: IAM has none in a VPC of
   * most Regions.
   *
   * @default none: the functions run in the network of Lambda
   */
  readonly vpc?: IVpc;
  /**
   * The subnets of `vpc`.
   *
   * @default its private subnets
   */
  readonly vpcSubnets?: SubnetSelection;
  /**
   * The security groups of the functions in `vpc`. They need outgoing HTTPS only.
   *
   * @default a new one for each function, which allows everything outgoing
   */
  readonly securityGroups?: readonly ISecurityGroup[];
  /**
   * A customer managed key for the environment variables of the functions, which hold names and no secrets.
   *
   * @default a key of Lambda
   */
  readonly environmentEncryption?: IKey;
  /** The permissions boundary of every role, if the account requires one. */
  readonly permissionsBoundary?: IManagedPolicy;
  /**
   * The path of every role, such as `/security/`.
   *
   * @default /
   */
  readonly rolePath?: string;
  /**
   * Names the roles `<prefix>-scan` and `<prefix>-schedule`. Roles are global: choose another prefix for each Region.
   *
   * @default names that CloudFormation generates
   */
  readonly namePrefix?: string;
  /**
   * A customer managed key for the bucket. Its key policy must allow IAM policies to grant access, as the default key policy does.
   *
   * @default keys of Amazon S3
   */
  readonly encryptionKey?: IKey;
  /**
   * The topic that alarms notify.
   *
   * @default none: alarms are visible only in CloudWatch
   */
  readonly alarmTopic?: ITopic;
  /**
   * The ARNs of the IAM roles and users that may read snapshots and reports, besides the functions; `*` and `?` are wildcards. They need
   * permission for `s3:GetObject` too. The policy of the bucket denies it to everyone else.
   *
   * @default none
   */
  readonly readers?: readonly string[];
  /**
   * The topic that gets the digest: one message after a scan that found something new, worse, fixed or unseen.
   *
   * @default none: the digest is only in the event that ends the scan
   */
  readonly digestTopic?: ITopic;
  /**
   * The e-mail address that gets the digest. It must be confirmed once. Without `digestTopic` a topic is created for it.
   *
   * @default none
   */
  readonly digestEmail?: string;
  /**
   * How long snapshots and reports are kept: whole days.
   *
   * @default 400 days
   */
  readonly retention?: Duration;
  /**
   * How long logs are kept.
   *
   * @default RetentionDays.ONE_YEAR
   */
  readonly logRetention?: RetentionDays;
  /**
   * What happens to the bucket and the log when the stack is deleted. A bucket that is not empty is never deleted.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;
}
