import type { Finding } from '../../model/finding.ts';
import type { Report } from '../../model/report.ts';

/** What findings can be grouped by. */
export const groupings = ['check', 'principal', 'account'] as const;

/** One of {@link groupings}. */
export type Grouping = (typeof groupings)[number];

/** At least one item. */
export type Group<T> = readonly [T, ...T[]];

/** The failures of a report in groups, the one with the worst finding first. */
export const failuresBy = (grouping: Grouping, report: Report): readonly Group<Finding>[] =>
  groupBy(
    report.findings.filter(({ status }) => status === 'FAILED'),
    keysOf(grouping, report),
  );

function keysOf(grouping: Grouping, { findings }: Report): (finding: Finding) => string {
  if (grouping === 'account') return ({ account }) => account;
  if (grouping === 'principal') return subjectOf;
  // Failures of one check are together. Those that leave other checks UNKNOWN each say why, and which.
  const causes = new Set(findings.flatMap((finding) => finding.causes ?? []));
  return ({ id, severity, checkId, message }) => `${severity} ${checkId} ${causes.has(id) ? message : ''}`;
}

/** The user, role, group or policy of a finding; of what concerns the whole account, the check: what it finds has one cause. */
const subjectOf = ({ account, checkId, resource: { type, arn } }: Finding): string =>
  type === 'AwsAccount' ? `${account} ${checkId}` : arn;

/** Groups items by key, in the order in which each key first occurs. */
export function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): readonly Group<T>[] {
  const groups = new Map<string, [T, ...T[]]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return [...groups.values()];
}
