import { analyzeAccount } from '../escalation/analyze.ts';
import type { OrganizationSnapshot } from '../facts/organization-parts/organization-snapshot.ts';
import type { OrgWideServiceAccess, CrossAccountReach, PrincipalReach } from '../model/reach.ts';
import type { Snapshot } from '../facts/snapshot.ts';
import { type Observed, collected } from '../model/observed.ts';
import type { Account } from '../iam/account.ts';
import type { Access } from '../model/verdict.ts';
import { accountEdgesOf } from './account-edges.ts';
import { orgWideServiceAccess } from './delegated-service-admin.ts';
import { correlate } from './correlate/correlate.ts';
import type { AccountEdges } from './edges.ts';
import { createPlacement } from './placement.ts';

/** An account with its verdicts, and with the access of its principals to other accounts. */
export interface AnalyzedAccount {
  readonly snapshot: Snapshot;
  /** The account with its policies compiled and its guardrails. */
  readonly account: Observed<Account>;
  readonly access: Observed<Access>;
  readonly crossAccountReach: Observed<CrossAccountReach>;
  readonly centralPowers: Observed<readonly OrgWideServiceAccess[]>;
}

/**
 * Analyzes each account by itself, then the access between accounts. The second part is skipped for a single account whose result
 * (`knownReach`) comes from elsewhere.
 */
export function analyzeAccounts(
  snapshots: readonly Snapshot[],
  organization: OrganizationSnapshot | undefined,
  knownReach?: CrossAccountReach,
): readonly AnalyzedAccount[] {
  const analyzed = snapshots.map(createPlacement(organization)).map((placed) => {
    const { snapshot, limits } = placed;
    const analysis = analyzeAccount(snapshot, limits);
    if (analysis.status === 'unavailable') return { snapshot, account: analysis, access: analysis, centralPowers: analysis };
    const isAlone = snapshots.length < 2;
    return {
      snapshot,
      account: collected(analysis.value.account),
      access: collected(analysis.value.access),
      centralPowers: collected(orgWideServiceAccess(analysis.value)),
      ...(isAlone ? {} : { edges: accountEdgesOf(analysis.value, placed) }),
    };
  });
  const reachOf = crossAccountReach(analyzed.flatMap(({ edges }) => edges ?? []));
  return analyzed.map(({ snapshot, account, access, centralPowers, edges }) => ({
    snapshot,
    account,
    access,
    centralPowers,
    crossAccountReach:
      access.status === 'unavailable' ? access : collected(edges === undefined ? knownReach : reachOf(snapshot.accountId)),
  }));
}

/** Tells what one account contributes to the graph of the organization. */
export function createEdges(organization: OrganizationSnapshot | undefined): (snapshot: Snapshot) => Observed<AccountEdges> {
  const place = createPlacement(organization);
  return (account) => {
    const placed = place(account);
    const analysis = analyzeAccount(placed.snapshot, placed.limits);
    return analysis.status === 'unavailable' ? analysis : collected(accountEdgesOf(analysis.value, placed));
  };
}

/** What one account contributes to the graph of the organization, where the correlation runs elsewhere. */
export const edgesOfAccount = (snapshot: Snapshot, organization: OrganizationSnapshot | undefined): Observed<AccountEdges> =>
  createEdges(organization)(snapshot);

/** The principals of each account that are admin, or can become it, in other accounts. */
export function crossAccountReach(edges: readonly AccountEdges[]): (accountId: string) => ReadonlyMap<string, PrincipalReach> {
  const { reaches, pathsOf } = correlate(edges);
  const byAccount = new Map<string, Map<string, PrincipalReach>>();
  for (const reach of reaches) {
    const own = byAccount.get(reach.account) ?? new Map<string, PrincipalReach>();
    const { arn, keys, hasHardwareMfa } = reach.principal;
    const { accounts, ifConditions, through } = reach;
    own.set(arn, {
      ...{ arn, keys, accounts, ifConditions, through, paths: (most) => pathsOf(reach, most) },
      ...(hasHardwareMfa === undefined ? {} : { hasHardwareMfa }),
    });
    byAccount.set(reach.account, own);
  }
  return (accountId) => byAccount.get(accountId) ?? new Map<string, PrincipalReach>();
}
