import type { Change } from '../model/change.ts';
import type { Report } from '../model/report.ts';
import { isAtLeast } from '../model/severity.ts';
import { changesInWords } from './changes-in-words.ts';
import { type Paint, paintFor } from './paint.ts';
import { printable } from './printable.ts';
import type { TextOptions } from './text/context.ts';

/** What changed between two nights, as `diff` prints it. */
export interface ChangeReport extends Required<Pick<Report, 'changes' | 'notCompared'>> {
  readonly accounts: readonly string[];
  /** Accounts that only one of the nights has. */
  readonly onlyOnce: readonly string[];
  /** ISO 8601. */
  readonly olderTakenAt: string;
  readonly newerTakenAt: string;
}

/** The changes that matter are shown first, with their reasons. */
const SHOWN_FIRST = 10;

/** The changes for a person at a terminal: ten that matter, then the rest in a line each. */
export function renderChanges(report: ChangeReport, { color }: TextOptions): string {
  const paint = paintFor(color);
  const { changes, notCompared, onlyOnce } = report;
  const matter = changes.filter(({ severity }) => isAtLeast(severity, 'LOW')).slice(0, SHOWN_FIRST);
  const rest = changes.filter((change) => !matter.includes(change));
  const several = report.accounts.length > 1;
  const sections = [
    heading(report, paint),
    ...(changes.length === 0 ? [paint(notCompared.length === 0 ? 'green' : 'yellow', 'Nothing changed.')] : []),
    ...(matter.length > 0 ? [matter.map((change) => inFull(change, several, paint)).join('\n')] : []),
    ...(rest.length > 0
      ? [
          [...(matter.length > 0 ? ['Other changes:'] : []), ...rest.map((change) => inOneLine(change, several, paint))].join(
            '\n',
          ),
        ]
      : []),
    ...(notCompared.length + onlyOnce.length > 0 ? [uncompared(report, paint)] : []),
  ];
  return `${sections.join('\n\n')}\n`;
}

function heading(report: ChangeReport, paint: Paint): string {
  const { changes, notCompared, olderTakenAt, newerTakenAt } = report;
  return [
    `${paint('bold', 'iam-vigil diff')}  ${whereOf(report)}  ${minute(olderTakenAt)} to ${minute(newerTakenAt)}`,
    changesInWords(changes, notCompared.length),
  ].join('\n');
}

/** The account that was compared, or how many were. */
export const whereOf = ({ accounts }: Pick<ChangeReport, 'accounts'>): string =>
  accounts.length === 1 ? `account ${accounts.join()}` : `${accounts.length} accounts`;

const minute = (time: string): string => time.replace('T', ' ').replace(/:\d\d(\.\d+)?Z$/, ' UTC');

/** A change in a line. */
export const inOneLine = ({ severity, account, headline }: Change, several: boolean, paint: Paint): string =>
  `${paint(severity, severity.padEnd(13))}  ${several ? `${account}  ` : ''}${printable(headline)}`;

const inFull = (change: Change, several: boolean, paint: Paint): string =>
  change.message === ''
    ? inOneLine(change, several, paint)
    : `${inOneLine(change, several, paint)}\n${' '.repeat(15)}${paint('dim', printable(change.message))}`;

/** What could not be compared, and why. */
export function uncompared({ notCompared, onlyOnce }: ChangeReport, paint: Paint): string {
  const lines = notCompared.map(
    ({ account, part, resource, reason }) =>
      `  ${account}  ${part}${resource ? ` of ${printable(resource.name)}` : ''}: ${printable(reason)}`,
  );
  return [
    `${paint('yellow', 'Could not be compared')} (neither new nor removed):`,
    ...new Set([...onlyOnce.map((account) => `  ${account}  only one of the two has it`), ...lines]),
  ].join('\n');
}
