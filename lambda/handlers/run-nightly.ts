import type { CollectOptions } from '../scanner/collect/collect.ts';
import { reasonOf } from '../scanner/collect/failure.ts';
import type { Config } from '../scanner/config.ts';
import { type SecurityHub, SecurityHubError } from '../scanner/deliver/hub.ts';
import type { Sleep } from '../scanner/deliver/pace.ts';
import { type Delivery, deliverToSecurityHub } from '../scanner/deliver/security-hub.ts';
import type { Run, Store } from '../scanner/deliver/store.ts';
import { UsageError } from '../scanner/errors.ts';
import type { Check } from '../scanner/model/check.ts';
import type { Instant } from '../scanner/model/instant.ts';
import type { Report } from '../scanner/model/report.ts';
import type { Snapshot } from '../scanner/model/snapshot.ts';
import type { SnapshotFile } from '../scanner/model/snapshot-file.ts';
import { factsFor } from '../scanner/permissions.ts';
import { resourceIndex } from '../scanner/report/asff/resources.ts';
import { scan } from '../scanner/scan.ts';
import { withinTime } from './within-time.ts';

/** The world outside, as a night's run needs it. */
export interface NightlyPorts {
  readonly now: () => Instant;
  /** How long the run may still last, in milliseconds. */
  readonly remaining: () => number;
  /** Collects the account's facts; those that are not there at the signal are unavailable. */
  readonly collect: (
    wanted: Pick<CollectOptions, 'facts' | 'now'> & { readonly until: AbortSignal },
  ) => Promise<{ readonly file: SnapshotFile; readonly snapshot: Snapshot }>;
  readonly store: Store;
  /** Where findings go; undefined: nowhere but into the report. */
  readonly hub: SecurityHub | undefined;
  readonly sleep?: Sleep;
}

/** What is run. */
export interface NightlyOptions {
  /** Tells this run apart from another of the same second. */
  readonly runId: string;
  readonly checks: readonly Check[];
  readonly config: Config;
  readonly version: string;
}

/** How a night's run went. */
export interface NightlyResult {
  readonly account: string;
  /** Whether everything was judged, kept and delivered. */
  readonly complete: boolean;
  /** What was not kept or not delivered, and what to do about it. */
  readonly problems: readonly string[];
  readonly summary: Report['summary'];
  /** What could not be judged, by check. */
  readonly unknown: readonly string[];
  readonly notices: readonly string[];
  readonly delivery: (Omit<Delivery, 'failed'> & { readonly failed: number }) | undefined;
  /** Requests that AWS was sent to collect. */
  readonly calls: number;
  readonly milliseconds: number;
}

// Judging takes seconds. A delivery of 20,000 findings that are all new reads and writes 200 batches each, at three and ten a second.
const MILLISECONDS_AFTER_COLLECTING = 180_000;
// For the last log lines, and a call that is under way.
const MILLISECONDS_AFTER_DELIVERING = 15_000;

/**
 * Collects the account, judges it, keeps the snapshot and the report, and delivers the findings. What does not work out of keeping
 * and delivering is told in the result and does not keep the other from happening. Near the end of its time it stops and says so.
 */
export async function runNightly(ports: NightlyPorts, options: NightlyOptions): Promise<NightlyResult> {
  const { checks, runId } = options;
  const startedAt = ports.now();
  const until = timeLeft(ports, MILLISECONDS_AFTER_COLLECTING);
  const { file, snapshot } = await ports.collect({ facts: factsFor(checks), now: startedAt, until });
  const report = scan([snapshot], { ...options, now: startedAt });
  const run = { account: snapshot.accountId, startedAt, id: runId };
  const unkept = await keep(ports.store, run, { snapshot: file, report });
  const { delivery, problems } = ports.hub
    ? await deliver(ports, ports.hub, snapshot, report, checks)
    : { delivery: undefined, problems: [] };
  return {
    ...resultOf(report, [...unkept, ...problems]),
    delivery: delivery && { ...delivery, failed: delivery.failed.length },
    milliseconds: ports.now() - startedAt,
  };
}

function timeLeft({ remaining }: NightlyPorts, reserved: number): AbortSignal {
  const left = remaining() - reserved;
  return left > 0 ? AbortSignal.timeout(left) : AbortSignal.abort();
}

/** Keeps both; what could not be kept comes back. */
async function keep(
  store: Store,
  run: Run,
  kept: { readonly snapshot: SnapshotFile; readonly report: Report },
): Promise<readonly string[]> {
  const problems = await Promise.all(
    (['snapshot', 'report'] as const).map(async (name) => {
      try {
        await store.put(name, run, kept[name]);
        return [];
      } catch (error) {
        return [`the ${name} could not be kept in the bucket: ${reasonOf(error)}`];
      }
    }),
  );
  return problems.flat();
}

/** Delivers; a hub that cannot be used is told, since nothing that is tried again tonight would mend it. */
async function deliver(
  ports: NightlyPorts,
  hub: SecurityHub,
  { accountId: account, partition, facts }: Snapshot,
  report: Report,
  checks: readonly Check[],
): Promise<{ readonly delivery: Delivery | undefined; readonly problems: readonly string[] }> {
  const timed = withinTime(hub, timeLeft(ports, MILLISECONDS_AFTER_DELIVERING));
  const resources = resourceIndex(facts);
  try {
    const delivery = await deliverToSecurityHub(timed, report, {
      ...{ account, partition, checks, resources, now: ports.now() },
      ...(ports.sleep ? { sleep: ports.sleep } : {}),
    });
    return { delivery, problems: refusals(delivery) };
  } catch (error) {
    if (!(error instanceof UsageError || error instanceof SecurityHubError)) throw error;
    return { delivery: undefined, problems: [`nothing was delivered: ${error.message}`] };
  }
}

/** One line for each reason, with how many findings it holds for. */
function refusals({ failed }: Delivery): readonly string[] {
  const counts = new Map<string, number>();
  for (const { code, message } of failed) {
    const reason = `${code}: ${message}`;
    counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  return [...counts].map(([reason, count]) => `Security Hub did not take ${count} of the findings: ${reason}`);
}

function resultOf({ account, complete, summary, findings, notices, calls }: Report, problems: readonly string[]) {
  const unknown = findings.filter(({ status }) => status === 'UNKNOWN').map(({ checkId, message }) => `${checkId}: ${message}`);
  return {
    ...{ account, problems, summary, notices, calls },
    complete: complete && problems.length === 0,
    unknown: [...new Set(unknown)],
  };
}
