import { median, repeat, runNode } from '../measure.ts';
import { stat } from 'node:fs/promises';
import type { Row } from '../row.ts';
import type { Workshop } from '../workshop.ts';

/** The Organizations, by the number of their accounts, of 50 principals each. */
const sizes = [
  { accounts: 1000, runs: 3 },
  { accounts: 10_000, runs: 3, seconds: 60, megabytes: 1000 },
] as const;

/** Landing zones, by the number of their accounts, each with twenty admins. */
const landingZones: readonly {
  readonly accounts: number;
  readonly most?: Readonly<Record<'wall' | 'resident' | 'json', number>>;
}[] = [{ accounts: 250 }, { accounts: 1000 }, { accounts: 2000, most: { wall: 120, resident: 2000, json: 200 } }];

/** What the accounts of an Organization have to do with each other, with the three shortest ways of everyone who leaves one. */
export async function organizationPart(workshop: Workshop): Promise<readonly Row[]> {
  return [...(await correlation(workshop)), ...(await wholeScans(workshop))];
}

async function correlation({ script }: Workshop): Promise<readonly Row[]> {
  const correlate = await script('correlate');
  const rows: Row[] = [];
  for (const size of sizes) {
    const costs = await repeat(size.runs, () => runNode([correlate, String(size.accounts)]));
    const name = `${size.accounts} accounts`;
    rows.push(
      {
        what: `${name}, making them up included, CPU`,
        value: median(costs.map(({ cpuSeconds }) => cpuSeconds)),
        unit: 's',
        ...('seconds' in size ? { limit: size.seconds } : {}),
      },
      {
        what: `${name}, peak resident, whole process`,
        value: median(costs.map(({ peakMegabytes }) => peakMegabytes)),
        unit: 'MB',
        ...('megabytes' in size ? { limit: size.megabytes } : {}),
      },
    );
  }
  return rows;
}

/** The whole command on the folder of an organization. */
async function wholeScans({ organization }: Workshop): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const { accounts, most } of landingZones) {
    const folder = await organization(accounts);
    const output = `${folder}.report.json`;
    const cost = await runNode(['dist/cli.js', 'scan', '--snapshot', folder, '--format', 'json', '--output', output]);
    const limit = (figure: 'wall' | 'resident' | 'json') => (most === undefined ? {} : { limit: most[figure] });
    const name = `scan of ${accounts} accounts from a folder`;
    rows.push(
      { what: `${name}, wall`, value: cost.wallSeconds, unit: 's', ...limit('wall') },
      { what: `${name}, peak resident`, value: cost.peakMegabytes, unit: 'MB', ...limit('resident') },
      { what: `${name}, JSON`, value: (await stat(output)).size / 1e6, unit: 'MB', ...limit('json') },
    );
  }
  return rows;
}
