import { accountNames } from '../account-names.ts';
import { printable } from '../printable.ts';
import type { TextContext } from './context.ts';
import { groupBy } from './group-findings.ts';

/** How many causes a screen shows, and how many accounts of each. */
const SHOWN = 4;

/** What could not be seen or evaluated, and why; each cause once. Empty if there is nothing. */
export function unseen(context: TextContext): string {
  const { paint, all } = context;
  const entries = [...causes(context), ...unknowns(context)];
  const shown = all ? entries : entries.slice(0, SHOWN);
  const more = entries.length - shown.length;
  return [
    ...(entries.length > 0 ? [`${paint('yellow', 'UNKNOWN')}   Could not be evaluated (not a pass):`] : []),
    ...shown,
    ...(more > 0 ? [`  … and ${more} more ${more === 1 ? 'cause' : 'causes'} (--all lists them)`] : []),
  ].join('\n');
}

/** The findings that say why others are UNKNOWN. */
function causes({ report: { findings }, failed, paint, layout }: TextContext): readonly string[] {
  const named = new Set(findings.flatMap((finding) => finding.causes ?? []));
  return failed
    .filter(({ id }) => named.has(id))
    .map(({ headline, message }) =>
      [layout.paragraph(printable(headline), 2, 4), layout.paragraph(`${paint('dim', 'Why:')} ${printable(message)}`, 4, 6)].join(
        '\n',
      ),
    );
}

/** What is UNKNOWN for a reason that no other finding reports. */
function unknowns({ report, layout }: TextContext): readonly string[] {
  const reported = new Set(report.findings.flatMap(({ id, status }) => (status === 'UNKNOWN' ? [] : id)));
  const own = report.findings.filter(
    ({ status, causes: because = [] }) => status === 'UNKNOWN' && !because.some((cause) => reported.has(cause)),
  );
  const nameOf = accountNames(report);
  return groupBy(own, ({ account, message }) => `${account} ${message}`).map((group) => {
    const [{ account, message }] = group;
    const ids = [...new Set(group.map(({ checkId }) => checkId))];
    return [layout.paragraph(`${nameOf(account)}  ${printable(message)}`, 2, 4), layout.paragraph(ids.join(', '), 4)].join('\n');
  });
}

/** The accounts whose principals are not known, or not all of them: so many of them, a line for each reason. */
export function unseenAccounts({ report, paint, layout, all }: TextContext): readonly string[] {
  const { notAnalyzed = [], partlyAnalyzed = [] } = report;
  const nameOf = accountNames(report);
  const line = (ids: readonly string[], what: string) => {
    if (ids.length === 0) return [];
    const shown = all ? ids : ids.slice(0, SHOWN);
    const more = ids.length > shown.length ? ` and ${ids.length - shown.length} more` : '';
    return [layout.paragraph(`${paint('yellow', what)}: ${shown.map(nameOf).join(', ')}${more}`, 0, 2)];
  };
  return [
    ...line(notAnalyzed, 'Not seen: access through accounts that were not scanned'),
    ...line(partlyAnalyzed, 'Not seen: access through identities that could not be read, in accounts'),
  ];
}
