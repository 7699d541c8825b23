import type { Snapshot } from '../model/snapshot.ts';
import { type Observed, unavailable } from '../model/snapshot-file.ts';
import type { Access } from '../model/verdict.ts';

/** Who is admin in the account of the snapshot, and who can become it. */
export function analyse({ facts: { identities } }: Pick<Snapshot, 'facts'>): Observed<Access> {
  return identities.status === 'unavailable' ? identities : unavailable('the analysis of access does not exist yet');
}
