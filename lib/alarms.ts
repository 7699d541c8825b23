import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, type IMetric, Metric, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { METRIC_DIMENSION, METRIC_NAMESPACE, metricNames } from '../lambda/handlers/contract.ts';
import type { IamVigilProps } from './props.ts';

/** What is watched. */
export interface Watched {
  readonly scan: IFunction;
  readonly timeout: Duration;
  readonly deadLetters: IQueue;
}

/** What is watched of an Organization. */
export interface WatchedOrganization {
  readonly stateMachine: IStateMachine;
  /** The function that tells how a run went. */
  readonly summarise: IFunction;
  readonly deadLetters: IQueue;
}

/** The alarms, by what they say. */
export type IamVigilAlarms = Readonly<
  Record<'errors' | 'incomplete' | 'silence' | 'throttles' | 'nearTimeout' | 'deadLetters', Alarm>
>;

/** The alarms of an Organization, by what they say. */
export type IamVigilOrganizationAlarms = Readonly<
  Record<'failed' | 'timedOut' | 'notScanned' | 'incomplete' | 'silence' | 'deadLetters', Alarm>
>;

type AlarmSettings = Pick<IamVigilProps, 'alarmTopic' | 'longestSilence'>;

const DEFAULT_SILENCE = Duration.hours(26);
const SUM = { statistic: Stats.SUM, period: Duration.minutes(5) };
const MAXIMUM = { statistic: Stats.MAXIMUM, period: Duration.minutes(5) };
const NEAR_TIMEOUT = 0.8;

/** Everything that can keep findings from being as fresh as they look. docs/runbook.md says what to do at each. */
export function alarmsOf(scope: Construct, settings: AlarmSettings, { scan, timeout, deadLetters }: Watched): IamVigilAlarms {
  return telling(settings, {
    errors: any(scope, 'Errors', scan.metricErrors(SUM), 'iam-vigil: a scan broke off.'),
    ...fresh(scope, settings, scan),
    throttles: any(
      scope,
      'Throttles',
      scan.metricThrottles(SUM),
      'iam-vigil: a scan could not begin, for lack of Lambda concurrency.',
    ),
    nearTimeout: any(
      scope,
      'NearTimeout',
      scan.metricDuration(MAXIMUM),
      'iam-vigil: a scan took most of the time that Lambda allows.',
      timeout.toMilliseconds() * NEAR_TIMEOUT,
    ),
    deadLetters: givenUp(scope, deadLetters),
  });
}

/** The same of an Organization: a run as a whole, and the accounts that it could not see. */
export function organizationAlarmsOf(
  scope: Construct,
  settings: AlarmSettings,
  { stateMachine, summarise, deadLetters }: WatchedOrganization,
): IamVigilOrganizationAlarms {
  return telling(settings, {
    failed: any(scope, 'Failed', stateMachine.metricFailed(SUM), 'iam-vigil: a run over the Organization broke off.'),
    timedOut: any(scope, 'TimedOut', stateMachine.metricTimedOut(SUM), 'iam-vigil: a run over the Organization took too long.'),
    notScanned: any(
      scope,
      'NotScanned',
      own(summarise, 'accountsNotScanned'),
      'iam-vigil: accounts of the Organization were not scanned.',
    ),
    ...fresh(scope, settings, summarise),
    deadLetters: givenUp(scope, deadLetters),
  });
}

const fresh = (scope: Construct, { longestSilence = DEFAULT_SILENCE }: AlarmSettings, teller: IFunction) => ({
  incomplete: any(
    scope,
    'Incomplete',
    own(teller, 'incompleteRuns'),
    'iam-vigil: something was not judged, not kept or not delivered.',
  ),
  silence: silence(scope, own(teller, 'runs', Duration.hours(1)), longestSilence),
});

const givenUp = (scope: Construct, deadLetters: IQueue) =>
  any(scope, 'DeadLetters', deadLetters.metricApproximateNumberOfMessagesVisible(MAXIMUM), 'iam-vigil: a scan was given up.');

/** A metric that the function itself tells. */
const own = (teller: IFunction, name: keyof typeof metricNames, period = SUM.period) =>
  new Metric({
    namespace: METRIC_NAMESPACE,
    metricName: metricNames[name],
    dimensionsMap: { [METRIC_DIMENSION]: teller.functionName },
    statistic: Stats.SUM,
    period,
  });

/** Goes off when there is any, or so much of it. */
const any = (scope: Construct, id: string, metric: IMetric, alarmDescription: string, threshold = 1) =>
  new Alarm(scope, id, {
    metric,
    threshold,
    alarmDescription,
    comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    evaluationPeriods: 1,
    treatMissingData: TreatMissingData.NOT_BREACHING,
  });

// An alarm looks back seven days at most. https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
const MOST_HOURS = 168;

/** No run has ended for so long, hour by hour: an hour without data is one without a run. */
function silence(scope: Construct, runs: IMetric, longest: Duration): Alarm {
  const hours = longest.toHours();
  if (hours < 1 || hours > MOST_HOURS) throw new Error(`longestSilence must be 1 to ${MOST_HOURS} hours, and is ${hours}`);
  return new Alarm(scope, 'Silence', {
    metric: runs,
    threshold: 1,
    alarmDescription: `iam-vigil: no scan has ended for ${hours} hours.`,
    comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
    evaluationPeriods: hours,
    treatMissingData: TreatMissingData.BREACHING,
  });
}

function telling<A extends Readonly<Record<string, Alarm>>>({ alarmTopic }: AlarmSettings, alarms: A): A {
  if (alarmTopic) for (const alarm of Object.values(alarms)) alarm.addAlarmAction(new SnsAction(alarmTopic));
  return alarms;
}
