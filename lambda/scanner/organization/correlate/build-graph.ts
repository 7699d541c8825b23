import { rootArn } from '../../model/arn.ts';
import type { Step } from '../../model/verdict.ts';
import type { AccountEdges, AdminPath, ActAsGroup } from '../edges.ts';
import { connectAccounts } from './cross-account-edges.ts';
import { ReachGraph, type StepsEdge, adminNode, alikeNode, grantNode, steps } from './graph.ts';
import { connectGuardrailChanges } from './guardrail-edges.ts';

/** The name of the node for all member accounts of an organization: the target of principals that control a service with access to them. */
const membersNode = (organizationId: string): string => `members:${organizationId}`;

/** The name of the node for one member account: the target of those who control such a service for some accounts. */
const memberNode = (account: string): string => `member:${account}`;

/** Builds the graph of the organization: the edges inside the accounts and between them. */
export function buildGraph(accounts: readonly AccountEdges[]): ReachGraph {
  const graph = new ReachGraph();
  for (const { account, actAs } of accounts) for (const group of actAs) connectActAs(graph, account, group);
  const blocked = connectAccounts(graph, accounts);
  connectOrgWideAccess(graph, accounts);
  for (const account of accounts) connectAdminPaths(graph, account);
  for (const { account, grantPaths } of accounts)
    for (const grantPath of grantPaths)
      graph.connect(graph.node(grantPath.from), steps(graph.node(grantNode(account)), grantPath));
  connectGuardrailChanges(graph, accounts, blocked);
  return graph;
}

/** What leads to several principals, leads to a node for all of them. */
function connectActAs(graph: ReachGraph, account: string, { to, paths }: ActAsGroup): void {
  const [first = ''] = to;
  const end = graph.node(to.length === 1 ? first : alikeNode(first));
  for (const { from, ...path } of paths) connectFrom(graph, account, from, steps(end, path));
  if (to.length > 1)
    for (const arn of to)
      graph.connect(end, { kind: 'alike', first, arn, to: graph.node(arn), conditions: [], certain: true, cost: 0 });
}

/** Connects a principal, or all admins of the account, to where the edge leads. */
function connectFrom(graph: ReachGraph, account: string, from: string | undefined, edge: StepsEdge): void {
  graph.connect(graph.node(from ?? adminNode(account)), from === undefined ? { ...edge, as: 'any-admin' } : edge);
}

/**
 * A principal that becomes admin through an admin has an edge to that one. One that makes itself admin has an edge to the admin
 * node of the account.
 */
function connectAdminPaths(graph: ReachGraph, { account, adminPaths }: AccountEdges): void {
  const admins = new Set(adminPaths.flatMap((adminPath) => (isAdminAlready(adminPath) ? adminPath.from : [])));
  for (const adminPath of adminPaths) {
    const last = adminPath.path.at(-1)?.to;
    const isByAnother = last !== undefined && last !== adminPath.from && admins.has(last);
    const to = graph.node(isByAnother ? last : adminNode(account));
    graph.connect(graph.node(adminPath.from), steps(to, adminPath, isAdminAlready(adminPath) ? 0 : adminPath.path.length));
  }
}

const isAdminAlready = ({ path: [first], conditions }: AdminPath): boolean =>
  first?.rule === 'allows-everything' && conditions.length === 0;

/** The cost of using such a service: higher than that of assuming a role. */
const ORG_WIDE_COST = 2;

/** Services with access to member accounts have none to the management account, and SCPs limit what they create. */
function connectOrgWideAccess(graph: ReachGraph, accounts: readonly AccountEdges[]): void {
  const powers = accounts.flatMap(({ account, organizationId = '', orgWideAccess }) =>
    orgWideAccess.map((access) => ({ account, organizationId, access })),
  );
  if (powers.length === 0) return;
  const single = new Set(powers.flatMap(({ access: { members = [] } }) => members));
  for (const { account, partition, isManagement, isSealed, organizationId } of accounts) {
    if (isManagement || isSealed || organizationId === undefined) continue;
    const path = [{ ...placeholder, to: rootArn(partition, account) }];
    const edge = { ...steps(graph.node(adminNode(account)), { path, conditions: [] }, 0), as: 'member' } as const;
    graph.connect(graph.node(membersNode(organizationId)), edge);
    if (single.has(account)) graph.connect(graph.node(memberNode(account)), edge);
  }
  for (const { account, organizationId, access } of powers) {
    const { from, step, conditions, members } = access;
    for (const end of members?.map(memberNode) ?? [membersNode(organizationId)])
      connectFrom(graph, account, from, steps(graph.node(end), { path: [step], conditions }, ORG_WIDE_COST));
  }
}

/** Stands for the end of the step before it. */
const placeholder: Step = { rule: '', title: '', aliases: [], actions: [], from: '', to: '', statements: [] };
