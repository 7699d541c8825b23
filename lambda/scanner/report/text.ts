import type { Report } from '../model/report.ts';
import { paintFor } from './paint.ts';
import { printable } from './printable.ts';
import { blocks } from './text/blocks.ts';
import { checkCounts } from './text/check-counts.ts';
import type { ReportTextOptions, TextContext } from './text/context.ts';
import { failuresBy } from './text/group-findings.ts';
import { head, whoIsAdmin } from './text/head.ts';
import { layoutFor } from './text/layout.ts';
import { type TypedCommand, nextCommands, plainCommand } from './text/next-commands.ts';
import { unseen } from './text/unseen.ts';
import { worst } from './text/worst.ts';

/**
 * The report for a person at a terminal, on one screen: how complete it is, where to start, who is admin, what changed, the ten worst
 * findings, the counts, what could not be seen, and the next commands.
 */
export function renderText(report: Report, options: ReportTextOptions): string {
  const { color, width, all = false, details = false, by, typed = plainCommand } = options;
  const failed = report.findings.filter(({ status }) => status === 'FAILED');
  const context: TextContext = { report, failed, paint: paintFor(color), layout: layoutFor(width), all };
  const grouping = by ?? (all ? 'check' : 'principal');
  const isList = all || details || by !== undefined;
  const sections = [
    head(context),
    whoIsAdmin(context),
    ...(isList
      ? blocks(failuresBy(grouping, report), grouping, details, context)
      : [worst(failuresBy('principal', report), context), checkCounts(context)]),
    unseen(context),
    report.notices.map((notice) => context.layout.paragraph(printable(notice))).join('\n'),
    footer(context, typed),
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

function footer({ report, failed, paint, layout, all }: TextContext, typed: TypedCommand): string {
  const { summary, calls } = report;
  const count = Object.values(summary.failed).reduce((sum, one) => sum + one, 0);
  const shown = failed.length < count ? ` (${failed.length} of them here)` : '';
  const work = `${summary.checks} checks, ${summary.passed} passed, ${count} failed${shown}, ${summary.unknown} unknown, ${summary.suppressed} suppressed; ${calls} AWS API calls`;
  const next = nextCommands(failed, all, typed).map((command) => `  ${command}`);
  return [layout.paragraph(paint('dim', work)), ...(next.length > 0 ? [paint('bold', 'Next:'), ...next] : [])].join('\n');
}
