import type { Account } from '../iam/account.ts';
import { mayAllowAny, actionSet } from '../iam/action-prefilter.ts';
import { type AllowIndex, createAllowIndex } from '../iam/allow-index.ts';
import {
  type AuthorizationResult,
  type Counts,
  type Grant,
  countsWhere,
  openConditions,
  unique,
} from '../iam/authorization-result.ts';
import { limitsOf } from '../iam/authorization.ts';
import { type Principal, type RolePrincipal, isProtected, isServiceLinked } from '../iam/principal.ts';
import type { TagAssignment } from '../iam/tag-assignments.ts';
import { tagging } from '../iam/target-tags.ts';
import { ASSUME_ROLE, TAG_SESSION, canAssume } from '../iam/trust-policy.ts';
import { type Analysis, stepsOf } from '../escalation/analyze.ts';
import type { Edge, EscalationGraph } from '../escalation/graph.ts';
import { createImpersonatorSearch } from '../escalation/impersonator-search.ts';
import { letsTag } from '../escalation/tagged-sessions.ts';
import { assumeRole } from '../techniques/iam/assume-role.ts';
import type { Technique } from '../techniques/technique.ts';
import type { VerdictCondition } from '../model/verdict.ts';
import { UNNAMED } from '../policy/queries/unnamed-resource.ts';
import { techniqueFor } from '../escalation/identity-changes/identity-change.ts';
import { crossAccountSource } from './cross-account-sources.ts';
import type { CrossAccountSource, Tagging } from './edges.ts';

/** Whether a principal is admin under no other conditions than these. */
export type IsAdmin = (arn: string, conditions?: readonly VerdictCondition[]) => boolean;

const tagActions = actionSet(['iam:TagUser', 'iam:TagRole']);

/**
 * The cross-account principals that can tag themselves, or be tagged by another one that then acts as them, as they are with tags of
 * its choice: conditions on their tags stay open. Which tags are wanted is known only where the roles of other accounts are. Who is
 * admin under no more conditions is left out: any admin can make a principal with any tags.
 */
export function taggedSources({ account, search }: Analysis, isAdmin: IsAdmin): readonly CrossAccountSource[] {
  const isOpen = (principal: Principal) => !isServiceLinked(principal) && !isAdmin(principal.arn);
  const taggers = account.principals.filter((principal) => isOpen(principal) && mayAllowAny(principal, tagActions));
  if (taggers.length === 0) return [];
  const index = createAllowIndex(taggers);
  const surely = createImpersonatorSearch(search.graph, true);
  const perhaps = createImpersonatorSearch(search.graph, false);
  return account.principals.flatMap((principal) => {
    if (!isOpen(principal) || isProtected(principal)) return [];
    const action = principal.kind === 'user' ? 'iam:TagUser' : 'iam:TagRole';
    const mayTag = index.principalsAllowed(action, principal.arn);
    const source = mayTag.length === 0 ? undefined : crossAccountSource(account, principal, { hasOpenTags: true });
    if (source === undefined) return [];
    const technique = techniqueFor(action, undefined, 'Set tags, as the role of the other account requires');
    const [sureOf, perhapsOf] = [surely(principal), perhaps(principal)];
    return mayTag.flatMap((tagger) => {
      const step = { technique, from: tagger.arn, to: principal.arn };
      const ask = (tags: TagAssignment) => tagging(account, tagger, principal, tags).answer();
      const taggings = taggingsOf(tagsNamedBy(account, [tagger]), step, ask).filter(
        ({ from, conditions }) => !isAdmin(from, conditions),
      );
      if (taggings.length === 0) return [];
      const edges = tagger === principal ? [] : (sureOf(tagger) ?? perhapsOf(tagger));
      if (edges === undefined) return [];
      return taggings.map((tagged) => ({ ...source, tagged: followedBy(tagged, search.graph, edges) }));
    });
  });
}

