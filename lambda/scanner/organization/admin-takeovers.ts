import type { Account } from '../iam/account.ts';
import { getOrCreate } from '../model/get-or-create.ts';
import { type AuthorizationResult, allOf, anyOf, granted, openConditions } from '../iam/authorization-result.ts';
import { can } from '../iam/authorization.ts';
import { type Principal, type RolePrincipal, isProtected } from '../iam/principal.ts';
import type { Step } from '../model/verdict.ts';
import { assumeRoleTechniques } from '../techniques/iam/assume-role.ts';
import { credentialTechniques } from '../techniques/iam/credentials.ts';
import type { ImpersonationTechnique } from '../techniques/technique.ts';
import { canRewrite } from '../techniques/iam/policy-versions.ts';
import { callsOf } from '../escalation/analyze.ts';
import type { EscalationGraph } from '../escalation/graph.ts';
import { type ActAsStep, actAsInOneStep } from '../escalation/impersonator-search.ts';
import type { Takeover } from './edges.ts';

/** What stands for the principal that is taken over. */
export const TAKEN_OVER = '';

/** What works for nearly all; others are tried where SCPs deny them. */
const usualTechniques: Readonly<Record<Principal['kind'], readonly ImpersonationTechnique[]>> = {
  role: assumeRoleTechniques.filter(({ id }) => id === 'update-trust-policy'),
  user: credentialTechniques.filter(({ id }) => id === 'create-access-key'),
};

/**
 * How an admin of the account gives a role or user of it permissions and then acts as it. Without SCPs and permissions boundaries that
 * is the same for all. Those with which it is not are left out; those that need more, or more conditions, are a group of their own.
 */
export function adminTakeovers(graph: EscalationGraph, admin: RolePrincipal): readonly Takeover[] {
  const { account } = graph;
  const groups = new Map<string, Takeover & { readonly principals: string[] }>();
  let plain: Partial<Record<Principal['kind'], ReturnType<typeof takeoverOf>>> = {};
  for (const target of account.principals) {
    if (isProtected(target)) continue;
    const isPlain = admin.scpLimits.length === 0 && target.boundary === undefined;
    const by = (isPlain ? plain[target.kind] : undefined) ?? takeoverOf(graph, admin, target);
    if (by === undefined) continue;
    if (isPlain) plain = { ...plain, [target.kind]: by };
    const key = JSON.stringify([target.kind, by.path.map(({ rule, actions }) => [rule, actions]), by.conditions]);
    const group = getOrCreate(groups, key, () => ({ kind: target.kind, ...by, principals: [] }));
    group.principals.push(nameOf(target.arn));
  }
  return [...groups.values()];
}

/** The path and the name of a role or user: `team/deploy`. */
export const nameOf = (arn: string): string => arn.slice(arn.indexOf('/') + 1);

function takeoverOf(
  graph: EscalationGraph,
  admin: RolePrincipal,
  target: Principal,
): Pick<Takeover, 'path' | 'conditions'> | undefined {
  const { account } = graph;
  const word = target.kind === 'user' ? 'User' : 'Role';
  const give = empowermentOf(account, admin, target, word);
  const unbind = `iam:Delete${word}PermissionsBoundary`;
  const unbound = target.boundary === undefined ? granted() : can(account, admin, unbind, target.arn);
  const act = actAs(graph, admin, target);
  if (give === undefined || unbound.kind === 'refused' || act === undefined) return undefined;
  const { technique, grant } = act;
  const { id: rule, title, aliases } = technique;
  const step = { from: admin.arn, to: TAKEN_OVER };
  const path: readonly Step[] = [
    {
      ...{ ...step, rule: give.rule, title: give.title, aliases: [], statements: give.answer.statements },
      actions: target.boundary ? [give.action, unbind] : [give.action],
    },
    { ...step, rule, title, aliases, actions: callsOf(technique, grant), statements: grant.statements },
  ];
  return { path, conditions: openOf([give.answer, unbound, grant]) };
}

/** How the admin gives the target the permission to assume roles of other accounts; a way without open conditions is preferred. */
function empowermentOf(account: Account, admin: RolePrincipal, target: Principal, word: 'User' | 'Role') {
  const rewrites = target.policies.flatMap(({ managed, origin }) =>
    managed?.isCustomerManaged ? [() => canRewrite(account, admin, origin)] : [],
  );
  const ways = [
    {
      ...{ rule: `put-${target.kind}-policy`, action: `iam:Put${word}Policy` },
      title: `Add an inline policy that allows sts:AssumeRole to the ${target.kind}`,
    },
    {
      ...{ rule: `attach-${target.kind}-policy`, action: `iam:Attach${word}Policy` },
      title: `Attach a policy that allows sts:AssumeRole to the ${target.kind}`,
    },
  ].map((way) => ({ ...way, answer: can(account, admin, way.action, target.arn) }));
  const rewriting = {
    ...{ rule: 'create-policy-version', action: 'iam:CreatePolicyVersion', answer: anyOf(rewrites) },
    title: `Create a version that allows sts:AssumeRole of a policy that the ${target.kind} has`,
  };
  const possible = [...ways, rewriting].flatMap(({ answer, ...way }) => (answer.kind === 'granted' ? [{ ...way, answer }] : []));
  return possible.find(({ answer }) => openConditions(answer).length === 0) ?? possible[0];
}

/** How the admin acts as the target; a technique without open conditions is preferred. */
function actAs(graph: EscalationGraph, admin: RolePrincipal, target: Principal): ActAsStep | undefined {
  const usual = usualTechniques[target.kind].flatMap((technique): readonly ActAsStep[] => {
    const grant = technique.attempt(graph.account, admin, target);
    return grant.kind === 'refused' ? [] : [{ technique, grant }];
  });
  return usual.find(({ grant }) => grant.certain) ?? actAsInOneStep(graph, admin, target);
}

const openOf = (answers: readonly AuthorizationResult[]) => openConditions(allOf(...answers.map((answer) => () => answer)));
