import { actionSet, mayAllowAny } from '../iam/action-prefilter.ts';
import type { Account } from '../iam/account.ts';
import type { AuthorizationResult, Grant } from '../iam/authorization-result.ts';
import { canDoEverything } from '../iam/authorization.ts';
import type { Principal } from '../iam/principal.ts';
import { boundaryChanges } from './identity-changes/boundary.ts';
import { conditionChanges } from './identity-changes/conditions.ts';
import { denyRemovals } from './identity-changes/denies.ts';
import { gains } from './identity-changes/gains.ts';
import { moves } from './identity-changes/move.ts';
import type { IdentityChange } from './identity-changes/identity-change.ts';
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
  const sure = oneByOne(account, principal, ({ certain }) => certain);
  const isDone = (variant: Principal) => canDoEverything(account, variant).kind === 'granted';
  return isDone(sure.at(-1)?.principal ?? principal)
    ? sure
    : [...sure, ...oneByOne(account, principal, () => true).filter(({ steps }) => steps.some(({ grant }) => !grant.certain))];
}

/** More changes than any plausible principal needs. */
const MOST_CHANGES = 24;

/** One change can allow the next. Each is made once, so the loop ends. */
function oneByOne(account: Account, principal: Principal, counts: (grant: Grant) => boolean): readonly PrincipalVariant[] {
  const found: PrincipalVariant[] = [];
  const made = new Set<string>();
  let current: PrincipalVariant = { principal, steps: [] };
  while (found.length < MOST_CHANGES) {
    const next = firstChange(account, current.principal, made, counts);
    if (next === undefined) break;
    made.add(next.change.key);
    current = { principal: next.change.apply(current.principal), steps: [...current.steps, next] };
    found.push(current);
    const answer = canDoEverything(account, current.principal);
    if (answer.kind === 'granted' && counts(answer)) break;
  }
  return found;
}

function firstChange(
  account: Account,
  principal: Principal,
  made: ReadonlySet<string>,
  counts: (grant: Grant) => boolean,
): MadeChange | undefined {
  for (const change of changesOn(account, principal, principal)) {
    if (made.has(change.key)) continue;
    const grant = change.answer(principal, principal);
    if (grant.kind === 'granted' && counts(grant)) return { change, grant };
  }
  return undefined;
}

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
    ...(on.boundary === undefined ? [] : rewrites(account, by, on)),
    // Permissions may hold only while the identity has its boundary.
    ...boundaryChanges(account, by, on),
    ...moves(account, by, on),
    ...restorations(account, by, on),
    ...denyRemovals(account, on),
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
      current = change.apply(current);
      steps.push({ change, grant });
    }
    return holds(current) ? { principal: current, steps } : undefined;
  };
  let best: PrincipalVariant = { principal: variant, steps: preconditions };
  for (const { change } of preconditions) best = redo(best.steps.filter((step) => step.change !== change)) ?? best;
  return best;
}
