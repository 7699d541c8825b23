import type { SavedSnapshots } from '../../lambda/scanner/collect/read-snapshot.ts';
import type { Config } from '../../lambda/scanner/config.ts';
import { UsageError } from '../../lambda/scanner/errors.ts';
import { toIso } from '../../lambda/scanner/model/instant.ts';
import type { Report } from '../../lambda/scanner/model/report.ts';
import type { ChangeReport } from '../../lambda/scanner/report/changes.ts';
import { scan } from '../../lambda/scanner/scan.ts';
import { baselineOf } from './source.ts';

/** What changed between two snapshots, and the verdicts of the later one. */
export interface Compared extends ChangeReport {
  readonly tool: Report['tool'];
  readonly admins: Report['admins'];
}

/** Compares two snapshots of an account or an organization, as a scan with a baseline does. */
export function compareSnapshots(
  older: SavedSnapshots,
  newer: SavedSnapshots,
  { config, version }: { readonly config: Config; readonly version: string },
): Compared {
  const now = latest(newer);
  const { accounts: snapshots, ...organization } = newer;
  const {
    tool,
    admins,
    changes,
    notCompared = [],
  } = scan(snapshots, {
    ...{ ...organization, checks: [], config, now, version },
    ...baselineOf(older),
  });
  return {
    ...{ tool, admins },
    accounts: accountsIn(newer).filter((account) => accountsIn(older).includes(account)),
    onlyOnce: differing(older, newer),
    ...{ olderTakenAt: toIso(latest(older)), newerTakenAt: toIso(now), changes, notCompared },
  };
}

const latest = ({ accounts }: SavedSnapshots): number => Math.max(...accounts.map(({ takenAt }) => takenAt));

const accountsIn = ({ accounts }: SavedSnapshots): readonly string[] => accounts.map(({ accountId }) => accountId);

function differing(older: SavedSnapshots, newer: SavedSnapshots): readonly string[] {
  const [was, is] = [accountsIn(older), accountsIn(newer)];
  return [...was.filter((account) => !is.includes(account)), ...is.filter((account) => !was.includes(account))].toSorted();
}

/**
 * Refuses snapshots that cannot be compared in this order.
 *
 * @throws UsageError when they have no account in common, or the earlier one is named last.
 */
export function refuseMisuse(
  [olderPath, newerPath]: readonly [string, string],
  older: SavedSnapshots,
  newer: SavedSnapshots,
): void {
  if (!accountsIn(older).some((account) => accountsIn(newer).includes(account)))
    throw new UsageError(
      `${olderPath} and ${newerPath} have no account in common: ${accountsIn(older).join(', ')} and ${accountsIn(newer).join(', ')}`,
    );
  if (latest(older) > latest(newer))
    throw new UsageError(`${olderPath} is newer than ${newerPath}. Name the earlier snapshot first`);
}
