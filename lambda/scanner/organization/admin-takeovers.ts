import type { Account } from '../iam/account.ts';
import { getOrCreate } from '../model/get-or-create.ts';
import { type AuthorizationResult, allOf, anyOf, granted, openConditions } from '../iam/authorization-result.ts';
import { can } from '../iam/authorization.ts';
import { type Principal, type RolePrincipal, isProtected } from '../iam/principal.ts';
import type { Step } from '../model/verdict.ts';
import { assumeRoleTechniques } from '../techniques/iam/assume-role.ts';
import { credentialTechniques } from '../techniques/iam/credentials.ts';
import type { ImpersonationTechnique } from '../techniques/technique.ts';
import type { Takeover } from './edges.ts';

/** What stands for the principal that is taken over. */
export const TAKEN_OVER = '';

const techniques: Readonly<Record<Principal['kind'], readonly ImpersonationTechnique[]>> = {
  role: assumeRoleTechniques.filter(({ id }) => id === 'update-trust-policy'),
  user: credentialTechniques.filter(({ id }) => id === 'create-access-key'),
};

/**
 * How an admin of the account gives a role or user of it permissions and then acts as it. Without SCPs and permissions boundaries that
 * is the same for all. Those with which it is not are left out; those that need more, or more conditions, are a group of their own.
 */
export function adminTakeovers(account: Account, admin: RolePrincipal): readonly Takeover[] {
  const groups = new Map<string, Takeover & { readonly principals: string[] }>();
  let plain: Partial<Record<Principal['kind'], ReturnType<typeof takeoverOf>>> = {};
  for (const target of account.principals) {
    if (isProtected(target)) continue;
    const isPlain = admin.scpLimits.length === 0 && target.boundary === undefined;
    const by = isPlain ? (plain[target.kind] ?? takeoverOf(account, admin, target)) : takeoverOf(account, admin, target);
    if (by === undefined) continue;
    if (isPlain) plain = { ...plain, [target.kind]: by };
    const key = JSON.stringify([target.kind, by.path.map(({ actions }) => actions), by.conditions]);
    const group = getOrCreate(groups, key, () => ({ kind: target.kind, ...by, principals: [] }));
    group.principals.push(nameOf(target.arn));
  }
  return [...groups.values()];
}

/** The path and the name of a role or user: `team/deploy`. */
export const nameOf = (arn: string): string => arn.slice(arn.indexOf('/') + 1);

function takeoverOf(
  account: Account,
  admin: RolePrincipal,
  target: Principal,
): Pick<Takeover, 'path' | 'conditions'> | undefined {
  const word = target.kind === 'user' ? 'User' : 'Role';
  const put = `iam:Put${word}Policy`;
  const empower = anyOf([put, `iam:Attach${word}Policy`].map((action) => () => can(account, admin, action, target.arn)));
  const unbind = `iam:Delete${word}PermissionsBoundary`;
  const unbound = target.boundary === undefined ? granted() : can(account, admin, unbind, target.arn);
  if (empower.kind === 'refused' || unbound.kind === 'refused') return undefined;
  const step = { aliases: [], from: admin.arn, to: TAKEN_OVER };
  const give: Step = {
    rule: `put-${target.kind}-policy`,
    title: `Add an inline policy that allows sts:AssumeRole to the ${target.kind}`,
    ...{ ...step, actions: target.boundary ? [put, unbind] : [put], statements: empower.statements },
  };
  for (const { id: rule, title, aliases, actions, attempt } of techniques[target.kind]) {
    const act = attempt(account, admin, target);
    if (act.kind === 'refused') continue;
    const path = [give, { ...step, rule, title, aliases, actions, statements: act.statements }];
    return { path, conditions: openOf([empower, unbound, act]) };
  }
  return undefined;
}

const openOf = (answers: readonly AuthorizationResult[]) => openConditions(allOf(...answers.map((answer) => () => answer)));
