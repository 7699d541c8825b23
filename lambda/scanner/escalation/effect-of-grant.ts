import { getOrCreate } from '../model/get-or-create.ts';
import { type Account, type CompiledGroup, fullAccess } from '../iam/account.ts';
import type { Principal } from '../iam/principal.ts';
import { type AuthorizationResult, type Grant, allOf, anyOf, granted, refused } from '../iam/authorization-result.ts';
import { canDoEverything } from '../iam/authorization.ts';
import { allowedActions, includesEveryAction, mayAllowEverything } from '../iam/action-prefilter.ts';
import { createGroupFilter } from './groups-worth-joining.ts';
import { type PrincipalVariant, changeItself, fewestSteps } from './self-escalation.ts';
import { type GrantEffect, mayUse } from '../techniques/technique.ts';
import { grantAdminTechniques } from '../techniques/iam/grant-admin.ts';

/** Decides whether an identity is admin once it is given more permissions. The answers are kept for each target of a search. */
export function createGrantEffects(account: Account): (target: Principal) => GrantEffect {
  const withFullAccess = new Map<Principal, AuthorizationResult>();
  const becomesAdmin = (result: Principal, rounds: number): AuthorizationResult =>
    anyOf([
      () => (mayAllowEverything(result) ? canDoEverything(account, result) : refused()),
      () => (includesEveryAction(allowedActions(result.policies)) ? afterChanges(result) : refused()),
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

  const joined = new Map<Principal, Map<CompiledGroup, AuthorizationResult>>();

  const inGroup = (target: Principal, group: CompiledGroup, rounds: number): AuthorizationResult => {
    const ofTarget = getOrCreate(joined, target, () => new Map<CompiledGroup, AuthorizationResult>());
    return getOrCreate(ofTarget, group, () => becomesAdmin(joining(target, group), rounds));
  };

  const groupsWorthJoining = createGroupFilter(account);
  const effectOn = (target: Principal, rounds: number): GrantEffect => {
    let worthJoining: readonly CompiledGroup[] | undefined;
    return {
      withFullAccess: () =>
        getOrCreate(withFullAccess, target, () =>
          withoutStatements(becomesAdmin({ ...target, policies: [...target.policies, fullAccess] }, 0)),
        ),
      as: (result) => becomesAdmin(result, rounds),
      groupsWorthJoining: () => (worthJoining ??= groupsWorthJoining(target, rounds)),
      inGroup: (group) => inGroup(target, group, rounds),
    };
  };
  const effects = new Map<Principal, GrantEffect>();
  // Joining a group, or restoring a policy version, may lead to admin in one more step of its own, and no further.
  return (target) => getOrCreate(effects, target, () => effectOn(target, 1));
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
