import type { FoundStatement } from '../access/statements.ts';
import type { Json } from '../model/json.ts';
import type { PrincipalVerdict, Step, Verdict } from '../model/verdict.ts';
import { paintFor } from './paint.ts';
import { printable } from './printable.ts';
import type { TextOptions } from './text.ts';

/** A step with the statements that allow it. */
export interface ExplainedStep extends Step {
  readonly found: readonly FoundStatement[];
}

/** A verdict with all that proves it, and what would break it. */
export interface Explanation {
  readonly principal: PrincipalVerdict;
  readonly steps: readonly ExplainedStep[];
  /** Undefined where no small set of statements breaks it. */
  readonly cut?: readonly FoundStatement[];
}

const sentences = {
  admin: 'is admin: it is allowed every action on every resource.',
  'can-become-admin': 'can become admin, by steps that its permissions allow today:',
  'can-grant-admin': 'can make another identity admin, which it cannot itself act as:',
  conditional: 'is or becomes admin only if something holds that is not known here:',
  none: 'is not admin, and no way to become it is known.',
} as const satisfies Record<Verdict, string>;

/** The verdict of one principal for someone who is no expert in IAM: what it does, step by step, by which statements. */
export function renderExplanation({ principal, steps, cut }: Explanation, { color }: TextOptions): string {
  const paint = paintFor(color);
  const { arn, verdict, would, conditions, blockedBy, platform } = principal;
  const sections = [
    `${paint('bold', printable(arn))}\n${platform ? 'belongs to the platform; it ' : ''}${sentences[verdict]}`,
    ...steps.map((step, index) => explainStep(step, index + 1)),
    list(
      `Only if${would === undefined ? '' : ` (it would then be ${would})`}:`,
      conditions.map(({ text, controlledBy }) => `${text} (${controllers[controlledBy]})`),
    ),
    list(
      'In its way:',
      blockedBy.map(({ text }) => text),
    ),
    cut
      ? list('Without this, the way is closed:', cut.map(place))
      : verdict === 'none'
        ? ''
        : 'No set of up to four statements closes every way; begin with those above.',
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

const controllers = { caller: 'the caller decides', environment: 'the environment decides', time: 'time decides' } as const;

const list = (heading: string, lines: readonly string[]): string =>
  lines.length === 0 ? '' : [heading, ...lines.map((line) => `  - ${printable(line)}`)].join('\n');

function explainStep({ title, rule, aliases, from, to, actions, found }: ExplainedStep, number: number): string {
  const ids = [rule, ...aliases].join(', ');
  const target = from === to ? '' : `\n   to    ${to}`;
  const head = `${number}. ${title}  (${ids})\n   by    ${from}${target}\n   with  ${actions.join(', ')}`;
  const statements = found.map((statement) => `   ${printable(place(statement))} says:\n${indent(statement.statement)}`);
  return [...head.split('\n').map(printable), ...statements].join('\n');
}

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
