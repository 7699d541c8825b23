import { writeFile } from 'node:fs/promises';
import { runNode } from '../measure.ts';
import type { Row } from '../row.ts';
import type { Workshop } from '../workshop.ts';
import { worstAccounts } from '../worst-accounts.ts';

const MOST_SECONDS = 10;
const MOST_MEGABYTES = 600;

/** The whole command on accounts that ask most of a search; once each, since the limits are far from what a search without bounds takes. */
export async function worstPart({ file }: Workshop): Promise<readonly Row[]> {
  const rows: Row[] = [];
  const dump = file('worst.json');
  for (const [what, account] of Object.entries(worstAccounts)) {
    await writeFile(dump, JSON.stringify(account()));
    const { cpuSeconds, peakMegabytes } = await runNode(['dist/cli.js', 'scan', '--snapshot', dump, '--format', 'json']);
    rows.push(
      { what: `${what}, CPU`, value: cpuSeconds, unit: 's', limit: MOST_SECONDS },
      { what: `${what}, peak resident`, value: peakMegabytes, unit: 'MB', limit: MOST_MEGABYTES },
    );
  }
  return rows;
}
