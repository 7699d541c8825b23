import type { Report, Summary } from '../../model/report.ts';
import { severities } from '../../model/severity.ts';
import { sumOfCounts } from '../verdict-counts.ts';
import { sum } from './sum.ts';
import type { ShortenedReport } from './shortened.ts';

/** The reports of several accounts as one. Each has at least one account. */
export const joined = (first: ShortenedReport, ...others: readonly ShortenedReport[]): ShortenedReport => {
  const parts = [first, ...others];
  const counts = parts.map(({ all }) => all);
  return {
    report: joinedReports(
      parts.map(({ report }) => report),
      first.report,
    ),
    all: {
      findings: sum(counts.map(({ findings }) => findings)),
      changes: sum(counts.map(({ changes }) => changes)),
      unseen: sum(counts.map(({ unseen }) => unseen)),
      admins: sumOfCounts(counts.map(({ admins }) => admins)),
    },
  };
};

function joinedReports(reports: readonly Report[], first: Report): Report {
  const list = <T>(items: (report: Report) => readonly T[]): readonly T[] => reports.flatMap(items);
  const optional = (name: keyof Report, items: readonly unknown[]) =>
    reports.some((report) => report[name] !== undefined) ? { [name]: items } : {};
  return {
    ...first,
    accounts: list(({ accounts }) => accounts),
    takenAt: list(({ takenAt }) => [takenAt]).toSorted()[0] ?? first.takenAt,
    complete: reports.every(({ complete }) => complete),
    calls: sum(list(({ calls }) => [calls])),
    summary: joinedSummaries(
      list(({ summary }) => [summary]),
      first.summary,
    ),
    admins: list(({ admins }) => admins),
    findings: list(({ findings }) => findings),
    records: list(({ records }) => records),
    changes: list(({ changes }) => changes),
    // Every account was evaluated with the same knowledge of the others.
    ...optional(
      'unread',
      list(({ unread = [] }) => unread),
    ),
    ...optional(
      'notCompared',
      list(({ notCompared = [] }) => notCompared),
    ),
    notices: [],
  };
}

const joinedSummaries = (summaries: readonly Summary[], first: Summary): Summary => ({
  ...first,
  // Every severity has a sum.
  failed: Object.fromEntries(
    severities.map((severity) => [severity, sum(summaries.map(({ failed }) => failed[severity]))]),
  ) as Summary['failed'],
  unknown: sum(summaries.map(({ unknown }) => unknown)),
  suppressed: sum(summaries.map(({ suppressed }) => suppressed)),
  passed: sum(summaries.map(({ passed }) => passed)),
});
