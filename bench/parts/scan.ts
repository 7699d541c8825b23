import { median, medianCost, repeat, runNode } from '../measure.ts';
import type { Row } from '../row.ts';
import type { Workshop } from '../workshop.ts';

const RUNS = 5;
const MOST_TIMES = 3;
const MOST_SECONDS = 4;

/** The whole command on the largest account that AWS allows, against reading and parsing the same file. */
export async function scanPart({ account, script }: Workshop): Promise<readonly Row[]> {
  const file = await account({ users: 5000, roles: 5000, policies: 5000 });
  const parse = await script('parse');
  // Side by side, so that a machine that slows down slows both.
  const pairs = await repeat(RUNS, async () => ({
    bare: await runNode([parse, file]),
    scan: await runNode(['dist/cli.js', 'scan', '--snapshot', file, '--format', 'json']),
  }));
  const bare = medianCost(pairs.map((pair) => pair.bare));
  const scan = medianCost(pairs.map((pair) => pair.scan));
  const times = median(pairs.map((pair) => pair.scan.wallSeconds / pair.bare.wallSeconds));
  return [
    { what: 'read and JSON.parse, wall', value: bare.wallSeconds, unit: 's' },
    { what: 'read and JSON.parse, CPU', value: bare.cpuSeconds, unit: 's' },
    { what: 'read and JSON.parse, peak resident', value: bare.peakMegabytes, unit: 'MB' },
    { what: 'scan, wall', value: scan.wallSeconds, unit: 's', limit: Math.max(MOST_SECONDS, MOST_TIMES * bare.wallSeconds) },
    { what: 'scan, CPU', value: scan.cpuSeconds, unit: 's' },
    { what: 'scan, peak resident', value: scan.peakMegabytes, unit: 'MB' },
    { what: 'scan against read and JSON.parse, wall', value: times, unit: '×' },
  ];
}
