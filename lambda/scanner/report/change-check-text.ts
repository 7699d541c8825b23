import type { Change } from '../model/change.ts';
import { CLOSING_RULE, stepInWords } from '../model/path-in-words.ts';
import type { LimitedPrincipal } from '../model/limited-principal.ts';
import type { StatementReference, Step } from '../model/verdict.ts';
import type { AdminGain, ChangeCheck, ChangeResult } from './change-check.ts';
import { inOneLine, uncompared, whereOf } from './changes.ts';
import { changesInWords } from './changes-in-words.ts';
import { inline } from './markdown-text.ts';
import { type Paint, paintFor } from './paint.ts';
import { printable } from './printable.ts';
import type { TextOptions } from './text/context.ts';

const sentences: Readonly<Record<ChangeResult, string>> = {
  'gives-admin': 'The change gives administrator access.',
  'gives-no-admin': 'The change gives no administrator access.',
  'cannot-tell': 'It is not known whether the change gives administrator access.',
};

/** The answer for a person at a terminal: who gets administrator access, by which statements, and what else changes. */
export function renderChangeCheck(check: ChangeCheck, { color }: TextOptions): string {
  const paint = paintFor(color);
  const others = othersOf(check).map((change) => inOneLine(change, check.accounts.length > 1, paint));
  const sections = [
    [
      `${paint('bold', 'iam-vigil check-change')}  ${whereOf(check)}`,
      paint(check.result === 'gives-no-admin' ? 'green' : 'yellow', sentences[check.result]),
      changesInWords(check.changes, check.notCompared.length),
    ].join('\n'),
    ...check.gains.map((gain) => gainInText(gain, check, paint)),
    ...(check.limited === undefined ? [] : [limitedLines(check, check.limited).join('\n')]),
    ...(others.length > 0 ? [['Other changes:', ...others].join('\n')] : []),
    ...(isComplete(check) ? [] : [uncompared(check, paint)]),
  ];
  return `${sections.join('\n\n')}\n`;
}

/** The same as Markdown, for a comment on a pull request. */
export function renderChangeCheckMarkdown(check: ChangeCheck): string {
  const item = (text: string) => `- ${inline(text)}`;
  const others = othersOf(check).map(({ severity, account, headline }) => item(`${severity} ${account} ${headline}`));
  const unknown = [
    ...check.onlyOnce.map((account) => item(`${account}: only one of the two has it`)),
    ...check.notCompared.map(({ account, resource, reason }) =>
      item(`${account}${resource === undefined ? '' : ` ${resource.name}`}: ${reason}`),
    ),
  ];
  const sections = [
    `# iam-vigil: ${whereOf(check)}`,
    `**${sentences[check.result]}** ${changesInWords(check.changes, check.notCompared.length)}.`,
    ...check.gains.map(({ change, paths }) =>
      [
        `## ${change.severity}: ${inline(change.headline)}`,
        inline([`Account ${change.account}.`, change.message].join(' ').trim()),
        ...paths.map(({ account, path }) => [`Path to account ${account}:`, ...path.flatMap(stepInMarkdown)].join('\n')),
      ].join('\n\n'),
    ),
    ...(check.limited === undefined ? [] : ['## Permissions that end', limitedLines(check, check.limited).map(item).join('\n')]),
    ...(others.length > 0 ? [`## Other changes (${others.length})`, others.slice(0, LISTED).join('\n')] : []),
    ...(unknown.length > 0 ? [`## Could not be compared (not a pass)`, [...new Set(unknown)].slice(0, LISTED).join('\n')] : []),
  ];
  return `${sections.join('\n\n')}\n`;
}

/** Who may do less, and where no one does. */
function limitedLines({ accounts, notCompared }: ChangeCheck, limited: readonly LimitedPrincipal[]): readonly string[] {
  const seen = new Set([...limited, ...notCompared].map(({ account }) => account));
  const free = accounts.filter((account) => !seen.has(account));
  return [
    ...limited.map(limitedLine),
    `${limited.length} users and roles lose permissions. Accounts where none does: ${free.join(', ') || 'none'}.`,
    'SCPs and RCPs do not limit the management account and service-linked roles.',
  ];
}

function limitedLine({ account, arn, services, actions, conditionalActions }: LimitedPrincipal): string {
  const users = services.length === 0 ? '' : ` (used by ${services.join(', ')})`;
  const effects = [
    ...(actions.length > 0 ? [`can no longer: ${actions.join(', ')}`] : []),
    ...(conditionalActions.length > 0 ? [`only under conditions: ${conditionalActions.join(', ')}`] : []),
  ];
  return printable(
    `${account}  ${arn.slice(arn.lastIndexOf(':') + 1)}${users} ${effects.join('; ') || 'has too many permissions to compare'}`,
  );
}

/** A comment has room for so many lines of a list. */
const LISTED = 100;

const isComplete = ({ notCompared, onlyOnce }: ChangeCheck): boolean => notCompared.length + onlyOnce.length === 0;

/** The changes that give no administrator access; those that take it say how much. */
const othersOf = ({ changes, gains }: ChangeCheck): readonly Change[] =>
  changes
    .filter((change) => !gains.some((gain) => gain.change === change))
    .map((change) => (change.kind === 'access-lost' ? { ...change, headline: `${change.headline}. ${change.message}` } : change));

const INDENT = ' '.repeat(15);

function gainInText({ change, paths }: AdminGain, { accounts }: ChangeCheck, paint: Paint): string {
  const lines = paths.flatMap(({ account, path }) => [
    ...(account === change.account ? [] : [`In account ${account}:`]),
    ...path.flatMap((step) => [stepOf(step), ...step.statements.map((statement) => `  allowed by ${statementOf(statement)}`)]),
  ]);
  const message = change.message === '' ? [] : [change.message];
  return [
    inOneLine(change, accounts.length > 1, paint),
    ...[...message, ...lines].map((line) => `${INDENT}${paint('dim', printable(line))}`),
  ].join('\n');
}

const stepInMarkdown = (step: Step): readonly string[] => [
  `1. ${inline(stepOf(step))}`,
  ...step.statements.map((statement) => `   - allowed by ${inline(statementOf(statement))}`),
];

const stepOf = (step: Step): string =>
  step.rule === CLOSING_RULE ? `${step.to} is allowed every action on every resource` : stepInWords(step);

function statementOf({ policy, group, index, sid }: StatementReference): string {
  const name = policy.startsWith('inline:') ? `inline policy ${policy.slice('inline:'.length)}` : `policy ${policy}`;
  return `statement ${index + 1}${sid === undefined ? '' : ` (${sid})`} of ${name}${group === undefined ? '' : ` of group ${group}`}`;
}
