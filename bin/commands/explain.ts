import { Command } from 'commander';
import { checks } from '../../lambda/scanner/checks/index.ts';
import { UsageError } from '../../lambda/scanner/errors.ts';
import { actionsFor } from '../../lambda/scanner/permissions.ts';
import type { Check } from '../../lambda/scanner/model/check.ts';
import type { Environment } from '../program.ts';
import { type SourceOptions, withSource } from './options.ts';

/** `explain`: says what a check looks for. */
export const explainCommand = ({ terminal }: Environment): Command =>
  withSource(
    new Command('explain').description('say what a check looks for and how to mend it').argument('<check>', 'the id of a check'),
  ).action((subject: string, _options: SourceOptions) => {
    const check = checks.find(({ id }) => id === subject);
    if (!check) throw new UsageError(`there is no check ${subject}; iam-vigil checks lists them`);
    terminal.print(explainCheck(check));
  });

function explainCheck(check: Check): string {
  const params = Object.entries(check.params).map(([name, value]) => `${name}: ${JSON.stringify(value)}`);
  const lines = [
    `${check.id}  ${check.severity}${check.raisedForAdmins ? ', one level up for those who are or can become admin' : ''}`,
    check.title,
    '',
    check.rationale,
    '',
    ...(check.remediation === undefined ? [] : [`What to do: ${check.remediation}`]),
    `Needs: ${actionsFor([check]).join(', ')}`,
    ...(params.length > 0 ? [`Parameters: ${params.join(', ')}`] : []),
    `Standards: ${
      Object.entries(check.standards)
        .map(([name, ids]) => `${name} ${ids}`)
        .join('; ') || 'none'
    }`,
    `More: docs/checks/${check.id}.md`,
  ];
  return `${lines.join('\n')}\n`;
}
