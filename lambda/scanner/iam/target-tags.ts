import { derivedValues } from '../model/derived-values.ts';
import type { CompiledPolicy } from '../policy/compile.ts';
import type { Account } from './account.ts';
import { type AuthorizationResult, afterCalls, allOf, anyOf } from './authorization-result.ts';
import { can, limitsOf } from './authorization.ts';
import type { Principal } from './principal.ts';
import type { RequestKeys } from './request-context.ts';
import { type TagAssignment, type TagValue, tagAssignments } from './tag-assignments.ts';
import { targetContextKeys } from './target-keys.ts';

const prefixes = ['aws:resourcetag/', 'iam:resourcetag/'];

/**
 * The answer to a request about an identity, with the tags that it has, or with those that the principal can give it before.
 * `policies` are those that decide, besides the policies of the principal.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access_tags.html
 */
export function withTags(
  account: Account,
  principal: Principal,
  target: Principal,
  ask: (keys: RequestKeys) => AuthorizationResult,
  policies: readonly CompiledPolicy[] = [],
): AuthorizationResult {
  const answer = ask(targetContextKeys(target));
  if (answer.kind === 'granted' && answer.certain) return answer;
  const assignments = [...askedBy(principal), ...policies.flatMap(asked)];
  if (assignments.length === 0) return answer;
  return anyOf([
    () => answer,
    ...assignments.map((tags) => () => {
      const { calls, answer } = tagging(account, principal, target, tags);
      return afterCalls(
        calls,
        allOf(answer, () => ask(resourceTags(tags, targetContextKeys(target)))),
      );
    }),
  ]);
}

/** The calls that give these tags to an identity, and whether the principal may make them. */
export function tagging(
  account: Account,
  principal: Principal,
  target: Principal,
  tags: TagAssignment,
): { readonly calls: readonly string[]; readonly answer: () => AuthorizationResult } {
  const word = target.kind === 'user' ? 'User' : 'Role';
  const about = targetContextKeys(target);
  const removed = [...tags].flatMap(([key, value]) => (value === 'absent' ? key : []));
  const untag: RequestKeys = (key) => (key === 'aws:tagkeys' ? removed : about(key));
  const calls: readonly (readonly [action: string, keys: RequestKeys])[] = [
    ...(removed.length < tags.size ? [[`iam:Tag${word}`, requestTags(tags, about)] as const] : []),
    ...(removed.length > 0 ? [[`iam:Untag${word}`, untag] as const] : []),
  ];
  return {
    calls: calls.map(([action]) => action),
    answer: () =>
      allOf(
        ...calls.map(
          ([action, keys]) =>
            () =>
              can(account, principal, action, target.arn, keys),
        ),
      ),
  };
}

/** The tags that the principal can give to an identity that it creates, so that its conditions are met; the empty ones first. */
export const newTags = (principal: Principal): readonly TagAssignment[] => [new Map(), ...askedBy(principal)];

/** The keys of a request about an identity that was created with these tags. */
export const aboutTagged = (tags: TagAssignment, others: RequestKeys): RequestKeys =>
  tags.size === 0 ? others : requestTags(tags, resourceTags(tags, others));

const askedByPrincipal = derivedValues.table<Principal, readonly TagAssignment[]>();

/** The tags of resources that conditions of the principal and of its limits ask for. */
const askedBy = (principal: Principal): readonly TagAssignment[] =>
  askedByPrincipal.getOrCreate(principal, () => {
    const limits = limitsOf(principal).flatMap(({ policies }) => (policies === 'unreadable' ? [] : policies));
    return tagAssignments(
      [...principal.policies, ...limits].map(({ policy }) => policy),
      prefixes,
    );
  });

const askedByPolicy = derivedValues.table<CompiledPolicy, readonly TagAssignment[]>();

const asked = (policy: CompiledPolicy): readonly TagAssignment[] =>
  askedByPolicy.getOrCreate(policy, () => tagAssignments([policy], prefixes));

const valueOf = (value: TagValue) => (value === 'any' ? { among: ['*'] } : value === 'absent' ? null : value);

/** The keys of a request that sets these tags. */
export const requestTags =
  (tags: TagAssignment, others: RequestKeys): RequestKeys =>
  (key) => {
    if (key === 'aws:tagkeys') return [...tags].flatMap(([name, value]) => (value === 'absent' ? [] : name));
    if (!key.startsWith('aws:requesttag/')) return others(key);
    const name = key.slice('aws:requesttag/'.length);
    return valueOf(tags.get(name) ?? 'absent');
  };

const resourceTags =
  (tags: TagAssignment, others: RequestKeys): RequestKeys =>
  (key) => {
    const prefix = prefixes.find((start) => key.startsWith(start));
    const name = prefix === undefined ? undefined : key.slice(prefix.length);
    const value = name === undefined ? undefined : tags.get(name);
    return value === undefined ? others(key) : valueOf(value);
  };
