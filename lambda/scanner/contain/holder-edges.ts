import type { Analysis } from '../escalation/analyze.ts';
import { createTargetSearch } from '../escalation/act-as-targets.ts';
import { createBudget } from '../escalation/budget.ts';
import { usualLimits } from '../escalation/state.ts';
import { countsWhere } from '../iam/authorization-result.ts';
import { isProtected, isServiceLinked } from '../iam/principal.ts';
import { accountEdgesOf } from '../organization/account-edges.ts';
import { buildGraph } from '../organization/correlate/build-graph.ts';
import { type ReachEdge, adminNode, isAlikeNode } from '../organization/correlate/graph.ts';

/** How the holder of a credential gets from one node to the next: a principal, or a node of the graph of the organization. */
export interface HolderEdge {
  readonly to: string;
  /** The id of the technique. */
  readonly rule: string;
  /** What is done, as an instruction. */
  readonly title: string;
  /** The service that runs code of the caller with the role, if the technique uses one. */
  readonly service?: string;
}

/** The edges from a node: only those without open conditions, or all. */
export type HolderEdges = (node: string, certain: boolean) => readonly HolderEdge[];

const ASSUME = { rule: 'assume-role', title: 'Assume the role' } as const;

/** Finds whom a principal can act as in one step, in its own account and in others. */
export function createHolderEdges(analyses: readonly Analysis[]): HolderEdges {
  const graph = buildGraph(analyses.map((analysis) => accountEdgesOf(analysis)));
  const own = new Map(analyses.map((analysis) => [analysis.account.accountId, edgesInAccount(analysis)]));
  const accountOf = new Map(
    analyses.flatMap(({ account }) => account.principals.map(({ arn }) => [arn, account.accountId] as const)),
  );
  const admins = new Map(analyses.map((analysis) => [adminNode(analysis.account.accountId), edgesOfAdmin(analysis)]));
  return (node, certain) => {
    const number = graph.find(node);
    // Nodes for alike principals stand for steps inside the account, which are told one by one below.
    const isBetween = (edge: ReachEdge) => (edge.certain || !certain) && !isAlikeNode(graph.name(edge.to));
    const between = (number === undefined ? [] : graph.edges(number)).filter(isBetween);
    const home = accountOf.get(node) ?? '';
    // What an admin can do is told once for all of them.
    const isAdmin = between.some(({ to }) => graph.name(to) === adminNode(home));
    const inside = isAdmin ? [] : (own.get(home)?.(node, certain) ?? []);
    return [...(admins.get(node) ?? inside), ...between.map((edge) => holderEdge(edge, graph.name(edge.to)))];
  };
}

function holderEdge(edge: ReachEdge, to: string): HolderEdge {
  const last = edge.kind === 'steps' ? edge.path.at(-1) : undefined;
  return last === undefined ? { to, ...ASSUME } : { to, rule: last.rule, title: last.title };
}

/** Whom the principals of one account act as there, each as it is or as it could change itself. */
function edgesInAccount({ account, search: { graph } }: Analysis) {
  const search = (certain: boolean) =>
    createTargetSearch({ certain, graph }, countsWhere(certain), createBudget(usualLimits.attempts));
  const searches = { sure: search(true), any: search(false) };
  return (arn: string, certain: boolean): readonly HolderEdge[] => {
    const principal = account.principalsByArn.get(arn);
    const variants = principal === undefined ? [] : (graph.variants.get(principal) ?? [principal]);
    const usable = variants.filter((variant) => !certain || graph.nodes.get(variant)?.certain !== false);
    return usable
      .flatMap(certain ? searches.sure : searches.any)
      .filter(([target]) => !isServiceLinked(target))
      .map(([target, { id: rule, title, service }]) => ({ to: target.arn, rule, title, ...(service && { service }) }));
  };
}

/** An admin can act as every user and role that it can change. */
const edgesOfAdmin = ({ account }: Analysis): readonly HolderEdge[] =>
  account.principals
    .filter((principal) => !isProtected(principal))
    .map(({ arn }) => ({ to: arn, rule: 'admin-of-account', title: 'Act as it, as an administrator of the account' }));
