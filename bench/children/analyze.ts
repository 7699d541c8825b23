import { readFileSync, writeFileSync } from 'node:fs';
import { compileAccount } from '../../lambda/scanner/iam/account.ts';
import { analyze } from '../../lambda/scanner/escalation/analyze.ts';
import { searchAdmins } from '../../lambda/scanner/escalation/search.ts';
import { createGraph } from '../../lambda/scanner/escalation/graph.ts';
import type { Json } from '../../lambda/scanner/model/json.ts';
import { type Snapshot, parseSnapshot } from '../../lambda/scanner/facts/snapshot.ts';
import type { AnalysisCost, Phase } from '../analysis-cost.ts';

function open(snapshot: Snapshot) {
  const { identities } = snapshot.facts;
  if (identities.status === 'unavailable') throw new Error(identities.reason);
  return compileAccount(snapshot, identities.value);
}

/** The analysis up to and including the phase; each is measured in a process of its own, in which nothing is warm. */
const upTo: Record<Phase, (snapshot: Snapshot) => unknown> = {
  compile: open,
  screen: (snapshot) => createGraph(open(snapshot)),
  search: (snapshot) => searchAdmins(open(snapshot)),
  verdicts: (snapshot) => analyze(snapshot),
};

/** Linux forgets the peak so far on request, so that what parsing took does not count as the analysis's. */
function forgetPeak(): void {
  if (process.platform === 'linux') writeFileSync('/proc/self/clear_refs', '5');
}

const peakMegabytes = (): number =>
  process.platform === 'linux'
    ? Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]) / 1024
    : process.resourceUsage().maxRSS / 1024;

const read = (file: string): Snapshot => parseSnapshot(JSON.parse(readFileSync(file, 'utf8')) as Json);

const [file = '', phase = 'verdicts'] = process.argv.slice(2);
const snapshot = read(file);
globalThis.gc?.();
forgetPeak();
const parsedMegabytes = process.memoryUsage.rss() / 1024 / 1024;
const before = process.cpuUsage();
const result = upTo[phase as Phase](snapshot);
const { user, system } = process.cpuUsage(before);
const cost: AnalysisCost = { cpuSeconds: (user + system) / 1e6, parsedMegabytes, peakMegabytes: peakMegabytes() };
if (result !== undefined) process.stdout.write(JSON.stringify(cost));
