import { parseArn } from '../../model/arn.ts';
import { unique } from '../../iam/authorization-result.ts';
import type { ReachPath } from '../../model/reach.ts';
import type { Step, StatementReference } from '../../model/verdict.ts';
import type { AdminPath } from '../edges.ts';
import { type ReachEdge, type ReachGraph, adminNode } from './graph.ts';

const ADMIN = /^(admin|grant):/;

/** The search: for paths to other accounts than `home`, at most so many, and whether they must be certain. */
export interface PathSearch {
  readonly home: string;
  readonly most: number;
  readonly certain: boolean;
  /** What a node stands for, by its name, if it is one to find; else the admins of accounts are. */
  readonly goal?: (node: string) => string | undefined;
  /** How a principal is admin of its own account. */
  readonly adminPathOf: (arn: string) => AdminPath | undefined;
}

/**
 * The shortest paths from a principal to admin of other accounts, nearest first. The search ends with the last path that is
 * needed: a node can lead to thousands of accounts.
 */
export function shortestPaths(graph: ReachGraph, principal: string, search: PathSearch): readonly ReachPath[] {
  const { goal = accountOfAdmins } = search;
  const start = graph.find(principal);
  if (start === undefined) return [];
  const reachedBy = new Map<number, Visited>();
  const found = new Map<string, ReachPath>();
  // Nodes of the same cost share a bucket. Costs are small, and a bucket grows during the loop.
  const buckets: Visited[][] = [[{ node: start }]];
  for (let cost = 0; cost < buckets.length; cost += 1)
    for (const first of buckets[cost] ?? [])
      for (const visited of withoutCost(graph, first, {
        reachedBy,
        certain: search.certain,
        wait: (more, later) => (buckets[cost + more] ??= []).push(later),
      })) {
        const account = goal(graph.name(visited.node));
        if (account === undefined || account === search.home || !isBetter(graph.name(visited.node), found.get(account))) continue;
        found.set(account, reachPathOf(graph, principal, visited, reachedBy, search));
        if (found.size >= search.most) return [...found.values()];
      }
  return [...found.values()];
}

/** To become admin is more than to make others admin. */
const isBetter = (node: string, known: ReachPath | undefined): boolean =>
  known === undefined || (known.grants === true && !isGrant(node));

/** How the search arrived at a node. */
interface Visited {
  readonly node: number;
  readonly from?: number;
  readonly edge?: ReachEdge;
}

interface Walk {
  readonly reachedBy: Map<number, Visited>;
  readonly certain: boolean;
  /** Queues a node that costs so much more. */
  readonly wait: (more: number, visited: Visited) => void;
}

/** Every node that is reached from one without further cost, itself included, each once; the others are queued. */
function* withoutCost(graph: ReachGraph, first: Visited, { reachedBy, certain, wait }: Walk): Iterable<Visited> {
  if (reachedBy.has(first.node)) return;
  const stack = [{ arrival: first, at: 0 }];
  reachedBy.set(first.node, first);
  yield first;
  for (let top = stack.at(-1); top; top = stack.at(-1)) {
    const edge = graph.edges(top.arrival.node)[top.at];
    top.at += 1;
    if (edge === undefined) stack.pop();
    else if ((edge.certain || !certain) && !reachedBy.has(edge.to)) {
      const visited = { node: edge.to, from: top.arrival.node, edge };
      if (edge.cost > 0) wait(edge.cost, visited);
      else {
        reachedBy.set(edge.to, visited);
        stack.push({ arrival: visited, at: 0 });
        yield visited;
      }
    }
  }
}

/** The account whose admins, or whose admin-makers, the node stands for. */
const accountOfAdmins = (name: string): string | undefined => (ADMIN.test(name) ? name.replace(ADMIN, '') : undefined);

const isGrant = (name: string): boolean => name.startsWith('grant:');

function reachPathOf(
  graph: ReachGraph,
  principal: string,
  visited: Visited,
  reachedBy: ReadonlyMap<number, Visited>,
  { home, goal = accountOfAdmins, adminPathOf }: PathSearch,
): ReachPath {
  const { edges, nodes } = edgesTo(visited, reachedBy);
  return {
    account: goal(graph.name(visited.node)) ?? '',
    ...stepsAlong(principal, edges, adminPathOf),
    asAdmin: nodes.some((passed) => graph.name(passed) === adminNode(home)),
    ...(isGrant(graph.name(visited.node)) ? { grants: true } : {}),
  };
}

