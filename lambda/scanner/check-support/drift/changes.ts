import { type CheckContext, type Judgement, type Subject, fail, pass, unknown } from '../../check.ts';
import { accountSubject } from '../../model/account-subject.ts';
import type { Change, ChangeKind, ChangePart, Drift, Incomparable } from '../../model/change.ts';
import { DAY, type Instant, toIso } from '../../model/instant.ts';
import { isAtLeast } from '../../model/severity.ts';
import { lookUpEvents } from '../remediation/cloudtrail.ts';

/** A change to judge, something that could not be compared, or the account in which neither is. */
export type ChangeSubject = Subject & {
  readonly since: Instant;
  readonly change?: Change;
  readonly incomparable?: Incomparable;
};

/** What a check reports of all that changed. */
export interface ChangesInScope {
  readonly kinds: readonly ChangeKind[];
  /** What must be comparable, so that there is nothing to report for certain. */
  readonly parts: readonly ChangePart[];
  /** Default: every change of these kinds. */
  readonly isInScope?: (change: Change) => boolean;
}

/** The parameters of a check of changes. */
export const changeParams = { openDays: 7 };

/**
 * The changes that a check reports. Changes that are only listed in the report are left out. Without an earlier snapshot there is nothing
 * to compare.
 */
export function changeSubjects(
  drift: Drift | undefined,
  context: Pick<CheckContext, 'accountId'>,
  { kinds, parts, isInScope = () => true }: ChangesInScope,
): readonly ChangeSubject[] {
  if (drift === undefined) return [];
  const { since } = drift;
  const changes = drift.changes
    .filter((change) => kinds.includes(change.kind) && isAtLeast(change.severity, 'LOW') && isInScope(change))
    .map((change): ChangeSubject => ({
      ...{ resource: change.resource, since, change },
      ...(change.principalArn === undefined ? {} : { principalArn: change.principalArn }),
    }));
  const account = accountSubject(context).resource;
  const gaps = onePerResource(drift.incomparable.filter(({ part }) => parts.includes(part))).map(
    (incomparable): ChangeSubject => ({ resource: incomparable.resource ?? account, since, incomparable }),
  );
  return changes.length + gaps.length === 0 ? [{ resource: account, since }] : [...changes, ...gaps];
}

function onePerResource(incomparable: readonly Incomparable[]): readonly Incomparable[] {
  const byResource = new Map<string, Incomparable>();
  for (const gap of incomparable) {
    const id = gap.resource?.id ?? '';
    const known = byResource.get(id);
    byResource.set(id, known === undefined ? gap : { ...known, reason: joined(known.reason, gap.reason) });
  }
  return [...byResource.values()];
}

const joined = (reason: string, other: string): string => (reason.includes(other) ? reason : `${reason}; ${other}`);

/** A change fails, and the finding stays open for some days, because no later scan sees the change. */
export function judgeChange(
  { change, incomparable, since }: ChangeSubject,
  _facts: unknown,
  { now, params: { openDays } }: { readonly now: Instant; readonly params: { readonly openDays: number } },
): Judgement {
  if (incomparable !== undefined) return unknown(`cannot be compared with the earlier snapshot: ${incomparable.reason}`);
  if (change === undefined) return pass;
  return fail(change.headline, {
    ...(change.message === '' ? {} : { message: change.message }),
    evidence: { change: change.kind, since: toIso(since), ...change.evidence },
    severity: change.severity,
    openUntil: openUntil(now, openDays),
  });
}

/** Until when a finding about a change stays open: to the end of a day, so that two scans of the same day write the same. */
export const openUntil = (now: Instant, openDays: number): Instant => Math.ceil((now + openDays * DAY) / DAY) * DAY;

/** How to find out who made the change: the events of these names since the earlier snapshot. */
export const findWho = (
  { since }: Pick<ChangeSubject, 'since'>,
  { partition }: Pick<CheckContext, 'partition'>,
  event: string,
): string => `Find out who did it: ${lookUpEvents({ partition, attribute: 'EventName', value: event, since })}.`;
