import { type BatchLimit, batchesOf } from './batches.ts';
import { type HubFailure, type Refused, SecurityHubError } from './hub.ts';
import { type Sleep, paced } from './pace.ts';

/** How to send items of one kind. */
export interface Sending<T> {
  readonly limit: BatchLimit<T>;
  readonly idOf: (item: T) => string;
  /** Sends one batch. Returns the rejected items. */
  readonly send: (items: readonly T[]) => Promise<readonly Refused[]>;
  readonly sleep: Sleep;
}

// Ten requests a second. https://docs.aws.amazon.com/securityhub/1.0/APIReference/Welcome.html
const MILLISECONDS_A_WRITE = 100;
// A finding that was just imported may not be found immediately. A concurrent update by another writer ends soon.
const WAITS = [1_000, 3_000];
/** The code of an update of a finding that Security Hub does not find. That is temporary: it takes minutes to process an import. */
export const NOT_FOUND = 'FindingNotFound';
const PASSING = new Set([NOT_FOUND, 'ConcurrentUpdateError', 'InternalFailure', 'InternalError', 'InternalException']);
// Each item that is sent alone takes a tenth of a second. If more are rejected, the cause is not the single finding.
const ALONE_AT_MOST = 300;

/** A rejected item, with the reason. */
interface Returned<T> {
  readonly item: T;
  readonly refused: Refused;
}

/**
 * Sends everything in the largest batches that the limit allows. Items rejected for a temporary reason are retried a little later.
 * Items that are still rejected are sent alone. Returns every item that was not written. If a whole call fails, sending stops, because
 * the next call would fail too. Only a call that Security Hub calls invalid is split into single items.
 */
export async function sendAll<T>(items: readonly T[], sending: Sending<T>): Promise<readonly Refused[]> {
  let returned = await sendBatches(items, sending);
  for (const wait of WAITS) {
    const passing = returned.filter(({ refused }) => PASSING.has(refused.code));
    if (passing.length === 0 || returned.some(isFinal)) break;
    await sending.sleep(wait);
    const again = await sendBatches(
      passing.map(({ item }) => item),
      sending,
    );
    returned = [...returned.filter(({ refused }) => !PASSING.has(refused.code)), ...again];
  }
  return (await sendAlone(returned, sending)).map(({ refused }) => refused);
}

async function sendBatches<T>(items: readonly T[], sending: Sending<T>): Promise<readonly Returned<T>[]> {
  const batches = batchesOf(items, sending.limit);
  const returned: Returned<T>[] = [];
  for (const [index, batch] of batches.entries()) {
    const outcome = await sendBatch(batch, sending);
    returned.push(...outcome);
    const end = outcome.find(isFinal);
    if (end) {
      const rest = batches.slice(index + 1).flat();
      return [...returned, ...rest.map((item) => ({ item, refused: { ...end.refused, id: sending.idOf(item) } }))];
    }
  }
  return returned;
}

async function sendBatch<T>(batch: readonly T[], { send, idOf, sleep }: Sending<T>): Promise<readonly Returned<T>[]> {
  try {
    const refused = new Map((await paced(() => send(batch), MILLISECONDS_A_WRITE, sleep)).map((item) => [item.id, item]));
    return batch.flatMap((item) => {
      const refusal = refused.get(idOf(item));
      return refusal ? [{ item, refused: refusal }] : [];
    });
  } catch (error) {
    if (!(error instanceof SecurityHubError)) throw error;
    return batch.map((item) => ({ item, refused: { id: idOf(item), code: error.failure, message: error.message } }));
  }
}

const FINAL: ReadonlySet<string> = new Set<HubFailure | 'InvalidAccess'>(['not-enabled', 'denied', 'failed', 'InvalidAccess']);

/** Whether all further calls would fail too. */
const isFinal = ({ refused }: Returned<unknown>) => FINAL.has(refused.code);

async function sendAlone<T>(returned: readonly Returned<T>[], sending: Sending<T>): Promise<readonly Returned<T>[]> {
  if (returned.some(isFinal)) return returned;
  const remaining: Returned<T>[] = [];
  for (const { item } of returned.slice(0, ALONE_AT_MOST)) remaining.push(...(await sendBatch([item], sending)));
  return [...remaining, ...returned.slice(ALONE_AT_MOST)];
}
