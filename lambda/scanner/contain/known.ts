import type { Account } from '../iam/account.ts';
import type { Instant } from '../model/instant.ts';
import type { HolderReach } from './holder-reach.ts';

/** What is known of the holder of a stolen credential. */
export interface KnownHolder {
  readonly accounts: ReadonlyMap<string, Account>;
  readonly reach: HolderReach;
  readonly accessKeyId?: string;
  readonly since: Instant;
  readonly now: Instant;
}
