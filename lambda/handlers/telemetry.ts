import { Logger } from '@aws-lambda-powertools/logger';
import { MetricUnit, Metrics } from '@aws-lambda-powertools/metrics';
import { METRIC_NAMESPACE, metricNames } from './contract.ts';
import type { NightlyResult } from './run-nightly.ts';

/** Where a run is told about: one JSON line an event in the log, and metrics within the log (EMF), which take no call and no permission. */
export interface Telemetry {
  readonly result: (result: NightlyResult) => void;
  readonly crash: (error: unknown) => void;
}

// CloudWatch takes log events of 256 KB; the report has them all.
const MOST_LINES = 50;

/** Opens the log of one run. */
export function openTelemetry(serviceName: string, runId: string): Telemetry {
  const logger = new Logger({ serviceName, persistentKeys: { runId } });
  const metrics = new Metrics({ serviceName, namespace: METRIC_NAMESPACE });
  return {
    result: ({ problems, unknown, notices, ...counts }) => {
      for (const problem of problems) logger.error('the run is incomplete', { problem });
      if (unknown.length > 0) logger.warn('not judged', { count: unknown.length, unknown: unknown.slice(0, MOST_LINES) });
      if (notices.length > 0) logger.warn('about the exceptions', { notices: notices.slice(0, MOST_LINES) });
      logger.info('the run ended', counts);
      const { failed } = counts.summary;
      metrics.addMetric(metricNames.runs, MetricUnit.Count, 1);
      metrics.addMetric(metricNames.incompleteRuns, MetricUnit.Count, counts.complete ? 0 : 1);
      metrics.addMetric(metricNames.failedFindings, MetricUnit.Count, sum(Object.values(failed)));
      metrics.addMetric(metricNames.unknownFindings, MetricUnit.Count, counts.summary.unknown);
      metrics.publishStoredMetrics();
    },
    crash: (error) => {
      logger.critical('the run broke off', { error: error instanceof Error ? error : new Error(String(error)) });
    },
  };
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
