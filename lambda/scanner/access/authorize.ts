import type { Blocker, VerdictCondition } from '../model/verdict.ts';
import type { Dependency } from '../policy/conditions/condition.ts';
import { type Decision, type PolicyInForce, decide } from '../policy/decide.ts';
import { decideEverything } from '../policy/everything.ts';
import { services } from '../policy/services.ts';
import { hasAction } from '../policy/vocabulary.ts';
import { type Account, fullAccess, vocabulary } from './account.ts';
import type { Actor, Limit } from './actor.ts';
import { type Answer, all, any, granted, refused, supposing, unique } from './answer.ts';
import { byAnyCredential } from './any-credential.ts';
import { type RequestKeys, contextOf, plain } from './context.ts';

/** Whether the actor may do the action on the resource, after its boundary and all limits from outside. */
export function can(account: Account, actor: Actor, action: string, resource: string, keys: RequestKeys = plain): Answer {
  if (!isMentioned(actor, action)) return refused();
  return byAnyCredential(account, actor, contextOf(account, actor, action, keys), (context) => {
    const request = { action, resource, context };
    return withinLimits(actor, (policies) => decide(policies, request));
  });
}

/** A glance: what no statement of the actor's own policies names, nothing allows and nothing denies. */
function isMentioned({ policies }: Actor, action: string): boolean {
  const index = vocabulary.indexOf(action);
  return index < 0 || policies.some(({ policy }) => hasAction(policy.mentions, index));
}

/** Whether the actor may do every action on every resource, as far as the guardrails of its Organization leave it anything. */
export function canDoEverything(account: Account, actor: Actor): Answer {
  const unguarded = actor.guardrails.length === 0 ? actor : { ...actor, guardrails: [] };
  const everything = byAnyCredential(account, actor, contextOf(account, actor, '*'), (context) =>
    withinLimits(unguarded, (policies) => decideEverything(policies, services, context)),
  );
  if (everything.kind === 'refused' || actor.guardrails.length === 0) return everything;
  return all(
    () => everything,
    () => mayHandOutRights(account, actor),
  );
}

/** The ways to give rights to an identity, each on something that no guardrail singles out. */
const handingOut = [
  ['iam:PutRolePolicy', 'role/any'],
  ['iam:AttachRolePolicy', 'role/any'],
  ['iam:PutUserPolicy', 'user/any'],
  ['iam:AttachUserPolicy', 'user/any'],
  ['iam:CreatePolicyVersion', 'policy/any'],
] as const;

/**
 * Whether the guardrails of the Organization leave an identity that its account allows everything the power that makes it admin: to
 * hand out rights. Nearly every guardrail denies something (to leave the Organization, to stop the trail), and who may do all the
 * rest is admin of the account all the same.
 */
export function mayHandOutRights(account: Account, actor: Actor, keys?: RequestKeys): Answer {
  if (actor.guardrails.length === 0) return granted();
  const { boundary: _, ...unbound } = actor;
  const { partition, accountId } = account;
  const answer = any(
    handingOut.map(
      ([action, name]) =>
        () =>
          can(account, { ...unbound, policies: [fullAccess] }, action, `arn:${partition}:iam::${accountId}:${name}`, keys),
    ),
  );
  return answer.kind === 'granted' ? granted([], answer.conditions) : answer;
}

/** The actor's own policies must allow it, and each limit must let it through. */
function withinLimits(actor: Actor, decideBy: (policies: readonly PolicyInForce[]) => Decision): Answer {
  const own = answerOf(decideBy(actor.policies), (by) => ({ kind: 'deny', text: `Denied by ${by}` }));
  const limits = limitsOf(actor);
  return own.kind === 'refused' || limits.length === 0
    ? own
    : all(() => own, ...limits.map((limit) => () => throughLimit(limit, decideBy)));
}

/** The boundary of the actor, and the limits from outside. */
export const limitsOf = ({ boundary, guardrails }: Actor): readonly Limit[] =>
  boundary ? [boundary, ...guardrails] : guardrails;

/** That a policy, of which nothing is known, lets it through. */
export const unread = (kind: Limit['kind'] | 'trust', name: string): VerdictCondition => ({
  key: `${kind}:${name}`,
  controlledBy: 'environment',
  text:
    kind === 'trust'
      ? `the trust policy of ${name} could not be read, and lets it in`
      : `${name} could not be read, and lets it through`,
});

function throughLimit({ kind, name, policies }: Limit, decideBy: (policies: readonly PolicyInForce[]) => Decision): Answer {
  if (policies === 'unreadable') return supposing(unread(kind, name));
  const answer = answerOf(decideBy(policies), () => ({ kind, text: `Outside ${limitNames[kind]} ${name}` }));
  // What a limit allows is no permission: only its conditions go on, never its statements.
  if (answer.kind === 'granted') return granted([], answer.conditions);
  return answer.blockers.length > 0 ? answer : refused([{ kind, text: `Outside ${limitNames[kind]} ${name}` }]);
}

const limitNames = {
  'permissions-boundary': 'the permissions boundary',
  scp: 'the service control policy',
  rcp: 'the resource control policy',
} as const satisfies Record<Limit['kind'], string>;

/** A decision of the policy language as an answer; a caller grants itself the conditions that are its own choice. */
export function answerOf(decision: Decision, blocker: (by: string) => Blocker): Answer {
  switch (decision.effect) {
    case 'allowed':
      return granted(decision.by);
    case 'denied': {
      const [by] = decision.by;
      return refused(decision.explicit && by ? [{ ...blocker(by.policy), statement: by }] : []);
    }
    case 'depends':
      return granted(decision.by, unique(decision.on.map(conditionOf)));
  }
}

const told = new WeakMap<Dependency, VerdictCondition>();

/** A dependency in words. */
export function conditionOf(dependency: Dependency): VerdictCondition {
  const known = told.get(dependency);
  if (known) return known;
  const { key, operator, values, controlledBy, effect } = dependency;
  const shown = values.length > 3 ? `${values.slice(0, 3).join(', ')}, … (${values.length})` : values.join(', ');
  const text = `${operator} ${key}: ${shown}`;
  const condition = { key, controlledBy, text: effect === 'Allow' ? text : `denied if ${text}` };
  told.set(dependency, condition);
  return condition;
}
