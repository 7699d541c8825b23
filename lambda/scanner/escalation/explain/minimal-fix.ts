import type { Identities } from '../../facts/identity.ts';
import { type Verdict, verdicts } from '../../model/verdict.ts';
import type { Snapshot } from '../../facts/snapshot.ts';
import { collected, ifCollected } from '../../model/observed.ts';
import type { PermissionLimit } from '../../iam/principal.ts';
import { unique } from '../../iam/authorization-result.ts';
import { analyze } from '../analyze.ts';
import { type FoundStatement, statementsOf, withoutStatements } from './path-statements.ts';

const MOST_ANALYSES = 20;
const MOST_STATEMENTS = 4;

/** What the analysis finds without some statements: nothing that matters, or the statements of each path that is left. */
export type Outcome = 'weaker' | readonly (readonly FoundStatement[])[];

/**
 * The smallest set of statements without which the outcome is weaker. It repeats the analysis. Every path found so far must lose a
 * statement, and the smallest set that achieves this is tried next. Undefined where there is none of at most four statements (for
 * example, where AWS managed policies make a user admin in many ways).
 */
export function smallestRemoval(
  outcomeWithout: (removed: readonly FoundStatement[]) => Outcome | undefined,
): readonly FoundStatement[] | undefined {
  const segments: (readonly FoundStatement[])[] = [];
  let removed: readonly FoundStatement[] | undefined = [];
  for (let turn = 0; turn < MOST_ANALYSES && removed !== undefined; turn += 1) {
    const outcome = outcomeWithout(removed);
    if (outcome === undefined) return undefined;
    if (outcome === 'weaker') return removed;
    segments.push(...outcome);
    removed = minimumHittingSet(segments);
  }
  return undefined;
}

/** The minimal fix of a verdict: the smallest set of statements without which the verdict of the principal is weaker. */
export function minimalStatementsToRemove(
  snapshot: Omit<Snapshot, 'calls'>,
  identities: Identities,
  arn: string,
  limits: readonly PermissionLimit[] = [],
): readonly FoundStatement[] | undefined {
  let before: Verdict | undefined;
  return smallestRemoval((removed) => {
    const facts = { ...snapshot.facts, identities: collected(withoutStatements(identities, removed)) };
    const access = analyze({ ...snapshot, facts }, limits);
    const verdict = ifCollected(access)?.get(arn);
    if (verdict === undefined) return undefined;
    before ??= verdict.verdict;
    if (isWeaker(verdict.verdict, before)) return 'weaker';
    return [unique(verdict.path.flatMap((step) => statementsOf(identities, step)))];
  });
}

/** Whether the verdict is weaker: from any form of admin to conditional or none, and from conditional to none. */
const isWeaker = (now: Verdict, before: Verdict): boolean =>
  verdicts.indexOf(now) > Math.max(verdicts.indexOf(before), verdicts.indexOf('can-grant-admin'));

/** The smallest set with a statement of each path (a minimum hitting set). */
function minimumHittingSet(segments: readonly (readonly FoundStatement[])[]): readonly FoundStatement[] | undefined {
  const candidates = unique(segments.flat());
  for (let size = 1; size <= Math.min(MOST_STATEMENTS, candidates.length); size += 1) {
    const found = combinations(candidates, size).find((set) =>
      segments.every((segment) => segment.some((statement) => set.some((one) => isSame(one, statement)))),
    );
    if (found) return found;
  }
  return undefined;
}

const isSame = (a: FoundStatement, b: FoundStatement) => a.holder === b.holder && a.policy === b.policy && a.index === b.index;

function combinations<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  if (size === 0) return [[]];
  return items.flatMap((item, index) => combinations(items.slice(index + 1), size - 1).map((rest) => [item, ...rest]));
}
