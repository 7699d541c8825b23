import type { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { IManagedPolicy } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { DeliverTo } from '../lambda/handlers/contract.ts';

/** What an account is watched with. Everything has a default that suits a single account. */
export interface IamVigilProps {
  /**
   * When to scan; its time zone counts.
   *
   * @default 03:00 UTC, every day
   */
  readonly schedule?: ScheduleExpression;
  /**
   * How much later than scheduled a scan may begin, 1 minute to a day. In an Organization it keeps the accounts from all beginning at once.
   *
   * @default 30 minutes
   */
  readonly flexibleWindow?: Duration;
  /**
   * How long no scan may have ended before the alarm goes off: whole hours, a week at most. Longer than the schedule's interval.
   *
   * @default 26 hours
   */
  readonly longestSilence?: Duration;
  /**
   * Where findings go, besides into the report.
   *
   * @default 'security-hub'
   */
  readonly deliver?: DeliverTo;
  /**
   * The Region whose Security Hub gets the findings. IAM is the same in every Region: choose one, your aggregation Region if you have one.
   *
   * @default the stack's Region
   */
  readonly findingsRegion?: string;
  /**
   * The text of `iam-vigil.yaml`. A mistake in it ends the synthesis.
   *
   * @default every check that is on by default, with the default thresholds and no exceptions
   */
  readonly config?: string;
  /**
   * Whether to put an insight into Security Hub: the resources with the most open findings of iam-vigil. Security Hub must be
   * enabled in the stack's Region, and that must be the Region of the findings.
   *
   * @default false
   */
  readonly insight?: boolean;
  /** Put on every role, where the account demands it. */
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
   * @default names that CloudFormation makes up
   */
  readonly namePrefix?: string;
  /**
   * A key of your own for the bucket; its policy must let the account's IAM decide, as the default policy does.
   *
   * @default keys of Amazon S3
   */
  readonly encryptionKey?: IKey;
  /**
   * Who is told of alarms.
   *
   * @default nobody: the alarms show in CloudWatch only
   */
  readonly alarmTopic?: ITopic;
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
   * What becomes of the bucket and the log when the stack is deleted. A bucket that is not empty is never deleted.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;
}
