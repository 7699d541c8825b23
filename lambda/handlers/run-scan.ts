import type { CollectOptions } from '../scanner/collect/collect.ts';
import type { Config } from '../scanner/config.ts';
import type { Check } from '../scanner/check.ts';
import type { Snapshot } from '../scanner/facts/snapshot.ts';
import type { SnapshotFile } from '../scanner/facts/snapshot-file.ts';
import { factsFor } from '../scanner/permissions.ts';
import { scan } from '../scanner/scan.ts';
import { type Memory, readLastNight, rememberIfTold } from './last-night.ts';
import { type FinishPorts, type ScanResult, finishScan, timeLeft } from './finish-scan.ts';

/** The outside world, as a nightly scan needs it. */
export interface ScanPorts extends FinishPorts {
  readonly store: Memory;
  /** Collects the facts of the account. Facts that are not collected when the signal aborts are unavailable. */
  readonly collect: (
    wanted: Pick<CollectOptions, 'facts' | 'now'> & { readonly until: AbortSignal },
  ) => Promise<{ readonly file: SnapshotFile; readonly snapshot: Snapshot }>;
}

/** What to run. */
export interface ScanRunOptions {
  /** Distinguishes this run from another one in the same second. */
  readonly runId: string;
  readonly checks: readonly Check[];
  readonly config: Config;
  readonly version: string;
}

// Evaluation takes seconds. Delivering 20,000 new findings reads and writes 200 batches each, at three and ten per second.
const MILLISECONDS_AFTER_COLLECTING = 180_000;

/**
 * Collects the data of the account, compares it with the earlier nights, evaluates it, stores the snapshot and the report, and delivers
 * the findings. It stops collecting three minutes before the Lambda timeout; what is missing then is UNKNOWN.
 */
export async function runScan(ports: ScanPorts, options: ScanRunOptions): Promise<ScanResult> {
  const { checks, runId } = options;
  const startedAt = ports.now();
  const until = timeLeft(ports, MILLISECONDS_AFTER_COLLECTING);
  const { file, snapshot } = await ports.collect({ facts: factsFor(checks), now: startedAt, until });
  const last = await readLastNight(ports.store, snapshot.accountId);
  const report = scan([snapshot], { ...options, now: startedAt, ...(last.snapshot ? { baseline: [last.snapshot] } : {}) });
  const run = { account: snapshot.accountId, startedAt, id: runId };
  const { problems } = last;
  const result = await finishScan(ports, { run, snapshot, report, checks, problems, kept: { snapshot: file, report } });
  return rememberIfTold(ports.store, last, file, result);
}
