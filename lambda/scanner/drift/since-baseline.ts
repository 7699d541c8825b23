import type { Drift } from '../model/change.ts';
import type { Report } from '../model/report.ts';
import type { Snapshot } from '../facts/snapshot.ts';
import type { AnalyzedAccount } from '../organization/analyze-accounts.ts';
import { type Night, analyzeEarlier } from './analyze-earlier.ts';
import { worstChangeFirst, compareNights } from './compare.ts';
import type { Pair } from './pair.ts';

/** Returns what changed in an account since the earlier night; undefined: there is no earlier snapshot of it. */
export function compareWithBaseline(
  { snapshots: all, ...known }: Night,
  later: Night,
  analyzed: readonly AnalyzedAccount[],
  isBreakGlass: Pair['isBreakGlass'],
): (account: AnalyzedAccount, isReporting: boolean) => Drift | undefined {
  const here = new Set(later.snapshots.map(({ accountId }) => accountId));
  const snapshots = all.filter(({ accountId }) => here.has(accountId));
  if (snapshots.length === 0) return () => undefined;
  const earlier = analyzeEarlier({ ...known, snapshots }, later, analyzed);
  const byAccount = new Map(earlier.map((account) => [account.snapshot.accountId, account]));
  return (after, isReporting) => {
    const before = byAccount.get(after.snapshot.accountId);
    if (before === undefined) return undefined;
    const organizations =
      isReporting && later.organization !== undefined
        ? { organizations: { before: known.organization, after: later.organization } }
        : {};
    return compareNights({
      before,
      after,
      isBreakGlass,
      isAnalyzedBefore: (id) => (known.analyzed ?? byAccount).has(id),
      ...organizations,
    });
  };
}

interface ComparedAccount {
  readonly snapshot: Snapshot;
  readonly drift: Drift | undefined;
}

/** The changes of all accounts, and what could not be compared. */
export function changesOf(accounts: readonly ComparedAccount[]): Pick<Report, 'changes' | 'notCompared'> {
  const compared = accounts.flatMap(({ snapshot, drift }) =>
    drift === undefined ? [] : { ...drift, account: snapshot.accountId },
  );
  return {
    changes: compared.flatMap(({ changes }) => changes).toSorted(worstChangeFirst),
    ...(compared.length === 0
      ? {}
      : { notCompared: compared.flatMap(({ account, incomparable }) => incomparable.map((one) => ({ account, ...one }))) }),
  };
}
