import type { Finding } from '../model/finding.ts';
import type { Report } from '../model/report.ts';
import { severities } from '../model/severity.ts';
import { changesInWords } from './changes-in-words.ts';
import { completeness } from './completeness.ts';
import { type Paint, paintFor } from './paint.ts';
import { printable } from './printable.ts';

/** The options of the text report. */
export interface TextOptions {
  readonly color: boolean;
}

const RESOURCES_SHOWN = 3;
/** If there are more accounts, only their number is shown. */
const ACCOUNTS_NAMED = 5;

/**
 * The report for a person at a terminal: a short summary, then the failures, worst first. The resources of one check are together,
 * with the reason and the next step.
 */
export function renderText(report: Report, { color }: TextOptions): string {
  const paint = paintFor(color);
  const failed = report.findings.filter(({ status }) => status === 'FAILED');
  const shown = new Set(report.findings.flatMap(({ id, status }) => (status === 'UNKNOWN' ? [] : id)));
  const unknown = report.findings.filter(
    ({ status, causes = [] }) => status === 'UNKNOWN' && !causes.some((cause) => shown.has(cause)),
  );
  const sections = [
    summary(report, failed[0], paint),
    ...groupBy(failed, groupKeyAmong(report)).map((group) => failures(group, report, paint)),
    ...(unknown.length > 0 ? [unknowns(unknown, paint)] : []),
    ...(report.notices.length > 0 ? [report.notices.map(printable).join('\n')] : []),
    footer(report, failed, paint),
  ];
  return `${sections.join('\n\n')}\n`;
}

/** Failures of one check are together. Those that leave other checks UNKNOWN each say why, and which. */
function groupKeyAmong({ findings }: Report): (finding: Finding) => string {
  const causes = new Set(findings.flatMap((finding) => finding.causes ?? []));
  return ({ id, severity, checkId, message }) => `${severity} ${checkId} ${causes.has(id) ? message : ''}`;
}

function summary(report: Report, worst: Finding | undefined, paint: Paint): string {
  const { account, accounts, takenAt, complete, admins } = report;
  const where =
    accounts.length > 1
      ? `${accounts.length} accounts${accounts.length > ACCOUNTS_NAMED ? '' : ` (${accounts.map((line) => line.account).join(', ')})`}`
      : `account ${account}`;
  const when = takenAt.replace('T', ' ').replace(/(:\d\d)?(\.\d+)?Z$/, ' UTC');
  const whole = paint(complete ? 'green' : 'yellow', printable(completeness(report)));
  return [
    `${paint('bold', 'iam-vigil')}  ${where}  ${when}  ${whole}`,
    counts(report, paint),
    ...(admins.length > 0 ? [adminCounts(admins)] : []),
    ...(worst ? [`${paint('bold', 'Start with:')} ${printable(worst.headline)}`] : []),
  ].join('\n');
}

function counts({ complete, summary: { failed } }: Report, paint: Paint): string {
  const present = severities.toReversed().filter((severity) => failed[severity] > 0);
  if (present.length === 0)
    return complete ? paint('green', 'No check failed.') : paint('yellow', 'Of what could be evaluated, no check failed.');
  return present.map((severity) => paint(severity, `${failed[severity]} ${severity.toLowerCase()}`)).join('  ');
}

const verdictWords = {
  admin: 'admin',
  'can-become-admin': 'can become admin',
  'can-grant-admin': 'can make others admin',
  conditional: 'conditional',
} as const;

/** How many principals are, or can become, admin. The root user is not counted; platform roles are counted separately. */
function adminCounts(admins: Report['admins']): string {
  const own = admins.filter(({ platform, type }) => !platform && type !== 'root');
  const parts = Object.entries(verdictWords).map(
    ([verdict, words]) => `${own.filter((principal) => principal.verdict === verdict).length} ${words}`,
  );
  const elsewhere = own.filter(({ verdict }) => verdict === 'none').length;
  if (elsewhere > 0) parts.push(`${elsewhere} in other accounts only`);
  const platformRoles = admins.filter(({ platform }) => platform).length;
  return `${parts.join(', ')}; ${platformRoles} platform ${platformRoles === 1 ? 'role' : 'roles'} (iam-vigil admins lists them)`;
}

function failures(group: Group<Finding>, { accounts }: Report, paint: Paint): string {
  const [first] = group;
  const shown = group.slice(0, RESOURCES_SHOWN);
  const lines = shown.map(({ account, headline }) => `  ${accounts.length > 1 ? `${account}  ` : ''}${printable(headline)}`);
  const more = group.length > shown.length ? [`  … and ${group.length - shown.length} more`] : [];
  const title = `${paint(first.severity, first.severity.padEnd(8))}  ${paint('bold', first.checkId)}  (${group.length})  ${first.title}`;
  const why = `  ${paint('dim', 'Why:')} ${printable(first.message)}`;
  const next = `  ${paint('cyan', '→')} ${printable(first.remediation)}`;
  return [title, ...lines, ...more, why, next].join('\n');
}

function unknowns(findings: readonly Finding[], paint: Paint): string {
  const groups = groupBy(findings, ({ account, message }) => `${account} ${message}`);
  const lines = groups.map((group) => {
    const ids = [...new Set(group.map(({ checkId }) => checkId))];
    const [{ account, message }] = group;
    return `  ${account}  ${printable(message)}\n    ${ids.join(', ')}`;
  });
  return [`${paint('yellow', 'UNKNOWN')}   Could not be evaluated (not a pass):`, ...lines].join('\n');
}

function footer({ summary, calls, changes, notCompared }: Report, failed: readonly Finding[], paint: Paint): string {
  const work = `${summary.checks} checks, ${summary.passed} passed, ${failed.length} failed, ${summary.unknown} unknown, ${summary.suppressed} suppressed; ${calls} AWS API calls`;
  const [first] = failed;
  const next = first ? `\n${paint('bold', 'Next:')} iam-vigil explain ${first.checkId}` : '';
  const since = notCompared === undefined ? '' : `\nSince the earlier snapshot: ${changesInWords(changes, notCompared.length)}`;
  return `${paint('dim', work)}${since}${next}`;
}

/** At least one item. */
type Group<T> = readonly [T, ...T[]];

/** Groups items by key, in the order in which each key first occurs. */
function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): readonly Group<T>[] {
  const groups = new Map<string, [T, ...T[]]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return [...groups.values()];
}
