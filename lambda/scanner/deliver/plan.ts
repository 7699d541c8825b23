import { setTimeout as wait } from 'node:timers/promises';
import { proofOf } from '../evaluate/proof.ts';
import { type Import, type Reconciliation, isReportedByCause, reconcile } from '../evaluate/reconcile.ts';
import { isOnNumberedKey } from '../model/finding.ts';
import type { Reported } from '../model/informational-record.ts';
import { UsageError } from '../errors.ts';
import type { FactName } from '../facts/snapshot.ts';
import { type Instant, UNDATED, toIso } from '../model/instant.ts';
import type { Report } from '../model/report.ts';
import { type AsffContext, idPrefix, productArn, toAsff } from '../report/asff.ts';
import { documentationOf } from '../report/asff/documentation.ts';
import { exceptionNote } from '../report/asff/note.ts';
import { FINGERPRINT, HIDDEN_BY_EXCEPTION } from '../report/asff/product-fields.ts';
import { type ResourceIndex, noResources } from '../report/asff/resources.ts';
import type { Prepared } from './documents.ts';
import type { HubQuery, Refused, SecurityHub } from './hub.ts';
import type { Sleep } from './pace.ts';
import { type StoredFinding, readStored } from './stored-findings.ts';

/** The options of a delivery. */
export interface DeliveryOptions {
  /** The account whose findings are delivered. */
  readonly account: string;
  /** The account of the hub. The credentials must belong to it. Default: the account of the findings. */
  readonly hubAccount?: string;
  readonly partition: string;
  /** Exactly the checks that ran: findings that they no longer report are archived. */
  readonly checks: readonly { readonly id: string; readonly needs?: readonly FactName[]; readonly rationale?: string }[];
  /** The resources of the account, for the details of findings. */
  readonly resources?: ResourceIndex;
  /** The time of the delivery, which becomes the time of the updates. */
  readonly now: Instant;
  /** The address of the page with the whole report. */
  readonly reportPage?: string;
  readonly sleep?: Sleep;
}

/** The writes of a delivery. */
export interface DeliveryPlan extends Reconciliation<Prepared, StoredFinding> {
  readonly query: HubQuery;
  /** Findings that cannot be compared with the stored ones, and are not written. */
  readonly skipped: readonly Refused[];
  /** When the data of this scan was collected. */
  readonly observedAt: Instant;
}

/** The query for our findings of one account, in the Region of the hub. */
export const queryOf = (
  hub: Pick<SecurityHub, 'region'>,
  { account, partition, hubAccount = account }: Pick<DeliveryOptions, 'account' | 'partition' | 'hubAccount'>,
): HubQuery => ({
  productArn: productArn({ account: hubAccount, partition, region: hub.region }),
  account: hubAccount,
  region: hub.region,
  idPrefix: idPrefix(account),
});

/**
 * Plans a delivery. It reads from Security Hub and writes nothing.
 *
 * @throws UsageError when Security Hub is not enabled, access is denied, or the data is older than what Security Hub has.
 */
export async function planDelivery(hub: SecurityHub, report: Report, options: DeliveryOptions): Promise<DeliveryPlan> {
  const { account, now, sleep = wait } = options;
  const line = wholeAccountOf(report, options);
  const query = queryOf(hub, options);
  const { found, unreadable } = await readStored(hub, query, sleep);
  const context: AsffContext = {
    ...{ account, partition: options.partition, region: hub.region, resources: options.resources ?? noResources },
    ...(line.name === undefined ? {} : { accountName: line.name }),
    ...documentationOf(report, options.checks),
    ...(options.reportPage === undefined ? {} : { reportPage: options.reportPage }),
    ...(options.hubAccount === undefined ? {} : { hubAccount: options.hubAccount }),
  };
  const reported = [...report.findings, ...report.records].filter((item) => item.account === account);
  const wanted = reported.map((item) => wantedOf(item, context));
  const observedAt = Math.min(Date.parse(line.takenAt), now);
  refuseOlder(found, query, { account, now, observedAt });
  const reconciliation = reconcile(wanted, found, { ...query, ...proofOf(report, options), now, observedAt });
  return {
    ...reconciliation,
    import: markHidden(reconciliation),
    query,
    skipped: [...unreadable, ...reported.filter((item) => isOnNumberedKey(item) && !isReportedByCause(item)).map(unidentified)],
    observedAt,
  };
}

