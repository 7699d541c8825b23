import { z } from 'zod';
import type { ScanResult } from './finish-scan.ts';
import { reasonOf } from '../scanner/collect/failure.ts';
import type { Store, StoredObject } from '../scanner/deliver/store.ts';
import { carryOver } from '../scanner/facts/carry-over.ts';
import { type Snapshot, parseSnapshot } from '../scanner/facts/snapshot.ts';
import type { SnapshotFile } from '../scanner/facts/snapshot-file.ts';
import type { Json } from '../scanner/model/json.ts';
import type { SavedReach } from '../scanner/organization/saved-reach.ts';
import { MEMORY_FOLDER } from '../scanner/permissions.ts';

/** What the store remembers of the earlier nights of an account: the last collected value of each fact. */
export interface LastNight {
  readonly snapshot?: Snapshot;
  readonly file?: RememberedFile;
  /** In an organization: its access to other accounts, as far as it was known then. */
  readonly reach?: SavedReach;
  /** Why nothing is compared tonight although there was an earlier night. */
  readonly problems: readonly string[];
  /** Whether it stays as it is, because nothing can be compared with it tonight. The next night compares with it. */
  readonly isKept: boolean;
  /** Whether S3 did not say if there was an earlier night: it says so only to who may list the bucket. */
  readonly isHidden: boolean;
  /** Whether it is of the night before a run that remembered the account and never came to its end. */
  readonly isBeforeUntold: boolean;
  /** In an organization: when the run started that was the last to read the account, whether it came to its end or not, in ISO 8601. */
  readonly readAt?: string;
}

/** What is remembered of an account; in an organization with its access to other accounts. */
export interface RememberedFile extends SnapshotFile {
  readonly reach?: SavedReach;
  /** In an organization: when the run started that remembered it, in ISO 8601. */
  readonly runStartedAt?: string;
  /** In an organization: when the run started that read it, in ISO 8601. Absent: the same run. */
  readonly readAt?: string;
}

/** The store, as remembering takes it. */
export type Memory = Pick<Store, 'find' | 'put' | 'putNew'>;

/** The key of what is remembered of an account. It is found without a list, however many nights there were. */
export const lastNightKey = (account: string): string => `${MEMORY_FOLDER}/${account}.json.gz`;

/** The key of what was remembered of an account before the run that remembered it last. */
const beforeKey = (account: string): string => `${MEMORY_FOLDER}/before/${account}.json.gz`;

const nothing: LastNight = { problems: [], isKept: false, isHidden: false, isBeforeUntold: false };
const UNREAD = 'the snapshot of the earlier nights cannot be read, so nothing was compared';

/**
 * Reads what is remembered. Without it, or if it cannot be read, the night goes on, and nothing is compared. What S3 did not answer is
 * kept, and what is corrupt is remembered anew.
 */
export const readLastNight = (store: Memory, account: string): Promise<LastNight> =>
  readNight(store, account, lastNightKey(account));

/**
 * Reads what is remembered of an account in an organization, whose runs tell what changed only at their end. What a run remembered that
 * started after the last one that told, such as this run at its first try, is not an earlier night: its changes were not told yet. What was
 * remembered before it is.
 */
export async function readLastToldNight(store: Memory, account: string, lastTold: string | undefined): Promise<LastNight> {
  const last = await readLastNight(store, account);
  const { runStartedAt: startedAt, readAt = startedAt } = last.file ?? {};
  if (startedAt === undefined || readAt === undefined) return last;
  if (lastTold === undefined || Date.parse(startedAt) <= Date.parse(lastTold)) return { ...last, readAt };
  return { ...(await readNight(store, account, beforeKey(account))), isHidden: false, isBeforeUntold: true, readAt };
}

async function readNight(store: Memory, account: string, key: string): Promise<LastNight> {
  let found: StoredObject;
  try {
    found = await store.find(key);
  } catch (error) {
    return { ...nothing, isKept: true, problems: [`${UNREAD}: ${reasonOf(error)}`] };
  }
  if (found.status === 'corrupt') return { ...nothing, problems: [`${UNREAD}: ${reasonOf(found.error)}`] };
  if (found.status !== 'found') return { ...nothing, isHidden: found.status === 'hidden' };
  return parseLastNight(found.value, account);
}

function parseLastNight(value: Json, account: string): LastNight {
  try {
    const snapshot = parseSnapshot(value);
    if (snapshot.accountId !== account) throw new Error(`it is of account ${snapshot.accountId}`);
    // The envelope was just checked, and every fact is checked where it is read.
    const file = value as unknown as RememberedFile;
    return { ...nothing, snapshot, file, ...(file.reach === undefined ? {} : { reach: file.reach }) };
  } catch (error) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error).slice(0, 200) : reasonOf(error);
    return { ...nothing, problems: [`${UNREAD}: ${reason}`] };
  }
}

/**
 * Remembers tonight if everything was compared and delivered. Otherwise the next night compares with the same earlier one, so that no
 * change is lost. Returns what went wrong.
 */
export async function rememberIfDelivered(
  store: Memory,
  last: LastNight,
  tonight: RememberedFile,
  { problems }: Pick<ScanResult, 'problems'>,
): Promise<readonly string[]> {
  return last.isKept || problems.length > last.problems.length ? [] : keepLastNight(store, last, tonight);
}

/** Returns what went wrong. */
async function keepLastNight(store: Memory, last: LastNight, tonight: RememberedFile): Promise<readonly string[]> {
  const key = lastNightKey(tonight.accountId);
  try {
    const value = carryOver(last.file, tonight);
    // Only runs of an organization tell later than they remember.
    const isToldLater = tonight.runStartedAt !== undefined && !last.isBeforeUntold;
    if (isToldLater && last.file) await store.put(beforeKey(tonight.accountId), last.file);
    if (!last.isHidden) await store.put(key, value);
    else if (!(await store.putNew(key, value)))
      return ['the snapshot of the earlier nights exists and cannot be read, so nothing was compared: access was denied'];
    return [];
  } catch (error) {
    return [`the snapshot for the next night could not be stored in the bucket: ${reasonOf(error)}`];
  }
}
