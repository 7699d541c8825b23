import { firstWholeStep } from '../commands-in-text.ts';
import type { Report } from '../../model/report.ts';
import { severities } from '../../model/severity.ts';
import { accountNames } from '../account-names.ts';
import { changesInWords } from '../changes-in-words.ts';
import { completeness } from '../completeness.ts';
import type { Paint } from '../paint.ts';
import { printable } from '../printable.ts';
import type { TextContext } from './context.ts';
import { adminCounts } from './admin-counts.ts';
import { unseenAccounts } from './unseen.ts';

/** If there are more accounts, only their number is shown. */
const ACCOUNTS_NAMED = 5;

/** What is read in ten seconds: what was scanned, how complete it is, how much failed, and where to start. */
export function head({ report, failed: [worst], paint, layout }: TextContext): string {
  const whole = paint(report.complete ? 'green' : 'yellow', printable(completeness(report)));
  const when = report.takenAt.replace('T', ' ').replace(/(:\d\d)?(\.\d+)?Z$/, ' UTC');
  const title = (where: string) => `${paint('bold', 'iam-vigil')}  ${where}  ${when}  ${whole}`;
  const [long, short] = placeOf(report).map((where) => layout.paragraph(title(where), 0, 2));
  const step = worst && firstWholeStep(worst);
  return [
    long?.includes('\n') ? short : long,
    layout.paragraph(counts(report, paint)),
    ...(worst ? [layout.paragraph(`${paint('bold', 'Start with:')} ${printable(worst.headline)}`, 0, 2)] : []),
    ...(step ? [layout.paragraph(printable(`${step.lead} ${step.command}`.trim()), 2)] : []),
  ].join('\n');
}

/** The accounts, with their ids where they are few, and their number alone. */
function placeOf(report: Report): readonly [string, string] {
  const { account, accounts } = report;
  if (accounts.length <= 1) {
    const named = `account ${accountNames(report)(account)}`;
    return [named, named];
  }
  const count = `${accounts.length} accounts`;
  const ids = accounts.length > ACCOUNTS_NAMED ? '' : ` (${accounts.map((line) => line.account).join(', ')})`;
  return [`${count}${ids}`, count];
}

function counts({ complete, summary: { failed } }: Report, paint: Paint): string {
  const present = severities.toReversed().filter((severity) => failed[severity] > 0);
  if (present.length === 0)
    return complete ? paint('green', 'No check failed.') : paint('yellow', 'Of what could be evaluated, no check failed.');
  return present.map((severity) => paint(severity, `${failed[severity]} ${severity.toLowerCase()}`)).join('  ');
}

const CHANGES_SHOWN = 3;

/** Who is admin, as far as the accounts were seen, and what changed since the earlier snapshot. Empty if nothing is known. */
export function whoIsAdmin(context: TextContext): string {
  const { report, paint, layout } = context;
  const { admins, changes, notCompared } = report;
  const worse = changes.filter(({ effect }) => effect === 'worse').slice(0, CHANGES_SHOWN);
  return [
    ...(admins.length > 0 ? [layout.paragraph(adminCounts(admins), 0, 2)] : []),
    ...unseenAccounts(context),
    ...(notCompared === undefined
      ? []
      : [layout.paragraph(`Since the earlier snapshot: ${changesInWords(changes, notCompared.length)}`, 0, 2)]),
    ...worse.map(({ severity, headline }) => layout.paragraph(`${paint(severity, severity)}  ${printable(headline)}`, 2, 4)),
  ].join('\n');
}
