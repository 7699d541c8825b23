import { type TagAssignment, type TagValue, tagAssignments } from '../../iam/tag-assignments.ts';
import type { EdgePrincipal, SettableTags } from '../edges.ts';
import type { CompiledPolicies } from './cross-account-assumption.ts';
import { sessionNode } from './graph.ts';
import type { SourceCandidate } from './source-candidate.ts';

const PRINCIPAL_TAG = 'aws:principaltag/';

/**
 * A candidate that gets tags before, or is a session with tags, as it is with the tags that the trust side or its own side asks for, one for
 * each choice; any other candidate as it is.
 */
export function withWantedTags(candidate: SourceCandidate, trust: CompiledPolicies): readonly SourceCandidate[] {
  const { tagged, session, principal, sourceClass } = candidate;
  if (tagged === undefined && session === undefined) return [candidate];
  const own = ownTags(principal);
  return wantedTags([trust, sourceClass.policies])
    .filter((tags) => (tagged === undefined ? hasAll(tags) : areSettable(tagged.tags, own, tags)))
    .map((tags) => withTags(candidate, tags));
}

/** The tags of principals that one of the sides asks for. */
const wantedTags = (sides: readonly CompiledPolicies[]): readonly TagAssignment[] =>
  tagAssignments(
    sides.flatMap(({ policies, limits }) =>
      [...policies, ...limits.flatMap((limit) => limit.policies)].map(({ policy }) => policy),
    ),
    [PRINCIPAL_TAG],
  );

/** A session adds tags to those of its role, and removes none. */
const hasAll = (tags: TagAssignment): boolean => [...tags.values()].every((value) => value !== 'absent');

const withTags = (candidate: SourceCandidate, tags: TagAssignment): SourceCandidate => ({
  ...candidate,
  principal: { ...candidate.principal, tags: tagsAfter(candidate.principal.tags, tags), providedTags: [] },
  chosenTags: [...tags].flatMap(([key, value]) => (value === 'any' ? [`${PRINCIPAL_TAG}${key}`] : [])),
  sourceClass: { ...candidate.sourceClass, id: `${candidate.sourceClass.id} ${JSON.stringify([...tags])}` },
  ...(candidate.session && {
    node: sessionNode(candidate.principal.arn, tags),
    session: {
      tags,
      inAccount: candidate.session.inAccount.filter((tagging) => areSettable(tagging.tags, new Map(), tags)),
    },
  }),
});

const ownTags = ({ tags }: EdgePrincipal): ReadonlyMap<string, string> =>
  new Map(tags.map(([key, value]) => [key.toLowerCase(), value]));

const areSettable = (settable: SettableTags, own: ReadonlyMap<string, string>, tags: TagAssignment): boolean =>
  [...tags].every(([key, value]) => isSettable(settable, own, key, value));

/** A tag that is to be absent is not removed. */
function isSettable({ any, named }: SettableTags, own: ReadonlyMap<string, string>, key: string, value: TagValue): boolean {
  if (value === 'absent') return !own.has(key);
  const known = Object.hasOwn(named, key) ? named[key] : undefined;
  const allowed = known ?? (any ? 'any' : []);
  return allowed === 'any' || (value !== 'any' && allowed.includes(value[0]));
}

const tagsAfter = (own: SourceCandidate['principal']['tags'], tags: TagAssignment): SourceCandidate['principal']['tags'] => [
  ...own.filter(([key]) => !tags.has(key.toLowerCase())),
  ...[...tags].flatMap(([key, value]) => (typeof value === 'string' ? [] : [[key, value[0]] as const])),
];