/** The tagging, and then the steps by which the tagger acts as the principal. */
const followedBy = (tagged: Tagging, graph: EscalationGraph, edges: readonly Edge[]): Tagging => ({
  ...tagged,
  path: [...tagged.path, ...stepsOf(graph, edges)],
  conditions: unique([...tagged.conditions, ...edges.flatMap(({ grant }) => openConditions(grant))]),
});

/** The sessions with tags of roles that let their callers tag them, as cross-account principals. */
export function taggedSessionSources(account: Account, isAdmin: IsAdmin): readonly CrossAccountSource[] {
  const sources = account.principals.flatMap((role) => {
    if (role.kind !== 'role' || isServiceLinked(role) || !letsTag(account.trusts.get(role.arn))) return [];
    const source = crossAccountSource(account, role, { hasOpenTags: true });
    return source === undefined ? [] : [{ role, source }];
  });
  if (sources.length === 0) return [];
  const callers = account.principals.filter((caller) => !isServiceLinked(caller) && !isAdmin(caller.arn));
  const index = createAllowIndex(callers);
  return sources.map(({ role, source }) => ({ ...source, sessions: sessionsOf(account, index, role) }));
}

/** Who gets sessions of the role in its own account. */
const sessionsOf = (account: Account, index: AllowIndex, role: RolePrincipal): readonly Tagging[] =>
  unique([...assumeRole.candidates(account, index, role)]).flatMap((caller) => {
    const technique = { ...assumeRole, actions: [ASSUME_ROLE, TAG_SESSION] };
    const step = { technique, from: caller.arn, to: role.arn };
    const ask = (tags: TagAssignment) => canAssume(account, caller, role, tags);
    return taggingsOf(tagsNamedBy(account, [caller, role]), step, ask);
  });

interface TaggingStep {
  readonly technique: Technique;
  readonly from: string;
  readonly to: string;
}

/**
 * The tags that can surely be set, and those that perhaps can, as the answers tell, each with the step. `named`: the tags that policies
 * speak of; of all others one stands for each.
 */
function taggingsOf(
  named: ReadonlyMap<string, ReadonlySet<string>>,
  { technique: { id: rule, title, aliases, actions }, from, to }: TaggingStep,
  ask: (tags: TagAssignment) => AuthorizationResult,
): readonly Tagging[] {
  const answers = (counts: Counts): Tagging | undefined => {
    const grants: Grant[] = [];
    const maySet = (key: string, value: string): boolean => {
      const answer = ask(new Map([[key, [value]]]));
      if (counts(answer)) grants.push(answer);
      return counts(answer);
    };
    const any = maySet(UNNAMED, UNNAMED);
    const valuesOf = (key: string, known: ReadonlySet<string>) =>
      maySet(key, UNNAMED) ? 'any' : [...known].filter((value) => maySet(key, value));
    const values = [...named].map(([key, known]) => [key, valuesOf(key, known)] as const);
    const [grant] = grants;
    return (
      grant && {
        from,
        path: [{ rule, title, aliases, actions, from, to, statements: grant.statements }],
        conditions: unique(grants.flatMap(openConditions)),
        tags: { any, named: Object.fromEntries(values) },
      }
    );
  };
  const sure = answers(countsWhere(true));
  const perhaps = answers((answer): answer is Grant => answer.kind === 'granted' && !answer.certain);
  return [sure, perhaps].flatMap((found) => found ?? []);
}

/** The keys of tags (lower case) that the policies and limits speak of, with the values that they name. */
function tagsNamedBy(account: Account, principals: readonly Principal[]): ReadonlyMap<string, ReadonlySet<string>> {
  const policies = principals.flatMap((principal) => [
    ...principal.policies.map(({ policy }) => policy),
    ...limitsOf(principal).flatMap((limit) =>
      limit.policies === 'unreadable' ? [] : limit.policies.map(({ policy }) => policy),
    ),
    ...[account.trusts.get(principal.arn)].flatMap((trust) => trust ?? []),
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
