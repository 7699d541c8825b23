import { minimalStatementsToRemove } from '../escalation/explain/minimal-fix.ts';
import type { FoundStatement } from '../escalation/explain/path-statements.ts';
import type { OrganizationSnapshot } from '../facts/organization-parts/organization-snapshot.ts';
import { parseArn } from '../model/arn.ts';
import { ifCollected } from '../model/observed.ts';
import { type ReachEntry, type ReachedAccounts, withReach } from '../model/reach.ts';
import type { PrincipalVerdict, Step } from '../model/verdict.ts';
import type { AnalyzedAccount } from './analyze-accounts.ts';
import { createPlacement } from './placement.ts';
import { minimalReachRemoval, statementsOfAccounts } from './reach-removal.ts';

/** A step with the statements that allow it. */
export interface ExplainedStep extends Step {
  readonly found: readonly FoundStatement[];
}

/** How a principal gets admin access to another account, with the statements of both accounts. */
export interface ExplainedReach extends ReachEntry {
  readonly steps: readonly ExplainedStep[];
}

/** A verdict with its proof, and the statements whose removal breaks it. */
export interface Explanation {
  readonly principal: PrincipalVerdict;
  readonly steps: readonly ExplainedStep[];
  /** Undefined if no small set of statements breaks it. */
  readonly cut?: readonly FoundStatement[];
  /** The statements without which it is admin of no other account, or only under conditions; undefined as above. */
  readonly reachCut?: readonly FoundStatement[];
  /** The nearest other accounts. */
  readonly reach?: readonly ExplainedReach[];
  readonly reachedAccounts?: ReachedAccounts;
}

const PATHS_EXPLAINED = 10;

/** Explains the verdict of a principal of one of the accounts; undefined if the principal does not exist. */
export function explainPrincipal(
  accounts: readonly AnalyzedAccount[],
  organization: OrganizationSnapshot | undefined,
  arn: string,
): Explanation | undefined {
  const home = accounts.find(({ snapshot }) => snapshot.accountId === parseArn(arn)?.accountId);
  const principal = ifCollected(home?.access)?.get(arn);
  const identities = home?.snapshot.facts.identities;
  if (home === undefined || principal === undefined || identities?.status !== 'collected') return undefined;
  const { snapshot, crossAccountReach } = home;
  const snapshots = accounts.map((account) => account.snapshot);
  const found = statementsOfAccounts(snapshots);
  const explained = (step: Step): ExplainedStep => ({ ...step, found: found(step) });
  const cut =
    principal.verdict === 'none' || principal.type === 'root'
      ? undefined
      : minimalStatementsToRemove(snapshot, identities.value, arn, createPlacement(organization)(snapshot).limits);
  const reaches = ifCollected(crossAccountReach);
  const { reach = [], reachedAccounts } = withReach(principal, snapshot.accountId, reaches, PATHS_EXPLAINED);
  const reachCut = reach.length === 0 ? undefined : minimalReachRemoval(snapshots, organization, arn);
  return {
    principal,
    steps: principal.path.map(explained),
    ...(cut ? { cut } : {}),
    ...(reachCut ? { reachCut } : {}),
    reach: reach.map((entry) => ({ ...entry, steps: entry.path.map(explained) })),
    ...(reachedAccounts ? { reachedAccounts } : {}),
  };
}
