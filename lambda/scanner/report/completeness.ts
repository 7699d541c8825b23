import type { Finding } from '../model/finding.ts';
import type { Report } from '../model/report.ts';

/** Longer reasons are cut in a line that has more to say. */
const LONGEST_REASON = 140;

const PREFIX = 'Not evaluated: ';

/**
 * Whether everything could be evaluated, and if not, how much could not and why: `INCOMPLETE: 30 could not be evaluated (27 of 79
 * checks): …`. It belongs before the number of failures, which says little without it. A configuration that turns most checks off comes
 * first.
 */
export function completeness(report: Report): string {
  const { switchedOff = 0, checks } = report.summary;
  const most =
    switchedOff > checks ? `MOST CHECKS ARE OFF: the configuration turns off ${switchedOff} of ${switchedOff + checks}; ` : '';
  return `${most}${ofWhatRan(report)}`;
}

function ofWhatRan({ complete, summary, findings, accounts, unread = [] }: Report): string {
  if (complete) return 'complete';
  const [first] = unread.filter(({ isWanted }) => isWanted);
  if (summary.unknown === 0 && first)
    return `INCOMPLETE: ${first.fact} of account ${first.account} could not be read completely: ${shortened(first.elements[0] ?? '')}`;
  const unknown = findings.filter(({ status }) => status === 'UNKNOWN');
  const checks = new Set(unknown.map(({ checkId }) => checkId)).size;
  const where = new Set(unknown.map(({ account }) => account)).size;
  const parts = [
    `${checks} of ${summary.checks} checks`,
    ...(accounts.length > 1 ? [`in ${where} of ${accounts.length} accounts`] : []),
  ];
  return `INCOMPLETE: ${summary.unknown} could not be evaluated (${parts.join(', ')}): ${mainReason(unknown)}`;
}

/** The report in one line: how complete it is, then how many findings failed. */
export function summaryOf(report: Report): string {
  const failed = Object.values(report.summary.failed).reduce((sum, count) => sum + count, 0);
  const evaluated = report.complete ? '' : ' of what could be evaluated';
  return `${completeness(report)}; ${failed === 0 ? 'no check failed' : `${failed} findings failed`}${evaluated}`;
}

/** The reason of the most checks, and how many other reasons there are. */
function mainReason(unknown: readonly Finding[]): string {
  const checks = new Map<string, Set<string>>();
  for (const { message, checkId } of unknown) {
    const reason = message.startsWith(PREFIX) ? message.slice(PREFIX.length) : message;
    checks.set(reason, (checks.get(reason) ?? new Set()).add(checkId));
  }
  const [main, ...others] = [...checks].toSorted(([, a], [, b]) => b.size - a.size);
  const more = others.length === 0 ? '' : ` (and ${others.length} other ${others.length === 1 ? 'reason' : 'reasons'})`;
  const first = main?.[0] ?? 'no reason given';
  return `${shortened(first)}${more}`;
}

const shortened = (reason: string): string => (reason.length > LONGEST_REASON ? `${reason.slice(0, LONGEST_REASON)}…` : reason);
