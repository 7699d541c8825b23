import pLimit from 'p-limit';
import { UsageError } from '../../errors.ts';
import { type Failure, failureOf } from '../failure.ts';

/** What the collection of many accounts depends on. A stored account may contain less than a collected one. */
export interface AccountPorts<Collected, Kept> {
  /** Collects one account. If it throws, the error is why the account could not be scanned. */
  readonly collectOne: (accountId: string) => Promise<Collected>;
  /** The account as an earlier, interrupted scan stored it. Undefined if it did not. */
  readonly kept: (accountId: string) => Promise<Kept | undefined>;
  readonly keep: (accountId: string, account: Collected) => Promise<void>;
  /** Called when an account is done, to show the progress. */
  readonly onAccount?: (done: number, planned: number) => void;
}

/** The accounts that were collected, and why the others were not. Together these are all planned accounts. */
export interface CollectedAccounts<Account> {
  /** In the planned order. */
  readonly accounts: readonly Account[];
  readonly failures: ReadonlyMap<string, Failure>;
}

/**
 * Collects accounts, some in parallel. Resumes an interrupted scan. A failed account does not affect the others.
 *
 * @throws Error when an account is neither collected nor failed. That is a bug, and must not look like a complete scan.
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
      if (accounts.has(accountId) || error instanceof UsageError) {
        // If an account cannot be stored, or the user must change something, collecting more accounts is useless.
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
