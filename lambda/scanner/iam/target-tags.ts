import { derivedValues } from '../model/derived-values.ts';
import type { CompiledPolicy } from '../policy/compile.ts';
import type { Account } from './account.ts';
import { type AuthorizationResult, afterCalls, allOf, anyOf } from './authorization-result.ts';
import { can, limitsOf } from './authorization.ts';
import type { Principal } from './principal.ts';
import { type RequestKeys, noRequestKeys } from './request-context.ts';
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
  return onceTagged(account, principal, taggable(target), ask, policies);
}

/** The same for a request about a managed policy. The snapshot does not tell which tags it has. */
export const withPolicyTags = (
  account: Account,
  principal: Principal,
  arn: string,
  ask: (keys: RequestKeys) => AuthorizationResult,
): AuthorizationResult => onceTagged(account, principal, { word: 'Policy', arn, about: noRequestKeys }, ask, []);

/** What tags are given to. `about`: the keys of a request about it. */
interface Taggable {
  readonly word: 'User' | 'Role' | 'Policy';
  readonly arn: string;
  readonly about: RequestKeys;
}

const taggable = (target: Principal): Taggable => ({
  word: target.kind === 'user' ? 'User' : 'Role',
  arn: target.arn,
  about: targetContextKeys(target),
});

function onceTagged(
  account: Account,
  principal: Principal,
  target: Taggable,
  ask: (keys: RequestKeys) => AuthorizationResult,
  policies: readonly CompiledPolicy[],
): AuthorizationResult {
  const answer = ask(target.about);
  if (answer.kind === 'granted' && answer.certain) return answer;
  const assignments = [...askedBy(principal), ...policies.flatMap(asked)];
  if (assignments.length === 0) return answer;
  return anyOf([
    () => answer,
    ...assignments.map((tags) => () => {
      const { calls, answer } = taggingOf(account, principal, target, tags);
      return afterCalls(
        calls,
        allOf(answer, () => ask(resourceTags(tags, target.about))),
      );
    }),
  ]);
}

interface Tagging {
  readonly calls: readonly string[];
  readonly answer: () => AuthorizationResult;
}

/** The calls that give these tags to an identity, and whether the principal may make them. */
export const tagging = (account: Account, principal: Principal, target: Principal, tags: TagAssignment): Tagging =>
  taggingOf(account, principal, taggable(target), tags);

function taggingOf(account: Account, principal: Principal, { word, arn, about }: Taggable, tags: TagAssignment): Tagging {
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
              can(account, principal, action, arn, keys),
        ),
      ),
  };
}

/** The keys of a request that also names this policy. */
export const setting =
  (name: 'iam:policyarn' | 'iam:permissionsboundary', arn: string, others: RequestKeys): RequestKeys =>
  (key) =>
    key === name ? [arn] : others(key);

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
