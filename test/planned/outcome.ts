import { compareSnapshots } from '../../bin/commands/compare-snapshots.ts';
import { defaultConfig } from '../../lambda/scanner/config.ts';
import type { ManagedPolicy } from '../../lambda/scanner/facts/identity.ts';
import { layOver } from '../../lambda/scanner/planned/lay-over.ts';
import type { PlannedChange } from '../../lambda/scanner/planned/planned-change.ts';
import { type ChangeResult, checkChange } from '../../lambda/scanner/report/change-check.ts';
import { ACCOUNT, NOW } from '../support/builders.ts';
import { quietNight, snapshotOf } from '../drift/nights.ts';

/** The account before the changes of the tests. */
export const before = snapshotOf(quietNight, NOW);

/** What a change does: the answer, who gets administrator access, and what is not known. */
export function outcomeOf(
  change: PlannedChange,
  otherPolicies: readonly ManagedPolicy[] = [],
): { readonly result: ChangeResult; readonly gains: readonly string[]; readonly unknown: readonly string[] } {
  const { snapshot, notCompared } = layOver(before, change, otherPolicies);
  const { admins, ...compared } = compareSnapshots(
    { accounts: [before] },
    { accounts: [snapshot] },
    { config: defaultConfig, version: '1.0.0' },
  );
  const unknown = [...notCompared.map((one) => ({ account: ACCOUNT, ...one })), ...compared.notCompared];
  const check = checkChange({ ...compared, notCompared: unknown }, admins);
  return {
    result: check.result,
    gains: check.gains.map(({ change: { headline } }) => headline),
    unknown: [...new Set(check.notCompared.map(({ resource, reason }) => `${resource?.name ?? '-'}: ${reason}`))],
  };
}
