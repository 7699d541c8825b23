import { actionSet, mayAllowAny, mayAllowEverything } from '../iam/action-prefilter.ts';
import type { Account } from '../iam/account.ts';
import { type AuthorizationResult, type Counts, type Grant, refused } from '../iam/authorization-result.ts';
import { canDoEverything } from '../iam/authorization.ts';
import type { Principal } from '../iam/principal.ts';
import { getOrCreate } from '../model/get-or-create.ts';
import { fewest } from './fewest.ts';
import { boundaryChanges } from './identity-changes/boundary.ts';
import { acceptedDenies } from './identity-changes/deny-statements.ts';
import { conditionChanges } from './identity-changes/conditions.ts';
import { denyRemovals } from './identity-changes/denies.ts';
import { gains, hasFullAccess, writesGroupPolicies } from './identity-changes/gains.ts';
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

/** The variants of a principal, and whether there may be more that were not tried. */
export interface SelfChanges {
  readonly variants: readonly PrincipalVariant[];
  readonly isUnfinished: boolean;
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
  'iam:CreateGroup',
  'iam:AddUserToGroup',
  'iam:RemoveUserFromGroup',
  'iam:TagUser',
  'iam:TagRole',
  'iam:UntagUser',
  'iam:UntagRole',
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
export function changeItself(account: Account, principal: Principal): SelfChanges {
  if (!mayAllowAny(principal, changeActionSet)) return { variants: [], isUnfinished: false };
  const granted = createGrantedChanges(account);
  const uncertain: Grant[] = [];
  const isSure = (grant: Grant): boolean => {
    if (!grant.certain) uncertain.push(grant);
    return grant.certain;
  };
  const sure = oneByOne({ account, granted, counts: isSure }, principal);
  if (uncertain.length === 0 || doesEverything(account, sure.variants.at(-1)?.principal ?? principal).kind === 'granted')
    return sure;
  const possible = oneByOne({ account, granted, counts: () => true }, principal);
  return {
    variants: [...sure.variants, ...possible.variants.filter(({ steps }) => steps.some(({ grant }) => !grant.certain))],
    isUnfinished: sure.isUnfinished || possible.isUnfinished,
  };
}

const doesEverything = (account: Account, principal: Principal): AuthorizationResult =>
  mayAllowEverything(principal) ? canDoEverything(account, principal) : refused();

/** More variants than any plausible principal needs. */
const MOST_VARIANTS = 24;

/** How many changes in a row may each lose permissions. */
const MOST_LOSSES = 3;

/** The changes that are granted to principals as they become, and which of the grants count. */
interface SelfSearch {
  readonly account: Account;
  readonly granted: (principal: Principal) => readonly MadeChange[];
  readonly counts: (grant: Grant) => boolean;
}

/** The changes that a principal is granted to make to itself; it is asked about more than once. */
function createGrantedChanges(account: Account): SelfSearch['granted'] {
  const known = new Map<Principal, readonly MadeChange[]>();
  return (principal) =>
    getOrCreate(known, principal, () =>
      changesOn(account, principal, principal, writesGroupPolicies(principal)).flatMap((change) => {
        const grant = change.answer(principal, principal);
        return grant.kind === 'granted' ? [{ change, grant }] : [];
      }),
    );
}

/**
 * One change can allow the next. Changes that lose nothing are made as long as there are any; of those that may lose something, each
 * is tried from there.
 */
function oneByOne(search: SelfSearch, principal: Principal): SelfChanges {
  const variants: PrincipalVariant[] = [];
  const found = { variants, isUnfinished: false };
  /** Whether the variant ends the search. */
  const isLast = (variant: PrincipalVariant): boolean => {
    variants.push(variant);
    found.isUnfinished ||= variants.length >= MOST_VARIANTS;
    const answer = doesEverything(search.account, variant.principal);
    return variants.length >= MOST_VARIANTS || (answer.kind === 'granted' && search.counts(answer));
  };
  const visit = (start: PrincipalVariant, losses: number): boolean => {
    const current = afterSafeChanges(search, start);
    if (current !== start && isLast(current)) return true;
    const losing = possibleChanges(search, current, true);
    found.isUnfinished ||= losses === 0 && losing.length > 0;
    if (losses === 0) return false;
    const joined = withDenies(search, current, losing);
    found.isUnfinished ||= !joined.isComplete;
    const single = losing.filter(({ change }) => change.denies === undefined).map((change) => withChange(current, change));
    for (const variant of [...joined.variants, ...single]) if (isLast(variant) || visit(variant, losses - 1)) return true;
    return false;
  };
  visit({ principal, steps: [] }, MOST_LOSSES);
  return found;
}

/** The variants after the changes that give permissions and Deny statements: none alone may be enough. */
function withDenies(search: SelfSearch, start: PrincipalVariant, losing: readonly MadeChange[]) {
  const { sets, isComplete } = acceptedDenies(losing.map(({ change }) => change));
  const variants = sets.map((accepted) => {
    const isAccepted = ({ change: { denies } }: MadeChange) => denies?.every((statement) => accepted.has(statement)) ?? false;
    let variant = start;
    for (let next = losing.filter(isAccepted); next.length > 0;) {
      variant = next.reduce((current, { change }) => {
        const grant = change.answer(current.principal, current.principal);
        return grant.kind === 'granted' && search.counts(grant) ? withChange(current, { change, grant }) : current;
      }, variant);
      next = possibleChanges(search, variant, true).filter(isAccepted);
    }
    return variant;
  });
  return { variants, isComplete };
}

/** The variant after all changes that lose nothing. What is possible before one of them is possible after it. */
function afterSafeChanges(search: SelfSearch, start: PrincipalVariant): PrincipalVariant {
  let current = start;
  for (let next = possibleChanges(search, current, false); next.length > 0;) {
    current = next.reduce(withChange, current);
    next = possibleChanges(search, current, false);
  }
  return current;
}

/** The changes that the variant can make and has not made yet; `mayLose`: those by which permissions may be lost. */
function possibleChanges({ granted, counts }: SelfSearch, { principal, steps }: PrincipalVariant, mayLose: boolean) {
  const done = new Set(steps.map(({ change }) => change.key));
  return granted(principal).filter(
    ({ change, grant }) => (change.mayLose ?? false) === mayLose && !done.has(change.key) && counts(grant),
  );
}

const withChange = ({ principal, steps }: PrincipalVariant, made: MadeChange): PrincipalVariant => ({
  principal: afterChange(principal, made.change, steps),
  steps: [...steps, made],
});

/** The principal after a change. A policy that it gets is as earlier changes left it. */
const afterChange = (principal: Principal, change: IdentityChange, made: readonly MadeChange[]): Principal =>
  withPolicyChanges(change.apply(principal), [...made.map((step) => step.change), change]);

/**
 * Changes that the principal may be able to make to an identity; `fillsGroups`: whether an identity that takes part may give policies
 * to groups. Those that lose nothing come first.
 */
export const changesOn = (account: Account, by: Principal, on: Principal, fillsGroups: boolean): readonly IdentityChange[] =>
  [
    ...conditionChanges(account, by, on),
    ...gains(account, by, on, fillsGroups),
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
  counts: Counts,
): PrincipalVariant {
  const redo = (kept: readonly IdentityChange[]): PrincipalVariant | undefined => {
    let current: PrincipalVariant = { principal, steps: [] };
    for (const change of kept) {
      const grant = change.answer(current.principal, current.principal);
      if (!counts(grant)) return undefined;
      current = withChange(current, { change, grant });
    }
    return holds(current.principal) ? current : undefined;
  };
  return (
    fewest(
      preconditions.map(({ change }) => change),
      redo,
    ) ?? { principal: variant, steps: preconditions }
  );
}
