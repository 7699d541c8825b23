import type { Report } from '../../model/report.ts';
import { type VerdictCounts, countsByVerdict } from '../verdict-counts.ts';
import { type ShortenedReport, countsOf } from './shortened.ts';

/** What is not on a page, because it has only the most important of many accounts. */
export interface LeftOut {
  readonly findings: number;
  readonly changes: number;
  readonly unseen: number;
  readonly admins: VerdictCounts;
  /** The IDs of the accounts that were scanned, and of which nothing is on the page. */
  readonly accounts: readonly string[];
}

/** What a page is made of. */
export interface PageReport extends Report {
  /** Absent: everything is on the page. */
  readonly leftOut?: LeftOut;
}

/** The page of several accounts, with what it leaves out. */
export function pageOf({ report, all }: ShortenedReport, scanned: readonly string[]): PageReport {
  const shown = countsOf(report);
  const accounts = new Set(report.accounts.map(({ account }) => account));
  return {
    ...report,
    leftOut: {
      findings: all.findings - shown.findings,
      changes: all.changes - shown.changes,
      unseen: all.unseen - shown.unseen,
      admins: countsByVerdict((verdict) => all.admins[verdict] - shown.admins[verdict]),
      accounts: scanned.filter((account) => !accounts.has(account)),
    },
  };
}
