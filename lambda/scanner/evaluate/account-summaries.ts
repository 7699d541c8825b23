import type { Snapshot } from '../facts/snapshot.ts';
import type { Finding } from '../model/finding.ts';
import { toIso } from '../model/instant.ts';
import type { AccountSummaryLine } from '../model/report.ts';

/** One line for each account: how many of its checks failed, and whether it was evaluated completely. */
export function accountSummaries(
  snapshots: readonly Pick<Snapshot, 'accountId' | 'takenAt'>[],
  findings: readonly Finding[],
): readonly AccountSummaryLine[] {
  const failed = new Map<string, number>();
  const incomplete = new Set<string>();
  for (const { account, status } of findings) {
    if (status === 'FAILED') failed.set(account, (failed.get(account) ?? 0) + 1);
    if (status === 'UNKNOWN') incomplete.add(account);
  }
  return snapshots.map(({ accountId, takenAt }) => ({
    account: accountId,
    takenAt: toIso(takenAt),
    complete: !incomplete.has(accountId),
    failed: failed.get(accountId) ?? 0,
  }));
}
