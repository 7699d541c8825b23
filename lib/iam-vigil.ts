import { Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { Architecture, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Schedule, ScheduleExpression, TimeWindow } from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { variables } from '../lambda/handlers/contract.ts';
import { checks as allChecks } from '../lambda/scanner/checks/index.ts';
import { isEnabled, parseConfig } from '../lambda/scanner/config.ts';
import { type IamVigilAlarms, alarmsOf } from './alarms.ts';
import { CONFIG_FILE, functionCode } from './function-code.ts';
import { deadLetters } from './dead-letters.ts';
import { openFindingsInsight } from './insight.ts';
import { NODE_OPTIONS } from './node-options.ts';
import type { IamVigilProps } from './props.ts';
import { scanRole, scheduleRole } from './roles.ts';
import { storeBucket } from './store-bucket.ts';

// The most that Lambda allows. The function stops by itself before.
const TIMEOUT = Duration.minutes(15);
// From 1,769 MB on a function has a whole processor. https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html
const MEMORY_MEGABYTES = 1769;

/**
 * Watches the account that it is deployed in: a function that scans every night, with a role that may read and nothing else, a
 * bucket for what it saw and said, and alarms for when it does not.
 *
 * Nothing reserves concurrency, which a small account does not have to give: two scans at once do no harm.
 */
export class IamVigil extends Construct {
  /** The function that scans; it may be invoked at any time, with any event. */
  readonly scan: Function;
  /** What each scan saw and said. */
  readonly store: Bucket;
  /** What was to start a scan, and did not. */
  readonly deadLetters: Queue;
  readonly alarms: IamVigilAlarms;

  /** @throws UsageError when the configuration is not valid. */
  constructor(scope: Construct, id: string, props: IamVigilProps = {}) {
    super(scope, id);
    this.store = storeBucket(this, props);
    this.deadLetters = deadLetters(this);
    this.scan = scanFunction(this, props, this.store, this.deadLetters);
    nightly(this, props, this.scan, this.deadLetters);
    this.alarms = alarmsOf(this, props, { scan: this.scan, timeout: TIMEOUT, deadLetters: this.deadLetters });
    if (props.insight === true) openFindingsInsight(this, findingsRegion(this, props));
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
  const role = scanRole(scope, props, {
    checks: allChecks.filter((check) => isEnabled(check, parsed)),
    store,
    hubRegion: deliver === 'security-hub' ? region : undefined,
  });
  const logGroup = new LogGroup(scope, 'Log', { retention: logRetention, removalPolicy });
  const scan = new Function(scope, 'Scan', {
    description: 'iam-vigil: scans the IAM of this account',
    runtime: Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64,
    handler: 'index.handler',
    code: functionCode('scan-account', config),
    memorySize: MEMORY_MEGABYTES,
    timeout: TIMEOUT,
    role,
    logGroup,
    deadLetterQueue,
    environment: {
      NODE_OPTIONS,
      [variables.bucket]: store.bucketName,
      [variables.findingsRegion]: region,
      [variables.deliver]: deliver,
      [variables.config]: CONFIG_FILE,
    },
  });
  logGroup.grantWrite(role);
  Validations.of(scan).acknowledge({
    id: 'Serverless-LambdaTracing',
    reason:
      'One function, called by nobody who traces: its log has the calls and the time, and the role needs no more permissions.',
  });
  return scan;
}

function nightly(scope: Construct, props: IamVigilProps, scan: Function, deadLetterQueue: Queue): Schedule {
  const { schedule = ScheduleExpression.cron({ hour: '3', minute: '0' }), flexibleWindow = Duration.minutes(30) } = props;
  return new Schedule(scope, 'Schedule', {
    description: 'iam-vigil: the nightly scan',
    schedule,
    timeWindow: TimeWindow.flexible(flexibleWindow),
    target: new LambdaInvoke(scan, {
      role: scheduleRole(scope, props, scan),
      deadLetterQueue,
      // What cannot be started within two hours waits for the next night.
      maxEventAge: Duration.hours(2),
      retryAttempts: 10,
    }),
  });
}
