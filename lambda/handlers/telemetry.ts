import { Logger } from '@aws-lambda-powertools/logger';
import { MetricUnit, Metrics } from '@aws-lambda-powertools/metrics';
import { METRIC_NAMESPACE, SCAN_FINISHED, metricNames } from './contract.ts';
import type { NightResult } from './run-scan.ts';
import type { Digest } from '../scanner/report/digest/digest.ts';
import { sumOfCounts } from '../scanner/report/verdict-counts.ts';
import type { Rescan } from './organization/run-rescan.ts';
import type { OrganizationReport } from './organization/organization-report.ts';

/** Logs one JSON line for each event, and metrics in the log (EMF), which need no call and no permission. */
export interface Telemetry {
  readonly result: (result: NightResult) => void;
  readonly organization: (report: OrganizationReport) => void;
  /** Accounts that a run was asked to read, and that are no active accounts of the organization. */
  readonly notOfOrganization: (accounts: readonly string[]) => void;
  /** What was done about changes. */
  readonly rescan: (outcome: Rescan) => void;
  readonly crash: (error: unknown) => void;
}

// A log event in CloudWatch has at most 256 KB. The report has all lines.
const MOST_LINES = 50;

/** Opens the log of one scan. */
export function openTelemetry(serviceName: string, runId: string): Telemetry {
  const logger = new Logger({ serviceName, persistentKeys: { runId } });
  const metrics = new Metrics({ serviceName, namespace: METRIC_NAMESPACE });
  return {
    result: ({ problems, unknown, notices, digest, ...counts }) => {
      for (const problem of problems) logger.error('scan incomplete', { problem });
      if (unknown.length > 0) logger.warn('not evaluated', { count: unknown.length, unknown: unknown.slice(0, MOST_LINES) });
      if (notices.length > 0) logger.warn('exceptions need attention', { notices: notices.slice(0, MOST_LINES) });
      logger.info(SCAN_FINISHED, { ...counts, failed: counts.summary.failed, digest: toldIn(digest) });
      publish(metrics, { ...counts.summary, digest }, metricsOfNight(counts));
    },
    organization: ({ accounts, notScanned, undelivered, farthest: __, problems, digest, ...counts }) => {
      for (const problem of problems) logger.error('scan incomplete', { problem });
      for (const missing of notScanned.slice(0, MOST_LINES)) logger.error('account not scanned', { ...missing });
      for (const missing of undelivered.slice(0, MOST_LINES)) logger.error('findings not delivered', { ...missing });
      logger.info(SCAN_FINISHED, {
        ...counts,
        admins: sumOfCounts(accounts.map(({ admins }) => admins)),
        digest: toldIn(digest),
      });
      publish(metrics, { ...counts, digest }, metricsOfRun({ ...counts, notScanned, undelivered, problems }));
    },
    notOfOrganization: (accounts) => {
      logger.warn('accounts are no active accounts of the organization', { accounts: accounts.slice(0, MOST_LINES) });
    },
    rescan: (outcome) => {
      logger.info('changes', { ...outcome, waiting: outcome.waiting.length });
    },
    crash: (error) => {
      logger.critical('scan failed', { error: error instanceof Error ? error : new Error(String(error)) });
    },
  };
}

const metricsOfNight = ({ complete }: { readonly complete: boolean }) => ({
  [metricNames.runs]: 1,
  [metricNames.incompleteRuns]: complete ? 0 : 1,
});

/**
 * A run that read only some accounts says nothing about whether the nightly run took place, and raises no alarm for what that run could
 * not do: only for its own accounts.
 */
function metricsOfRun(report: Pick<OrganizationReport, 'complete' | 'notScanned' | 'undelivered' | 'problems' | 'readAgain'>) {
  const { notScanned, undelivered, problems, readAgain } = report;
  if (readAgain === undefined) return { ...metricsOfNight(report), [metricNames.accountsNotScanned]: notScanned.length };
  const own = (missing: readonly { readonly account: string }[]) =>
    missing.filter(({ account }) => readAgain.includes(account)).length;
  return {
    [metricNames.incompleteRuns]: own(notScanned) + own(undelivered) + problems.length === 0 ? 0 : 1,
    [metricNames.accountsNotScanned]: own(notScanned),
  };
}

function publish(
  metrics: Metrics,
  { failed, unknown, digest }: Pick<OrganizationReport, 'failed' | 'unknown' | 'digest'>,
  more: Readonly<Record<string, number>>,
): void {
  const values = {
    [metricNames.failedFindings]: sum(Object.values(failed)),
    [metricNames.unknownFindings]: unknown,
    [metricNames.toldChanges]: sum(Object.values(digest.counts)),
    ...more,
  };
  for (const [name, value] of Object.entries(values)) metrics.addMetric(name, MetricUnit.Count, value);
  metrics.publishStoredMetrics();
}

/** What was told, without the texts. */
const toldIn = ({ key, counts }: Digest) => ({ key, ...counts });

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
