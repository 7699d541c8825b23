import { type Instant, toIso } from '../model/instant.ts';
import type { Json } from '../model/json.ts';

/** The store of the snapshots and reports of all scans. */
export interface Store {
  /** Stores a JSON value. An existing value is replaced, and stays as an older version. */
  readonly put: (key: string, value: unknown) => Promise<void>;
  /** Stores values as JSON lines without compression, for the item reader of Step Functions. */
  readonly putLines: (key: string, values: readonly unknown[]) => Promise<void>;
  /** Stores a page for a browser, in pieces. */
  readonly putPage: (key: string, pieces: Iterable<string>) => Promise<void>;
  /** The value under the key. */
  readonly get: (key: string) => Promise<Json>;
  /** What is under the key, if anything. It rejects if S3 does not answer. */
  readonly find: (key: string) => Promise<StoredObject>;
  /** Stores a JSON value unless the key exists. Returns whether it was stored. */
  readonly putNew: (key: string, value: unknown) => Promise<boolean>;
  /** The keys with this prefix, sorted. */
  readonly list: (prefix: string) => Promise<readonly string[]>;
}

/**
 * What is under a key. `corrupt`: it is not JSON in gzip. `hidden`: S3 does not say whether there is anything, because the bucket may not
 * be listed.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html
 */
export type StoredObject =
  | { readonly status: 'found'; readonly value: Json }
  | { readonly status: 'corrupt'; readonly error: unknown }
  | { readonly status: 'absent' }
  | { readonly status: 'hidden' };

/** One scan of one account, as it is named in the store. */
export interface Run {
  readonly account: string;
  readonly startedAt: Instant;
  /** Distinguishes runs of the same second. It contains no `/`. */
  readonly id: string;
}

/** What a run stores. */
export type StoredKind = 'snapshot' | 'report';

/**
 * The key of a stored value, such as `snapshots/111122223333/2026-11-20/030012Z-<id>.json.gz`: by kind, account and day, in
 * chronological order, so that listing a folder finds a scan or the one before it. `scan --snapshot` reads such a file directly.
 */
export const storageKey = (kept: StoredKind, run: Run): string => `${kept}s/${run.account}/${runFolder(run)}.json.gz`;

/**
 * The key of the report as a page: the same every night, so that its address does not change. What is stored of earlier nights is the
 * snapshot, of which `scan --snapshot` makes the page again.
 */
export const pageKey = (account: string): string => `reports/${account}/latest.html`;

/** The key of the page of a whole organization, with the most important of all accounts. */
export const organizationPageKey = 'reports/organization/latest.html';

/** The start time and ID of a run, in a form that sorts chronologically. */
export function runFolder({ startedAt, id }: Omit<Run, 'account'>): string {
  const [day = '', time = ''] = toIso(startedAt)
    .replace(/\.\d+Z$/, 'Z')
    .split('T');
  return `${day}/${time.replaceAll(':', '')}-${id}`;
}
