import type { Diagnosis, Problem } from '../model/problem.ts';
import { paintFor, type Paint } from './paint.ts';
import { printable } from './printable.ts';

/** The version of the JSON that `doctor` prints. */
const SCHEMA_VERSION = 1;
const FIRST_ACCOUNTS = 3;

/** A diagnosis as JSON, with all accounts of each problem. */
const renderJson = ({ account, accounts, inPlace, problems, probes }: Diagnosis): string =>
  `${JSON.stringify({ schemaVersion: SCHEMA_VERSION, account, ok: problems.length === 0, accounts, inPlace, problems, probes }, undefined, 2)}\n`;

/** A diagnosis as text: each problem with the command that fixes it, then what is in place. */
function renderText({ account, accounts, inPlace, problems, probes }: Diagnosis, { color }: { readonly color: boolean }): string {
  const paint = paintFor(color);
  const verdict = problems.length === 0 ? paint('green', 'everything is in place') : paint('red', `problems: ${problems.length}`);
  const more = accounts.length - 1;
  const others = more > 0 ? ` and ${more} ${more === 1 ? 'other' : 'others'}` : '';
  return [
    `account ${account}${others}: ${verdict}`,
    ...problems.flatMap((problem) => describe(problem, accounts.length, paint)),
    '',
    ...inPlace.map((line) => `${paint('green', 'ok')}  ${printable(line)}`),
    '',
    ...(probes.length === 0 ? [] : ['What AWS returns, without names and ids. Please send it with a bug report:']),
    ...probes.map(({ question, answer }) => `    ${question}: ${printable(answer)}`),
    ...(probes.length === 0 ? [] : ['']),
  ].join('\n');
}

function describe({ message, accounts, remedy, command }: Problem, looked: number, paint: Paint): readonly string[] {
  const first = accounts.slice(0, FIRST_ACCOUNTS).join(', ');
  const more = accounts.length > FIRST_ACCOUNTS ? ', …' : '';
  const where = looked === 1 ? '' : ` (${accounts.length} of ${looked} accounts: ${first}${more})`;
  return [
    '',
    `${paint('red', '!!')}  ${printable(message)}${where}`,
    `    ${printable(remedy)}`,
    ...(command === undefined ? [] : [`    ${paint('cyan', printable(command))}`]),
  ];
}

/** The renderers of a diagnosis, by format. */
export const diagnosisRenderers: Readonly<Record<'text' | 'json', Render>> = { text: renderText, json: renderJson };

/** Turns a diagnosis into text. */
type Render = (diagnosis: Diagnosis, options: { readonly color: boolean }) => string;
