import { type TagAssignment, type TagValue, tagAssignments } from '../../iam/tag-assignments.ts';
import { unique } from '../../iam/authorization-result.ts';
import type { EdgePrincipal, SettableTags, TaggedSession } from '../edges.ts';
import type { CompiledPolicies } from './cross-account-assumption.ts';
import { sessionNode } from './graph.ts';
import type { SessionCandidate, SourceCandidate } from './source-candidate.ts';

const PRINCIPAL_TAG = 'aws:principaltag/';

/** The tags of principals that one of the sides asks for. */
export const wantedTags = (sides: readonly CompiledPolicies[]): readonly TagAssignment[] =>
  tagAssignments(
    sides.flatMap(({ policies, limits }) =>
      [...policies, ...limits.flatMap((limit) => limit.policies)].map(({ policy }) => policy),
    ),
    [PRINCIPAL_TAG],
  );

/**
 * A candidate that tags itself, as it is with the tags that the trust side or its own side asks for, one for each choice that it can
 * make; any other candidate as it is.
 */
export function withWantedTags(candidate: SourceCandidate, trust: CompiledPolicies): readonly SourceCandidate[] {
  const { tagged, principal, sourceClass } = candidate;
  if (tagged === undefined) return [candidate];
  const own = ownTags(principal);
  return wantedTags([trust, sourceClass.policies])
    .filter((tags) => areSettable(tagged.tags, own, tags))
    .map((tags) => withTags(candidate, tags));
}

/** The sessions of a role with the tags that are wanted, or that its own side asks for. A session adds tags, and removes none. */
export function sessionsWithTags(
  candidate: SourceCandidate,
  sessions: readonly TaggedSession[],
  wanted: readonly TagAssignment[],
): readonly SessionCandidate[] {
  const all = unique([...wanted, ...wantedTags([candidate.sourceClass.policies])].map((tags) => [...tags]));
  return all
    .filter((tags) => tags.every(([, value]) => value !== 'absent'))
    .map((entries) => {
      const tags = new Map(entries);
      return {
        candidate: { ...withTags(candidate, tags), node: sessionNode(candidate.principal.arn, tags) },
        tags,
        sessions: sessions.filter((session) => areSettable(session.tags, new Map(), tags)),
      };
    });
}

const withTags = (candidate: SourceCandidate, tags: TagAssignment): SourceCandidate => ({
  ...candidate,
  principal: { ...candidate.principal, tags: tagsAfter(candidate.principal.tags, tags) },
  chosenTags: [...tags].flatMap(([key, value]) => (value === 'any' ? [`${PRINCIPAL_TAG}${key}`] : [])),
  sourceClass: { ...candidate.sourceClass, id: `${candidate.sourceClass.id} ${JSON.stringify([...tags])}` },
});

const ownTags = ({ tags }: EdgePrincipal): ReadonlyMap<string, string> =>
  new Map(tags.map(([key, value]) => [key.toLowerCase(), value]));

const areSettable = (settable: SettableTags, own: ReadonlyMap<string, string>, tags: TagAssignment): boolean =>
  [...tags].every(([key, value]) => isSettable(settable, own, key, value));

/** A tag that is to be absent is not removed. */
function isSettable({ any, named }: SettableTags, own: ReadonlyMap<string, string>, key: string, value: TagValue): boolean {
  if (value === 'absent') return !own.has(key);
  const allowed = named[key] ?? (any ? 'any' : []);
  return allowed === 'any' || (value !== 'any' && allowed.includes(value[0]));
}

const tagsAfter = (own: SourceCandidate['principal']['tags'], tags: TagAssignment): SourceCandidate['principal']['tags'] => [
  ...own.filter(([key]) => !tags.has(key.toLowerCase())),
  ...[...tags].flatMap(([key, value]) => (typeof value === 'string' ? [] : [[key, value[0]] as const])),
];
