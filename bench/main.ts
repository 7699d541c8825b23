import { writeFile } from 'node:fs/promises';
import os from 'node:os';
import { parseArgs } from 'node:util';
import { analysisPart } from './parts/analysis.ts';
import { functionPart } from './parts/function.ts';
import { organizationPart } from './parts/organization.ts';
import { pagePart } from './parts/page.ts';
import { runPart } from './parts/run.ts';
import { scanPart } from './parts/scan.ts';
import { startPart } from './parts/start.ts';
import { storePart } from './parts/store.ts';
import { worstPart } from './parts/worst.ts';
import { type Row, holds, table } from './row.ts';
import { type Workshop, inWorkshop } from './workshop.ts';

const parts: Readonly<Record<string, (workshop: Workshop) => Promise<readonly Row[]>>> = {
  start: startPart,
  scan: scanPart,
  analysis: analysisPart,
  worst: worstPart,
  function: functionPart,
  organization: organizationPart,
  run: runPart,
  page: pagePart,
  store: storePart,
};

/** `npm run bench -- [PART …] [--json FILE]`: ends with 1 when a number does not hold. Without a part, it runs all of them. */
const { values, positionals } = parseArgs({ allowPositionals: true, options: { json: { type: 'string' } } });
const unknown = positionals.filter((name) => !(name in parts));
if (unknown.length > 0) throw new Error(`there is no part ${unknown.join(', ')}; there are ${Object.keys(parts).join(', ')}`);

const machine = { node: process.version, cpu: os.cpus()[0]?.model ?? 'unknown', cores: os.cpus().length };
const results = await inWorkshop(async (workshop) => {
  const measured: Record<string, readonly Row[]> = {};
  for (const [name, part] of Object.entries(parts)) {
    if (positionals.length > 0 && !positionals.includes(name)) continue;
    const rows = await part(workshop);
    console.log(table(name, rows));
    measured[name] = rows;
  }
  return measured;
});
console.log(`Node ${machine.node}, ${machine.cores} × ${machine.cpu}`);
if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify({ machine, results }, undefined, 2)}\n`);
process.exitCode = Object.values(results).flat().every(holds) ? 0 : 1;
