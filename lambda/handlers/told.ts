import { z } from 'zod';
import { reasonOf } from '../scanner/collect/failure.ts';
import type { Store, StoredObject } from '../scanner/deliver/store.ts';
import { MEMORY_FOLDER } from '../scanner/permissions.ts';
import type { RememberedAccount } from '../scanner/report/digest/compare-findings.ts';
import { type DigestItem, digestKinds } from '../scanner/report/digest/digest.ts';
import { severities } from '../scanner/model/severity.ts';

/** What the digests told so far. */
export interface Told {
  readonly accounts: Readonly<Record<string, RememberedAccount>>;
  /** What could not be sent, so that it is told the next time. */
  readonly untold: readonly DigestItem[];
}

/** What was told, as it was read. */
export interface ReadTold extends Told {
  /** Whether S3 did not say if there is anything: it says so only to who may list the bucket. */
  readonly isHidden: boolean;
  /** Whether it stays as it is, because S3 did not answer. */
  readonly isKept: boolean;
  readonly problems: readonly string[];
}

const KEY = `${MEMORY_FOLDER}/told.json.gz`;

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
const schema: z.ZodType<Told> = z.object({
  accounts: z.record(z.string(), z.object({ checks: z.array(z.string()), findings: z.record(z.string(), remembered) })),
  untold: z.array(item),
});

const nothing: ReadTold = { accounts: {}, untold: [], isHidden: false, isKept: false, problems: [] };
const UNREAD = 'what was told before cannot be read, so only changes are told';

/** Reads what was told. If it is corrupt, this run is the first one again. If S3 does not answer, the next run compares with it. */
export async function readTold(store: Pick<Store, 'find'>): Promise<ReadTold> {
  let found: StoredObject;
  try {
    found = await store.find(KEY);
  } catch (error) {
    return { ...nothing, isKept: true, problems: [`${UNREAD}: ${reasonOf(error)}`] };
  }
  if (found.status === 'absent' || found.status === 'hidden') return { ...nothing, isHidden: found.status === 'hidden' };
  const parsed = found.status === 'found' ? schema.safeParse(found.value).data : undefined;
  if (parsed !== undefined) return { ...nothing, ...parsed };
  return { ...nothing, problems: [UNREAD] };
}

/** Stores what was told. Returns what went wrong. */
export async function keepTold(
  store: Pick<Store, 'put' | 'putNew'>,
  { isHidden, isKept }: Pick<ReadTold, 'isHidden' | 'isKept'>,
  told: Told,
): Promise<readonly string[]> {
  if (isKept) return [];
  try {
    if (!isHidden) await store.put(KEY, told);
    else if (!(await store.putNew(KEY, told))) return ['what was told before exists and cannot be read: access was denied'];
    return [];
  } catch (error) {
    return [`what was told could not be stored in the bucket: ${reasonOf(error)}`];
  }
}
