import { isOnNumberedKey } from '../model/finding.ts';
import type { Reported } from '../model/informational-record.ts';
import { DAY, type Instant } from '../model/instant.ts';
import { type Proof, isUnproven, unsettledChecks } from './proof.ts';

/** The author of our notes. A note by another author is from a person. */
export const NOTE_AUTHOR = 'iam-vigil';

// Security Hub deletes active findings 90 days after the last update.
// https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-data-retention.html
const REFRESH_AFTER = 7 * DAY;

/** A finding of this scan, or a record, which is stored as a passed finding. */
export interface Wanted {
  readonly finding: Reported;
  /** Changes if, and only if, there is something new to write. */
  readonly fingerprint: string;
  /** The note for an exception: why and until when. */
  readonly note?: string;
}

/** A finding that is UNKNOWN for a reason that another finding reports, so that it is not stored itself. */
export const isReportedByCause = ({ status, causes }: Reported): boolean => status === 'UNKNOWN' && causes !== undefined;

/** A stored finding, ours or not. */
export interface Stored {
  readonly id: string;
  readonly productArn: string;
  readonly account: string;
  readonly region: string;
  readonly isArchived: boolean;
  /** Whether it has a result, passed or failed, and is not UNKNOWN. */
  readonly isJudged: boolean;
  readonly isSuppressed: boolean;
  /** Whether an exception suppressed it, even if a person has written a note since. */
  readonly isHiddenByException?: boolean;
  readonly note?: { readonly text: string; readonly by: string };
  readonly fingerprint?: string;
  /** The accounts that its evidence names. */
  readonly accounts?: readonly string[];
  /** Until when it stays open although scans no longer see it: it is about a change. */
  readonly openUntil?: Instant;
  readonly updatedAt: Instant;
  /** When its data was collected. */
  readonly observedAt?: Instant;
}

/** What may be written, and when the data was collected. */
export interface Scope extends Proof {
  readonly account: string;
  readonly region: string;
  readonly productArn: string;
  /** The prefix of the IDs of our findings of this account. */
  readonly idPrefix: string;
  readonly now: Instant;
  /** When the data of the account was collected. */
  readonly observedAt: Instant;
}

/**
 * One finding to write: with the content of this scan, or (`fixed`, `kept`, `withdrawn`) with the stored content. `withdrawn` is an UNKNOWN
 * finding whose cause another finding reports.
 */
export type Import<W = Wanted, S = Stored> = { readonly id: string; readonly updatedAt: Instant } & (
  | { readonly why: 'new'; readonly wanted: W }
  | { readonly why: 'changed' | 'refreshed'; readonly wanted: W; readonly stored: S }
  | { readonly why: 'fixed' | 'kept' | 'withdrawn'; readonly stored: S }
);

/** One finding to suppress because of an exception, or to reopen because the exception has ended. */
export interface Suppression<S = Stored> {
  readonly id: string;
  readonly to: 'SUPPRESSED' | 'NEW';
  /** Absent if no exception accepts the finding any more. */
  readonly note?: string;
  readonly stored?: S;
}

/** What to write so that the stored findings match this scan. */
export interface Reconciliation<W = Wanted, S = Stored> {
  readonly import: readonly Import<W, S>[];
  readonly suppress: readonly Suppression<S>[];
  /** How many of our findings are not written. */
  readonly unchanged: number;
}

/**
 * Compares the findings of a scan with the stored ones.
 *
 * - Findings that are not ours (another product, account, Region or ID scheme) are never written.
 * - A finding is archived only if its check ran, read everything that it depends on, and evaluated everything. A single UNKNOWN prevents it.
 * - So does a finding on an access key that is known by number only: it may be any of the keys that are stored by ID. Such a finding
 *   is not written either.
 * - A finding that is UNKNOWN for a reason that another finding reports is not written. It prevents archiving like every UNKNOWN. Stored
 *   UNKNOWN findings of its check are withdrawn, because one finding now reports their cause.
 * - A finding about a change stays open until its time is over, because later scans do not see the change.
 * - A finding on access to other accounts is not archived while an account that it names was not scanned.
 * - A stored finding with data newer than this scan is left alone.
 */
export function reconcile<W extends Wanted, S extends Stored>(
  wanted: readonly W[],
  stored: readonly S[],
  scope: Scope,
): Reconciliation<W, S> {
  const here = wanted.filter(({ finding }) => finding.id.startsWith(scope.idPrefix));
  const current = firstById(here.filter((item) => !isOnNumberedKey(item.finding) && !isReportedByCause(item.finding)));
  const own = latestById(stored.filter((finding) => isOwn(finding, scope)));
  const unsettled = unsettledChecks(here.map(({ finding }) => finding));
  const explained = new Set(here.flatMap(({ finding }) => (isReportedByCause(finding) ? [finding.checkId] : [])));
  const imports = [
    ...[...current.values()].map((item) => importOfWanted(item, own.get(item.finding.id), scope)),
    ...[...own.values()]
      .filter(({ id }) => !current.has(id))
      .map((item) => importOfStored(item, { unsettled, explained }, scope)),
  ];
  const suppress = [...current.values()].flatMap((item) => suppressionOf(item, own.get(item.finding.id), scope));
  const writes = imports.filter((item) => item !== undefined);
  return { import: writes, suppress, unchanged: imports.length - writes.length };
}

