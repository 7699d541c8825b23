import { unique } from '../../access/answer.ts';
import type { ReachPath } from '../../model/reach.ts';
import type { Step, StatementReference } from '../../model/verdict.ts';
import type { AdminPath } from '../edges.ts';
import type { ReachEdge, ReachGraph } from './graph.ts';

const ADMIN = 'admin:';

/** The search: for paths to other accounts than `home`, at most so many, and whether they must be certain. */
export interface Search {
  readonly home: string;
  readonly most: number;
  readonly certain: boolean;
  /** How a principal is admin of its own account. */
  readonly ascentOf: (arn: string) => AdminPath | undefined;
}

/**
 * The shortest paths from a principal to admin of other accounts, nearest first. The search ends with the last path that is
 * needed: a node can lead to thousands of accounts.
 */
export function shortestPaths(graph: ReachGraph, principal: string, search: Search): readonly ReachPath[] {
  const start = graph.find(principal);
  if (start === undefined) return [];
  const cameBy = new Map<number, Arrival>();
  const found: ReachPath[] = [];
  // Nodes of the same cost share a bucket. Costs are small, and a bucket grows during the loop.
  const buckets: Arrival[][] = [[{ node: start }]];
  for (let cost = 0; cost < buckets.length; cost += 1)
    for (const first of buckets[cost] ?? [])
      for (const arrival of withoutCost(graph, first, {
        cameBy,
        certain: search.certain,
        wait: (more, later) => (buckets[cost + more] ??= []).push(later),
      })) {
        const account = accountOf(graph.name(arrival.node));
        if (account === undefined || account === search.home) continue;
        found.push(pathOf(graph, principal, arrival, cameBy, search));
        if (found.length >= search.most) return found;
      }
  return found;
}

/** How the search arrived at a node. */
interface Arrival {
  readonly node: number;
  readonly from?: number;
  readonly edge?: ReachEdge;
}

interface Walk {
  readonly cameBy: Map<number, Arrival>;
  readonly certain: boolean;
  /** Queues a node that costs so much more. */
  readonly wait: (more: number, arrival: Arrival) => void;
}

/** Every node that is reached from one without further cost, itself included, each once; the others are queued. */
function* withoutCost(graph: ReachGraph, first: Arrival, { cameBy, certain, wait }: Walk): Iterable<Arrival> {
  if (cameBy.has(first.node)) return;
  const stack = [{ arrival: first, at: 0 }];
  cameBy.set(first.node, first);
  yield first;
  for (let top = stack.at(-1); top; top = stack.at(-1)) {
    const edge = graph.edges(top.arrival.node)[top.at];
    top.at += 1;
    if (edge === undefined) stack.pop();
    else if ((edge.certain || !certain) && !cameBy.has(edge.to)) {
      const arrival = { node: edge.to, from: top.arrival.node, edge };
      if (edge.cost > 0) wait(edge.cost, arrival);
      else {
        cameBy.set(edge.to, arrival);
        stack.push({ arrival, at: 0 });
        yield arrival;
      }
    }
  }
}

const accountOf = (name: string): string | undefined => (name.startsWith(ADMIN) ? name.slice(ADMIN.length) : undefined);

function pathOf(
  graph: ReachGraph,
  principal: string,
  arrival: Arrival,
  cameBy: ReadonlyMap<number, Arrival>,
  { home, ascentOf }: Search,
): ReachPath {
  const { edges, nodes } = wayTo(arrival, cameBy);
  return {
    account: accountOf(graph.name(arrival.node)) ?? '',
    ...told(principal, edges, ascentOf),
    asAdmin: nodes.some((passed) => accountOf(graph.name(passed)) === home),
  };
}

function wayTo(last: Arrival, cameBy: ReadonlyMap<number, Arrival>) {
  const edges: ReachEdge[] = [];
  const nodes: number[] = [];
  for (let arrival: Arrival | undefined = last; arrival?.edge; arrival = cameBy.get(arrival.from ?? -1)) {
    edges.unshift(arrival.edge);
    nodes.push(arrival.node);
  }
  return { edges, nodes };
}

/** The edges as steps, each from the principal reached before. A step into another account has the statements of both sides. */
function told(
  principal: string,
  edges: readonly ReachEdge[],
  ascentOf: (arn: string) => AdminPath | undefined,
): Pick<ReachPath, 'path' | 'conditions'> {
  const path: Step[] = [];
  let trust: readonly StatementReference[] = [];
  for (const edge of edges) {
    const from = path.at(-1)?.to ?? principal;
    if (edge.kind === 'leave') trust = edge.trust;
    else if (edge.kind === 'arrive') path.push(assumption(from, edge.role, [...edge.identity, ...ofRole(trust, edge.role)]));
    else if (edge.as === 'member') path.push(...path.splice(-1).map((step) => ({ ...step, to: edge.path[0]?.to ?? step.to })));
    else path.push(...edge.path.map((step) => (edge.as === 'any-admin' ? asAdmin(step, from, ascentOf(from)) : step)));
  }
  // That a principal on the path is admin of its account is a step only where the path ends there.
  const told = path.filter(({ rule }, index) => rule !== 'allows-everything' || index === path.length - 1);
  return { path: told, conditions: unique(edges.flatMap(({ conditions }) => conditions)) };
}

const assumption = (from: string, to: string, statements: readonly StatementReference[]): Step => ({
  rule: 'assume-role',
  title: 'Assume the role',
  aliases: ['sts-001'],
  actions: ['sts:AssumeRole'],
  from,
  to,
  statements,
});

/** Roles with the same trust policy were decided together; each step refers to its own role. */
const ofRole = (statements: readonly StatementReference[], role: string): readonly StatementReference[] =>
  statements.map((statement) => ({ ...statement, policy: `trust:${role}` }));

/** A step that every admin of the account can do, as this principal does it: with the statements that make it admin. */
const asAdmin = (step: Step, from: string, adminPath: AdminPath | undefined): Step => ({
  ...step,
  from,
  statements: [
    ...(adminPath?.path.flatMap(({ statements }) => statements) ?? []),
    ...step.statements.filter(({ policy }) => policy.startsWith('trust:')),
  ],
});
