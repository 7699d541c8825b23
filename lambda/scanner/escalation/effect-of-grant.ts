import { getOrCreate } from '../model/get-or-create.ts';
import { type Account, type CompiledGroup, fullAccess } from '../iam/account.ts';
import type { Principal } from '../iam/principal.ts';
import { type AuthorizationResult, type Grant, allOf, anyOf, granted, refused } from '../iam/authorization-result.ts';
import { canDoEverything } from '../iam/authorization.ts';
import { actionSet, allowedActions, includesEveryAction, intersects, mayAllowEverything } from '../iam/action-prefilter.ts';
import { type PrincipalVariant, changeItself, fewestSteps, selfChangeActions } from './self-escalation.ts';
import { type GrantEffect, mayUse } from '../techniques/technique.ts';
import { grantAdminTechniques } from '../techniques/iam/grant-admin.ts';

const grantAdminActions = actionSet(grantAdminTechniques.flatMap(({ actions }) => actions));

/** Actions that make a group worth joining: they grant permissions, or remove a limit that blocks granting them. */
const furtherActions = actionSet([...grantAdminTechniques.flatMap(({ actions }) => actions), ...selfChangeActions]);

/** Decides whether an identity is admin once it is given more permissions. The answers are kept for each target of a search. */
export function createGrantEffects(account: Account): (target: Principal) => GrantEffect {
  const withFullAccess = new Map<Principal, AuthorizationResult>();
  const becomesAdmin = (result: Principal, rounds: number): AuthorizationResult =>
    anyOf([
      ...(mayAllowEverything(result) ? [() => canDoEverything(account, result), () => afterChanges(result)] : []),
      () => (rounds > 0 ? grantsItselfAdmin(result, rounds - 1) : refused()),
    ]);

  /** Its new permissions may allow it to remove the limits that remain. */
  const afterChanges = (result: Principal): AuthorizationResult =>
    anyOf(changeItself(account, result).variants.map((variant) => () => adminAfter(account, result, variant)));

  const grantsItselfAdmin = (result: Principal, rounds: number): AuthorizationResult =>
    anyOf(
      grantAdminTechniques
        .filter((technique) => mayUse(result, technique))
        .map((technique) => () => technique.attempt(account, result, result, effectOn(result, rounds))),
    );

  const groupActions = new Map([...account.groups.values()].map((group) => [group, allowedActions(group.policies)]));
  const joined = new Map<Principal, Map<CompiledGroup, AuthorizationResult>>();

  /** Prefilter: nearly all groups add no action that could lead further. */
  const mayLeadFurther = (target: Principal, group: CompiledGroup, rounds: number): boolean => {
    if (target.kind !== 'user' || target.groups.includes(group.name)) return false;
    const own = allowedActions(target.policies);
    const more = groupActions.get(group) ?? own;
    if (includesEveryAction(own, more)) return true;
    return (
      rounds > 0 &&
      intersects(more, furtherActions) &&
      (intersects(more, grantAdminActions) || intersects(own, grantAdminActions))
    );
  };
  const inGroup = (target: Principal, group: CompiledGroup, rounds: number): AuthorizationResult => {
    if (!mayLeadFurther(target, group, rounds)) return refused();
    const ofTarget = getOrCreate(joined, target, () => new Map<CompiledGroup, AuthorizationResult>());
    return getOrCreate(ofTarget, group, () => becomesAdmin(joining(target, group), rounds));
  };

  const effectOn = (target: Principal, rounds: number): GrantEffect => ({
    withFullAccess: () =>
      getOrCreate(withFullAccess, target, () =>
        withoutStatements(becomesAdmin({ ...target, policies: [...target.policies, fullAccess] }, 0)),
      ),
    as: (result) => becomesAdmin(result, rounds),
    inGroup: (group) => inGroup(target, group, rounds),
  });
  // Joining a group, or restoring a policy version, may lead to admin in one more step of its own, and no further.
  return (target) => effectOn(target, 1);
}

/** Permissions that come from the added full access are not statements that exist in the account. */
const withoutStatements = (answer: AuthorizationResult): AuthorizationResult =>
  answer.kind === 'granted' ? granted([], answer.conditions) : answer;

const joining = (target: Principal, { name, policies }: CompiledGroup): Principal => ({
  ...target,
  groups: [...target.groups, name],
  policies: [...target.policies, ...policies],
});

const isGranted = (answer: AuthorizationResult): answer is Grant => answer.kind === 'granted';

/** Whether the changes are possible and the principal is admin after them. */
const adminAs = (account: Account, { principal, steps }: PrincipalVariant): AuthorizationResult =>
  allOf(...steps.map((step) => () => step.grant), () => canDoEverything(account, principal));

/** Whether the principal is admin after the changes. An answer with conditions has only those of the changes that it needs. */
function adminAfter(account: Account, principal: Principal, variant: PrincipalVariant): AuthorizationResult {
  const whole = adminAs(account, variant);
  if (whole.kind === 'refused' || whole.certain) return whole;
  const holds = (candidate: Principal) => isGranted(canDoEverything(account, candidate));
  return adminAs(account, fewestSteps({ principal, preconditions: variant.steps }, variant.principal, holds, isGranted));
}
