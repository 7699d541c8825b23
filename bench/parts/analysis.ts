import { NODE_OPTIONS } from '../../lib/node-options.ts';
import { type AnalysisCost, type Phase, phases } from '../analysis-cost.ts';
import { median, repeat, runNode } from '../measure.ts';
import type { Row } from '../row.ts';
import type { Workshop } from '../workshop.ts';

/** The accounts, by the number of their principals: half of them are users, half are roles. */
const sizes = [
  { principals: 1000, policies: 500, runs: 5 },
  { principals: 3000, policies: 1500, runs: 5 },
  { principals: 10_000, policies: 5000, runs: 5, seconds: 3, megabytes: 300 },
  { principals: 70_000, policies: 10_000, runs: 3, seconds: 20 },
] as const;

const MOST_GROWTH = 12;

/** The analysis alone, from a parsed snapshot to the verdicts, in a Node that is told what the functions are. */
export async function analysisPart({ account, script }: Workshop): Promise<readonly Row[]> {
  const [analyze, parse] = [await script('analyze'), await script('parse')];
  const rows: Row[] = [];
  const seconds = new Map<number, number>();
  for (const size of sizes) {
    const { principals, policies, runs } = size;
    const file = await account({ users: principals / 2, roles: principals / 2, policies });
    const costs = await repeat(runs, () => runPhase(analyze, file, 'verdicts'));
    const bare = await repeat(runs, () => runNode([parse, file]));
    seconds.set(principals, median(costs.map(({ cpuSeconds }) => cpuSeconds)));
    rows.push(...rowsOf(size, costs), {
      what: `${principals} principals, for comparison: read and JSON.parse, CPU`,
      value: median(bare.map(({ cpuSeconds }) => cpuSeconds)),
      unit: 's',
    });
    if (principals === 10_000) rows.push(...(await phaseRows(analyze, file, runs)));
  }
  const growth = (seconds.get(10_000) ?? NaN) / (seconds.get(1000) ?? NaN);
  return [...rows, { what: 'growth from 1000 to 10000 principals', value: growth, unit: '×', limit: MOST_GROWTH }];
}

function rowsOf(size: (typeof sizes)[number], costs: readonly AnalysisCost[]): readonly Row[] {
  const name = `${size.principals} principals`;
  const of = (figure: (cost: AnalysisCost) => number) => median(costs.map(figure));
  return [
    {
      what: `${name}, CPU`,
      value: of(({ cpuSeconds }) => cpuSeconds),
      unit: 's',
      ...('seconds' in size ? { limit: size.seconds } : {}),
    },
    {
      what: `${name}, peak resident, whole process`,
      value: of(({ peakMegabytes }) => peakMegabytes),
      unit: 'MB',
      ...('megabytes' in size ? { limit: size.megabytes } : {}),
    },
    {
      what: `${name}, peak resident above what it began with`,
      value: of(({ peakMegabytes, parsedMegabytes }) => peakMegabytes - parsedMegabytes),
      unit: 'MB',
    },
  ];
}

/** What each phase adds: the difference between the analysis up to it and up to the one before. */
async function phaseRows(analyze: string, file: string, runs: number): Promise<readonly Row[]> {
  const rows: Row[] = [];
  let before = 0;
  for (const phase of phases) {
    const costs = await repeat(runs, () => runPhase(analyze, file, phase));
    const upTo = median(costs.map(({ cpuSeconds }) => cpuSeconds));
    rows.push({ what: `  of which ${phase}, CPU`, value: upTo - before, unit: 's' });
    before = upTo;
  }
  return rows;
}

async function runPhase(script: string, file: string, phase: Phase): Promise<AnalysisCost> {
  const { output } = await runNode([NODE_OPTIONS, '--expose-gc', script, file, phase]);
  return JSON.parse(output) as AnalysisCost;
}
