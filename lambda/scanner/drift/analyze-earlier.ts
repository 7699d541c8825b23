import type { OrganizationSnapshot } from '../facts/organization-parts/organization-snapshot.ts';
import type { Snapshot } from '../facts/snapshot.ts';
import type { CrossAccountReach } from '../model/reach.ts';
import { type AnalyzedAccount, analyzeAccounts } from '../organization/analyze-accounts.ts';
import { isSameForAnalysis } from './is-same.ts';

/** Snapshots of one night, with what is known of their organization and of access between accounts. */
export interface Night {
  readonly snapshots: readonly Snapshot[];
  readonly organization?: OrganizationSnapshot | undefined;
  /** Where the access between accounts was analyzed elsewhere. */
  readonly reach?: CrossAccountReach | undefined;
  /** The accounts that took part in that. */
  readonly analyzed?: ReadonlySet<string>;
}

/**
 * Analyzes the earlier snapshots. Where nothing changed that the analysis reads, the results of the later ones hold, and the second half
 * of the work is not done.
 */
export function analyzeEarlier(earlier: Night, later: Night, analyzed: readonly AnalyzedAccount[]): readonly AnalyzedAccount[] {
  if (!isUnchanged(earlier, later)) return analyzeAccounts(earlier.snapshots, earlier.organization, earlier.reach);
  const byAccount = new Map(earlier.snapshots.map((snapshot) => [snapshot.accountId, snapshot]));
  return analyzed.map((account) => ({
    ...account,
    snapshot: byAccount.get(account.snapshot.accountId) ?? account.snapshot,
    crossAccountReach:
      isAlone(later) && account.crossAccountReach.status === 'collected'
        ? { ...account.crossAccountReach, value: earlier.reach }
        : account.crossAccountReach,
  }));
}

/** The reach of a single account comes from elsewhere. */
const isAlone = ({ snapshots }: Night): boolean => snapshots.length < 2;

function isUnchanged(earlier: Night, later: Night): boolean {
  const factsOf = ({ snapshots }: Night) => new Map(snapshots.map(({ accountId, facts }) => [accountId, facts]));
  return isSameForAnalysis(factsOf(earlier), factsOf(later)) && isSameForAnalysis(earlier.organization, later.organization);
}
