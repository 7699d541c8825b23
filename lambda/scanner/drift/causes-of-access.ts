import { summarizeList } from '../check-support/wording/summarize-list.ts';
import type { Change, ChangeKind } from '../model/change.ts';
import type { Json } from '../model/json.ts';

/** Changes that can raise a verdict. */
const raising: ReadonlySet<ChangeKind> = new Set<ChangeKind>([
  ...(['boundary-removed', 'boundary-widened', 'denial-dropped', 'permissions-changed', 'permissions-gained'] as const),
  ...(['policy-rolled-back', 'policy-widened', 'trust-changed', 'trust-widened', 'guardrail-weakened'] as const),
  ...(['identity-added', 'provider-added', 'provider-changed'] as const),
]);

/** Adds to each principal that gained access the changes that lie on its path: what raised its verdict. */
export function withCausesOfAccess(changes: readonly Change[]): readonly Change[] {
  const candidates = changes.filter(({ kind }) => raising.has(kind));
  return changes.map((change) => {
    if (change.kind !== 'access-gained') return change;
    const named = new Set([change.resource.arn, ...textsIn(change.evidence['path'] ?? [])]);
    const causes = candidates.filter(({ resource }) => resource.type === 'AwsAccount' || named.has(resource.arn));
    if (causes.length === 0) return change;
    const words = causes.map(({ headline, evidence }) => causeInWords(headline, evidence['what']));
    return {
      ...change,
      message: `${change.message} Since then: ${summarizeList(words)}.`.trim(),
      evidence: { ...change.evidence, because: words },
    };
  });
}

/** A change of permissions names what was attached, joined or changed. */
const causeInWords = (headline: string, what: Json | undefined): string =>
  Array.isArray(what) && what.length > 0 ? `${headline} (${what.join(', ')})` : headline;

/** Every text in the evidence: the ARNs of principals and policies on the path. */
const textsIn = (value: Json): readonly string[] => {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap((item: Json) => textsIn(item)) : [];
};