function edgesTo(last: Visited, reachedBy: ReadonlyMap<number, Visited>) {
  const edges: ReachEdge[] = [];
  const nodes: number[] = [];
  for (let visited: Visited | undefined = last; visited?.edge; visited = reachedBy.get(visited.from ?? -1)) {
    edges.unshift(visited.edge);
    nodes.push(visited.node);
  }
  return { edges: edges.flatMap((edge, index) => withOwnName(edge, edges[index + 1])), nodes };
}

/** An edge of a path; where it leads to alike principals, it tells the one that the path goes on from. */
type ToldEdge = Exclude<ReachEdge, { readonly kind: 'alike' }>;

/** Where the next edge chooses among alike principals, the edge is told for that one: it was decided for the first. */
function withOwnName(edge: ReachEdge, next: ReachEdge | undefined): readonly ToldEdge[] {
  if (edge.kind === 'alike') return [];
  if (edge.kind !== 'steps' || next?.kind !== 'alike') return [edge];
  const { first, arn } = next;
  const renamed = (text: string) =>
    text
      .split(first)
      .map((part) => part.replaceAll(nameIn(first), nameIn(arn)))
      .join(arn);
  const last = edge.path.slice(-1).map((step) => ({
    ...{ ...step, to: arn },
    statements: step.statements.map((statement) => ({ ...statement, policy: renamed(statement.policy) })),
  }));
  const conditions = edge.conditions.map((condition) => ({
    ...{ ...condition, key: renamed(condition.key) },
    text: renamed(condition.text),
  }));
  return [{ ...edge, path: [...edge.path.slice(0, -1), ...last], conditions }];
}

/** The name in the ARN of a user or role. */
const nameIn = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1);

/** The edges as steps, each from the principal reached before. A step into another account has the statements of both sides. */
function stepsAlong(
  principal: string,
  edges: readonly ToldEdge[],
  adminPathOf: (arn: string) => AdminPath | undefined,
): Pick<ReachPath, 'path' | 'conditions'> {
  const path: Step[] = [];
  // One that was made admin on the way is admin by the steps before.
  const proofOf = (arn: string): readonly Step[] => adminPathOf(arn)?.path ?? path.filter(({ from }) => isOneAccount(from, arn));
  let left: Extract<ToldEdge, { readonly kind: 'leave' }> | undefined;
  for (const edge of edges) {
    const from = path.at(-1)?.to ?? principal;
    if (edge.kind === 'leave') left = edge;
    else if (edge.kind === 'arrive') {
      const identity = left?.as === 'any-admin' ? statementsIn(proofOf(from)) : edge.identity;
      const step = assumption(from, edge.role, [...identity, ...ofRole(left?.trust ?? [], edge.role)]);
      path.push(edge.isTagged ? { ...step, actions: [...step.actions, 'sts:TagSession'] } : step);
    } else if (edge.as === 'member') path.push(...path.splice(-1).map((step) => ({ ...step, to: edge.path[0]?.to ?? step.to })));
    else if (edge.as === 'any-admin')
      path.push(...edge.path.map((step) => asAdmin(step, edge.path[0]?.from, from, proofOf(from))));
    else path.push(...edge.path);
  }
  // That a principal on the path is admin of its account is a step only where the path ends there.
  const stepsAlong = path.filter(({ rule }, index) => rule !== 'allows-everything' || index === path.length - 1);
  return { path: stepsAlong, conditions: unique(edges.flatMap(({ conditions }) => conditions)) };
}

const assumption = (from: string, to: string, statements: readonly StatementReference[]): Step => ({
  rule: 'assume-role',
  title: 'Assume the role',
  // pathfinding.cloud: sts-002 is into another account.
  aliases: isOneAccount(from, to) ? ['sts-001'] : ['sts-001', 'sts-002'],
  actions: ['sts:AssumeRole'],
  from,
  to,
  statements,
});

/** Roles with the same trust policy were decided together; each step refers to its own role. */
const ofRole = (statements: readonly StatementReference[], role: string): readonly StatementReference[] =>
  statements.map((statement) => ({ ...statement, policy: `trust:${role}` }));

const statementsIn = (steps: readonly Step[]): readonly StatementReference[] =>
  unique(steps.flatMap(({ statements }) => statements));

const isOneAccount = (one: string, other: string): boolean => parseArn(one)?.accountId === parseArn(other)?.accountId;

/** A trust policy, or the resource policy of the organization. */
const IS_OF_RESOURCE = /^trust:|:organizations:/;

/** A step that every admin of the account can do, as this principal does it: with the statements that make it admin. */
const asAdmin = (step: Step, anyAdmin: string | undefined, from: string, proof: readonly Step[]): Step =>
  step.from === anyAdmin
    ? {
        ...step,
        from,
        statements: [...statementsIn(proof), ...step.statements.filter(({ policy }) => IS_OF_RESOURCE.test(policy))],
      }
    : step;
