import { unique } from '../../iam/authorization-result.ts';
import type { ReachPath } from '../../model/reach.ts';
import type { AccountEdges, BlockingLevel, GuardrailChange } from '../edges.ts';
import type { FencedRoles } from './fenced-roles.ts';
import { type ReachGraph, adminNode, blockedNode, steps } from './graph.ts';
import { liftsOf } from './lifts.ts';
import { shortestPaths } from './paths.ts';

const BLOCKED = new RegExp(`^${blockedNode('')}`);

/** A principal that takes SCPs and RCPs off, as a node of the graph, and all its changes. */
interface Changer {
  readonly node: string;
  readonly home: AccountEdges;
  readonly isEveryAdmin: boolean;
  readonly changes: readonly GuardrailChange[];
}

/** What SCPs or RCPs block: `leadsTo` is the node that is reached without them. */
interface Blocked {
  readonly home: AccountEdges;
  readonly levels: readonly BlockingLevel[];
  readonly leadsTo: string;
}

/**
 * A principal that takes off the SCPs and RCPs which block another one, and that can act as that one, goes on as if they were not there:
 * it becomes admin of the account, or assumes the role. Both follow from the graph without anything taken off, so one search for each
 * such principal finds all of them.
 */
export function connectGuardrailChanges(graph: ReachGraph, accounts: readonly AccountEdges[], fenced: FencedRoles): void {
  const changers = accounts.flatMap(changersOf);
  if (changers.length === 0) return;
  const blocked = new Map<string, Blocked>(
    [...fenced].map(([role, { home, levels }]) => [`role:${role}`, { home, levels, leadsTo: role }]),
  );
  for (const home of accounts)
    for (const { from, path, conditions, levels } of home.blockedAdmins) {
      const name = `admin:${from}`;
      blocked.set(name, { home, levels, leadsTo: adminNode(home.account) });
      graph.connect(graph.node(from), steps(graph.node(blockedNode(name)), { path, conditions }, 0));
    }
  if (blocked.size === 0) return;
  const found = changers.flatMap((changer) => edgesOf(graph, changer, blocked));
  for (const { from, edge } of found) graph.connect(from, edge);
}

function changersOf(home: AccountEdges): readonly Changer[] {
  const byNode = new Map<string, readonly GuardrailChange[]>();
  for (const change of home.guardrailChanges) {
    const node = change.from ?? adminNode(home.account);
    byNode.set(node, [...(byNode.get(node) ?? []), change]);
  }
  return [...byNode].map(([node, changes]) => ({ node, home, changes, isEveryAdmin: node === adminNode(home.account) }));
}

function edgesOf(graph: ReachGraph, changer: Changer, blocked: ReadonlyMap<string, Blocked>) {
  const { node, home, isEveryAdmin, changes } = changer;
  return pathsToBlocked(graph, changer, blocked.size).flatMap(({ account: name, path, conditions }) => {
    const found = blocked.get(name);
    if (found === undefined || found.home.organizationId !== home.organizationId) return [];
    const lifted = liftsOf(found.levels, found.home, changes);
    if (lifted === undefined) return [];
    const lifts = lifted.map(({ step }) => ({ ...step, from: node }));
    const edge = steps(graph.node(found.leadsTo), {
      path: [...lifts, ...path],
      conditions: unique([...lifted.flatMap((change) => change.conditions), ...conditions]),
    });
    return [{ from: graph.node(node), edge: isEveryAdmin ? { ...edge, as: 'any-admin' as const } : edge }];
  });
}

/** The paths to what is blocked; the certain ones, and others where there is none. */
function pathsToBlocked(graph: ReachGraph, { node, home }: Changer, most: number): readonly ReachPath[] {
  const adminPaths = new Map(home.adminPaths.map((adminPath) => [adminPath.from, adminPath]));
  const find = (certain: boolean) =>
    shortestPaths(graph, node, {
      ...{ home: home.account, most, certain, goal: BLOCKED },
      adminPathOf: (arn) => adminPaths.get(arn),
    });
  const sure = find(true);
  const known = new Set(sure.map(({ account }) => account));
  return [...sure, ...find(false).filter(({ account }) => !known.has(account))];
}
