import { median, repeat, runNode } from '../measure.ts';
import type { Row } from '../row.ts';
import type { Workshop } from '../workshop.ts';

/** The Organizations, by the number of their accounts, of 50 principals each. */
const sizes = [
  { accounts: 1000, runs: 3 },
  { accounts: 10_000, runs: 3, seconds: 60, megabytes: 1000 },
] as const;

/** What the accounts of an Organization have to do with each other, with the three shortest ways of everyone who leaves one. */
export async function organizationPart({ script }: Workshop): Promise<readonly Row[]> {
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
