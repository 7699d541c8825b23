import type { CollectOptions } from '../scanner/collect/collect.ts';
import type { Config } from '../scanner/config.ts';
import type { Check } from '../scanner/check.ts';
import type { Snapshot } from '../scanner/facts/snapshot.ts';
import type { SnapshotFile } from '../scanner/facts/snapshot-file.ts';
import { factsFor } from '../scanner/permissions.ts';
import { scan } from '../scanner/scan.ts';
import { type Memory, readLastNight, rememberIfDelivered } from './last-night.ts';
import { withProblems } from './with-problems.ts';
import { type TellPorts, prepareDigest } from './tell.ts';
import { pageKey } from '../scanner/deliver/store.ts';
import type { BusEvent } from '../scanner/deliver/aws-messages.ts';
import type { Digest } from '../scanner/report/digest/digest.ts';
import { foundIn } from '../scanner/report/digest/found.ts';
import { accountRunEnded } from './run-ended.ts';
import { type FinishPorts, type JudgedAccount, type ScanResult, finishScan, timeLeft } from './finish-scan.ts';
import { toIso } from '../scanner/model/instant.ts';

/** The outside world, as a nightly scan needs it. */
export interface ScanPorts extends FinishPorts, Omit<TellPorts, 'store'> {
  readonly store: Memory & FinishPorts['store'];
  /** Sends the event that ends the run. */
  readonly sendEvent: (event: BusEvent) => Promise<void>;
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

/** The outcome of a nightly scan. */
export interface NightResult extends ScanResult {
  /** What changed in the findings since the night before. */
  readonly digest: Digest;
}

// Evaluation takes seconds. Delivering 20,000 new findings reads and writes 200 batches each, at three and ten per second.
const MILLISECONDS_AFTER_COLLECTING = 180_000;

/**
 * Collects the data of the account, compares it with the earlier nights, evaluates it, stores the snapshot and the report, delivers the
 * findings, and tells what changed. It stops collecting three minutes before the Lambda timeout; what is missing then is UNKNOWN.
 */
export async function runScan(ports: ScanPorts, options: ScanRunOptions): Promise<NightResult> {
  const { checks, runId } = options;
  const startedAt = ports.now();
  const until = timeLeft(ports, MILLISECONDS_AFTER_COLLECTING);
  const { file, snapshot } = await ports.collect({ facts: factsFor(checks), now: startedAt, until });
  const last = await readLastNight(ports.store, snapshot.accountId);
  const report = scan([snapshot], { ...options, now: startedAt, ...(last.snapshot ? { baseline: [last.snapshot] } : {}) });
  const run = { account: snapshot.accountId, startedAt, id: runId };
  const { problems } = last;
  const result = await finishScan(ports, { run, snapshot, report, checks, problems, kept: { snapshot: file, report } });
  const remember = () => rememberIfDelivered(ports.store, last, file, result);
  return tellAndRemember(ports, { run, report, checks, result, remember });
}

interface Finished extends Pick<JudgedAccount, 'run' | 'report' | 'checks'> {
  readonly result: ScanResult;
  readonly remember: () => Promise<readonly string[]>;
}

/**
 * Tells what changed in the findings: one event, and one message if anything changed. Tonight is remembered last: a run that is killed
 * before is made again, and compared with tonight it would find nothing to tell.
 */
async function tellAndRemember(ports: ScanPorts, { run, report, checks, result, remember }: Finished): Promise<NightResult> {
  const { account } = run;
  const startedAt = toIso(run.startedAt);
  const page = ports.consoleAddress(pageKey(account));
  const subject = { account, scope: `account ${account}`, startedAt, hubRegion: ports.hub?.region, page };
  const found = foundIn(report, account, checks);
  const byAccount = { accounts: [account], of: () => Promise.resolve(found) };
  const { digest, problems: unread, tell } = await prepareDigest(ports, byAccount, subject);
  const known = withProblems({ ...result, digest }, unread);
  const untold = await tell(() => ports.sendEvent(accountRunEnded(known, { id: run.id, startedAt }, digest)));
  return withProblems(known, [...(await remember()), ...untold]);
}
