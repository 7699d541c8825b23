import { Duration } from 'aws-cdk-lib';
import {
  type Alarm,
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  type IWidget,
  LogQueryVisualizationType,
  LogQueryWidget,
  Stats,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { Function } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { SCAN_FINISHED, metricNames } from '../lambda/handlers/contract.ts';
import { ownMetric } from './own-metric.ts';

/** What the dashboard shows. */
export interface DashboardContent {
  /** The function that publishes the metrics and the last log line of a run. */
  readonly teller: Function;
  readonly alarms: Readonly<Record<string, Alarm>>;
  /** Whether it scans several accounts. */
  readonly isOrganization: boolean;
}

const WIDTH = 24;
const HALF = { width: WIDTH / 2, height: 7 };

/**
 * A dashboard in CloudWatch: the last runs, the open findings by severity, the admins, what could not be seen, and the alarms. Severities
 * and admins come from the log, so that they need no metrics that cost something in every deployment.
 */
export function dashboardOf(scope: Construct, { teller, alarms, isOrganization }: DashboardContent): Dashboard {
  const daily = { statistic: Stats.MAXIMUM, period: Duration.days(1) };
  const unseen = new GraphWidget({
    ...HALF,
    title: 'What could not be seen',
    left: [
      ownMetric(teller, metricNames.unknownFindings, { ...daily, label: 'Findings that could not be evaluated' }),
      ...(isOrganization
        ? [ownMetric(teller, metricNames.accountsNotScanned, { ...daily, label: 'Accounts that were not scanned' })]
        : []),
    ],
    leftYAxis: { min: 0 },
  });
  const changes = new GraphWidget({
    ...HALF,
    title: 'Changes that were told',
    left: [ownMetric(teller, metricNames.toldChanges, { ...daily, label: 'New, worse, unseen or fixed' })],
    leftYAxis: { min: 0 },
  });
  const health = new AlarmStatusWidget({ width: WIDTH, height: 3, title: 'Alarms', alarms: Object.values(alarms) });
  return new Dashboard(scope, 'Dashboard', {
    defaultInterval: Duration.days(90),
    widgets: [[lastRuns(teller)], [overTime(teller, severities), overTime(teller, admins)], [unseen, changes], [health]],
  });
}

interface Series {
  readonly title: string;
  /** The name of each line, and the field of the log with its value. */
  readonly lines: Readonly<Record<string, string>>;
}

const severities: Series = {
  title: 'Open findings by severity',
  lines: { Critical: 'failed.CRITICAL', High: 'failed.HIGH', Medium: 'failed.MEDIUM', Low: 'failed.LOW' },
};

const admins: Series = {
  title: 'Principals with administrator access',
  lines: {
    Admin: 'admins.admin',
    CanBecomeAdmin: 'admins.can-become-admin',
    CanGrantAdmin: 'admins.can-grant-admin',
    Conditional: 'admins.conditional',
  },
};

const isFinished = `filter message = "${SCAN_FINISHED}"`;

/** A line for each field, with the highest value of each day. */
const overTime = ({ logGroup }: Function, { title, lines }: Series): IWidget =>
  new LogQueryWidget({
    ...HALF,
    title,
    logGroupNames: [logGroup.logGroupName],
    view: LogQueryVisualizationType.LINE,
    queryLines: [
      isFinished,
      // The names of fields with a hyphen are quoted.
      `stats ${Object.entries(lines)
        .map(([name, field]) => `max(\`${field}\`) as ${name}`)
        .join(', ')} by bin(1d)`,
    ],
  });

const lastRuns = ({ logGroup }: Function): IWidget =>
  new LogQueryWidget({
    ...{ width: WIDTH, height: 6, title: 'Last runs' },
    logGroupNames: [logGroup.logGroupName],
    view: LogQueryVisualizationType.TABLE,
    queryLines: [isFinished, 'fields @timestamp, complete, headline', 'sort @timestamp desc', 'limit 10'],
  });
