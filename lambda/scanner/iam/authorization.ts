import { derivedValues } from '../model/derived-values.ts';
import { type Blocker, DENIAL, type VerdictCondition } from '../model/verdict.ts';
import type { Dependency } from '../policy/conditions/condition.ts';
import { type Decision, type PolicyInForce, decide } from '../policy/decide.ts';
import { decideEverything } from '../policy/queries/decide-everything.ts';
import { services } from '../policy/services.ts';
import { hasAction } from '../policy/vocabulary.ts';
import { type Account, fullAccess, vocabulary } from './account.ts';
import type { Principal, PermissionLimit } from './principal.ts';
import { type AuthorizationResult, allOf, anyOf, granted, refused, conditional, unique } from './authorization-result.ts';
import { spellConditionKey } from './condition-key-spelling.ts';
import { withBestCredential } from './credentials.ts';
import { type RequestKeys, requestContext, noRequestKeys } from './request-context.ts';

/** Whether the principal may do the action on the resource, after its permissions boundary, SCPs and RCPs. */
export function can(
  account: Account,
  principal: Principal,
  action: string,
  resource: string,
  keys: RequestKeys = noRequestKeys,
): AuthorizationResult {
  if (!isMentioned(principal, action)) return refused();
  return withBestCredential(account, principal, requestContext(account, principal, action, keys, resource), (context) => {
    const request = { action, resource, context };
    return withinLimits(principal, (policies) => decide(policies, request));
  });
}

/** Prefilter: an action that no statement of the principal names is neither allowed nor denied. */
function isMentioned({ policies }: Principal, action: string): boolean {
  const index = vocabulary.indexOf(action);
  return index < 0 || policies.some(({ policy }) => hasAction(policy.mentions, index));
}

/** Whether the principal is allowed every action on every resource, as far as the SCPs of its organization leave it any power. */
export function canDoEverything(account: Account, principal: Principal): AuthorizationResult {
  const withoutScps = principal.scpLimits.length === 0 ? principal : { ...principal, scpLimits: [] };
  const everything = withBestCredential(account, principal, requestContext(account, principal, '*'), (context) =>
    withinLimits(withoutScps, (policies) => decideEverything(policies, services, context)),
  );
  if (everything.kind === 'refused' || principal.scpLimits.length === 0) return everything;
  return allOf(
    () => everything,
    () => canGrantPermissions(account, principal),
  );
}

/** The actions that grant permissions to an identity, each on a resource that no SCP is likely to name. */
const grantingActions = [
  ['iam:PutRolePolicy', 'role/any'],
  ['iam:AttachRolePolicy', 'role/any'],
  ['iam:PutUserPolicy', 'user/any'],
  ['iam:AttachUserPolicy', 'user/any'],
  ['iam:CreatePolicyVersion', 'policy/any'],
] as const;

/**
 * Whether the SCPs leave a principal with full access the power that makes it an administrator: to grant permissions. Nearly
 * every SCP denies something (leaving the organization, stopping CloudTrail). A principal that may do all the rest is still an
 * administrator.
 */
export function canGrantPermissions(account: Account, principal: Principal, keys?: RequestKeys): AuthorizationResult {
  if (principal.scpLimits.length === 0) return granted();
  const { boundary: _, ...unbound } = principal;
  const { partition, accountId } = account;
  const answer = anyOf(
    grantingActions.map(
      ([action, name]) =>
        () =>
          can(account, { ...unbound, policies: [fullAccess] }, action, `arn:${partition}:iam::${accountId}:${name}`, keys),
    ),
  );
  return answer.kind === 'granted' ? granted([], answer.conditions) : answer;
}

/** The policies of the principal must allow it, and so must each limit. */
function withinLimits(principal: Principal, decideBy: (policies: readonly PolicyInForce[]) => Decision): AuthorizationResult {
  const own = resultOf(decideBy(principal.policies), (by) => ({ kind: 'deny', text: `Denied by ${by}` }));
  const limits = limitsOf(principal);
  return own.kind === 'refused' || limits.length === 0
    ? own
    : allOf(() => own, ...limits.map((limit) => () => applyLimit(limit, decideBy)));
}

/** The permissions boundary of the principal, and the limits from outside the account. */
export const limitsOf = ({ boundary, scpLimits }: Principal): readonly PermissionLimit[] =>
  boundary ? [boundary, ...scpLimits] : scpLimits;

/** The condition that a policy whose content is unknown allows the request. */
export const unreadableLimitCondition = (kind: PermissionLimit['kind'] | 'trust', name: string): VerdictCondition => ({
  key: `${kind}:${name}`,
  controlledBy: 'environment',
  text: `the ${kind === 'trust' ? `trust policy of ${name}` : `${limitNames[kind]} ${name}`}, which could not be read, allows it`,
});

function applyLimit(
  { kind, name, policies }: PermissionLimit,
  decideBy: (policies: readonly PolicyInForce[]) => Decision,
): AuthorizationResult {
  if (policies === 'unreadable') return conditional(unreadableLimitCondition(kind, name));
  const answer = resultOf(decideBy(policies), () => ({ kind, text: `Not allowed by the ${limitNames[kind]} ${name}` }));
  // A limit grants nothing: its conditions are passed on, its statements are not.
  if (answer.kind === 'granted') return granted([], answer.conditions);
  return answer.blockers.length > 0 ? answer : refused([{ kind, text: `Not allowed by the ${limitNames[kind]} ${name}` }]);
}

const limitNames = {
  'permissions-boundary': 'permissions boundary',
  scp: 'service control policy',
  rcp: 'resource control policy',
} as const satisfies Record<PermissionLimit['kind'], string>;

/** A decision of the policy language as an answer. Conditions that the caller controls count as met. */
export function resultOf(decision: Decision, blocker: (by: string) => Blocker): AuthorizationResult {
  switch (decision.effect) {
    case 'allowed':
      return granted(decision.by);
    case 'denied': {
      const [by] = decision.by;
      return refused(decision.explicit && by ? [{ ...blocker(by.policy), statement: by }] : []);
    }
    case 'depends':
      return granted(decision.by, unique(decision.on.map(describeCondition)));
  }
}

const describedConditions = derivedValues.table<Dependency, VerdictCondition>();

/** Describes a condition that the snapshot cannot decide. Where a Deny has it, it must not be met. */
export function describeCondition(dependency: Dependency): VerdictCondition {
  const known = describedConditions.get(dependency);
  if (known) return known;
  const { key, operator, values, controlledBy, effect } = dependency;
  const shown = values.length > 3 ? `${values.slice(0, 3).join(', ')}, … (${values.length})` : values.join(', ');
  const text = `${operator} ${spellConditionKey(key)}: ${shown}`;
  return describedConditions.set(dependency, { key, controlledBy, text: effect === 'Allow' ? text : `${DENIAL}${text}` });
}
