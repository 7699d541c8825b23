import type { CollectOptions } from '../scanner/collect/collect.ts';
import type { Config } from '../scanner/config.ts';
import type { Check } from '../scanner/check.ts';
import type { Snapshot } from '../scanner/facts/snapshot.ts';
import type { SnapshotFile } from '../scanner/facts/snapshot-file.ts';
import { factsFor } from '../scanner/permissions.ts';
import { scan } from '../scanner/scan.ts';
import { type FinishPorts, type ScanResult, finishScan, timeLeft } from './finish-scan.ts';

/** The world outside, as a night's run needs it. */
export interface NightlyPorts extends FinishPorts {
  /** Collects the account's facts; those that are not there at the signal are unavailable. */
  readonly collect: (
    wanted: Pick<CollectOptions, 'facts' | 'now'> & { readonly until: AbortSignal },
  ) => Promise<{ readonly file: SnapshotFile; readonly snapshot: Snapshot }>;
}

/** What is run. */
export interface NightlyOptions {
  /** Tells this run apart from another of the same second. */
  readonly runId: string;
  readonly checks: readonly Check[];
  readonly config: Config;
  readonly version: string;
}

// Judging takes seconds. A delivery of 20,000 findings that are all new reads and writes 200 batches each, at three and ten a second.
const MILLISECONDS_AFTER_COLLECTING = 180_000;

/**
 * Collects the account, judges it, keeps the snapshot and the report, and delivers the findings. Near the end of its time it stops
 * collecting, and what is missing is UNKNOWN.
 */
export async function runNightly(ports: NightlyPorts, options: NightlyOptions): Promise<ScanResult> {
  const { checks, runId } = options;
  const startedAt = ports.now();
  const until = timeLeft(ports, MILLISECONDS_AFTER_COLLECTING);
  const { file, snapshot } = await ports.collect({ facts: factsFor(checks), now: startedAt, until });
  const report = scan([snapshot], { ...options, now: startedAt });
  const run = { account: snapshot.accountId, startedAt, id: runId };
  return finishScan(ports, { run, snapshot, report, checks, kept: { snapshot: file, report } });
}
