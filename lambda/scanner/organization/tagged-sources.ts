import type { Account } from '../iam/account.ts';
import { mayAllowAny, actionSet } from '../iam/action-prefilter.ts';
import { type AuthorizationResult, type Grant, openConditions } from '../iam/authorization-result.ts';
import { limitsOf } from '../iam/authorization.ts';
import { type Principal, isProtected, isServiceLinked } from '../iam/principal.ts';
import { tagging } from '../iam/target-tags.ts';
import type { PolicyInForce } from '../policy/decide.ts';
import { UNNAMED } from '../policy/queries/unnamed-resource.ts';
import { techniqueFor } from '../escalation/identity-changes/identity-change.ts';
import { crossAccountSource } from './cross-account-sources.ts';
import type { CrossAccountSource, SettableTags } from './edges.ts';

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
    const found = source && settableTags(account, principal);
    if (source === undefined || found === undefined) return [];
    const { tags, grant } = found;
    const {
      id: rule,
      title,
      aliases,
      actions,
    } = techniqueFor(
      principal.kind === 'user' ? 'iam:TagUser' : 'iam:TagRole',
      undefined,
      'Set tags, as the role of the other account requires',
    );
    const { arn } = principal;
    const step = { rule, title, aliases, actions, from: arn, to: arn, statements: grant.statements };
    return [{ ...source, tagged: { tags, step, conditions: openConditions(grant) } }];
  });

/** The tags that the principal can give itself, and the grant for the first of them; undefined if there are none. */
function settableTags(account: Account, principal: Principal) {
  const grants: Grant[] = [];
  const maySet = (key: string, value: string): boolean => {
    const answer: AuthorizationResult = tagging(account, principal, principal, new Map([[key, [value]]])).answer();
    if (answer.kind === 'granted') grants.push(answer);
    return answer.kind === 'granted';
  };
  const any = maySet(UNNAMED, UNNAMED);
  const named = [...tagsNamedBy(principal)].map(
    ([key, values]) =>
      [key, maySet(key, UNNAMED) ? ('any' as const) : [...values].filter((value) => maySet(key, value))] as const,
  );
  const tags: SettableTags = { any, named: Object.fromEntries(named) };
  const [grant] = grants.toSorted((a, b) => Number(b.certain) - Number(a.certain));
  return grant && { tags, grant };
}

/** The keys of tags (lower case) that the policies and limits of the principal speak of, with the values that they name. */
function tagsNamedBy(principal: Principal): ReadonlyMap<string, ReadonlySet<string>> {
  const policies: readonly PolicyInForce[] = [
    ...principal.policies,
    ...limitsOf(principal).flatMap((limit) => (limit.policies === 'unreadable' ? [] : limit.policies)),
  ];
  const named = new Map<string, Set<string>>();
  const add = (key: string, values: readonly string[]) => {
    const known = named.get(key.toLowerCase()) ?? new Set();
    for (const value of values) known.add(value);
    named.set(key.toLowerCase(), known);
  };
  for (const { key, values } of policies.flatMap(({ policy }) => policy.statements.flatMap(({ source }) => source.conditions))) {
    const [, tag] = /^(?:aws:requesttag|aws:principaltag|aws:resourcetag|iam:resourcetag)\/(.+)$/i.exec(key) ?? [];
    if (tag !== undefined) add(tag, values);
    else if (key.toLowerCase() === 'aws:tagkeys') for (const value of values) add(value, []);
  }
  return named;
}
