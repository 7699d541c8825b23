import { isAdminSomewhere } from '../model/reach.ts';
import type { VerdictWithUsers } from '../model/role-people.ts';
import { type Verdict, verdicts } from '../model/verdict.ts';

/** How many principals have each verdict; `none`: they have admin access in other accounts only. Platform roles are counted separately. */
export type VerdictCounts = Readonly<Record<Verdict | 'platform', number>>;

/** Whether a principal is counted among the admins: the root user is not, and platform roles are counted separately. */
export const isCounted = ({ platform, type }: Pick<VerdictWithUsers, 'platform' | 'type'>): boolean =>
  !platform && type !== 'root';

/** Counts the principals that are, or can become, admin somewhere. */
export function verdictCounts(principals: readonly VerdictWithUsers[]): VerdictCounts {
  const admins = principals.filter(isAdminSomewhere);
  const own = admins.filter(isCounted);
  return countsByVerdict((verdict) =>
    verdict === 'platform'
      ? admins.filter(({ platform }) => platform).length
      : own.filter((admin) => admin.verdict === verdict).length,
  );
}

/** The counts of several accounts together. */
export const sumOfCounts = (counts: readonly VerdictCounts[]): VerdictCounts =>
  counts.reduce(
    (sum, more) => countsByVerdict((verdict) => sum[verdict] + more[verdict]),
    countsByVerdict(() => 0),
  );

/** Counts something for each verdict, and for platform roles. */
export const countsByVerdict = (count: (verdict: keyof VerdictCounts) => number): VerdictCounts =>
  // Every verdict has a count.
  Object.fromEntries([...verdicts, 'platform' as const].map((verdict) => [verdict, count(verdict)])) as VerdictCounts;
