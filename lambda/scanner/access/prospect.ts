import type { Context } from '../policy/context.ts';
import type { CompiledPolicy, CompiledStatement } from '../policy/compile.ts';
import type { Truth } from '../policy/conditions/condition.ts';
import { both } from '../policy/decide.ts';
import { hasAction } from '../policy/vocabulary.ts';
import { type Account, vocabulary } from './account.ts';
import type { Principal } from './actor.ts';
import { accessKeyContext } from './any-credential.ts';
import { limitsOf } from './authorize.ts';
import { requestContext } from './context.ts';

/**
 * The best possible outcome of an action on any resource: never allowed, allowed under conditions at best, or possibly allowed
 * for certain.
 */
export type Prospect = 'refused' | 'conditional' | 'open';

const answers = new WeakMap<Principal, Map<number, Prospect>>();

/**
 * The best possible outcome of an action, whatever its target. `refused` and `conditional` are exact; `open` tells nothing. This
 * check saves a decision for each of thousands of targets where one statement decides all of them: no Allow names the action, a
 * Deny covers every resource, or every Allow requires MFA.
 */
export function prospectOf(account: Account, principal: Principal, action: string): Prospect {
  const index = vocabulary.indexOf(action);
  if (index < 0) return 'open';
  const known = answers.get(principal) ?? new Map<number, Prospect>();
  answers.set(principal, known);
  let prospect = known.get(index);
  if (prospect === undefined) {
    prospect = look(account, principal, action, index);
    known.set(index, prospect);
  }
  return prospect;
}

function look(account: Account, principal: Principal, action: string, index: number): Prospect {
  const context = anyTargetContext(requestContext(account, principal, action));
  const prospect = lookIn(principal, index, context);
  if (prospect !== 'conditional' || principal.kind === 'role') return prospect;
  return lookIn(principal, index, accessKeyContext(context)) === 'open' ? 'open' : prospect;
}

/** Keys whose values depend on the target, which the caller chooses. */
const targetKey = /^(aws:requestedregion|iam:(permissionsboundary|policyarn|passedtoservice)|(aws|iam):resourcetag\/.*)$/;

const anyTargetContext =
  (context: Context): Context =>
  (key) =>
    targetKey.test(key) ? { state: 'unknown', controlledBy: 'caller' } : context(key);

function lookIn(principal: Principal, index: number, context: Context): Prospect {
  const parts = [principal.policies, ...limitsOf(principal).map(({ policies }) => policies)];
  let worst: Prospect = 'open';
  for (const policies of parts) {
    const prospect = policies === 'unreadable' ? 'conditional' : lookThrough(policies, index, context);
    if (prospect === 'refused') return prospect;
    if (prospect === 'conditional') worst = prospect;
  }
  return worst;
}

function lookThrough(policies: readonly { readonly policy: CompiledPolicy }[], index: number, context: Context): Prospect {
  let allow: Prospect = 'refused';
  let spoilt = false;
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
        if (!isSure) spoilt = true;
      }
    }
  return allow === 'open' && spoilt ? 'conditional' : allow;
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
