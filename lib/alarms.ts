import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, type IMetric, Metric, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
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

/** The alarms, by what they say. */
export type IamVigilAlarms = Readonly<
  Record<'errors' | 'incomplete' | 'silence' | 'throttles' | 'nearTimeout' | 'deadLetters', Alarm>
>;

const DEFAULT_SILENCE = Duration.hours(26);
const SUM = { statistic: Stats.SUM, period: Duration.minutes(5) };
const NEAR_TIMEOUT = 0.8;

/** Everything that can keep findings from being as fresh as they look. docs/runbook.md says what to do at each. */
export function alarmsOf(scope: Construct, props: IamVigilProps, { scan, timeout, deadLetters }: Watched): IamVigilAlarms {
  const own = (name: keyof typeof metricNames, period: Duration) =>
    new Metric({
      namespace: METRIC_NAMESPACE,
      metricName: metricNames[name],
      dimensionsMap: { [METRIC_DIMENSION]: scan.functionName },
      statistic: Stats.SUM,
      period,
    });
  const any = (id: string, metric: IMetric, alarmDescription: string, threshold = 1) =>
    new Alarm(scope, id, {
      metric,
      threshold,
      alarmDescription,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
  const alarms = {
    errors: any('Errors', scan.metricErrors(SUM), 'iam-vigil: a scan broke off.'),
    incomplete: any(
      'Incomplete',
      own('incompleteRuns', SUM.period),
      'iam-vigil: something was not judged, not kept or not delivered.',
    ),
    silence: silence(scope, own('runs', Duration.hours(1)), props.longestSilence ?? DEFAULT_SILENCE),
    throttles: any('Throttles', scan.metricThrottles(SUM), 'iam-vigil: a scan could not begin, for lack of Lambda concurrency.'),
    nearTimeout: any(
      'NearTimeout',
      scan.metricDuration({ statistic: Stats.MAXIMUM, period: SUM.period }),
      'iam-vigil: a scan took most of the time that Lambda allows.',
      timeout.toMilliseconds() * NEAR_TIMEOUT,
    ),
    deadLetters: any(
      'DeadLetters',
      deadLetters.metricApproximateNumberOfMessagesVisible({ statistic: Stats.MAXIMUM, period: SUM.period }),
      'iam-vigil: a scan was given up.',
    ),
  };
  const { alarmTopic } = props;
  if (alarmTopic) for (const alarm of Object.values(alarms)) alarm.addAlarmAction(new SnsAction(alarmTopic));
  return alarms;
}

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
