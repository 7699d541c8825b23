import { derivedValues } from '../model/derived-values.ts';
import type { Context } from '../policy/context.ts';
import type { CompiledPolicy, CompiledStatement } from '../policy/compile.ts';
import type { Truth } from '../policy/conditions/condition.ts';
import { both } from '../policy/decide.ts';
import { hasAction } from '../policy/vocabulary.ts';
import { type Account, vocabulary } from '../iam/account.ts';
import type { Principal } from '../iam/principal.ts';
import { accessKeyContext } from '../iam/credentials.ts';
import { limitsOf } from '../iam/authorization.ts';
import { requestContext } from '../iam/request-context.ts';
import type { Technique } from '../techniques/technique.ts';

/**
 * The best possible outcome of an action on any resource: never allowed, allowed under conditions at best, or possibly allowed
 * for certain.
 */
export type BestOutcome = 'refused' | 'conditional' | 'open';

/**
 * Whether the technique may come out as possible for the principal on some target; `certain`: without conditions that the snapshot
 * cannot decide.
 */
export function mayWork(
  account: Account,
  { actions, needs = actions }: Pick<Technique, 'actions' | 'needs'>,
  principal: Principal,
  certain: boolean,
): boolean {
  return needs.every((action) => {
    const outcome = bestPossibleOutcome(account, principal, action);
    return outcome === 'open' || (!certain && outcome === 'conditional');
  });
}

const answers = derivedValues.table<Principal, Map<number, BestOutcome>>();

/**
 * The best possible outcome of an action, whatever its target. `refused` and `conditional` are exact; `open` tells nothing. This
 * check saves a decision for each of thousands of targets where one statement decides all of them: no Allow names the action, a
 * Deny covers every resource, or every Allow requires MFA.
 */
export function bestPossibleOutcome(account: Account, principal: Principal, action: string): BestOutcome {
  const index = vocabulary.indexOf(action);
  if (index < 0) return 'open';
  const known = answers.get(principal) ?? answers.set(principal, new Map<number, BestOutcome>());
  let outcome = known.get(index);
  if (outcome === undefined) {
    outcome = computeBestOutcome(account, principal, action, index);
    known.set(index, outcome);
  }
  return outcome;
}

function computeBestOutcome(account: Account, principal: Principal, action: string, index: number): BestOutcome {
  const context = anyTargetContext(requestContext(account, principal, action));
  const outcome = bestOutcomeWithinLimits(principal, index, context);
  if (outcome !== 'conditional' || principal.kind === 'role') return outcome;
  return bestOutcomeWithinLimits(principal, index, accessKeyContext(context)) === 'open' ? 'open' : outcome;
}

/** Keys whose values depend on the target, which the caller chooses. */
const targetKey = /^(aws:requestedregion|iam:(permissionsboundary|policyarn|passedtoservice)|(aws|iam):resourcetag\/.*)$/;

const anyTargetContext =
  (context: Context): Context =>
  (key) =>
    targetKey.test(key) ? { state: 'unknown', controlledBy: 'caller' } : context(key);

function bestOutcomeWithinLimits(principal: Principal, index: number, context: Context): BestOutcome {
  const parts = [principal.policies, ...limitsOf(principal).map(({ policies }) => policies)];
  let worst: BestOutcome = 'open';
  for (const policies of parts) {
    const outcome = policies === 'unreadable' ? 'conditional' : bestOutcomeOfPolicies(policies, index, context);
    if (outcome === 'refused') return outcome;
    if (outcome === 'conditional') worst = outcome;
  }
  return worst;
}

function bestOutcomeOfPolicies(
  policies: readonly { readonly policy: CompiledPolicy }[],
  index: number,
  context: Context,
): BestOutcome {
  let allow: BestOutcome = 'refused';
  let mayBeDenied = false;
  for (const { policy } of policies)
    for (const statement of hasAction(policy.mentions, index) ? policy.statements : []) {
      if (!statement.matchesAction(index)) continue;
      const truth = conditionsOf(statement, context);
      if (truth === false) continue;
      const isSure = truth === true || truth.every(({ controlledBy }) => controlledBy === 'caller');
      if (statement.source.effect === 'Allow') {
        if (isSure) allow = 'open';
        else if (allow === 'refused') allow = 'conditional';
      } else if (coversEverything(statement)) {
        if (truth === true) return 'refused';
        if (!isSure) mayBeDenied = true;
      }
    }
  return allow === 'open' && mayBeDenied ? 'conditional' : allow;
}

function conditionsOf({ conditions }: CompiledStatement, context: Context): Truth {
  let truth: Truth = true;
  for (const condition of conditions) {
    if (truth === false) return false;
    truth = both(truth, condition(context));
  }
  return truth;
}

const coversEverything = ({ resources: { negated, patterns } }: CompiledStatement): boolean => !negated && patterns.includes('*');
