import { setTimeout as wait } from 'node:timers/promises';
import { type Import, type Reconciliation, reconcile } from '../evaluate/reconcile.ts';
import { isOnNumberedKey } from '../model/finding.ts';
import type { Reported } from '../model/informational-record.ts';
import type { Instant } from '../model/instant.ts';
import type { Report } from '../model/report.ts';
import { type AsffContext, idPrefix, productArn, toAsff } from '../report/asff.ts';
import { exceptionNote } from '../report/asff/note.ts';
import { FINGERPRINT, HIDDEN_BY_EXCEPTION } from '../report/asff/product-fields.ts';
import { type ResourceIndex, noResources } from '../report/asff/resources.ts';
import type { Prepared } from './documents.ts';
import type { HubQuery, Refused, SecurityHub } from './hub.ts';
import type { Sleep } from './pace.ts';
import { type StoredFinding, readStored } from './stored-findings.ts';

/** What is delivered, besides the report. */
export interface DeliveryOptions {
  /** The account whose findings are delivered. */
  readonly account: string;
  /** The account whose hub takes them, and whose the credentials must be; by default the findings' own. */
  readonly hubAccount?: string;
  readonly partition: string;
  /** The checks that were run, and no others: what they no longer find is archived. */
  readonly checks: readonly { readonly id: string }[];
  /** What is known of the account's resources, to describe them with. */
  readonly resources?: ResourceIndex;
  /** The time of the delivery, which is what updates are stamped with. */
  readonly now: Instant;
  readonly pageOf?: (checkId: string) => string;
  readonly sleep?: Sleep;
}

/** What a delivery would write. */
export interface DeliveryPlan extends Reconciliation<Prepared, StoredFinding> {
  readonly query: HubQuery;
  /** What cannot be compared with what is stored, and is left as it is. */
  readonly skipped: readonly Refused[];
  /** When what this scan says was seen. */
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
 * What a delivery would write; reads, and writes nothing.
 *
 * @throws UsageError when Security Hub is not enabled or may not be read.
 */
export async function planDelivery(hub: SecurityHub, report: Report, options: DeliveryOptions): Promise<DeliveryPlan> {
  const { account, now, checks, sleep = wait } = options;
  const line = wholeAccountOf(report, options);
  const query = queryOf(hub, options);
  const { found, unreadable } = await readStored(hub, query, sleep);
  const context: AsffContext = {
    ...{ account, partition: options.partition, region: hub.region, resources: options.resources ?? noResources },
    ...(line.name === undefined ? {} : { accountName: line.name }),
    ...(options.pageOf ? { pageOf: options.pageOf } : {}),
    ...(options.hubAccount === undefined ? {} : { hubAccount: options.hubAccount }),
  };
  const reported = [...report.findings, ...report.records].filter((item) => item.account === account);
  const wanted = reported.map((item) => wantedOf(item, context));
  const observedAt = Math.min(Date.parse(line.takenAt), now);
  const ran = new Set(checks.map(({ id }) => id));
  const reconciliation = reconcile(wanted, found, { ...query, ran, now, observedAt });
  return {
    ...reconciliation,
    import: markHidden(reconciliation),
    query,
    skipped: [...unreadable, ...reported.filter(isOnNumberedKey).map(unidentified)],
    observedAt,
  };
}

/**
 * The account's line in the report.
 *
 * @throws Error when the report does not hold the account, or not all that was found: what is missing would be archived as mended.
 */
function wholeAccountOf({ accounts, findings, summary }: Report, { account, checks }: DeliveryOptions) {
  const line = accounts.find((candidate) => candidate.account === account);
  if (!line) throw new Error(`the report does not hold account ${account}`);
  const failed = Object.values(summary.failed).reduce((sum, count) => sum + count, 0);
  if (failed + summary.unknown + summary.suppressed !== findings.length)
    throw new Error('the report does not hold all the findings that it counts: deliver the report that the scan made');
  if (summary.checks !== checks.length)
    throw new Error(`the report is of ${summary.checks} checks, and ${checks.length} are named`);
  return line;
}

/** The imports, with a mark on what an exception hides, so that it is known to be ours to show again whatever is noted on it. */
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

/** A finding that cannot be told from those on the user's other keys. */
const unidentified = ({ id, resource }: Reported): Refused => ({
  id,
  code: 'unidentified',
  message: `the id of ${resource.name} of ${resource.arn} is not known: add the answer of aws iam list-access-keys to the saved files`,
});

function wantedOf(finding: Reported, context: AsffContext): Prepared {
  const content = toAsff(finding, context);
  const note = exceptionNote(finding);
  // The id as it will be stored, to be found again by.
  return {
    finding: { ...finding, id: content.Id },
    content,
    fingerprint: content.ProductFields?.[FINGERPRINT] ?? '',
    ...(note === undefined ? {} : { note }),
  };
}

/** What a finding costs that is written, in US dollars, and where that stands. */
export const FINDING_PRICE = {
  dollars: 0.00003,
  freeAMonth: 10_000,
  source: 'https://aws.amazon.com/security-hub/cspm/pricing/',
} as const;

/**
 * What the writes cost at most, as an estimate. AWS charges an update as it charges the first import, and each account's first 10,000
 * of a month in a Region are free. Whether it charges a change of workflow or note as well it does not say, so those are counted.
 */
export function costOf({ import: imports, suppress }: Pick<DeliveryPlan, 'import' | 'suppress'>): {
  readonly writes: number;
  readonly dollars: number;
} {
  const writes = imports.length + suppress.length;
  return { writes, dollars: writes * FINDING_PRICE.dollars };
}
