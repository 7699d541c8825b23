import { z } from 'zod';
import { reasonOf } from '../scanner/collect/failure.ts';
import type { Store, StoredObject } from '../scanner/deliver/store.ts';
import { MEMORY_FOLDER } from '../scanner/permissions.ts';
import type { RememberedAccount } from '../scanner/report/digest/compare-findings.ts';
import { type DigestItem, digestKinds } from '../scanner/report/digest/digest.ts';
import { severities } from '../scanner/model/severity.ts';

/** What waits for the next digest. */
export interface Pending {
  /** What could not be sent. */
  readonly untold: readonly DigestItem[];
  /** What was told of accounts that have no object of their own yet: earlier versions had one object for all. */
  readonly accounts: Readonly<Record<string, RememberedAccount>>;
}

/** An object as it was read. */
export interface ReadObject<T> {
  /** Absent: there is none, or it cannot be read. */
  readonly value?: T;
  /** Whether S3 did not say if there is anything: it says so only to who may list the bucket. */
  readonly isHidden: boolean;
  /** Whether it stays as it is, because S3 did not answer. */
  readonly isKept: boolean;
  readonly problems: readonly string[];
}

/** The store, as it keeps what was told. */
export type ToldStore = Pick<Store, 'find' | 'put' | 'putNew'>;

const PENDING = `${MEMORY_FOLDER}/told.json.gz`;

/** Each account has an object of its own: all of a large organization would not fit into the memory of a function. */
const keyOf = (account: string): string => `${MEMORY_FOLDER}/told/${account}.json.gz`;

const severity = z.enum(severities);
const remembered = z.object({
  checkId: z.string(),
  headline: z.string(),
  severity: severity.exactOptional(),
  isEvent: z.literal(true).exactOptional(),
  isUnseen: z.literal(true).exactOptional(),
  accounts: z.array(z.string()).exactOptional(),
});
const item = z.object({
  ...{ key: z.string(), what: z.enum(digestKinds), account: z.string(), checkId: z.string(), severity, headline: z.string() },
  message: z.string().exactOptional(),
});
const accountSchema: z.ZodType<RememberedAccount> = z.object({
  checks: z.array(z.string()),
  findings: z.record(z.string(), remembered),
});
const pendingSchema: z.ZodType<Pending> = z.object({
  accounts: z.record(z.string(), accountSchema).default({}),
  untold: z.array(item),
});

/** Reads what was told of an account. If it is corrupt, this run is the first one again. If S3 does not answer, the next run compares with it. */
export const readTold = (store: Pick<Store, 'find'>, account: string): Promise<ReadObject<RememberedAccount>> =>
  read(store, keyOf(account), accountSchema);

/** Reads what waits for the next digest. */
export const readPending = (store: Pick<Store, 'find'>): Promise<ReadObject<Pending>> =>
  read(store, PENDING, pendingSchema, 'what could not be sent before cannot be read, so it is not told');

const UNREAD = 'what was told before cannot be read, so only changes are told';

async function read<T>(store: Pick<Store, 'find'>, key: string, schema: z.ZodType<T>, corrupt = UNREAD): Promise<ReadObject<T>> {
  const nothing = { isHidden: false, isKept: false, problems: [] };
  let found: StoredObject;
  try {
    found = await store.find(key);
  } catch (error) {
    return { ...nothing, isKept: true, problems: [`${UNREAD}: ${reasonOf(error)}`] };
  }
  if (found.status === 'absent' || found.status === 'hidden') return { ...nothing, isHidden: found.status === 'hidden' };
  const value = found.status === 'found' ? schema.safeParse(found.value).data : undefined;
  return value === undefined ? { ...nothing, problems: [corrupt] } : { ...nothing, value };
}

/** Stores what was told of an account. Returns what went wrong. */
export const keepTold = (
  store: Pick<Store, 'put' | 'putNew'>,
  account: string,
  was: Pick<ReadObject<unknown>, 'isHidden' | 'isKept'>,
  told: RememberedAccount,
): Promise<readonly string[]> => keep(store, keyOf(account), was, told);

/** Stores what waits for the next digest. Returns what went wrong. */
export const keepPending = (
  store: Pick<Store, 'put' | 'putNew'>,
  was: Pick<ReadObject<unknown>, 'isHidden' | 'isKept'>,
  pending: Pending,
): Promise<readonly string[]> => keep(store, PENDING, was, pending);

async function keep(
  store: Pick<Store, 'put' | 'putNew'>,
  key: string,
  { isHidden, isKept }: Pick<ReadObject<unknown>, 'isHidden' | 'isKept'>,
  value: unknown,
): Promise<readonly string[]> {
  if (isKept) return [];
  try {
    if (!isHidden) await store.put(key, value);
    else if (!(await store.putNew(key, value))) return ['what was told before exists and cannot be read: access was denied'];
    return [];
  } catch (error) {
    return [`what was told could not be stored in the bucket: ${reasonOf(error)}`];
  }
}
