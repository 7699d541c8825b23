import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import type { Dashboard } from 'aws-cdk-lib/aws-cloudwatch';
import type { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { Architecture, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Schedule, ScheduleExpression, TimeWindow } from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { variables } from '../lambda/handlers/contract.ts';
import { checks as allChecks } from '../lambda/scanner/checks/index.ts';
import { isEnabled, parseConfig } from '../lambda/scanner/config.ts';
import { acknowledge } from './acknowledge.ts';
import { type IamVigilAlarms, alarmsOf } from './alarms.ts';
import { topicForDigest, topicIn } from './digest-topic.ts';
import { CONFIG_FILE, functionCode } from './function-code.ts';
import { dashboardOf } from './dashboard.ts';
import { deadLetters } from './dead-letters.ts';
import { functionSettings, scanSize } from './function-settings.ts';
import { IamVigilBase } from './iam-vigil-base.ts';
import { openFindingsInsight } from './insight.ts';
import { NODE_OPTIONS } from './node-options.ts';
import type { IamVigilProps } from './props.ts';
import { rescanOnChange } from './rescan-on-change.ts';
import { scanRole, scheduleRole } from './roles.ts';
import { restrictReaders, storeBucket } from './store-bucket.ts';

/**
 * Scans the account that it is deployed in each night: a function with a role that cannot write to IAM, a bucket for snapshots and
 * reports, and alarms for scans that fail or do not run.
 *
 * The function has no reserved concurrency, because small accounts have none to reserve. Two scans at once do no harm.
 */
export class IamVigil extends IamVigilBase {
  /** The function that scans. It can be invoked at any time, with any event. */
  readonly scan: Function;
  /** The snapshots and reports of all scans. */
  readonly store: Bucket;
  /** Events that should have started a scan but did not. */
  readonly deadLetters: Queue;
  /** What starts a scan each night. */
  readonly schedule: Schedule;
  /** What can make findings out of date: docs/runbook.md says what to do for each. */
  readonly alarms: IamVigilAlarms;
  /** Only with the property `dashboard`. */
  readonly dashboard?: Dashboard;
  protected readonly teller: Function;
  protected readonly readers: string[];

  /** @throws UsageError when the configuration is not valid. */
  constructor(scope: Construct, id: string, props: IamVigilProps = {}) {
    super(scope, id);
    const { timeout } = scanSize(props);
    this.store = storeBucket(this, props);
    this.deadLetters = deadLetters(this);
    this.scan = scanFunction(this, props, this.store, this.deadLetters);
    this.teller = this.scan;
    this.readers = [...(props.readers ?? [])];
    restrictReaders(this.store, [this.scan], this.readers);
    this.schedule = nightly(this, props, this.scan, this.deadLetters);
    if (props.rescanOnChange === true) rescanOnChange(this, this.scan, timeout, this.deadLetters);
    this.alarms = alarmsOf(this, props, { scan: this.scan, timeout, deadLetters: this.deadLetters });
    if (props.dashboard === true)
      this.dashboard = dashboardOf(this, { teller: this.scan, alarms: this.alarms, isOrganization: false });
    if (props.insight === true) openFindingsInsight(this, findingsRegion(this, props));
  }

  /** Allows to start a scan at any time. */
  grantInvoke(grantee: IGrantable): Grant {
    return this.scan.grantInvoke(grantee);
  }
}

const findingsRegion = (scope: Construct, props: IamVigilProps) => props.findingsRegion ?? Stack.of(scope).region;

function scanFunction(scope: Construct, props: IamVigilProps, store: Bucket, deadLetterQueue: Queue): Function {
  const {
    config = '',
    deliver = 'security-hub',
    removalPolicy = RemovalPolicy.RETAIN,
    logRetention = RetentionDays.ONE_YEAR,
  } = props;
  const parsed = parseConfig(config, allChecks);
  const region = findingsRegion(scope, props);
  const topic = topicForDigest(scope, props);
  const role = scanRole(scope, props, {
    checks: allChecks.filter((check) => isEnabled(check, parsed)),
    store,
    hubRegion: deliver === 'security-hub' ? region : undefined,
    topic,
  });
  const logGroup = new LogGroup(scope, 'Log', { retention: logRetention, removalPolicy });
  const scan = new Function(scope, 'Scan', {
    description: 'iam-vigil: scans the IAM of this account',
    runtime: Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64,
    handler: 'index.handler',
    code: functionCode('scan-account', config),
    ...scanSize(props),
    ...functionSettings(props),
    role,
    logGroup,
    deadLetterQueue,
    environment: {
      NODE_OPTIONS,
      [variables.bucket]: store.bucketName,
      [variables.findingsRegion]: region,
      [variables.deliver]: deliver,
      [variables.config]: CONFIG_FILE,
      ...topicIn(topic),
    },
  });
  logGroup.grantWrite(role);
  acknowledge(scan, {
    id: 'Serverless-LambdaTracing',
    reason:
      'A single function without traced callers. Its log has its results and duration, and the role needs fewer permissions.',
  });
  return scan;
}

function nightly(scope: Construct, props: IamVigilProps, scan: Function, deadLetterQueue: Queue): Schedule {
  const { schedule = ScheduleExpression.cron({ hour: '3', minute: '0' }), flexibleWindow = Duration.minutes(30) } = props;
  return new Schedule(scope, 'Schedule', {
    description: 'iam-vigil: nightly scan',
    schedule,
    timeWindow: TimeWindow.flexible(flexibleWindow),
    target: new LambdaInvoke(scan, {
      role: scheduleRole(scope, props, scan),
      deadLetterQueue,
      // A scan that cannot start within two hours waits for the next night.
      maxEventAge: Duration.hours(2),
      retryAttempts: 10,
    }),
  });
}
