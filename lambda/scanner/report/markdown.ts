import type { Finding } from '../model/finding.ts';
import { nextStepOf } from './commands-in-text.ts';
import { CLOSING_RULE } from '../model/path-in-words.ts';
import type { Report } from '../model/report.ts';
import { severities } from '../model/severity.ts';
import type { Step } from '../model/verdict.ts';
import { completeness } from './completeness.ts';
import { code, fenced, inline } from './markdown-text.ts';
import { mermaidPath } from './mermaid.ts';
import { printable } from './printable.ts';
import { adminCounts } from './text/admin-counts.ts';

/** How many findings are told in full. */
const TOLD = 10;
/** How many of the others are listed. */
const LISTED = 100;

/** The report as Markdown for a ticket or a pull request: the counts, the ten worst findings with their paths, and a list of the others. */
export function renderMarkdown(report: Report): Iterable<string> {
  const { findings, summary, admins, accounts } = report;
  const failed = findings.filter(({ status }) => status === 'FAILED');
  const unknown = findings.filter(({ status }) => status === 'UNKNOWN');
  const where = accounts.length === 1 ? `account ${report.account}` : `${accounts.length} accounts`;
  const counts = severities.toReversed().map((severity) => `${summary.failed[severity]} ${severity.toLowerCase()}`);
  return [
    `# iam-vigil: ${where}, ${report.takenAt}\n\n`,
    `${inline(completeness(report))}. Findings: ${counts.join(', ')}; ${summary.unknown} unknown, ${summary.suppressed} suppressed.\n\n`,
    ...(admins.length > 0 ? [`${adminCounts(admins)}.\n\n`] : []),
    ...failed.slice(0, TOLD).map((finding) => inFull(finding, report)),
    ...list('Other findings', failed.slice(TOLD)),
    ...list('Could not be evaluated (not a pass)', unknown),
  ];
}

function inFull(finding: Finding, { accounts }: Report): string {
  const { severity, headline, account, message, checkId, evidence } = finding;
  const name = accounts.find((one) => one.account === account)?.name;
  const path = pathOf(evidence['path']);
  return [
    `## ${severity}: ${inline(headline)}`,
    `Account ${account}${name === undefined ? '' : ` (${inline(name)})`}, check \`${checkId}\``,
    inline(message),
    ...(path.length > 0 ? [fenced('mermaid', mermaidPath(path))] : []),
    `**Next step:** ${nextStep(finding)}`,
  ]
    .map((part) => `${part}\n\n`)
    .join('');
}

function list(title: string, findings: readonly Finding[]): readonly string[] {
  if (findings.length === 0) return [];
  const shown = findings.slice(0, LISTED);
  const more = findings.length - shown.length;
  return [
    `## ${title} (${findings.length})\n\n`,
    ...shown.map(
      ({ severity, account, headline, message, status }) =>
        `- ${severity} ${account} ${inline(status === 'UNKNOWN' ? `${headline}. ${message}` : headline)}\n`,
    ),
    ...(more > 0 ? [`- and ${more} more\n`] : []),
    '\n',
  ];
}

/** The steps of the evidence of a finding; it has them where the finding is about a path. */
const pathOf = (evidence: unknown): readonly Step[] =>
  Array.isArray(evidence) ? (evidence as readonly Step[]).filter(({ rule }) => rule !== CLOSING_RULE) : [];

/** The next step with its commands as code, which can be copied as they are. */
const nextStep = (finding: Finding): string =>
  nextStepOf(finding)
    .map(({ kind, text }) => (kind === 'command' ? code(printable(text)) : inline(text)))
    .join('');
