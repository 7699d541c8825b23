import { readFileSync } from 'node:fs';
import { acme, iamVigil, run, sample } from './run.ts';

/** What `npm` itself prints before the command of a script. */
const LINES_OF_NPM = 4;

const startsLike = (columns: number | '', env: Readonly<Record<string, string>> = {}) =>
  iamVigil(['scan', '--snapshot', 'examples/acme', '--config', 'examples/acme/iam-vigil.yaml'], {
    env: { COLUMNS: `${columns}`, ...env },
  });

/** The rows that a line takes in a terminal. */
const rowsOf = (line: string, columns: number) => Math.max(1, Math.ceil(line.length / columns));

const KEY = 'aws iam update-access-key --user-name sven.larsen --access-key-id AKIABFYH45SNGEXAMPLE --status Inactive';

test('npm start is one screen of 45 lines at 100 columns, with the most dangerous key and its command in the first ten', async () => {
  const { code, stdout } = await startsLike(100, { npm_lifecycle_event: 'iam-vigil' });
  expect(code).toBe(0);
  const lines = stdout.trimEnd().split('\n');
  expect(lines.reduce((sum, line) => sum + rowsOf(line, 100), 0)).toBeLessThanOrEqual(45 - LINES_OF_NPM);
  const first = lines.slice(0, 10 - LINES_OF_NPM);
  expect(first.join('\n')).toContain('Access key AKIABFYH45SNGEXAMPLE of IAM user sven.larsen');
  expect(first).toContain(`  ${KEY}`);
  // A new check changes the counts of the sample, and not what the README shows.
  const withoutCounts = (shown: string) => shown.replaceAll(/\b\d{1,3} (?=[a-z])/g, '');
  const [head = '', verdicts = ''] = stdout.split('\n\n');
  expect(withoutCounts(readFileSync('README.md', 'utf8'))).toContain(
    `\n\`\`\`\n${withoutCounts(`${head}\n\n${verdicts}`)}\n\`\`\`\n`,
  );
});

test('at 80 columns nothing is broken within a word, and only commands are longer than a line', async () => {
  const [narrow, wide] = await Promise.all([startsLike(80), startsLike('')]);
  const words = new Set(wide.stdout.split(/\s+/));
  const headlines = narrow.stdout.split(/\n\n(?=CRITICAL {2})/)[0] ?? '';
  for (const word of headlines.split(/\s+/)) expect(words).toContain(word);
  for (const line of narrow.stdout.split('\n').filter((one) => one.length > 80)) expect(line).toMatch(/^ +(aws|node) /);
  expect(narrow.stdout).toContain(KEY);
});

test('the next commands work as they are printed', async () => {
  const { stdout } = await startsLike(100);
  const commands = stdout.split('\nNext:\n')[1]?.trimEnd().split('\n') ?? [];
  expect(commands.map((command) => command.trim().split(' ').slice(0, 3).join(' '))).toEqual([
    'node dist/cli.js explain',
    'node dist/cli.js admins',
    'node dist/cli.js scan',
  ]);
  const outcomes = await Promise.all(commands.map((command) => run('sh', ['-c', command])));
  expect(outcomes.map(({ code, stderr }) => [code, stderr])).toEqual(commands.map(() => [0, '']));
  expect(outcomes.map((outcome) => outcome.stdout.slice(0, 20))).toEqual([
    expect.stringMatching(/^arn:aws:iam::7777888/),
    expect.stringMatching(/^Admin: /),
    expect.stringMatching(/^iam-vigil /),
  ]);
});

describe('what is listed', () => {
  const scan = async (...args: readonly string[]) => (await iamVigil(['scan', ...sample, ...args])).stdout;

  test('--all has every finding once, and --details each with why, evidence and the next step', async () => {
    const [all, details] = await Promise.all([scan('--all'), scan('--all', '--details', '--by', 'principal')]);
    const count = Number(/(\d+) failed/.exec(all)?.[1]);
    expect(all.match(/^ {2}\d{12}( \([^)]+\))? {2}\S/gm)).toHaveLength(count);
    expect(details.match(/^ {4}→ /gm)).toHaveLength(count);
    expect(details.match(/^ {4}Why: /gm)).toHaveLength(count);
    expect(details.match(/^ {4}Check: /gm)).toHaveLength(count);
  });

  test('--by account, --account and --principal', async () => {
    const [byAccount, one, ann] = await Promise.all([
      scan('--by', 'account'),
      scan('--by', 'account', '--account', 'production', '--all'),
      scan('--principal', 'ci-deployer', '--all'),
    ]);
    expect(byAccount).toMatch(/^777788889999 \(Acme Development\) {2}\(\d+\)$/m);
    expect(byAccount).toMatch(/^ {2}… and \d+ more$/m);
    expect(one).toMatch(/^444455556666 \(Acme Production\)/m);
    expect(one).not.toMatch(/^777788889999 \(/m);
    expect(ann).toMatch(/^ {2}777788889999 \(Acme Development\) {2}Access key AKIAIHUX7ZPJAEXAMPLE of IAM user ci-deployer/m);
    expect(ann).not.toContain('sven.larsen can');
    expect(ann).toMatch(/\d+ failed \(9 of them here\)/);
  });

  test('of one account alone the heading has its name, where it is known', async () => {
    const { stdout } = await iamVigil(['scan', '--snapshot', `${acme}/production`, '--by', 'principal']);
    expect(stdout).toMatch(/^iam-vigil {2}account 444455556666 /);
  });
});
