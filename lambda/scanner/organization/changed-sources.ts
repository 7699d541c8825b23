import type { Account } from '../iam/account.ts';
import { countsWhere, openConditions, unique } from '../iam/authorization-result.ts';
import { type Principal, isServiceLinked } from '../iam/principal.ts';
import { type Analysis, stepsOf } from '../escalation/analyze.ts';
import type { Node } from '../escalation/graph.ts';
import { fewestSteps } from '../escalation/self-escalation.ts';
import { crossAccountSource } from './cross-account-sources.ts';
import type { CrossAccountSource } from './edges.ts';

/**
 * The cross-account principals as they are once they have changed themselves: with permissions that they give themselves, without a
 * Deny that they take off, below another boundary. Admins are left out: the synthetic admin stands for all that they can become.
 */
export const changedSources = (analysis: Analysis, isAdmin: (arn: string) => boolean): readonly CrossAccountSource[] =>
  analysis.account.principals.flatMap((principal) =>
    isServiceLinked(principal) || isAdmin(principal.arn) ? [] : changesOf(analysis, principal),
  );

/** One source for each identity side that a change gives. */
function changesOf({ account, search: { graph } }: Analysis, principal: Principal): readonly CrossAccountSource[] {
  const known = new Set([sideOf(account, principal)]);
  return (graph.variants.get(principal) ?? []).flatMap((variant) => {
    const node = graph.nodes.get(variant);
    const side = sideOf(account, variant);
    const source = crossAccountSource(account, variant);
    if (node === undefined || source === undefined || known.has(side)) return [];
    known.add(side);
    const edges = fewestChanges(account, node, variant).map(({ change: { technique }, grant }) => ({
      ...{ technique, grant, from: principal, to: principal.arn },
    }));
    const conditions = unique(edges.flatMap(({ grant }) => openConditions(grant)));
    return [{ ...source, principal: principal.arn, changed: { from: principal.arn, path: stepsOf(graph, edges), conditions } }];
  });
}

const sideOf = (account: Account, principal: Principal): string => {
  const { policies, limits } = crossAccountSource(account, principal) ?? {};
  return JSON.stringify([policies, limits]);
};

const fewestChanges = (account: Account, node: Node, variant: Principal) => {
  const side = sideOf(account, variant);
  return fewestSteps(node, variant, (changed) => sideOf(account, changed) === side, countsWhere(node.certain)).steps;
};
