import type { Finding } from '../../model/finding.ts';
import type { InformationalRecord } from '../../model/informational-record.ts';
import { type Report, byImportance } from '../../model/report.ts';
import { worstFirst } from '../../model/severity.ts';
import { type VerdictCounts, verdictCounts } from '../verdict-counts.ts';
import { byStrength } from './strength.ts';

/** A report with the most important items of its lists, and how many items there are in all. */
export interface ShortenedReport {
  readonly report: Report;
  readonly all: ItemCounts;
}

/** How many items lists have. */
export interface ItemCounts {
  readonly findings: number;
  readonly changes: number;
  /** What could not be read or compared. */
  readonly unseen: number;
  readonly admins: VerdictCounts;
}

/** How much of a report is kept. */
interface Limits {
  /** Findings, by status: none of the three may leave no room for the others. */
  readonly findings: Readonly<Record<Finding['status'], number>>;
  readonly admins: number;
  /** Every other list. */
  readonly others: number;
  /** The length of the findings as JSON, and that of the admins. */
  readonly characters: number;
}

/** Of one account in a page of an organization. */
export const mostOfAccount: Limits = {
  findings: { FAILED: 200, UNKNOWN: 50, SUPPRESSED: 50 },
  ...{ admins: 200, others: 50, characters: 400_000 },
};

/** Of all accounts together: the page stays below 5 MB. */
export const mostOfOrganization: Limits = {
  findings: { FAILED: 2000, UNKNOWN: 500, SUPPRESSED: 500 },
  ...{ admins: 2000, others: 500, characters: 5_000_000 },
};

/** The items of a report. */
export const countsOf = ({ findings, changes, unread = [], notCompared = [], admins }: Report): ItemCounts => ({
  findings: findings.length,
  changes: changes.length,
  unseen: unread.length + notCompared.length,
  admins: verdictCounts(admins),
});

/**
 * Keeps the most severe findings, the strongest principals, and of the list of admins with their credentials those principals. Notices
 * are left out: an exception that matches nothing in one account may match in another.
 */
export function shortened({ report, all }: ShortenedReport, limits: Limits): ShortenedReport {
  const admins = within(limits.characters, report.admins.toSorted(byStrength).slice(0, limits.admins));
  const shown = new Set(admins.map(({ arn }) => arn));
  const { unread, notCompared } = report;
  return {
    all,
    report: {
      ...report,
      admins,
      findings: within(limits.characters, mostImportant(report.findings, limits)),
      records: report.records.flatMap((record) => withEntries(record, shown)),
      changes: report.changes.toSorted((a, b) => worstFirst(a.severity, b.severity)).slice(0, limits.others),
      ...(unread === undefined ? {} : { unread: unread.slice(0, limits.others) }),
      ...(notCompared === undefined ? {} : { notCompared: notCompared.slice(0, limits.others) }),
      notices: [],
    },
  };
}

function mostImportant(findings: readonly Finding[], { findings: most }: Limits): readonly Finding[] {
  const left = { ...most };
  return findings.toSorted(byImportance).filter(({ status }) => (left[status] -= 1) >= 0);
}

/** The first items that have so many characters together. */
function within<T>(characters: number, items: readonly T[]): readonly T[] {
  let left = characters;
  const end = items.findIndex((item) => (left -= JSON.stringify(item).length) < 0);
  return end < 0 ? items : items.slice(0, end);
}

/** A list of admins, with the entries of these principals alone; a list without any is none. */
function withEntries(record: InformationalRecord, shown: ReadonlySet<string>): readonly InformationalRecord[] {
  const { admins } = record.evidence;
  if (!Array.isArray(admins)) return [];
  const entries = admins.filter((entry: { readonly arn?: string }) => entry.arn !== undefined && shown.has(entry.arn));
  return entries.length === 0 ? [] : [{ ...record, evidence: { ...record.evidence, admins: entries } }];
}
