import { setTimeout as wait } from 'node:timers/promises';
import type { Instant } from '../model/instant.ts';
import type { HubQuery, Refused, SecurityHub } from './hub.ts';
import type { Sleep } from './pace.ts';
import { carryOut } from './security-hub.ts';
import { type StoredFinding, readStored } from './stored-findings.ts';

/** What became of the findings of ours that were active. */
export interface Withdrawal {
  readonly archived: number;
  /** What Security Hub did not take, each with its reason. */
  readonly failed: readonly Refused[];
}

/**
 * Archives everything of ours in one account and Region, for who stops to use iam-vigil. What each finding says stays as it is: nobody
 * knows that it was mended. A later delivery opens again what it still finds.
 *
 * @throws UsageError when Security Hub is not enabled or may not be read.
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
    // Security Hub ignores an update that is not later than the one it has.
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
