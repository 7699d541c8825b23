import type { OrganizationAccount } from '../facts/organization-parts/listed-accounts.ts';
import type { Snapshot } from '../facts/snapshot.ts';
import type { Finding } from '../model/finding.ts';
import { toIso } from '../model/instant.ts';
import type { AccountSummaryLine, UnreadData } from '../model/report.ts';

/** One line for each account: its name, how many of its checks failed, and whether it was read and evaluated completely. */
export function accountSummaries(
  snapshots: readonly Pick<Snapshot, 'accountId' | 'takenAt'>[],
  findings: readonly Finding[],
  unread: readonly UnreadData[],
  listed: readonly OrganizationAccount[] = [],
): readonly AccountSummaryLine[] {
  const names = new Map(listed.map(({ id, name }) => [id, name]));
  const failed = new Map<string, number>();
  const incomplete = new Set<string>();
  for (const { account, status } of findings) {
    if (status === 'FAILED') failed.set(account, (failed.get(account) ?? 0) + 1);
    if (status === 'UNKNOWN') incomplete.add(account);
  }
  for (const { account, isWanted } of unread) if (isWanted) incomplete.add(account);
  return snapshots.map(({ accountId, takenAt }) => ({
    account: accountId,
    ...nameOf(names.get(accountId)),
    takenAt: toIso(takenAt),
    complete: !incomplete.has(accountId),
    failed: failed.get(accountId) ?? 0,
  }));
}

const nameOf = (name: string | undefined) => (name === undefined ? {} : { name });
