import { type Analysis, callsOf, stepsOf } from '../escalation/analyze.ts';
import { type Impersonator, impersonatorGroupsOf } from '../escalation/impersonator-groups.ts';
import { actAsInOneStep } from '../escalation/impersonator-search.ts';
import { unique } from '../iam/authorization-result.ts';
import { type Principal, type RolePrincipal, isServiceLinked } from '../iam/principal.ts';
import type { Step, VerdictCondition } from '../model/verdict.ts';
import type { ActAsGroup, ActAsPath } from './edges.ts';
import { type SparedAdmin, sparedAdmins } from './spared-admins.ts';

/**
 * Who acts as the targets, and as those who do: each path leads from one principal to the next one, so that their number grows with the
 * steps and not with the pairs. `synthetic` is the synthetic admin: it stands for every principal that becomes admin, where there is
 * one.
 */
export function actAsGroups(
  { account, search }: Analysis,
  arns: readonly string[],
  synthetic: RolePrincipal | undefined,
): readonly ActAsGroup[] {
  const spared = synthetic === undefined ? [] : sparedAdmins(account, synthetic);
  const { graph, certain } = search;
  const targets = arns.flatMap((arn) => account.principalsByArn.get(arn) ?? []);
  const admins = [...certain.admins.keys()].filter((admin) => !isServiceLinked(admin));
  const byAdmins = targets.map((target) => ({
    to: [target.arn],
    paths: adminActAsPaths(graph, { made: synthetic, spared, admins }, target),
  }));
  const ofAll = new Set(byAdmins.flatMap(({ to, paths }) => (paths.some(({ from }) => from === undefined) ? to : [])));
  // A principal that becomes admin through another one has a path of its own.
  const others = impersonatorGroupsOf(
    graph,
    targets.filter((target) => !certain.admins.has(target)),
  ).map(({ targets: alike, impersonators }) => ({
    to: alike.map(({ arn }) => arn),
    paths: impersonators
      .filter((impersonator) => !alike.every(({ arn }) => ofAll.has(arn)) || !makesItselfAdmin(impersonator, search))
      .map(({ from, edges }) => ({
        ...{ from: from.arn, path: stepsOf(graph, edges) },
        conditions: openOf(edges.flatMap(({ grant }) => grant.conditions)),
      })),
  }));
  return [...byAdmins, ...others].filter(({ paths }) => paths.length > 0);
}

/**
 * Whether a principal gives itself permissions first, and so becomes admin. What every admin can do is told once, and not for each
 * principal that makes itself one.
 */
function makesItselfAdmin({ from, edges }: Impersonator, { certain, possible }: Analysis['search']): boolean {
  // Whose certain verdict is that it grants admin, has no path as an admin, even if conditions might make it one.
  const becomesAdmin = certain.canBecome.has(from) || (possible.canBecome.has(from) && !certain.canGrant.has(from));
  return becomesAdmin && edges.some(({ to }) => to === from.arn);
}

const openOf = (conditions: readonly VerdictCondition[]): readonly VerdictCondition[] =>
  unique(conditions.filter(({ controlledBy }) => controlledBy !== 'caller'));

type World = Analysis['search']['graph'];

interface Admins {
  readonly made: Principal | undefined;
  /** The admin roles that can be created with names that guardrails exempt. */
  readonly spared: readonly SparedAdmin[];
  readonly admins: readonly Principal[];
}

/**
 * How admins of the account act as the target: once for all of them, by what the synthetic admin can do, and again for a single
 * admin that uses another technique or has fewer open conditions.
 */
function adminActAsPaths(graph: World, { made, spared, admins }: Admins, target: Principal): readonly ActAsPath[] {
  const own = admins.flatMap((admin) => (admin === target ? [] : (actAsPathOf(graph, admin, target) ?? [])));
  const common = made && commonPath(graph, { made, spared }, target);
  if (common === undefined) return own;
  const { from: _, ...ofAll } = common;
  const isOther = ({ path: [step], conditions }: ActAsPath) =>
    step?.rule !== common.path[0]?.rule || conditions.length < common.conditions.length;
  return [ofAll, ...own.filter(isOther)];
}

/** What the synthetic admin can do; where a guardrail stops it, or might, what a role with an exempt name can do. */
function commonPath(
  graph: World,
  { made, spared }: Required<Pick<Admins, 'spared'>> & { readonly made: Principal },
  target: Principal,
) {
  const direct = actAsPathOf(graph, made, target);
  if (direct?.conditions.length === 0) return direct;
  const created = spared.flatMap(({ admin, step, conditions }): readonly ActAsPath[] => {
    const path = actAsPathOf(graph, admin, target);
    return path ? [{ ...path, path: [step, ...path.path], conditions: openOf([...conditions, ...path.conditions]) }] : [];
  });
  return [...(direct ? [direct] : []), ...created].toSorted((a, b) => a.conditions.length - b.conditions.length)[0];
}

function actAsPathOf(graph: World, admin: Principal, target: Principal): ActAsPath | undefined {
  const taken = actAsInOneStep(graph, admin, target);
  if (taken === undefined) return undefined;
  const { technique, grant } = taken;
  const { id: rule, title, aliases } = technique;
  const step: Step = {
    ...{ rule, title, aliases, actions: callsOf(technique, grant) },
    ...{ from: admin.arn, to: target.arn, statements: grant.statements },
  };
  return { from: admin.arn, path: [step], conditions: openOf(grant.conditions) };
}
