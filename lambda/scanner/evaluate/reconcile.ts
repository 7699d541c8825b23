import { isOnNumberedKey } from '../model/finding.ts';
import type { Reported } from '../model/informational-record.ts';
import { DAY, type Instant } from '../model/instant.ts';

/** Who notes of ours are signed by; a note of another name is a person's. */
export const NOTE_AUTHOR = 'iam-vigil';

// Security Hub deletes active findings 90 days after the last update.
// https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-data-retention.html
const REFRESH_AFTER = 7 * DAY;

/** A finding of this scan, or a record, which is stored as one that has passed. */
export interface Wanted {
  readonly finding: Reported;
  /** The same as long as there is nothing new to write. */
  readonly fingerprint: string;
  /** The note that goes with an exception: why and until when. */
  readonly note?: string;
}

/** A finding as it is stored, whoever wrote it. */
export interface Stored {
  readonly id: string;
  readonly productArn: string;
  readonly account: string;
  readonly region: string;
  readonly isArchived: boolean;
  /** Whether it says how things are, good or bad, and not that it could not be seen. */
  readonly isJudged: boolean;
  readonly isSuppressed: boolean;
  /** Whether it was an exception that suppressed it, whoever may have written a note since. */
  readonly isHiddenByException?: boolean;
  readonly note?: { readonly text: string; readonly by: string };
  readonly fingerprint?: string;
  readonly updatedAt: Instant;
  /** When what it says was seen. */
  readonly observedAt?: Instant;
}

/** What may be written, and when things were seen. */
export interface Scope {
  readonly account: string;
  readonly region: string;
  readonly productArn: string;
  /** What the ids of our findings of this account begin with. */
  readonly idPrefix: string;
  /** The checks that were run; findings of others are left alone. */
  readonly ran: ReadonlySet<string>;
  readonly now: Instant;
  /** When what is known of the account was collected. */
  readonly observedAt: Instant;
}

/** One finding to write: as this scan has it, or (`fixed`, `kept`) as it is stored. */
export type Import<W = Wanted, S = Stored> = { readonly id: string; readonly updatedAt: Instant } & (
  | { readonly why: 'new'; readonly wanted: W }
  | { readonly why: 'changed' | 'refreshed'; readonly wanted: W; readonly stored: S }
  | { readonly why: 'fixed' | 'kept'; readonly stored: S }
);

/** One finding to hide by the exception that accepts it, or to show again after it has ended. */
export interface Suppression<S = Stored> {
  readonly id: string;
  readonly to: 'SUPPRESSED' | 'NEW';
  /** Absent where nothing accepts the finding any more. */
  readonly note?: string;
  readonly stored?: S;
}

/** What to write so that the stored findings say what this scan says. */
export interface Reconciliation<W = Wanted, S = Stored> {
  readonly import: readonly Import<W, S>[];
  readonly suppress: readonly Suppression<S>[];
  /** Findings of ours that are left as they are. */
  readonly unchanged: number;
}

/**
 * Compares the findings of a scan with the stored ones. What is not ours (of another product, account or Region, or under an id of
 * another scheme) is never written. A finding is archived only if its check ran, and judged everything: one UNKNOWN closes nothing.
 * Nor does a key that is known by its number only: it may be any of the keys that are stored by their ids, so it is not written either.
 * What was seen later than this scan saw is left to whoever saw it.
 */
export function reconcile<W extends Wanted, S extends Stored>(
  wanted: readonly W[],
  stored: readonly S[],
  scope: Scope,
): Reconciliation<W, S> {
  const here = wanted.filter(({ finding }) => finding.id.startsWith(scope.idPrefix));
  const current = firstById(here.filter(({ finding }) => !isOnNumberedKey(finding)));
  const own = latestById(stored.filter((finding) => isOwn(finding, scope)));
  const unjudged = new Set(here.flatMap(({ finding }) => (settlesItsCheck(finding) ? [] : [finding.checkId])));
  const imports = [
    ...[...current.values()].map((item) => importOfWanted(item, own.get(item.finding.id), scope)),
    ...[...own.values()].filter(({ id }) => !current.has(id)).map((item) => importOfStored(item, unjudged, scope)),
  ];
  const suppress = [...current.values()].flatMap((item) => suppressionOf(item, own.get(item.finding.id), scope));
  const writes = imports.filter((item) => item !== undefined);
  return { import: writes, suppress, unchanged: imports.length - writes.length };
}

/** Whether what is stored of the same check, and was not found again, has been mended. */
const settlesItsCheck = (finding: Reported): boolean => finding.status !== 'UNKNOWN' && !isOnNumberedKey(finding);

/** Whether the finding is one that this account's scans write, in this Region. */
const isOwn = (stored: Stored, { account, region, productArn, idPrefix }: Scope): boolean =>
  stored.productArn === productArn && stored.account === account && stored.region === region && stored.id.startsWith(idPrefix);

const checkOf = ({ id }: Stored, { idPrefix }: Scope): string => id.slice(idPrefix.length).split('/', 1)[0] ?? '';

/** The first of each id, in order: findings come with what matters most first. */
function firstById<W extends Wanted>(items: readonly W[]): ReadonlyMap<string, W> {
  const first = new Map<string, W>();
  for (const item of items) if (!first.has(item.finding.id)) first.set(item.finding.id, item);
  return first;
}

const latestById = <S extends Stored>(items: readonly S[]): ReadonlyMap<string, S> =>
  new Map(items.toSorted((a, b) => a.updatedAt - b.updatedAt).map((item) => [item.id, item]));

/** Whether somebody has written what was seen after this scan; a time that lies ahead of ours is that of a wrong clock. */
const isSuperseded = ({ observedAt }: Stored, scope: Scope): boolean =>
  observedAt !== undefined && observedAt > scope.observedAt && observedAt <= scope.now;

// An update that is not strictly newer is ignored without a word.
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
  // What failed and now cannot be seen has not been mended, and what is on record is the last that was seen.
  if (finding.status === 'UNKNOWN' && stored.isJudged && !stored.isArchived) return kept(stored, scope);
  const write = { id: finding.id, updatedAt: updatedAt(scope, stored), wanted, stored };
  if (stored.isArchived || stored.fingerprint !== fingerprint) return { why: 'changed', ...write };
  return isStale(stored, scope) ? { why: 'refreshed', ...write } : undefined;
}

function importOfStored<S extends Stored>(stored: S, unjudged: ReadonlySet<string>, scope: Scope): Import<never, S> | undefined {
  const check = checkOf(stored, scope);
  if (stored.isArchived || !scope.ran.has(check) || isSuperseded(stored, scope)) return undefined;
  if (unjudged.has(check)) return kept(stored, scope);
  return { why: 'fixed', id: stored.id, updatedAt: updatedAt(scope, stored), stored };
}

const kept = <S extends Stored>(stored: S, scope: Scope): Import<never, S> | undefined =>
  isStale(stored, scope) ? { why: 'kept', id: stored.id, updatedAt: updatedAt(scope, stored), stored } : undefined;

/**
 * What a person has suppressed stays suppressed, and what a person has shown again although it is accepted stays shown: the note
 * tells who decided last, and on what. That somebody writes a note on what an exception hides does not make the exception last for ever.
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
