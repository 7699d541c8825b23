import { median, repeat, runNode, timeCommand } from '../measure.ts';
import type { Row } from '../row.ts';

const RUNS = 7;
const MOST_SECONDS = 3;

/** How long it takes until something is there to read. */
export async function startPart(): Promise<readonly Row[]> {
  const time = async (run: () => Promise<number>) => median(await repeat(RUNS, run));
  const cli = (...args: readonly string[]) => time(async () => (await runNode(['dist/cli.js', ...args])).wallSeconds);
  return [
    { what: 'iam-vigil --version', value: await cli('--version'), unit: 's' },
    { what: 'iam-vigil checks', value: await cli('checks'), unit: 's' },
    { what: 'npm start, built', value: await time(() => timeCommand('npm', ['start'])), unit: 's', limit: MOST_SECONDS },
  ];
}
