import { analyzeAccount } from '../../lambda/scanner/escalation/analyze.ts';
import type { OrganizationSnapshot } from '../../lambda/scanner/facts/organization-parts/organization-snapshot.ts';
import type { Snapshot } from '../../lambda/scanner/facts/snapshot.ts';
import { accountEdgesOf } from '../../lambda/scanner/organization/account-edges.ts';
import { type Correlation, correlate } from '../../lambda/scanner/organization/correlate/correlate.ts';
import type { AccountEdges } from '../../lambda/scanner/organization/edges.ts';
import { createPlacement } from '../../lambda/scanner/organization/placement.ts';
import { type AccountSpec, snapshotOf } from '../escalation/support.ts';
import { ACCOUNT } from '../support/builders.ts';

/** The value with another account's id in place of the one that the builders write. */
function inAccount<T>(value: T, id: string): T {
  const move = (part: unknown): unknown => {
    if (typeof part === 'string') return part.replaceAll(ACCOUNT, id);
    if (part instanceof Map) return new Map([...part].map(([key, item]) => [move(key), move(item)]));
    if (Array.isArray(part)) return part.map(move);
    if (typeof part !== 'object' || part === null) return part;
    return Object.fromEntries(Object.entries(part).map(([key, item]) => [move(key), move(item)]));
  };
  // The shape is that of the value; only text in it changes.
  return move(value) as T;
}

/** The snapshot of an account with this id. In the description, `ACCOUNT` stands for it. */
export const snapshotIn = (id: string, spec: AccountSpec): Snapshot => inAccount(snapshotOf(spec), id);

/** What each account contributes. */
export const edgesOfAll = (
  snapshots: readonly Snapshot[],
  organization: OrganizationSnapshot | undefined,
): readonly AccountEdges[] =>
  snapshots.map(createPlacement(organization)).map((placed) => {
    const analysis = analyzeAccount(placed.snapshot, placed.limits);
    if (analysis.status === 'unavailable') throw new Error(analysis.reason);
    return accountEdgesOf(analysis.value, placed);
  });

/** The way of a principal to admin of an account, as `rule target` steps; undefined where there is none. */
export function routeTo({ reaches, pathsOf }: Correlation, principal: string, account: string): readonly string[] | undefined {
  const reach = reaches.find((candidate) => candidate.principal.arn === principal);
  const path = reach && pathsOf(reach, 1000).find((candidate) => candidate.account === account);
  return path?.path.map(({ rule, to }) => `${rule} ${to.split(':').slice(4).join(':')}`);
}

/** Correlates accounts by their descriptions. */
export const correlateAccounts = (
  specs: Readonly<Record<string, AccountSpec>>,
  organization: OrganizationSnapshot | undefined,
): Correlation =>
  correlate(
    edgesOfAll(
      Object.entries(specs).map(([id, spec]) => snapshotIn(id, spec)),
      organization,
    ),
  );
