import type { OwnAccounts } from '../model/check.ts';
import type { OrganizationAccount } from '../model/facts/account.ts';
import type { Snapshot } from '../model/snapshot.ts';

/** The accounts that are scanned together, and those of their Organization where they were listed, have one owner. */
export function ownAccounts(snapshots: readonly Snapshot[], listed: readonly OrganizationAccount[] | undefined): OwnAccounts {
  const scanned = new Set(snapshots.map(({ accountId }) => accountId));
  const hasAnalyzer = organizationAnalyzer(snapshots);
  const isWhole = listed?.every(({ id, active }) => !active || scanned.has(id)) ?? false;
  return {
    ids: new Set([...scanned, ...(listed ?? []).map(({ id }) => id)]),
    complete: listed !== undefined,
    ...rootFeatures(snapshots),
    ...(hasAnalyzer === true || (hasAnalyzer === false && isWhole) ? { hasAnalyzer } : {}),
  };
}

function rootFeatures(snapshots: readonly Snapshot[]): Pick<OwnAccounts, 'rootFeatures'> {
  const [told] = snapshots.flatMap(({ facts: { rootFeatures } }) =>
    rootFeatures.status === 'collected' && rootFeatures.value ? [rootFeatures.value] : [],
  );
  return told ? { rootFeatures: told } : {};
}

/** Whether one of the accounts has an analyzer of the whole Organization; undefined where not all of them told. */
function organizationAnalyzer(snapshots: readonly Snapshot[]): boolean | undefined {
  const answers = snapshots.flatMap(({ facts: { analyzers } }) =>
    analyzers.status === 'collected' ? [...analyzers.value.values()] : [analyzers],
  );
  const isThere = answers.some(
    (answer) => answer.status === 'collected' && answer.value.some(({ type, active }) => active && type === 'ORGANIZATION'),
  );
  return isThere || (answers.every(({ status }) => status === 'collected') ? false : undefined);
}
