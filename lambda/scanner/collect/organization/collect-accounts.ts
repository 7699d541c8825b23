import pLimit from 'p-limit';
import type { SnapshotFile } from '../../model/snapshot-file.ts';
import { type Failure, failureOf } from '../failure.ts';

/** What the collection of many accounts leans on. */
export interface AccountPorts {
  /** Collects one account; what it throws is why the account could not be scanned. */
  readonly collectOne: (accountId: string) => Promise<SnapshotFile>;
  /** The snapshot that an earlier, interrupted run kept; undefined where there is none. */
  readonly kept: (accountId: string) => Promise<SnapshotFile | undefined>;
  readonly keep: (accountId: string, file: SnapshotFile) => Promise<void>;
  /** Told of each account once it is done, for a display of progress. */
  readonly onAccount?: (done: number, planned: number) => void;
}

/** The accounts that were collected, and why the others were not; together they are all that were planned. */
export interface CollectedAccounts {
  readonly files: readonly SnapshotFile[];
  readonly failures: ReadonlyMap<string, Failure>;
}

/**
 * Collects accounts, some at a time, going on where an earlier run was cut short. One that fails costs the others nothing.
 *
 * @throws Error when an account is neither collected nor failed, which is a fault of ours that must not look like a clean scan.
 */
export async function collectAccounts(
  planned: readonly string[],
  concurrency: number,
  { collectOne, kept, keep, onAccount }: AccountPorts,
): Promise<CollectedAccounts> {
  const limit = pLimit(concurrency);
  const files = new Map<string, SnapshotFile>();
  const failures = new Map<string, Failure>();
  const collectAccount = async (accountId: string) => {
    try {
      const before = await kept(accountId);
      const file = before ?? (await collectOne(accountId));
      files.set(accountId, file);
      if (before === undefined) await keep(accountId, file);
    } catch (error) {
      if (files.has(accountId)) {
        // What cannot be kept would be asked for in vain.
        limit.clearQueue();
        throw error;
      }
      failures.set(accountId, failureOf(error, 'the scan'));
    }
    onAccount?.(files.size + failures.size, planned.length);
  };
  await Promise.all(planned.map((accountId) => limit(() => collectAccount(accountId))));
  const missing = planned.filter((accountId) => !files.has(accountId) && !failures.has(accountId));
  if (missing.length > 0) throw new Error(`accounts ${missing.join(', ')} are neither scanned nor failed`);
  return { files: planned.flatMap((accountId) => files.get(accountId) ?? []), failures };
}