/** Whether scans of this account write this finding, in this Region. */
const isOwn = (stored: Stored, { account, region, productArn, idPrefix }: Scope): boolean =>
  stored.productArn === productArn && stored.account === account && stored.region === region && stored.id.startsWith(idPrefix);

const checkOf = ({ id }: Stored, { idPrefix }: Scope): string => id.slice(idPrefix.length).split('/', 1)[0] ?? '';

/** The first finding for each ID. Findings are sorted, most important first. */
function firstById<W extends Wanted>(items: readonly W[]): ReadonlyMap<string, W> {
  const first = new Map<string, W>();
  for (const item of items) if (!first.has(item.finding.id)) first.set(item.finding.id, item);
  return first;
}

const latestById = <S extends Stored>(items: readonly S[]): ReadonlyMap<string, S> =>
  new Map(items.toSorted((a, b) => a.updatedAt - b.updatedAt).map((item) => [item.id, item]));

/** Whether the stored finding has newer data than this scan. A time in the future comes from a wrong clock and does not count. */
const isSuperseded = ({ observedAt }: Stored, scope: Scope): boolean =>
  observedAt !== undefined && observedAt > scope.observedAt && observedAt <= scope.now;

// Security Hub silently ignores an update that is not strictly newer.
// https://docs.aws.amazon.com/securityhub/latest/userguide/finding-update-batchimportfindings.html
const updatedAt = ({ now }: Scope, stored: Stored): Instant => Math.max(now, stored.updatedAt + 1);

const isStale = ({ updatedAt }: Stored, { now }: Scope): boolean => now - updatedAt >= REFRESH_AFTER;

function importOfWanted<W extends Wanted, S extends Stored>(
  wanted: W,
  stored: S | undefined,
  scope: Scope,
): Import<W, S> | undefined {
  const { finding, fingerprint } = wanted;
  if (!stored) return { why: 'new', id: finding.id, updatedAt: scope.now, wanted };
  if (isSuperseded(stored, scope)) return undefined;
  // A failure that can no longer be evaluated is not fixed. The stored finding has the latest known result, so it is kept.
  if (finding.status === 'UNKNOWN' && stored.isJudged && !stored.isArchived) return kept(stored, scope);
  const write = { id: finding.id, updatedAt: updatedAt(scope, stored), wanted, stored };
  if (stored.isArchived || stored.fingerprint !== fingerprint) return { why: 'changed', ...write };
  return isStale(stored, scope) ? { why: 'refreshed', ...write } : undefined;
}

/** The checks that could not evaluate everything. */
interface UnknownChecks {
  readonly unsettled: ReadonlySet<string>;
  /** Those for a reason that another finding reports. */
  readonly explained: ReadonlySet<string>;
}

function importOfStored<S extends Stored>(
  stored: S,
  { unsettled, explained }: UnknownChecks,
  scope: Scope,
): Import<never, S> | undefined {
  const check = checkOf(stored, scope);
  if (stored.isArchived || !scope.ran.has(check) || isSuperseded(stored, scope)) return undefined;
  if (explained.has(check) && !stored.isJudged)
    return { why: 'withdrawn', id: stored.id, updatedAt: updatedAt(scope, stored), stored };
  if (unsettled.has(check) || isUnproven(stored, check, scope) || isStillOpen(stored, scope)) return kept(stored, scope);
  return { why: 'fixed', id: stored.id, updatedAt: updatedAt(scope, stored), stored };
}

const isStillOpen = ({ openUntil = -Infinity }: Stored, { now }: Scope): boolean => openUntil > now;

const kept = <S extends Stored>(stored: S, scope: Scope): Import<never, S> | undefined =>
  isStale(stored, scope) ? { why: 'kept', id: stored.id, updatedAt: updatedAt(scope, stored), stored } : undefined;

/**
 * A decision of a person stays: a finding that a person suppressed stays suppressed, and one that a person reopened despite an
 * exception stays open. The note tells who decided last, and about what. A note by a person on a finding that an exception suppresses
 * does not extend the exception.
 */
function suppressionOf<S extends Stored>(
  { finding, note }: Wanted,
  stored: S | undefined,
  scope: Scope,
): readonly Suppression<S>[] {
  if (stored && isSuperseded(stored, scope)) return [];
  const { id, status } = finding;
  const isNoteOurs = stored?.note?.by === NOTE_AUTHOR;
  if (status === 'SUPPRESSED' && note !== undefined) {
    const isNoted = isNoteOurs && stored.note.text.startsWith(note);
    const isPersons = stored?.isSuppressed === true && !isNoteOurs;
    return isNoted || isPersons ? [] : [{ id, to: 'SUPPRESSED', note, ...(stored ? { stored } : {}) }];
  }
  const isHidden = stored?.isSuppressed === true && (isNoteOurs || stored.isHiddenByException === true);
  return status === 'FAILED' && isHidden ? [{ id, to: 'NEW', stored }] : [];
}