/**
 * Data that is older than what Security Hub has of the account tells nothing about its findings. A time in the future comes from a wrong
 * clock and does not count.
 */
function refuseOlder(
  found: readonly StoredFinding[],
  { idPrefix: prefix }: HubQuery,
  { account, now, observedAt }: { readonly account: string; readonly now: Instant; readonly observedAt: Instant },
): void {
  if (observedAt === UNDATED)
    throw new UsageError(
      `the saved files of account ${account} contain no date, so they may be older than what Security Hub has. State when they were collected: --taken-at DATE`,
    );
  const seen = found.flatMap(({ id, observedAt: at = 0 }) => (id.startsWith(prefix) && at <= now ? at : []));
  const newest = seen.reduce((latest, at) => Math.max(latest, at), 0);
  if (newest > observedAt)
    throw new UsageError(
      `the data of account ${account} is of ${toIso(observedAt)}, and Security Hub has findings of ${toIso(newest)}. Deliver newer data; if the saved files are newer, state when they were collected: --taken-at DATE`,
    );
}

/**
 * The account's summary in the report.
 *
 * @throws Error when the report lacks the account or some findings: a missing finding would be archived as fixed.
 */
function wholeAccountOf({ accounts, findings, summary }: Report, { account, checks }: DeliveryOptions) {
  const line = accounts.find((candidate) => candidate.account === account);
  if (!line) throw new Error(`the report does not contain account ${account}`);
  const failed = Object.values(summary.failed).reduce((sum, count) => sum + count, 0);
  if (failed + summary.unknown + summary.suppressed !== findings.length)
    throw new Error('the report does not contain all findings that it counts. Deliver the unfiltered report of the scan');
  if (summary.checks !== checks.length)
    throw new Error(`the report has ${summary.checks} checks, but ${checks.length} checks were given`);
  return line;
}

/** The imports, with a mark on findings that an exception suppresses: later deliveries may reopen them, whatever notes they have. */
function markHidden({
  import: imports,
  suppress,
}: Reconciliation<Prepared, StoredFinding>): readonly Import<Prepared, StoredFinding>[] {
  const hides = new Set(suppress.filter(({ to }) => to === 'SUPPRESSED').map(({ id }) => id));
  return imports.map((write) => {
    if (!('wanted' in write) || write.wanted.finding.status !== 'SUPPRESSED') return write;
    const stored = write.why === 'new' ? undefined : write.stored;
    if (!hides.has(write.id) && stored?.isHiddenByException !== true) return write;
    const { content } = write.wanted;
    const ProductFields = { ...content.ProductFields, [HIDDEN_BY_EXCEPTION]: 'true' };
    return { ...write, wanted: { ...write.wanted, content: { ...content, ProductFields } } };
  });
}

/** A finding on an access key that cannot be distinguished from the user's other keys. */
const unidentified = ({ id, resource }: Reported): Refused => ({
  id,
  code: 'unidentified',
  message: `the ID of ${resource.name} of ${resource.arn} is not known. Add the output of aws iam list-access-keys to the saved files`,
});

function wantedOf(finding: Reported, context: AsffContext): Prepared {
  const content = toAsff(finding, context);
  const note = exceptionNote(finding);
  // The ID as Security Hub stores it, so that the next delivery finds it.
  return {
    finding: { ...finding, id: content.Id },
    content,
    fingerprint: content.ProductFields?.[FINGERPRINT] ?? '',
    ...(note === undefined ? {} : { note }),
  };
}

/** The price of writing one finding, in US dollars, and its source. */
export const FINDING_PRICE = {
  dollars: 0.00003,
  freeAMonth: 10_000,
  source: 'https://aws.amazon.com/security-hub/cspm/pricing/',
} as const;

/**
 * An upper estimate of the cost. AWS charges an update like a first import. The first 10,000 per account, Region and month are free.
 * AWS does not say whether it charges for changes of workflow status or note, so they are counted.
 */
export function costOf({ import: imports, suppress }: Pick<DeliveryPlan, 'import' | 'suppress'>): {
  readonly writes: number;
  readonly dollars: number;
} {
  const writes = imports.length + suppress.length;
  return { writes, dollars: writes * FINDING_PRICE.dollars };
}
