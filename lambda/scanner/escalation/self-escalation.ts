import { actionSet, mayAllowAny, mayAllowEverything } from '../iam/action-prefilter.ts';
import type { Account } from '../iam/account.ts';
import { type AuthorizationResult, type Grant, refused } from '../iam/authorization-result.ts';
import { canDoEverything } from '../iam/authorization.ts';
import type { Principal } from '../iam/principal.ts';
import { boundaryChanges } from './identity-changes/boundary.ts';
import { conditionChanges } from './identity-changes/conditions.ts';
import { denyRemovals } from './identity-changes/denies.ts';
import { gains, hasFullAccess } from './identity-changes/gains.ts';
import { moves } from './identity-changes/move.ts';
import { type IdentityChange, withPolicyChanges } from './identity-changes/identity-change.ts';
import { restorations, rewrites } from './identity-changes/versions.ts';

/** One change that a principal makes to itself. */
export interface MadeChange {
  readonly change: IdentityChange;
  readonly grant: Grant;
}

/** A principal as it is after such changes, and the changes. */
export interface PrincipalVariant {
  readonly principal: Principal;
  readonly steps: readonly MadeChange[];
}

/** Patterns of the actions by which a principal changes itself. */
export const selfChangeActions = [
  'iam:*PermissionsBoundary',
  'iam:Attach*Policy',
  'iam:Put*Policy',
  'iam:Detach*Policy',
  'iam:Delete*Policy',
  'iam:CreatePolicyVersion',
  'iam:SetDefaultPolicyVersion',
  'iam:AddUserToGroup',
  'iam:RemoveUserFromGroup',
  'iam:TagUser',
  'iam:TagRole',
  'iam:UpdateUser',
  'iam:EnableMFADevice',
  'cloudformation:CreateStack',
];

/** The actions by which a principal changes itself or others. */
export const changeActionSet = actionSet(selfChangeActions);

/**
 * The variants of a principal that changes itself: it removes or widens its permissions boundary, sets up conditions so that they
 * are met, gives itself permissions, moves to another path, and removes its Deny statements. There is a variant after each change,
 * since the policy removed last may have allowed something. Certain changes come first, then possible ones.
 */
export function changeItself(account: Account, principal: Principal): readonly PrincipalVariant[] {
  if (!mayAllowAny(principal, changeActionSet)) return [];
  const uncertain: Grant[] = [];
  const isSure = (grant: Grant): boolean => {
    if (!grant.certain) uncertain.push(grant);
    return grant.certain;
  };
  const sure = oneByOne(account, principal, isSure);
  return uncertain.length === 0 || doesEverything(account, sure.at(-1)?.principal ?? principal).kind === 'granted'
    ? sure
    : [...sure, ...oneByOne(account, principal, () => true).filter(({ steps }) => steps.some(({ grant }) => !grant.certain))];
}

const doesEverything = (account: Account, principal: Principal): AuthorizationResult =>
  mayAllowEverything(principal) ? canDoEverything(account, principal) : refused();

/** More changes than any plausible principal needs. */
const MOST_CHANGES = 24;

/** How many changes in a row may each lose permissions. */
const MOST_LOSSES = 3;

type Counts = (grant: Grant) => boolean;

/**
 * One change can allow the next. Changes that lose nothing are made as long as there are any; of those that may lose something, each
 * is tried from there.
 */
function oneByOne(account: Account, principal: Principal, counts: Counts): readonly PrincipalVariant[] {
  const found: PrincipalVariant[] = [];
  /** Whether the variant is admin, which ends the search. */
  const isLast = (variant: PrincipalVariant): boolean => {
    found.push(variant);
    const answer = doesEverything(account, variant.principal);
    return found.length >= MOST_CHANGES || (answer.kind === 'granted' && counts(answer));
  };
  const visit = (start: PrincipalVariant, losses: number): boolean => {
    let current = start;
    for (;;) {
      const next = first(possibleChanges(account, current, counts, false));
      if (next === undefined) break;
      current = next;
      if (isLast(current)) return true;
    }
    if (losses === 0) return false;
    for (const variant of possibleChanges(account, current, counts, true))
      if (isLast(variant) || visit(variant, losses - 1)) return true;
    return false;
  };
  visit({ principal, steps: [] }, MOST_LOSSES);
  return found;
}

const first = <T>(items: Iterable<T>): T | undefined => {
  for (const item of items) return item;
  return undefined;
};

/** The variants that are one change away, by a change that was not made yet. */
function* possibleChanges(
  account: Account,
  { principal, steps }: PrincipalVariant,
  counts: Counts,
  mayLose: boolean,
): Iterable<PrincipalVariant> {
  for (const change of changesOn(account, principal, principal)) {
    if ((change.mayLose ?? false) !== mayLose || steps.some((step) => step.change.key === change.key)) continue;
    const grant = change.answer(principal, principal);
    if (grant.kind === 'granted' && counts(grant))
      yield { principal: afterChange(principal, change, steps), steps: [...steps, { change, grant }] };
  }
}

/** The principal after a change. A policy that it gets is as earlier changes left it. */
const afterChange = (principal: Principal, change: IdentityChange, made: readonly MadeChange[]): Principal =>
  withPolicyChanges(change.apply(principal), [...made.map((step) => step.change), change]);

/**
 * Changes that the principal may be able to make to an identity; `team`: all identities that take part. Those that lose nothing come
 * first.
 */
export const changesOn = (
  account: Account,
  by: Principal,
  on: Principal,
  team: readonly Principal[] = [by],
): readonly IdentityChange[] =>
  [
    ...conditionChanges(account, on),
    ...gains(account, by, on, team),
    ...(on.boundary === undefined && hasFullAccess(on) ? [] : rewrites(account, by, on)),
    ...moves(account, by, on),
    ...restorations(account, by, on),
    ...denyRemovals(account, on),
    // Permissions may hold only while the identity has its boundary.
    ...boundaryChanges(account, by, on),
  ].sort((a, b) => Number(a.mayLose ?? false) - Number(b.mayLose ?? false));

/** The fewest changes of a variant after which the test still holds, each still allowed when it is made. */
export function fewestSteps(
  { principal, preconditions }: { readonly principal: Principal; readonly preconditions: readonly MadeChange[] },
  variant: Principal,
  holds: (variant: Principal) => boolean,
  counts: (grant: AuthorizationResult) => grant is Grant,
): PrincipalVariant {
  const redo = (kept: readonly MadeChange[]): PrincipalVariant | undefined => {
    let current = principal;
    const steps: MadeChange[] = [];
    for (const { change } of kept) {
      const grant = change.answer(current, current);
      if (!counts(grant)) return undefined;
      current = afterChange(current, change, steps);
      steps.push({ change, grant });
    }
    return holds(current) ? { principal: current, steps } : undefined;
  };
  let best: PrincipalVariant = { principal: variant, steps: preconditions };
  for (const { change } of preconditions) best = redo(best.steps.filter((step) => step.change !== change)) ?? best;
  return best;
}
