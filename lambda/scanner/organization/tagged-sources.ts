import type { Account } from '../iam/account.ts';
import { mayAllowAny, actionSet } from '../iam/action-prefilter.ts';
import { type AuthorizationResult, type Grant, openConditions } from '../iam/authorization-result.ts';
import { limitsOf } from '../iam/authorization.ts';
import { type Principal, isProtected, isServiceLinked } from '../iam/principal.ts';
import type { TagAssignment } from '../iam/tag-assignments.ts';
import { tagging } from '../iam/target-tags.ts';
import { canAssume } from '../iam/trust-policy.ts';
import { createAllowIndex } from '../iam/allow-index.ts';
import { letsTag } from '../escalation/tagged-sessions.ts';
import { assumeRole } from '../techniques/iam/assume-role.ts';
import type { Technique } from '../techniques/technique.ts';
import { UNNAMED } from '../policy/queries/unnamed-resource.ts';
import { techniqueFor } from '../escalation/identity-changes/identity-change.ts';
import { crossAccountSource } from './cross-account-sources.ts';
import type { CrossAccountSource, TaggedSession, Tagging } from './edges.ts';

const tagActions = actionSet(['iam:TagUser', 'iam:TagRole']);

/**
 * The cross-account principals that can tag themselves, as they are with tags of their choice: conditions on their tags stay open.
 * Which tags are wanted is known only where the roles of other accounts are. Admins are left out: any of them can make a principal
 * with any tags.
 */
export const taggedSources = (account: Account, isAdmin: (arn: string) => boolean): readonly CrossAccountSource[] =>
  account.principals.flatMap((principal) => {
    if (isServiceLinked(principal) || isProtected(principal) || isAdmin(principal.arn) || !mayAllowAny(principal, tagActions))
      return [];
    const source = crossAccountSource(account, principal, { hasOpenTags: true });
    const action = principal.kind === 'user' ? 'iam:TagUser' : 'iam:TagRole';
    const technique = techniqueFor(action, undefined, 'Set tags, as the role of the other account requires');
    const tagged =
      source &&
      taggingOf(tagsNamedBy(account, [principal]), { technique, from: principal.arn, to: principal.arn }, (tags) =>
        tagging(account, principal, principal, tags).answer(),
      );
    return source === undefined || tagged === undefined ? [] : [{ ...source, tagged }];
  });

/** The sessions with tags of roles that let their callers tag them, as cross-account principals. */
export function taggedSessionSources(account: Account): readonly CrossAccountSource[] {
  const index = createAllowIndex(account.principals.filter((principal) => !isServiceLinked(principal)));
  return account.principals.flatMap((role) => {
    if (role.kind !== 'role' || isServiceLinked(role) || !letsTag(account.trusts.get(role.arn))) return [];
    const source = crossAccountSource(account, role, { hasOpenTags: true });
    if (source === undefined) return [];
    const callers = new Set(assumeRole.candidates(account, index, role));
    const technique = { ...assumeRole, actions: ['sts:AssumeRole', 'sts:TagSession'] };
    const sessions = [...callers].flatMap((caller): readonly TaggedSession[] => {
      const step = { technique, from: caller.arn, to: role.arn };
      const found = taggingOf(tagsNamedBy(account, [caller, role]), step, (tags) => canAssume(account, caller, role, tags));
      return found === undefined ? [] : [{ from: caller.arn, ...found }];
    });
    return [{ ...source, sessions }];
  });
}

interface TaggingStep {
  readonly technique: Technique;
  readonly from: string;
  readonly to: string;
}

/** The tags that can be set, as the answers tell, and the step; undefined if there are none. `named`: the tags that policies name. */
function taggingOf(
  named: ReadonlyMap<string, ReadonlySet<string>>,
  { technique: { id: rule, title, aliases, actions }, from, to }: TaggingStep,
  ask: (tags: TagAssignment) => AuthorizationResult,
): Tagging | undefined {
  const grants: Grant[] = [];
  const maySet = (key: string, value: string): boolean => {
    const answer = ask(new Map([[key, [value]]]));
    if (answer.kind === 'granted') grants.push(answer);
    return answer.kind === 'granted';
  };
  const any = maySet(UNNAMED, UNNAMED);
  const values = [...named].map(
    ([key, known]) => [key, maySet(key, UNNAMED) ? ('any' as const) : [...known].filter((value) => maySet(key, value))] as const,
  );
  const [grant] = grants.toSorted((a, b) => Number(b.certain) - Number(a.certain));
  return (
    grant && {
      step: { rule, title, aliases, actions, from, to, statements: grant.statements },
      conditions: openConditions(grant),
      tags: { any, named: Object.fromEntries(values) },
    }
  );
}

/** The keys of tags (lower case) that the policies and limits speak of, with the values that they name. */
function tagsNamedBy(account: Account, principals: readonly Principal[]): ReadonlyMap<string, ReadonlySet<string>> {
  const policies = principals.flatMap((principal) => [
    ...principal.policies.map(({ policy }) => policy),
    ...limitsOf(principal).flatMap((limit) =>
      limit.policies === 'unreadable' ? [] : limit.policies.map(({ policy }) => policy),
    ),
    ...[account.trusts.get(principal.arn) ?? []].flat(),
  ]);
  const named = new Map<string, Set<string>>();
  const add = (key: string, values: readonly string[]) => {
    const known = named.get(key.toLowerCase()) ?? new Set();
    for (const value of values) known.add(value);
    named.set(key.toLowerCase(), known);
  };
  for (const { key, values } of policies.flatMap(({ statements }) => statements.flatMap(({ source }) => source.conditions))) {
    const [, tag] = /^(?:aws:requesttag|aws:principaltag|aws:resourcetag|iam:resourcetag)\/(.+)$/i.exec(key) ?? [];
    if (tag !== undefined) add(tag, values);
    else if (key.toLowerCase() === 'aws:tagkeys') for (const value of values) add(value, []);
  }
  return named;
}
