import { setTimeout as wait } from 'node:timers/promises';
import type { Instant } from '../model/instant.ts';
import type { HubQuery, Refused, SecurityHub } from './hub.ts';
import type { Sleep } from './pace.ts';
import { carryOut } from './security-hub.ts';
import { type StoredFinding, readStored } from './stored-findings.ts';

/** The outcome for our active findings. */
export interface Withdrawal {
  readonly archived: number;
  /** Findings that Security Hub rejected, each with its reason. */
  readonly failed: readonly Refused[];
}

/**
 * Archives all our findings in one account and Region, before iam-vigil is removed. Their content does not change: they may not be
 * fixed. A later delivery reopens what a scan still reports.
 *
 * @throws UsageError when Security Hub is not enabled or access is denied.
 */
export async function withdraw(
  hub: SecurityHub,
  query: HubQuery,
  { now, sleep = wait }: { readonly now: Instant; readonly sleep?: Sleep },
): Promise<Withdrawal> {
  const { found, unreadable } = await readStored(hub, query, sleep);
  const active = found.filter(({ isArchived }) => !isArchived);
  const writes = active.map((stored) => ({
    why: 'kept' as const,
    id: stored.id,
    // Security Hub ignores an update that is not later than the stored one.
    updatedAt: Math.max(now, stored.updatedAt + 1),
    stored: archived(stored),
  }));
  const plan = { import: writes, suppress: [], unchanged: 0, query, skipped: unreadable, observedAt: now };
  const { refreshed, failed } = await carryOut(hub, plan, { sleep });
  return { archived: refreshed, failed };
}

const archived = (stored: StoredFinding): StoredFinding => ({
  ...stored,
  document: { ...stored.document, RecordState: 'ARCHIVED' },
});
