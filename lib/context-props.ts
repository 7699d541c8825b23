import { Duration, RemovalPolicy, TimeZone } from 'aws-cdk-lib';
import { SecurityGroup, Subnet, Vpc } from 'aws-cdk-lib/aws-ec2';
import { ManagedPolicy } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { alarmTopic } from './alarm-topic.ts';
import type { IamVigilProps } from './props.ts';

/** The properties of our constructs that are CDK objects, in a form that can be written in a JSON file. */
export interface ContextProps {
  /** When to scan, such as `03:00`. */
  readonly at?: string;
  /** The time zone of `at`, such as `Europe/Berlin`. Default: UTC. */
  readonly timeZone?: string;
  readonly flexibleWindowMinutes?: number;
  /** The ARN of a managed policy, or the name of one in this account. */
  readonly boundary?: string;
  readonly encryptionKeyArn?: string;
  readonly environmentKeyArn?: string;
  /** The VPC of the functions, with its subnets and security groups. */
  readonly vpcId?: string;
  readonly subnetIds?: readonly string[];
  readonly securityGroupIds?: readonly string[];
  readonly alarmTopicArn?: string;
  /** An address that alarms are sent to, by a topic of the stack. Instead of `alarmTopicArn`. */
  readonly alarmEmail?: string;
  readonly digestTopicArn?: string;
  readonly retentionDays?: number;
  readonly logRetentionDays?: number;
  /** Whether the log, and the bucket if it is empty, are deleted with the stack. */
  readonly deleteWithStack?: boolean;
}

/** The CDK properties that they stand for. */
type Common = Omit<IamVigilProps, 'deliver' | 'insight' | 'memorySize' | 'namePrefix' | 'rescanOnChange' | 'timeout'>;

/** Converts them to the properties of our constructs. */
export const propsFromContext = (scope: Construct, props: ContextProps): Partial<Common> => ({
  ...timing(props),
  ...keeping(props),
  ...imported(scope, props),
  ...network(scope, props),
});

function timing({ at = '03:00', timeZone = 'Etc/UTC', flexibleWindowMinutes }: ContextProps): Partial<Common> {
  const [, hour, minute] = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(at) ?? [];
  if (hour === undefined || minute === undefined) throw new Error(`at must be a time such as 03:00, but is ${at}`);
  return {
    schedule: ScheduleExpression.cron({ hour: `${Number(hour)}`, minute: `${Number(minute)}`, timeZone: TimeZone.of(timeZone) }),
    ...(flexibleWindowMinutes === undefined ? {} : { flexibleWindow: Duration.minutes(flexibleWindowMinutes) }),
  };
}

const keeping = ({ retentionDays, logRetentionDays, deleteWithStack }: ContextProps): Partial<Common> => ({
  ...(retentionDays === undefined ? {} : { retention: Duration.days(retentionDays) }),
  ...(logRetentionDays === undefined ? {} : { logRetention: logRetentionOf(logRetentionDays) }),
  ...(deleteWithStack === true ? { removalPolicy: RemovalPolicy.DESTROY } : {}),
});

function logRetentionOf(days: number): RetentionDays {
  const choices = Object.values(RetentionDays).filter((choice) => typeof choice === 'number');
  const found = new Map<number, RetentionDays>(choices.map((choice) => [choice, choice])).get(days);
  if (found === undefined) throw new Error(`logRetentionDays must be one of ${choices.join(', ')}, but is ${days}`);
  return found;
}

/** References to existing resources. */
const imported = (
  scope: Construct,
  { boundary, encryptionKeyArn, environmentKeyArn, alarmTopicArn, alarmEmail, digestTopicArn }: ContextProps,
): Partial<Common> => ({
  ...(boundary === undefined ? {} : { permissionsBoundary: policyOf(scope, boundary) }),
  ...(encryptionKeyArn === undefined ? {} : { encryptionKey: Key.fromKeyArn(scope, 'EncryptionKey', encryptionKeyArn) }),
  ...(environmentKeyArn === undefined
    ? {}
    : { environmentEncryption: Key.fromKeyArn(scope, 'EnvironmentKey', environmentKeyArn) }),
  ...(alarmEmail === undefined ? {} : { alarmTopic: alarmTopic(scope, alarmEmail) }),
  ...(alarmTopicArn === undefined ? {} : { alarmTopic: Topic.fromTopicArn(scope, 'AlarmTopic', alarmTopicArn) }),
  ...(digestTopicArn === undefined ? {} : { digestTopic: Topic.fromTopicArn(scope, 'DigestTopic', digestTopicArn) }),
});

function network(scope: Construct, { vpcId, subnetIds = [], securityGroupIds = [] }: ContextProps): Partial<Common> {
  if (vpcId === undefined) return {};
  // Its zones and route tables are not asked for, because the subnets are given; without a route table the CDK warns.
  const vpc = Vpc.fromVpcAttributes(scope, 'Vpc', { vpcId, availabilityZones: ['any'] });
  return {
    vpc,
    vpcSubnets: { subnets: subnetIds.map((id) => Subnet.fromSubnetAttributes(scope, id, { subnetId: id, routeTableId: 'any' })) },
    securityGroups: securityGroupIds.map((id) => SecurityGroup.fromSecurityGroupId(scope, id, id, { mutable: false })),
  };
}

const policyOf = (scope: Construct, name: string) =>
  name.startsWith('arn:')
    ? ManagedPolicy.fromManagedPolicyArn(scope, 'Boundary', name)
    : ManagedPolicy.fromManagedPolicyName(scope, 'Boundary', name);
