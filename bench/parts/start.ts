import module from 'node:module';
import { median, repeat, timeCommand } from '../measure.ts';
import type { Row } from '../row.ts';

const RUNS = 9;
const MOST_SECONDS = 3;

/** What a command may take on a machine where Node itself takes 40 ms. A slower machine has as many times as much. */
const BARE_SECONDS = 0.04;
const commands: readonly (readonly [args: readonly string[], most: number])[] = [
  [['--version'], 0.1],
  [['--help'], 0.15],
  [['scan', '--snapshot', 'examples/clean'], 0.4],
];

/** How long it takes until something is there to read. The first run of each compiles for the others. */
export async function startPart(): Promise<readonly Row[]> {
  const time = async (command: string, args: readonly string[]) => median(await repeat(RUNS, () => timeCommand(command, args)));
  const bare = await time(process.execPath, ['--eval', '0']);
  const rows: Row[] = [{ what: 'Node alone', value: bare, unit: 's' }];
  for (const [args, most] of commands) {
    const value = await time(process.execPath, ['dist/cli.js', ...args]);
    const what = `iam-vigil ${args.join(' ')}`;
    rows.push({ what, value, unit: 's', ...held(most * Math.max(1, bare / BARE_SECONDS)) });
    rows.push({ what: `${what}, against Node alone`, value: value / bare, unit: '×' });
  }
  return [...rows, { what: 'npm start, built', value: await time('npm', ['start']), unit: 's', limit: MOST_SECONDS }];
}

/** The limits hold where Node keeps what it has compiled: not in Node 20. */
const held = (limit: number): Pick<Row, 'limit'> => ('enableCompileCache' in module ? { limit } : {});
