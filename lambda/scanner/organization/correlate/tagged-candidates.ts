import { type TagAssignment, type TagValue, tagAssignments } from '../../iam/tag-assignments.ts';
import type { SettableTags } from '../edges.ts';
import type { CompiledPolicies } from './cross-account-assumption.ts';
import type { SourceCandidate } from './source-candidates.ts';

const PRINCIPAL_TAG = 'aws:principaltag/';

/**
 * A candidate that tags itself, as it is with the tags that the trust side or its own side asks for, one for each choice that it can
 * make; any other candidate as it is.
 */
export function withWantedTags(candidate: SourceCandidate, trust: CompiledPolicies): readonly SourceCandidate[] {
  const { tagged, principal, sourceClass } = candidate;
  if (tagged === undefined) return [candidate];
  const policies = [trust, sourceClass.policies].flatMap((side) => [
    ...side.policies,
    ...side.limits.flatMap((limit) => limit.policies),
  ]);
  const wanted = tagAssignments(
    policies.map(({ policy }) => policy),
    [PRINCIPAL_TAG],
  );
  const own = new Map(principal.tags.map(([key, value]) => [key.toLowerCase(), value]));
  return wanted
    .filter((tags) => [...tags].every(([key, value]) => isSettable(tagged.tags, own, key, value)))
    .map((tags) => ({
      ...candidate,
      principal: { ...principal, tags: tagsAfter(principal.tags, tags) },
      settableKeys: [...tags].flatMap(([key, value]) => (value === 'any' ? [`${PRINCIPAL_TAG}${key}`] : [])),
      sourceClass: { ...sourceClass, id: `${sourceClass.id} ${JSON.stringify([...tags])}` },
    }));
}

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
