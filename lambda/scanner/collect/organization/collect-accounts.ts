import pLimit from 'p-limit';
import { type Failure, failureOf } from '../failure.ts';

/** What the collection of many accounts leans on; what an earlier run kept may hold less than what is collected. */
export interface AccountPorts<Collected, Kept> {
  /** Collects one account; what it throws is why the account could not be scanned. */
  readonly collectOne: (accountId: string) => Promise<Collected>;
  /** What an earlier, interrupted run kept; undefined where there is none. */
  readonly kept: (accountId: string) => Promise<Kept | undefined>;
  readonly keep: (accountId: string, account: Collected) => Promise<void>;
  /** Told of each account once it is done, for a display of progress. */
  readonly onAccount?: (done: number, planned: number) => void;
}

/** The accounts that were collected, and why the others were not; together they are all that were planned. */
export interface CollectedAccounts<Account> {
  /** In the order planned. */
  readonly accounts: readonly Account[];
  readonly failures: ReadonlyMap<string, Failure>;
}

/**
 * Collects accounts, some at a time, going on where an earlier run was cut short. One that fails costs the others nothing.
 *
 * @throws Error when an account is neither collected nor failed, which is a fault of ours that must not look like a clean scan.
 */
export async function collectAccounts<Collected, Kept = Collected>(
  planned: readonly string[],
  concurrency: number,
  { collectOne, kept, keep, onAccount }: AccountPorts<Collected, Kept>,
): Promise<CollectedAccounts<Collected | Kept>> {
  const limit = pLimit(concurrency);
  const accounts = new Map<string, Collected | Kept>();
  const failures = new Map<string, Failure>();
  const collectAccount = async (accountId: string) => {
    try {
      const before = await kept(accountId);
      if (before !== undefined) accounts.set(accountId, before);
      else {
        const account = await collectOne(accountId);
        accounts.set(accountId, account);
        await keep(accountId, account);
      }
    } catch (error) {
      if (accounts.has(accountId)) {
        // What cannot be kept would be asked for in vain.
        limit.clearQueue();
        throw error;
      }
      failures.set(accountId, failureOf(error, 'the scan'));
    }
    onAccount?.(accounts.size + failures.size, planned.length);
  };
  await Promise.all(planned.map((accountId) => limit(() => collectAccount(accountId))));
  const missing = planned.filter((accountId) => !accounts.has(accountId) && !failures.has(accountId));
  if (missing.length > 0) throw new Error(`accounts ${missing.join(', ')} are neither scanned nor failed`);
  return { accounts: planned.flatMap((accountId) => accounts.get(accountId) ?? []), failures };
}
