import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, type IMetric, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { metricNames } from '../lambda/handlers/contract.ts';
import { ownMetric } from './own-metric.ts';
import type { IamVigilProps } from './props.ts';

/** The resources to watch. */
export interface Watched {
  readonly scan: IFunction;
  readonly timeout: Duration;
  readonly deadLetters: IQueue;
}

/** The resources to watch in an organization deployment. */
export interface WatchedOrganization {
  readonly stateMachine: IStateMachine;
  /** The function that publishes the metrics of a run. */
  readonly summarize: IFunction;
  readonly deadLetters: IQueue;
  /** The timeout of a run. */
  readonly timeout: Duration;
  /** The changes that wait for a run, if there are runs after changes. */
  readonly changes: IQueue | undefined;
}

/** The alarms, by name. */
export type IamVigilAlarms = Readonly<
  Record<'errors' | 'incomplete' | 'silence' | 'throttles' | 'nearTimeout' | 'deadLetters', Alarm>
>;

/** The alarms of an organization deployment, by name. */
export type IamVigilOrganizationAlarms = Readonly<
  Record<'failed' | 'timedOut' | 'notScanned' | 'incomplete' | 'silence' | 'deadLetters', Alarm> & {
    /** Only with the property `rescanOnChange`. */
    changes?: Alarm;
  }
>;

type AlarmSettings = Pick<IamVigilProps, 'alarmTopic' | 'maxTimeWithoutScan'>;

const DEFAULT_SILENCE = Duration.hours(26);
const SUM = { statistic: Stats.SUM, period: Duration.minutes(5) };
const MAXIMUM = { statistic: Stats.MAXIMUM, period: Duration.minutes(5) };
const NEAR_TIMEOUT = 0.8;

/** Alarms for everything that can make findings out of date. docs/runbook.md says what to do for each. */
export function alarmsOf(scope: Construct, settings: AlarmSettings, { scan, timeout, deadLetters }: Watched): IamVigilAlarms {
  return notify(settings, {
    errors: anyDatapoint(scope, 'Errors', scan.metricErrors(SUM), 'iam-vigil: a scan failed.'),
    ...freshness(scope, settings, scan),
    throttles: anyDatapoint(
      scope,
      'Throttles',
      scan.metricThrottles(SUM),
      'iam-vigil: a scan could not start because Lambda concurrency was exhausted.',
    ),
    nearTimeout: anyDatapoint(
      scope,
      'NearTimeout',
      scan.metricDuration(MAXIMUM),
      'iam-vigil: a scan used at least 80 % of the Lambda timeout.',
      timeout.toMilliseconds() * NEAR_TIMEOUT,
    ),
    deadLetters: deadLetter(scope, deadLetters),
  });
}

/** The alarms of an organization deployment: for the run as a whole, and for accounts that were not scanned. */
export function organizationAlarmsOf(
  scope: Construct,
  settings: AlarmSettings,
  { stateMachine, summarize, deadLetters, timeout, changes }: WatchedOrganization,
): IamVigilOrganizationAlarms {
  return notify(settings, {
    failed: anyDatapoint(scope, 'Failed', stateMachine.metricFailed(SUM), 'iam-vigil: a scan of the organization failed.'),
    timedOut: anyDatapoint(
      scope,
      'TimedOut',
      stateMachine.metricTimedOut(SUM),
      'iam-vigil: a scan of the organization timed out.',
    ),
    notScanned: anyDatapoint(
      scope,
      'NotScanned',
      ownMetric(summarize, metricNames.accountsNotScanned, SUM),
      'iam-vigil: accounts of the organization were not scanned.',
    ),
    ...freshness(scope, settings, summarize),
    deadLetters: deadLetter(scope, deadLetters),
    ...(changes ? { changes: waitingChanges(scope, changes, timeout) } : {}),
  });
}

const waitingChanges = (scope: Construct, changes: IQueue, timeout: Duration) =>
  anyDatapoint(
    scope,
    'WaitingChanges',
    changes.metricApproximateAgeOfOldestMessage(MAXIMUM),
    'iam-vigil: changes wait for a scan longer than a run may take.',
    timeout.toSeconds(),
  );

const freshness = (scope: Construct, { maxTimeWithoutScan = DEFAULT_SILENCE }: AlarmSettings, teller: IFunction) => ({
  incomplete: anyDatapoint(
    scope,
    'Incomplete',
    ownMetric(teller, metricNames.incompleteRuns, SUM),
    'iam-vigil: a scan could not evaluate, store or deliver everything.',
  ),
  silence: noScan(scope, ownMetric(teller, metricNames.runs, { ...SUM, period: Duration.hours(1) }), maxTimeWithoutScan),
});

const deadLetter = (scope: Construct, deadLetters: IQueue) =>
  anyDatapoint(
    scope,
    'DeadLetters',
    deadLetters.metricApproximateNumberOfMessagesVisible(MAXIMUM),
    'iam-vigil: a scan did not run, even after retries.',
  );

/** An alarm that fires when the metric reaches the threshold. */
const anyDatapoint = (scope: Construct, id: string, metric: IMetric, alarmDescription: string, threshold = 1) =>
  new Alarm(scope, id, {
    metric,
    threshold,
    alarmDescription,
    comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    evaluationPeriods: 1,
    treatMissingData: TreatMissingData.NOT_BREACHING,
  });

// An alarm evaluates at most seven days. https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
const MOST_HOURS = 168;

/** An alarm that fires when no scan has finished for `longest`. An hour without data is an hour without a scan. */
function noScan(scope: Construct, runs: IMetric, longest: Duration): Alarm {
  const hours = longest.toHours();
  if (hours < 1 || hours > MOST_HOURS) throw new Error(`maxTimeWithoutScan must be 1 to ${MOST_HOURS} hours, but is ${hours}`);
  return new Alarm(scope, 'Silence', {
    metric: runs,
    threshold: 1,
    alarmDescription: `iam-vigil: no scan has finished for ${hours} hours.`,
    comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
    evaluationPeriods: hours,
    treatMissingData: TreatMissingData.BREACHING,
  });
}

function notify<A extends Readonly<Record<string, Alarm>>>({ alarmTopic }: AlarmSettings, alarms: A): A {
  if (alarmTopic) for (const alarm of Object.values(alarms)) alarm.addAlarmAction(new SnsAction(alarmTopic));
  return alarms;
}
