import { type Instant, toIso } from '../model/instant.ts';
import type { Json } from '../model/json.ts';

/** Where the snapshots and the reports of all nights are kept. */
export interface Store {
  /** Keeps a JSON value. What is there under the same key is replaced, and stays as an older version. */
  readonly put: (key: string, value: unknown) => Promise<void>;
  /** Keeps values unpacked, as JSON, one a line: what Step Functions reads items from. */
  readonly putLines: (key: string, values: readonly unknown[]) => Promise<void>;
  /** The value that is kept under the key. */
  readonly get: (key: string) => Promise<Json>;
  /** The keys that begin so, sorted. */
  readonly list: (prefix: string) => Promise<readonly string[]>;
}

/** One scan of one account, as the store names it. */
export interface Run {
  readonly account: string;
  readonly startedAt: Instant;
  /** Tells apart what began in the same second; no `/` in it. */
  readonly id: string;
}

/** What a run leaves behind. */
export type Kept = 'snapshot' | 'report';

/**
 * The key of what a run keeps, such as `snapshots/111122223333/2026-11-20/030012Z-<id>.json.gz`: by kind, account and day, in the
 * order of time, so that a night or the one before it is found by listing a folder. `scan --snapshot` reads such a file as it is.
 */
export const keyOf = (kept: Kept, run: Run): string => `${kept}s/${run.account}/${whenOf(run)}.json.gz`;

/** When a run began and which it is: its place among the runs, in the order of time. */
export function whenOf({ startedAt, id }: Omit<Run, 'account'>): string {
  const [day = '', time = ''] = toIso(startedAt)
    .replace(/\.\d+Z$/, 'Z')
    .split('T');
  return `${day}/${time.replaceAll(':', '')}-${id}`;
}
