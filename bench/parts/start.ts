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
  const node = (...args: readonly string[]) => timeCommand(process.execPath, args);
  const rows: Row[] = [];
  for (const [args, most] of commands) {
    // Side by side, so that a machine that slows down slows both.
    const pairs = await repeat(RUNS, async () => ({
      bare: await node('--eval', '0'),
      value: await node('dist/cli.js', ...args),
    }));
    const bare = median(pairs.map((pair) => pair.bare));
    const what = `iam-vigil ${args.join(' ')}`;
    rows.push(
      { what: `${what}, Node alone beside it`, value: bare, unit: 's' },
      { what, value: median(pairs.map(({ value }) => value)), unit: 's', ...held(most * Math.max(1, bare / BARE_SECONDS)) },
      { what: `${what}, against Node alone`, value: median(pairs.map((pair) => pair.value / pair.bare)), unit: '×' },
    );
  }
  const start = median(await repeat(RUNS, () => timeCommand('npm', ['start'])));
  return [...rows, { what: 'npm start, built', value: start, unit: 's', limit: MOST_SECONDS }];
}

/** The limits hold where Node keeps what it has compiled: not in Node 20. */
const held = (limit: number): Pick<Row, 'limit'> => ('enableCompileCache' in module ? { limit } : {});
