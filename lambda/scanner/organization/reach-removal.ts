import { smallestRemoval } from '../escalation/explain/minimal-fix.ts';
import { type FoundStatement, statementsOf, withoutStatements } from '../escalation/explain/path-statements.ts';
import type { Identities } from '../facts/identity.ts';
import type { OrganizationSnapshot } from '../facts/organization-parts/organization-snapshot.ts';
import type { Snapshot } from '../facts/snapshot.ts';
import { unique } from '../iam/authorization-result.ts';
import { parseArn } from '../model/arn.ts';
import { collected } from '../model/observed.ts';
import type { PrincipalReach, ReachPath } from '../model/reach.ts';
import type { Step } from '../model/verdict.ts';
import { createEdges, crossAccountReach } from './analyze-accounts.ts';
import type { AccountEdges } from './edges.ts';

/** The paths that lose a statement in each turn. */
const PATHS_A_TURN = 3;

/**
 * The smallest set of statements, of any of the accounts, without which the principal is admin of no other account, or only under
 * conditions where it was without. Policies that AWS manages cannot be edited. Undefined where there is none of at most four.
 */
export function minimalReachRemoval(
  snapshots: readonly Snapshot[],
  organization: OrganizationSnapshot | undefined,
  arn: string,
): readonly FoundStatement[] | undefined {
  const edgesOf = createEdges(organization);
  const read = (snapshot: Snapshot): readonly AccountEdges[] => {
    const edges = edgesOf(snapshot);
    return edges.status === 'collected' ? [edges.value] : [];
  };
  const complete = snapshots.map((snapshot) => ({ snapshot, edges: read(snapshot) }));
  const found = statementsOfAccounts(snapshots);
  const statementsIn = ({ path }: ReachPath) =>
    unique(path.flatMap(found).filter(({ holder }) => parseArn(holder)?.accountId !== 'aws'));
  let wasCertain: boolean | undefined;
  return smallestRemoval((removed) => {
    const changed = new Set(removed.map(({ holder }) => parseArn(holder)?.accountId));
    const edges = complete.flatMap(({ snapshot, edges }) =>
      changed.has(snapshot.accountId) ? read(without(snapshot, removed)) : edges,
    );
    const home = parseArn(arn)?.accountId ?? '';
    const reach = crossAccountReach(edges)(home).get(arn);
    const isCertain = reaches(reach?.accounts, home);
    wasCertain ??= isCertain;
    if (reach === undefined || (wasCertain && !isCertain)) return 'weaker';
    return reach.paths(PATHS_A_TURN).map(statementsIn);
  });
}

const reaches = (accounts: PrincipalReach['accounts'] = [], home: string): boolean =>
  accounts.some((account) => account !== home);

const without = (snapshot: Snapshot, removed: readonly FoundStatement[]): Snapshot => {
  const { identities } = snapshot.facts;
  if (identities.status === 'unavailable') return snapshot;
  return { ...snapshot, facts: { ...snapshot.facts, identities: collected(withoutStatements(identities.value, removed)) } };
};

/** Finds the statements of a step: those of the account of the caller, and the trust policy of a role in another account. */
export function statementsOfAccounts(snapshots: readonly Snapshot[]): (step: Step) => readonly FoundStatement[] {
  const known = new Map(
    snapshots.flatMap(({ accountId, facts: { identities } }) =>
      identities.status === 'collected' ? [[accountId, identities.value] as const] : [],
    ),
  );
  const of = (arn: string): Identities | undefined => known.get(parseArn(arn)?.accountId ?? '');
  return (step) => {
    const [from, to] = [of(step.from), of(step.to)];
    if (from === undefined) return [];
    const roles = to === undefined || to === from ? from.roles : [...from.roles, ...to.roles];
    return statementsOf({ ...from, roles }, step);
  };
}
