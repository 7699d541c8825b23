import type { FoundStatement } from '../escalation/explain/path-statements.ts';
import type { ExplainedReach, ExplainedStep, Explanation } from '../organization/explain-principal.ts';
import { splitConditions } from '../model/conditions-in-words.ts';
import type { Json } from '../model/json.ts';
import { CLOSING_RULE, stepInWords } from '../model/path-in-words.ts';
import type { Verdict, VerdictCondition } from '../model/verdict.ts';
import { type Paint, paintFor } from './paint.ts';
import { printable } from './printable.ts';
import type { TextOptions } from './text/context.ts';
import { type Layout, layoutFor } from './text/layout.ts';

const sentences = {
  admin: 'is admin: it is allowed every action on every resource.',
  'can-become-admin': 'can become admin with its present permissions:',
  'can-grant-admin': 'can make another principal admin, but not itself:',
  conditional: 'is, or can become, admin depending on conditions that the scan cannot verify:',
  none: 'is not admin and has no known path to admin.',
} as const satisfies Record<Verdict, string>;

const ELSEWHERE = 'is not admin of its own account and has no known path to it.';

const ROOT =
  'The root user does not get its access from a policy. In a member account, a service control policy can restrict it.';

/** What holds for a conditional principal if its conditions hold. */
const outcomes = {
  admin: 'It is admin',
  'can-become-admin': 'It can become admin',
  'can-grant-admin': 'It can make another principal admin',
  conditional: 'It may be, or become, admin',
  none: 'It has no path to admin',
} as const satisfies Record<Verdict, string>;

/** The verdict of one principal for a reader who is no expert in IAM: each step, and the statements that allow it. */
export function renderExplanation(
  { principal, steps, cut, reachCut = [], reach = [], reachedAccounts }: Explanation,
  { color, width }: TextOptions,
): string {
  const paint = paintFor(color);
  const layout = layoutFor(width);
  const { arn, verdict, would, conditions, blockedBy, platform } = principal;
  const outcome = would === undefined ? '' : outcomes[would];
  const sentence = verdict === 'none' && reach.length > 0 ? ELSEWHERE : sentences[verdict];
  const sections = [
    `${paint('bold', printable(arn))}\n${layout.paragraph(`${platform ? 'is a platform role. It ' : ''}${sentence}`)}`,
    ...steps.map((step, index) => explainStep(step, index + 1, layout)),
    ...explainConditions(outcome, conditions, layout),
    list(
      verdict === 'none' ? 'Blocked by:' : 'More access is blocked by:',
      [...new Set(blockedBy.map(({ text }) => text))],
      layout,
    ),
    cut
      ? list(
          cut.length === 1 ? 'Removing this breaks the path:' : 'Removing these together breaks every path:',
          cut.map(place),
          layout,
        )
      : verdict === 'none'
        ? ''
        : arn.endsWith(':root')
          ? layout.paragraph(ROOT)
          : layout.paragraph('No set of up to 4 statements removes every path. Start with the statements above.'),
    ...reach.flatMap((entry) => explainReach(entry, paint, layout)),
    moreAccounts(reach.length, reachedAccounts),
    list(
      reachCut.length === 1
        ? 'Removing this breaks the paths to other accounts:'
        : 'Removing these together breaks the paths to other accounts:',
      reachCut.map(place),
      layout,
    ),
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

const explainConditions = (outcome: string, conditions: readonly VerdictCondition[], layout: Layout): readonly string[] => {
  const { onlyIf, denials } = splitConditions(conditions);
  return [
    list(outcome === '' ? 'Only if:' : `${outcome} only if:`, onlyIf.map(conditionText), layout),
    list(
      onlyIf.length > 0 || outcome === '' ? 'A Deny statement applies if:' : `${outcome}, but a Deny statement applies if:`,
      denials.map(conditionText),
      layout,
    ),
  ];
};

const reachSentences = {
  'can-become-admin': 'it can become admin',
  'can-grant-admin': 'it can make another principal admin, but not itself',
  conditional: 'it can become admin depending on conditions that the scan cannot verify',
} as const satisfies Record<ExplainedReach['verdict'], string>;

function explainReach(
  { account, verdict, asAdmin, conditions, steps }: ExplainedReach,
  paint: Paint,
  layout: Layout,
): readonly string[] {
  const as = asAdmin ? ', as every admin of its own account can' : '';
  return [
    paint('bold', `In account ${account} ${reachSentences[verdict]}${as}:`),
    ...steps.map((step, index) => explainStep(step, index + 1, layout)),
    ...explainConditions('', conditions, layout),
  ];
}

function moreAccounts(told: number, reached: Explanation['reachedAccounts']): string {
  const more = reached === undefined ? 0 : reached.count + reached.ifConditions - told;
  return more > 0 ? `It reaches ${more} more ${more === 1 ? 'account' : 'accounts'} in such ways.` : '';
}

const controllers = {
  caller: 'controlled by the caller',
  environment: 'controlled by the environment',
  time: 'depends on the time',
} as const;

const conditionText = ({ text, controlledBy }: VerdictCondition): string => `${text} (${controllers[controlledBy]})`;

const list = (heading: string, lines: readonly string[], layout: Layout): string =>
  lines.length === 0 ? '' : [heading, ...lines.map((line) => layout.paragraph(`- ${printable(line)}`, 2, 4))].join('\n');

function explainStep(step: ExplainedStep, number: number, layout: Layout): string {
  const { title, rule, aliases, from, to, found } = step;
  const target = from === to ? [] : [`   to    ${to}`];
  const ids = [rule, ...aliases].join(', ');
  const head =
    step.rule === CLOSING_RULE
      ? []
      : [
          layout.paragraph(printable(`${number}. ${stepInWords(step)}`), 0, 3),
          layout.paragraph(printable(`${capitalized(title)} (${ids})`), 3),
          ...[`   from  ${from}`, ...target].map(printable),
        ];
  const statements = found.map(
    (statement) => `${layout.paragraph(`Allowed by ${printable(place(statement))}:`, 3, 5)}\n${indent(statement.statement)}`,
  );
  return [...head, ...statements].join('\n');
}

const capitalized = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;

const place = ({ holder, policy, index, statement }: FoundStatement): string => {
  const sid =
    typeof statement === 'object' && statement !== null
      ? Object.entries(statement).find(([key]) => key === 'Sid')?.[1]
      : undefined;
  const which = `statement ${index + 1}${typeof sid === 'string' ? ` (${sid})` : ''}`;
  if (policy.startsWith('trust:')) return `${which} of the trust policy of ${holder}`;
  return policy.startsWith('inline:')
    ? `${which} of the inline policy ${policy.slice('inline:'.length)} of ${holder}`
    : `${which} of ${policy}`;
};

const indent = (statement: Json) =>
  JSON.stringify(statement, undefined, 2)
    .split('\n')
    .map((line) => `     ${printable(line)}`)
    .join('\n');

export type { ExplainedStep } from '../organization/explain-principal.ts';
