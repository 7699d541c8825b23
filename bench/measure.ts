import { spawn } from 'node:child_process';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';

/** What one run of a process cost, from its start to its end. */
export interface Cost {
  readonly wallSeconds: number;
  /** User and system time of all its threads. */
  readonly cpuSeconds: number;
  /** The most memory that was resident at any time, Node itself included. */
  readonly peakMegabytes: number;
}

/** A run, with what it printed. */
export interface Run extends Cost {
  readonly output: string;
}

/** Runs in the child before anything else: at its end it writes what it used to a pipe of its own. */
const reportUse = `data:text/javascript,${encodeURIComponent(`
  import { writeSync } from 'node:fs';
  process.on('exit', () => {
    const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
    writeSync(3, JSON.stringify([(userCPUTime + systemCPUTime) / 1e6, maxRSS / 1024]));
  });
`)}`;

/** Codes with which `scan` ends when it was done: clean, findings, incomplete. */
const done = [0, 1, 3];

/**
 * Runs a script of Node in a process of its own.
 *
 * @throws Error when it fails.
 */
export async function runNode(args: readonly string[]): Promise<Run> {
  const before = performance.now();
  const child = spawn(process.execPath, ['--import', reportUse, ...args], { stdio: ['ignore', 'pipe', 'inherit', 'pipe'] });
  const code = new Promise((resolve) => child.on('close', resolve));
  const [output, use, exitCode] = await Promise.all([read(child.stdout), read(child.stdio[3]), code]);
  if (!done.includes(Number(exitCode))) throw new Error(`${args.join(' ')} ended with ${String(exitCode)}`);
  const [cpuSeconds = 0, peakMegabytes = 0] = JSON.parse(use) as readonly number[];
  return { wallSeconds: (performance.now() - before) / 1000, cpuSeconds, peakMegabytes, output };
}

/** All of a stream that was asked for. */
function read(stream: unknown): Promise<string> {
  if (!(stream instanceof Readable)) throw new Error('the process has no such stream');
  return text(stream);
}

/** The time that any command takes, in seconds. */
export async function timeCommand(command: string, args: readonly string[]): Promise<number> {
  const before = performance.now();
  const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  await new Promise((resolve) => child.on('close', resolve));
  return (performance.now() - before) / 1000;
}

/** The middle one; of an even number, the higher of the two in the middle. */
export function median(numbers: readonly number[]): number {
  const middle = numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
  if (middle === undefined) throw new Error('nothing was measured');
  return middle;
}

/** The medians of several costs, each by itself. */
export const medianCost = (costs: readonly Cost[]): Cost => ({
  wallSeconds: median(costs.map(({ wallSeconds }) => wallSeconds)),
  cpuSeconds: median(costs.map(({ cpuSeconds }) => cpuSeconds)),
  peakMegabytes: median(costs.map(({ peakMegabytes }) => peakMegabytes)),
});

/** Does something so many times, one after the other. */
export async function repeat<T>(times: number, run: () => Promise<T>): Promise<readonly T[]> {
  const results: T[] = [];
  while (results.length < times) results.push(await run());
  return results;
}
