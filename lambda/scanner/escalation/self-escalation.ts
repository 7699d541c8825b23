import { actionSet, mayAllowAny } from '../iam/action-prefilter.ts';
import type { Account } from '../iam/account.ts';
import type { AuthorizationResult, Grant } from '../iam/authorization-result.ts';
import type { Principal } from '../iam/principal.ts';
import { boundaryChanges } from './self-changes/boundary.ts';
import { conditionChanges } from './self-changes/conditions.ts';
import { denyRemovals } from './self-changes/denies.ts';
import { gains } from './self-changes/gains.ts';
import { moves } from './self-changes/move.ts';
import type { SelfChange } from './self-changes/self-change.ts';

/** One change that a principal makes to itself. */
export interface MadeChange {
  readonly change: SelfChange;
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

const selfChangeActionSet = actionSet(selfChangeActions);

/**
 * The variants of a principal that changes itself: it removes or widens its permissions boundary, sets up conditions so that they
 * are met, gives itself permissions, moves to another path, and removes its Deny statements. There is a variant after each change,
 * since the policy removed last may have allowed something. Certain changes come first, then possible ones.
 */
export function changeItself(account: Account, principal: Principal): readonly PrincipalVariant[] {
  if (!mayAllowAny(principal, selfChangeActionSet)) return [];
  const sure = oneByOne(account, principal, ({ certain }) => certain);
  return [...sure, ...oneByOne(account, principal, () => true).filter(({ steps }) => steps.some(({ grant }) => !grant.certain))];
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
  }
  return found;
}

function firstChange(
  account: Account,
  principal: Principal,
  made: ReadonlySet<string>,
  counts: (grant: Grant) => boolean,
): MadeChange | undefined {
  for (const change of changes(account, principal)) {
    if (made.has(change.key)) continue;
    const grant = change.answer(principal);
    if (grant.kind === 'granted' && counts(grant)) return { change, grant };
  }
  return undefined;
}

/** Changes that lose nothing come first. */
const changes = (account: Account, principal: Principal): readonly SelfChange[] => [
  ...boundaryChanges(account, principal),
  ...conditionChanges(account, principal),
  ...gains(account, principal),
  ...moves(account, principal),
  ...denyRemovals(account, principal),
];

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
      const grant = change.answer(current);
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
