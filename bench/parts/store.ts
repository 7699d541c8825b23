import { type Run, median, medianCost, repeat, runNode } from '../measure.ts';
import type { Row } from '../row.ts';
import type { Workshop } from '../workshop.ts';

const RUNS = 3;
const NIGHTS = 1000;
const SIZE = { users: 500, roles: 500, policies: 500 };
/** The memory of the function that summarizes is 1,024 MB. */
const ORGANIZATION = { accounts: 10_000, findings: 50, megabytes: 500 };

/** What a thousand nights in the bucket, and the digest of a large organization, cost without the time that S3 takes. */
export async function storePart({ account, script }: Workshop): Promise<readonly Row[]> {
  const nights = await script('nights');
  const file = await account(SIZE);
  const runs = await repeat(RUNS, () => runNode([nights, file, String(NIGHTS)]));
  const cost = medianCost(runs);
  const seconds = median(runs.map(cpuSecondsOf));
  const digest = await runNode([await script('digest'), String(ORGANIZATION.accounts), String(ORGANIZATION.findings)]);
  const name = `${NIGHTS} nights of ${SIZE.users + SIZE.roles} principals, listed and compared`;
  const ofAll = `digest of ${ORGANIZATION.accounts} accounts of ${ORGANIZATION.findings} findings`;
  return [
    { what: `${name}, CPU`, value: seconds, unit: 's', limit: 2 },
    { what: `${name}, peak resident`, value: cost.peakMegabytes, unit: 'MB', limit: 500 },
    { what: `${ofAll}, second night, CPU`, value: cpuSecondsOf(digest), unit: 's' },
    { what: `${ofAll}, peak resident`, value: digest.peakMegabytes, unit: 'MB', limit: ORGANIZATION.megabytes },
  ];
}

/** What the child measured itself, without the time in which it makes up what it works on. A child that fails prints nothing. */
const cpuSecondsOf = ({ output }: Run): number => (JSON.parse(output) as { readonly cpuSeconds: number }).cpuSeconds;
