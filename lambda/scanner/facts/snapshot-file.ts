import type { Json } from '../model/json.ts';
import type { Observed } from '../model/observed.ts';
import type { RawFactName } from './index.ts';

/** The version of the snapshot format that this program writes and reads. */
export const SNAPSHOT_SCHEMA_VERSION = 1;

/**
 * The snapshot of one account as it is saved: plain JSON, so that it can be kept, compared and replayed.
 *
 * - `takenAt`: when the collection began, ISO 8601 in UTC.
 * - `calls`: how many requests were sent to AWS; 0 where the files came from elsewhere.
 */
export interface SnapshotFile {
  readonly schemaVersion: typeof SNAPSHOT_SCHEMA_VERSION;
  readonly takenAt: string;
  readonly partition: string;
  readonly accountId: string;
  readonly calls: number;
  readonly facts: Readonly<Record<RawFactName, Observed<Json>>>;
}
