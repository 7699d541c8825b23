import { reasonOf } from '../scanner/collect/failure.ts';
import { type SecurityHub, SecurityHubError } from '../scanner/deliver/hub.ts';
import type { Sleep } from '../scanner/deliver/pace.ts';
import { type Delivery, deliverToSecurityHub } from '../scanner/deliver/security-hub.ts';
import { type StoredKind, type Run, type Store, pageKey, storageKey } from '../scanner/deliver/store.ts';
import { UsageError } from '../scanner/errors.ts';
import type { Check } from '../scanner/check.ts';
import type { Instant } from '../scanner/model/instant.ts';
import type { Report } from '../scanner/model/report.ts';
import type { Snapshot } from '../scanner/facts/snapshot.ts';
import { summaryOf } from '../scanner/report/completeness.ts';
import { renderHtml } from '../scanner/report/html/html.ts';
import { resourceIndex } from '../scanner/report/asff/resources.ts';
import { type VerdictCounts, verdictCounts } from '../scanner/report/verdict-counts.ts';
import { withinTime } from './within-time.ts';

/** The outside world, as it is needed after an account was evaluated. */
export interface FinishPorts {
  readonly now: () => Instant;
  /** The remaining time of the function, in milliseconds. */
  readonly remaining: () => number;
  readonly store: Pick<Store, 'put' | 'putPage'>;
  /** The address of an object of the store in the console of S3. */
  readonly consoleAddress: (key: string) => string;
  /** The hub that receives the findings. Undefined: findings are only in the report. */
  readonly hub: SecurityHub | undefined;
  readonly sleep?: Sleep;
}

/** An evaluated account. */
export interface JudgedAccount {
  readonly run: Run;
  readonly snapshot: Snapshot;
  readonly report: Report;
  readonly checks: readonly Check[];
  /** What to store, each under the key of its kind. */
  readonly kept: Readonly<Partial<Record<StoredKind, unknown>>>;
  /** The account of the hub, if it is not the account of the findings. */
  readonly hubAccount?: string;
  /** Problems that occurred before. */
  readonly problems?: readonly string[];
}

/** The outcome of the scan of an account. */
export interface ScanResult {
  readonly account: string;
  /** The scan in one line: how much could not be evaluated and why, then the number of failures. */
  readonly headline: string;
  /** Whether everything was evaluated, stored and delivered. */
  readonly complete: boolean;
  /** What was not stored or not delivered, and why. */
  readonly problems: readonly string[];
  readonly summary: Report['summary'];
  /** How many principals have each verdict. */
  readonly admins: VerdictCounts;
  /** What could not be evaluated: one line for each cause, or for each check that is UNKNOWN for a reason of its own. */
  readonly unknown: readonly string[];
  readonly notices: readonly string[];
  readonly delivery: (Omit<Delivery, 'failed'> & { readonly failed: number }) | undefined;
  /** AWS API calls that were made to collect the data. */
  readonly calls: number;
  /** Since the scan began; in an organization, since the scan of the whole organization began. */
  readonly milliseconds: number;
}

// For the last log lines, and for a call that is still running.
const MILLISECONDS_AFTER_DELIVERING = 15_000;

/**
 * Stores the results and delivers the findings. A problem is reported in the result and does not stop the rest. Shortly before the
 * Lambda timeout it stops and reports that.
 */
export async function finishScan(ports: FinishPorts, judged: JudgedAccount): Promise<ScanResult> {
  const { run, report } = judged;
  const unkept = await keep(ports.store, judged);
  const { delivery, problems } = ports.hub ? await deliver(ports, ports.hub, judged) : { delivery: undefined, problems: [] };
  return {
    ...resultOf(report, [...(judged.problems ?? []), ...unkept, ...problems]),
    delivery: delivery && { ...delivery, failed: delivery.failed.length },
    milliseconds: ports.now() - run.startedAt,
  };
}

/** A signal that aborts `reserved` milliseconds before the end of the function's time. */
export function timeLeft({ remaining }: Pick<FinishPorts, 'remaining'>, reserved: number): AbortSignal {
  const left = remaining() - reserved;
  return left > 0 ? AbortSignal.timeout(left) : AbortSignal.abort();
}

/** Stores everything, and the report as a page. Returns what could not be stored. */
async function keep(store: FinishPorts['store'], { run, kept, report }: JudgedAccount): Promise<readonly string[]> {
  const attempt = async (name: string, put: () => Promise<void>) => {
    try {
      await put();
      return [];
    } catch (error) {
      return [`the ${name} could not be stored in the bucket: ${reasonOf(error)}`];
    }
  };
  const problems = await Promise.all([
    // The names are the keys of the type.
    ...Object.entries(kept).map(([name, value]) => attempt(name, () => store.put(storageKey(name as StoredKind, run), value))),
    attempt('page', () => store.putPage(pageKey(run.account), renderHtml(report))),
  ]);
  return problems.flat();
}

/** Delivers the findings. A hub that cannot be used is reported and not retried: a retry would fail in the same way. */
async function deliver(
  ports: FinishPorts,
  hub: SecurityHub,
  { snapshot: { accountId: account, partition, facts }, report, checks, hubAccount }: JudgedAccount,
): Promise<{ readonly delivery: Delivery | undefined; readonly problems: readonly string[] }> {
  const timed = withinTime(hub, timeLeft(ports, MILLISECONDS_AFTER_DELIVERING));
  const resources = resourceIndex(facts);
  try {
    const delivery = await deliverToSecurityHub(timed, report, {
      ...{ account, partition, checks, resources, now: ports.now(), reportPage: ports.consoleAddress(pageKey(account)) },
      ...(hubAccount === undefined ? {} : { hubAccount }),
      ...(ports.sleep ? { sleep: ports.sleep } : {}),
    });
    return { delivery, problems: refusals(delivery) };
  } catch (error) {
    if (!(error instanceof UsageError || error instanceof SecurityHubError)) throw error;
    return { delivery: undefined, problems: [`no findings were delivered: ${error.message}`] };
  }
}

/** One line for each reason, with the number of findings. */
function refusals({ failed }: Delivery): readonly string[] {
  const counts = new Map<string, number>();
  for (const { code, message } of failed) {
    const reason = `${code}: ${message}`;
    counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  return [...counts].map(([reason, count]) => `Security Hub rejected findings (${count}): ${reason}`);
}

function resultOf(report: Report, problems: readonly string[]) {
  const { account, complete, summary, findings, notices, calls, admins } = report;
  return {
    ...{ account, headline: summaryOf(report), problems, summary, notices, calls, admins: verdictCounts(admins) },
    complete: complete && problems.length === 0,
    unknown: unknownLines(findings),
  };
}

/** One line for each cause, with the checks that wait for it; and one for each check that is UNKNOWN for a reason of its own. */
function unknownLines(findings: Report['findings']): readonly string[] {
  const unknown = findings.filter(({ status }) => status === 'UNKNOWN');
  const causes = new Set(unknown.flatMap((finding) => finding.causes ?? []));
  const lines = [
    ...findings
      .filter(({ id, status }) => status !== 'UNKNOWN' && causes.has(id))
      .map(({ checkId, headline, message }) => `${checkId}: ${headline}. ${message}`),
    ...unknown.filter((finding) => finding.causes === undefined).map(({ checkId, message }) => `${checkId}: ${message}`),
  ];
  return [...new Set(lines)];
}
