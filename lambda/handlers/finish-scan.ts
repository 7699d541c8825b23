import { reasonOf } from '../scanner/collect/failure.ts';
import { type SecurityHub, SecurityHubError } from '../scanner/deliver/hub.ts';
import type { Sleep } from '../scanner/deliver/pace.ts';
import { type Delivery, deliverToSecurityHub } from '../scanner/deliver/security-hub.ts';
import { type Kept, type Run, type Store, keyOf } from '../scanner/deliver/store.ts';
import { UsageError } from '../scanner/errors.ts';
import type { Check } from '../scanner/check.ts';
import type { Instant } from '../scanner/model/instant.ts';
import type { Report } from '../scanner/model/report.ts';
import type { Snapshot } from '../scanner/facts/snapshot.ts';
import { resourceIndex } from '../scanner/report/asff/resources.ts';
import { withinTime } from './within-time.ts';

/** The world outside, once an account has been judged. */
export interface FinishPorts {
  readonly now: () => Instant;
  /** How long the run may still last, in milliseconds. */
  readonly remaining: () => number;
  readonly store: Pick<Store, 'put'>;
  /** Where findings go; undefined: nowhere but into the report. */
  readonly hub: SecurityHub | undefined;
  readonly sleep?: Sleep;
}

/** An account that has been judged. */
export interface JudgedAccount {
  readonly run: Run;
  readonly snapshot: Snapshot;
  readonly report: Report;
  readonly checks: readonly Check[];
  /** What is kept, each under the key of its kind. */
  readonly kept: Readonly<Partial<Record<Kept, unknown>>>;
  /** The account of the hub, where it is not the findings' own. */
  readonly hubAccount?: string;
  /** What did not work out before. */
  readonly problems?: readonly string[];
}

/** How the scan of an account went. */
export interface ScanResult {
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
  /** Since the run began: of an Organization, since all of it did. */
  readonly milliseconds: number;
}

// For the last log lines, and a call that is under way.
const MILLISECONDS_AFTER_DELIVERING = 15_000;

/**
 * Keeps what the scan gave, and delivers the findings. What does not work out is told in the result, and does not keep the rest from
 * happening. Near the end of its time it stops and says so.
 */
export async function finishScan(ports: FinishPorts, judged: JudgedAccount): Promise<ScanResult> {
  const { run, report } = judged;
  const unkept = await keep(ports.store, run, judged.kept);
  const { delivery, problems } = ports.hub ? await deliver(ports, ports.hub, judged) : { delivery: undefined, problems: [] };
  return {
    ...resultOf(report, [...(judged.problems ?? []), ...unkept, ...problems]),
    delivery: delivery && { ...delivery, failed: delivery.failed.length },
    milliseconds: ports.now() - run.startedAt,
  };
}

/** Until when something may last that must leave so much time, in milliseconds, for what comes after. */
export function timeLeft({ remaining }: Pick<FinishPorts, 'remaining'>, reserved: number): AbortSignal {
  const left = remaining() - reserved;
  return left > 0 ? AbortSignal.timeout(left) : AbortSignal.abort();
}

/** Keeps everything; what could not be kept comes back. */
async function keep(store: Pick<Store, 'put'>, run: Run, kept: JudgedAccount['kept']): Promise<readonly string[]> {
  const problems = await Promise.all(
    Object.entries(kept).map(async ([name, value]) => {
      try {
        // The keys are those of its type.
        await store.put(keyOf(name as Kept, run), value);
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
  ports: FinishPorts,
  hub: SecurityHub,
  { snapshot: { accountId: account, partition, facts }, report, checks, hubAccount }: JudgedAccount,
): Promise<{ readonly delivery: Delivery | undefined; readonly problems: readonly string[] }> {
  const timed = withinTime(hub, timeLeft(ports, MILLISECONDS_AFTER_DELIVERING));
  const resources = resourceIndex(facts);
  try {
    const delivery = await deliverToSecurityHub(timed, report, {
      ...{ account, partition, checks, resources, now: ports.now() },
      ...(hubAccount === undefined ? {} : { hubAccount }),
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
