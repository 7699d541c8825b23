import { unique } from '../../access/answer.ts';
import type { ReachPath } from '../../model/reach.ts';
import type { Step, StatementReference } from '../../model/verdict.ts';
import type { Ascent } from '../edges.ts';
import type { Edge, Graph } from './graph.ts';

const ADMIN = 'admin:';

/**
 * The shortest ways from a principal to admin of other accounts, nearest first, no more than `most`. `ascentOf` tells how somebody is
 * admin of its own account.
 */
export function shortestPaths(
  graph: Graph,
  principal: string,
  { home, most, certain }: { readonly home: string; readonly most: number; readonly certain: boolean },
  ascentOf: (arn: string) => Ascent | undefined,
): readonly ReachPath[] {
  const start = graph.find(principal);
  if (start === undefined) return [];
  const cameBy = new Map<number, Arrival>();
  const found: ReachPath[] = [];
  // What costs the same waits together; costs are small, and a bucket grows while it is walked.
  const buckets: Arrival[][] = [[{ node: start }]];
  for (let cost = 0; cost < buckets.length; cost += 1)
    for (const arrival of buckets[cost] ?? []) {
      const { node } = arrival;
      if (cameBy.has(node)) continue;
      cameBy.set(node, arrival);
      const name = graph.name(node);
      if (name.startsWith(ADMIN) && name !== `${ADMIN}${home}`) {
        const { edges, nodes } = wayTo(arrival, cameBy);
        found.push({
          account: name.slice(ADMIN.length),
          ...told(principal, edges, ascentOf),
          asAdmin: nodes.some((passed) => graph.name(passed) === `${ADMIN}${home}`),
        });
      }
      if (found.length >= most) return found;
      for (const edge of graph.edges(node))
        if ((edge.certain || !certain) && !cameBy.has(edge.to))
          (buckets[cost + edge.cost] ??= []).push({ node: edge.to, from: node, edge });
    }
  return found;
}

/** How a node was come to. */
interface Arrival {
  readonly node: number;
  readonly from?: number;
  readonly edge?: Edge;
}

function wayTo(last: Arrival, cameBy: ReadonlyMap<number, Arrival>) {
  const edges: Edge[] = [];
  const nodes: number[] = [];
  for (let arrival: Arrival | undefined = last; arrival?.edge; arrival = cameBy.get(arrival.from ?? -1)) {
    edges.unshift(arrival.edge);
    nodes.push(arrival.node);
  }
  return { edges, nodes };
}

/** The edges as steps, each by whoever was reached before, with the statements of both sides where it crosses into an account. */
function told(
  principal: string,
  edges: readonly Edge[],
  ascentOf: (arn: string) => Ascent | undefined,
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
  // That somebody on the way is admin of its account is worth a step only where the way ends there.
  const told = path.filter(({ rule }, index) => rule !== 'allows-everything' || index === path.length - 1);
  return { path: told, conditions: unique(edges.flatMap(({ conditions }) => conditions)) };
}

const assumption = (from: string, to: string, statements: readonly StatementReference[]): Step => ({
  rule: 'assume-role',
  title: 'assume the role',
  aliases: ['sts-001'],
  actions: ['sts:AssumeRole'],
  from,
  to,
  statements,
});

/** Roles whose trust policies say the same were asked together; each has its own. */
const ofRole = (statements: readonly StatementReference[], role: string): readonly StatementReference[] =>
  statements.map((statement) => ({ ...statement, policy: `trust:${role}` }));

/** A step that every admin of the account can take, as this one does: by the statements that make it admin. */
const asAdmin = (step: Step, from: string, ascent: Ascent | undefined): Step => ({
  ...step,
  from,
  statements: [
    ...(ascent?.path.flatMap(({ statements }) => statements) ?? []),
    ...step.statements.filter(({ policy }) => policy.startsWith('trust:')),
  ],
});
