import { countsWhere, openConditions, unique } from '../iam/authorization-result.ts';
import { type Principal, isServiceLinked } from '../iam/principal.ts';
import { type Analysis, stepsOf } from '../escalation/analyze.ts';
import { fewestSteps } from '../escalation/self-escalation.ts';
import { crossAccountSource, sideOfSource } from './cross-account-sources.ts';
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
  const variants = graph.variants.get(principal) ?? [];
  if (variants.every((variant) => variant === principal)) return [];
  const sideOf = (changed: Principal) => `${changed.arn} ${sideOfSource(crossAccountSource(account, changed))}`;
  const known = new Set([sideOf(principal)]);
  return variants.flatMap((variant) => {
    const node = graph.nodes.get(variant);
    const source = crossAccountSource(account, variant);
    const side = sideOf(variant);
    if (node === undefined || source === undefined || known.has(side)) return [];
    known.add(side);
    const { steps } = fewestSteps(node, variant, (changed) => sideOf(changed) === side, countsWhere(node.certain));
    const edges = steps.map(({ change: { technique }, grant }) => ({ technique, grant, from: principal, to: principal.arn }));
    const conditions = unique(edges.flatMap(({ grant }) => openConditions(grant)));
    return [{ ...source, changed: { from: principal.arn, path: stepsOf(graph, edges), conditions } }];
  });
}
