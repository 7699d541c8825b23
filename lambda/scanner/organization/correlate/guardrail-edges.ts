import { unique } from '../../iam/authorization-result.ts';
import type { ReachPath } from '../../model/reach.ts';
import type { AccountEdges, BlockedAdmin, BlockingLevel, GuardrailChange } from '../edges.ts';
import { type ReachGraph, adminNode, isCertain, steps } from './graph.ts';
import { shortestPaths } from './paths.ts';

const BLOCKED = /^blocked:/;

/** A principal that takes SCPs off, as a node of the graph, and all its changes. */
interface Changer {
  readonly node: string;
  readonly home: AccountEdges;
  readonly isEveryAdmin: boolean;
  readonly changes: readonly GuardrailChange[];
}

interface Blocked extends BlockedAdmin {
  readonly home: AccountEdges;
}

/**
 * A principal that takes off the SCPs which block an administrator, and that can act as that one, becomes admin of its account. Both
 * follow from the graph without SCPs taken off, so one search for each such principal finds all of them.
 */
export function connectGuardrailChanges(graph: ReachGraph, accounts: readonly AccountEdges[]): void {
  const blocked = new Map<string, Blocked>(
    accounts.flatMap((home) => home.blockedAdmins.map((admin) => [admin.from, { ...admin, home }])),
  );
  const changers = blocked.size === 0 ? [] : accounts.flatMap(changersOf);
  if (changers.length === 0) return;
  for (const { from, path, conditions } of blocked.values())
    graph.connect(graph.node(from), steps(graph.node(`blocked:${from}`), { path, conditions }, 0));
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
  return pathsToBlocked(graph, changer, blocked.size).flatMap(({ account: arn, path, conditions }) => {
    const admin = blocked.get(arn);
    if (admin === undefined || admin.home.organizationId !== home.organizationId) return [];
    const lifted = liftsOf(admin.levels, changes);
    if (lifted === undefined) return [];
    const lifts = lifted.map(({ step }) => ({ ...step, from: node }));
    const edge = steps(graph.node(adminNode(admin.home.account)), {
      path: [...lifts, ...path],
      conditions: unique([...lifted.flatMap((change) => change.conditions), ...conditions]),
    });
    return [{ from: graph.node(node), edge: isEveryAdmin ? { ...edge, as: 'any-admin' as const } : edge }];
  });
}

/** The paths to blocked administrators; the certain ones, and others where there is none. */
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

/** The changes that take off all SCPs which block; undefined if they do not suffice. */
function liftsOf(levels: readonly BlockingLevel[], changes: readonly GuardrailChange[]): readonly GuardrailChange[] | undefined {
  const wanted = levels.flatMap((level) => level.policies.map((policy) => ({ ...level, policy })));
  const bySurest = changes.toSorted((a, b) => Number(isCertain(b.conditions)) - Number(isCertain(a.conditions)));
  const found = wanted.flatMap(({ policy, target, byDetaching }) => {
    const isEnough = (change: GuardrailChange) =>
      change.policy === undefined ||
      (change.policy === policy && (change.target === undefined || (byDetaching && change.target === target)));
    return bySurest.find(isEnough) ?? [];
  });
  return found.length < wanted.length ? undefined : [...new Set(found)];
}
