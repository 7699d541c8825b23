import { type Instant, toIso } from '../model/instant.ts';

/** One scan of one account, as the store names it. */
export interface Run {
  readonly account: string;
  readonly startedAt: Instant;
  /** Tells apart what began in the same second; no `/` in it. */
  readonly id: string;
}

/** What a run leaves behind. */
export type Kept = 'snapshot' | 'report';

/** Where the snapshots and the reports of all nights are kept. */
export interface Store {
  /** Keeps a JSON value. What another run has kept is left alone; the same run that is run again writes a new version of its own. */
  readonly put: (kept: Kept, run: Run, value: unknown) => Promise<void>;
}

/**
 * The key of what a run keeps, such as `snapshots/111122223333/2026-11-20/030012Z-<id>.json.gz`: by kind, account and day, in the
 * order of time, so that a night or the one before it is found by listing a folder. `scan --snapshot` reads such a file as it is.
 */
export function keyOf(kept: Kept, { account, startedAt, id }: Run): string {
  const [day = '', time = ''] = toIso(startedAt)
    .replace(/\.\d+Z$/, 'Z')
    .split('T');
  return `${kept}s/${account}/${day}/${time.replaceAll(':', '')}-${id}.json.gz`;
}
