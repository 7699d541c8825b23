import { z } from 'zod';
import { DAY, type Instant, instantSchema } from '../model/instant.ts';
import { type HubQuery, type SecurityHub, SecurityHubError } from './hub.ts';
import type { Sleep } from './pace.ts';
import { findingsOf } from './pages.ts';

// Security Hub may show an import only after some time, and says "several minutes" of an update.
// https://docs.aws.amazon.com/securityhub/latest/userguide/finding-update-batchupdatefindings.html
const WAITS = [3_000, 10_000];

/** A finding that was written, and the time of the update that must be found. */
export interface Written {
  readonly id: string;
  readonly updatedAt: Instant;
}

const storedSchema = z.object({ Id: z.string(), UpdatedAt: instantSchema });

/**
 * Reads back what was imported, a few times while it is not all there. Returns how many are not found: Security Hub may not show them
 * yet, or has lost them. The next delivery compares again, and writes them if they are missing. An error of a call ends the reading.
 */
export async function countUnseen(hub: SecurityHub, written: readonly Written[], query: HubQuery, sleep: Sleep): Promise<number> {
  const missing = new Map(written.map(({ id, updatedAt }) => [id, updatedAt]));
  const times = [...missing.values()];
  const updated = {
    from: times.reduce((first, time) => Math.min(first, time), Infinity),
    to: times.reduce((last, time) => Math.max(last, time), 0) + DAY,
  };
  for (const wait of [0, ...WAITS]) {
    if (missing.size === 0) break;
    if (wait > 0) await sleep(wait);
    if (!(await removeFound(hub, { ...query, updated }, missing, sleep))) break;
  }
  return missing.size;
}

/** Removes what is found. Returns whether Security Hub answered. */
async function removeFound(hub: SecurityHub, query: HubQuery, missing: Map<string, Instant>, sleep: Sleep): Promise<boolean> {
  try {
    for await (const raw of findingsOf(hub, query, sleep)) {
      const { Id = '', UpdatedAt = 0 } = storedSchema.safeParse(raw).data ?? {};
      if (UpdatedAt >= (missing.get(Id) ?? Infinity)) missing.delete(Id);
    }
    return true;
  } catch (error) {
    if (!(error instanceof SecurityHubError)) throw error;
    return false;
  }
}
