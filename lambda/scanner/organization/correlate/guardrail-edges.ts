import { unique } from '../../iam/authorization-result.ts';
import type { ReachPath } from '../../model/reach.ts';
import type { Step } from '../../model/verdict.ts';
import type { AccountEdges, GuardrailChange } from '../edges.ts';
import type { BlockedAssumptions, BlockedIn } from './blocked-assumptions.ts';
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
  readonly blockedIn: readonly BlockedIn[];
  readonly leadsTo: string;
}

/**
 * A principal that takes off the SCPs and RCPs which block another one, and that can act as that one, goes on as if they were not there:
 * it becomes admin of the account, or assumes the role. One search for each such principal finds all that follows from the graph so
 * far. What it reaches then may be blocked again, so that the searches are repeated until they find no more.
 */
export function connectGuardrailChanges(
  graph: ReachGraph,
  accounts: readonly AccountEdges[],
  assumptions: BlockedAssumptions,
): void {
  const changers = accounts.flatMap(changersOf);
  if (changers.length === 0) return;
  const blocked = new Map<string, Blocked>(
    [...assumptions].map(([node, { role, blockedIn }]) => [node, { blockedIn, leadsTo: role }]),
  );
  for (const home of accounts)
    for (const { from, path, conditions, ...blockedAdmin } of home.blockedAdmins) {
      const node = blockedNode(`admin:${blocked.size}:${from}`);
      blocked.set(node, { blockedIn: [{ home, ...blockedAdmin }], leadsTo: adminNode(home.account) });
      graph.connect(graph.node(from), steps(graph.node(node), { path, conditions }, 0));
    }
  const connected = new Set<string>();
  for (let isNew = blocked.size > 0; isNew;) {
    const found = changers.flatMap((changer) => edgesOf(graph, changer, blocked)).filter(({ key }) => !connected.has(key));
    for (const { key, from, edge } of found) {
      connected.add(key);
      graph.connect(from, edge);
    }
    isNew = found.length > 0;
  }
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
  return pathsToBlocked(graph, changer, blocked.size).flatMap(({ account: rest, path, conditions }) => {
    const name = blockedNode(rest);
    const found = blocked.get(name);
    if (found === undefined) return [];
    const lifted = allLifts(found.blockedIn, home, changes);
    if (lifted === undefined) return [];
    const lifts = lifted.map(({ step }) => ({ ...step, from: node }));
    const isLifted = (step: Step) => lifts.some(({ rule, to }) => step.rule === rule && step.to === to);
    const edge = steps(graph.node(found.leadsTo), {
      path: [...lifts, ...path.filter((step) => !isLifted(step))],
      conditions: unique([...lifted.flatMap((change) => change.conditions), ...conditions]),
    });
    const as = isEveryAdmin ? ({ as: 'any-admin' } as const) : {};
    return [{ key: `${node} ${name} ${edge.certain}`, from: graph.node(node), edge: { ...edge, ...as } }];
  });
}

/** What opens the levels of each account. All of them must be of the organization of the principal. */
function allLifts(blockedIn: readonly BlockedIn[], changer: AccountEdges, changes: readonly GuardrailChange[]) {
  const found = blockedIn.map((blocked) =>
    blocked.home.organizationId === changer.organizationId ? liftsOf(blocked, changes) : undefined,
  );
  return found.every((lifts) => lifts !== undefined) ? unique(found.flat()) : undefined;
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
