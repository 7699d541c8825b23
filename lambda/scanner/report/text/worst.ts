import type { Finding } from '../../model/finding.ts';
import { accountNames } from '../account-names.ts';
import { printable } from '../printable.ts';
import type { TextContext } from './context.ts';
import { type Group, groupBy } from './group-findings.ts';

/** How many findings a screen shows, with the one that it starts with. */
const SHOWN = 10;

/**
 * The ten worst findings, one of each resource as long as there are so many; the first is left out, because the text starts with it.
 * Neighbors of one severity and account share a heading.
 */
export function worst(groups: readonly Group<Finding>[], { report, failed, paint, layout }: TextContext): string {
  const shown = groups.slice(0, SHOWN);
  const firsts = new Set(shown.map(([first]) => first));
  const more = failed.filter((finding) => !firsts.has(finding)).slice(0, SHOWN - shown.length);
  const chosen = new Set([...firsts, ...more]);
  const others = new Map(shown.map((group) => [group[0], group.filter((finding) => !chosen.has(finding)).length]));
  const rows = failed.filter((finding) => chosen.has(finding)).slice(1);
  if (rows.length === 0) return '';
  const nameOf = accountNames(report);
  const runs = groupBy(rows, ({ severity, account }) => `${severity} ${account}`);
  const lines = runs.flatMap((run) => [
    `${paint(run[0].severity, run[0].severity)}${report.accounts.length > 1 ? ` in ${nameOf(run[0].account)}` : ''}:`,
    ...run.map((finding) => layout.paragraph(`${printable(finding.headline)}${plus(others.get(finding))}`, 2, 4)),
  ]);
  const of = failed.length > rows.length + 1 ? `The next ${rows.length} of ${failed.length} findings` : 'The other findings';
  return [layout.paragraph(paint('bold', `${of}, worst first:`)), ...lines].join('\n');
}

/** How many more findings of the same resource there are. */
const plus = (count = 0): string => (count > 0 ? ` (+${count} more)` : '');
