import { organizationStates } from '../../lambda/handlers/contract.ts';
import { stateMemory } from '../../lib/iam-vigil-organization.ts';
import { NODE_OPTIONS } from '../../lib/node-options.ts';
import { runNode } from '../measure.ts';
import type { Row } from '../row.ts';
import type { Workshop } from '../workshop.ts';

const ACCOUNTS = 10_000;
const FIFTEEN_MINUTES = 900;
const steps = ['plan', 'scan', 'correlate', 'deliver', 'others', 'summarize'];

/**
 * The states of the second night over a large organization, each in a process of its own, from a bucket that takes no time to reach. The
 * scan of one account is as large as the account: see the part `function`.
 */
export async function runPart({ script, file }: Workshop): Promise<readonly Row[]> {
  const state = await script('state');
  const rows: Row[] = [];
  for (const night of ['1', '2'])
    for (const step of steps) {
      const cost = await runNode([NODE_OPTIONS, state, file('bucket'), night, String(ACCOUNTS), step]);
      const measured = night === '1' ? undefined : organizationStates.find((name) => name === step);
      if (measured === undefined) continue;
      const what = `${measured} in an organization of ${ACCOUNTS} accounts`;
      rows.push(
        { what: `${what}, wall`, value: cost.wallSeconds, unit: 's', limit: FIFTEEN_MINUTES },
        { what: `${what}, peak resident`, value: cost.peakMegabytes, unit: 'MB', limit: stateMemory[measured] },
      );
    }
  return rows;
}
