import { unique } from '../../iam/authorization-result.ts';
import type { ReachPath } from '../../model/reach.ts';
import type { Step } from '../../model/verdict.ts';
import type { AccountEdges, GuardrailChange } from '../edges.ts';
import type { BlockedAssumptions, BlockedIn } from './blocked-assumptions.ts';
import { type ReachGraph, adminNode, blockedNode, steps } from './graph.ts';
import { liftsOf } from './lifts.ts';
import { shortestPaths } from './paths.ts';

const blocks = (name: string): string | undefined => (name.startsWith(blockedNode('')) ? name : undefined);

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
 * Another principal that can act as the first one, and gets to what is blocked by a way of its own, goes on as well.
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
  const homes = new Map(accounts.flatMap((home) => home.principals.map(({ arn }) => [arn, home] as const)));
  const connected = new Set<string>();
  for (let isNew = blocked.size > 0; isNew;) {
    const found = changers.flatMap((changer) => {
      const own = edgesOf(graph, changer, blocked);
      const known = new Set(own.map(({ name }) => name));
      const left = new Map([...blocked].filter(([name]) => !known.has(name)));
      return [...own, ...walkersTo(graph, changer, homes, left).flatMap((walker) => edgesOf(graph, changer, left, walker))];
    });
    isNew = false;
    for (const { key, from, edge } of found) {
      if (connected.has(key)) continue;
      connected.add(key);
      graph.connect(from, edge);
      isNew = true;
    }
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

/** A principal that gets to a changer, and how. */
interface Walker {
  readonly node: string;
  readonly home: AccountEdges;
  readonly toChanger: ReachPath;
}

/** The principals that can act as the changer, surely or else perhaps; none where it opens nothing that is left. */
function walkersTo(
  graph: ReachGraph,
  changer: Changer,
  homes: ReadonlyMap<string, AccountEdges>,
  left: ReadonlyMap<string, Blocked>,
): readonly Walker[] {
  if ([...left.values()].every(({ blockedIn }) => allLifts(blockedIn, changer.home, changer.changes) === undefined)) return [];
  const goal = (name: string) => (name === changer.node ? name : undefined);
  return graph.leadingTo(changer.node).flatMap((node) => {
    const home = homes.get(node);
    if (home === undefined || node === changer.node) return [];
    const [toChanger] = pathsTo(graph, { node, home }, goal, 1);
    return toChanger === undefined ? [] : [{ node, home, toChanger }];
  });
}

/** What the changer opens: for itself, or for one that acts as it and goes on from where it was. */
function edgesOf(graph: ReachGraph, changer: Changer, blocked: ReadonlyMap<string, Blocked>, by?: Walker) {
  const { node, home, isEveryAdmin, changes } = changer;
  const start = by ?? changer;
  return pathsTo(graph, start, blocks, blocked.size).flatMap(({ account: name, path, conditions }) => {
    const found = blocked.get(name);
    const lifted = found && allLifts(found.blockedIn, home, changes);
    if (found === undefined || lifted === undefined) return [];
    const before = by?.toChanger.path ?? [];
    const from = by !== undefined && isEveryAdmin ? (before.at(-1)?.to ?? by.node) : node;
    const lifts = lifted.map(({ step }) => ({ ...step, from }));
    const isLifted = (step: Step) => lifts.some(({ rule, to }) => step.rule === rule && step.to === to);
    const edge = steps(graph.node(found.leadsTo), {
      path: [...before, ...lifts, ...path.filter((step) => !isLifted(step))],
      conditions: unique([...(by?.toChanger.conditions ?? []), ...lifted.flatMap((change) => change.conditions), ...conditions]),
    });
    const as = isEveryAdmin && by === undefined ? ({ as: 'any-admin' } as const) : {};
    return [{ key: `${start.node} ${name} ${edge.certain}`, name, from: graph.node(start.node), edge: { ...edge, ...as } }];
  });
}

/** What opens the levels of each account. All of them must be of the organization of the principal. */
function allLifts(blockedIn: readonly BlockedIn[], changer: AccountEdges, changes: readonly GuardrailChange[]) {
  const found = blockedIn.map((blocked) =>
    blocked.home.organizationId === changer.organizationId ? liftsOf(blocked, changes) : undefined,
  );
  return found.every((lifts) => lifts !== undefined) ? unique(found.flat()) : undefined;
}

/** The paths to the nodes of these names; the certain ones, and others where there is none. */
function pathsTo(
  graph: ReachGraph,
  { node, home }: Pick<Walker, 'node' | 'home'>,
  goal: (name: string) => string | undefined,
  most: number,
): readonly ReachPath[] {
  const adminPaths = new Map(home.adminPaths.map((adminPath) => [adminPath.from, adminPath]));
  const find = (certain: boolean) =>
    shortestPaths(graph, node, { home: home.account, most, certain, goal, adminPathOf: (arn) => adminPaths.get(arn) });
  const sure = find(true);
  const known = new Set(sure.map(({ account }) => account));
  return [...sure, ...find(false).filter(({ account }) => !known.has(account))];
}
