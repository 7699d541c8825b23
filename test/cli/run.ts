import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import path from 'node:path';
import { commandLine } from '../../bin/command-line.ts';
import { ownCommand } from '../../bin/own-command.ts';
import { type Terminal, widthOf } from '../../bin/terminal.ts';
import { withEnvironment } from '../support/aws/environment.ts';

const root = path.join(__dirname, '../..');

/** The command line, as it was built before the tests. */
export const cli = path.join(root, 'dist/cli.js');

/** The sample Organization. */
export const acme = path.join(root, 'examples/acme');

/** The options that scan the sample at the time at which it was taken. */
export const sample = ['--snapshot', acme, '--now', '2026-11-20T03:00:00Z'] as const;

/** What a command left behind. */
export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface Surroundings {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** The search path, and where Node keeps what it has compiled, if that is set: the environment that every child has. */
const { PATH = '', NODE_COMPILE_CACHE } = process.env;
const inherited = { PATH, ...(NODE_COMPILE_CACHE !== undefined && { NODE_COMPILE_CACHE }) };

/** Runs a program to its end in a process of its own, with no environment but the one that is given. */
export async function run(program: string, args: readonly string[], { cwd, env = {} }: Surroundings = {}): Promise<Outcome> {
  const child = spawn(program, [...args], {
    cwd: cwd ?? root,
    env: { ...inherited, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject).once('close', resolve);
  });
  const [code, stdout, stderr] = await Promise.all([ended, text(child.stdout), text(child.stderr)]);
  return { code, stdout, stderr };
}

/** Runs `iam-vigil` with these arguments in a process of its own: for what only a process has, such as its time zone and its pipes. */
export const iamVigilProcess = (args: readonly string[], surroundings?: Surroundings): Promise<Outcome> =>
  run(process.execPath, [cli, ...args], surroundings);

/** Runs `iam-vigil` with these arguments in this process, with no environment but the one that is given; one after the other. */
export function iamVigil(args: readonly string[], surroundings: Surroundings = {}): Promise<Outcome> {
  const outcome = last.then(() => runHere(args, surroundings));
  last = outcome.catch(() => undefined);
  return outcome;
}
let last: Promise<unknown> = Promise.resolve();

async function runHere(args: readonly string[], { cwd = root, env = {} }: Surroundings): Promise<Outcome> {
  const printed = { stdout: '', stderr: '' };
  const terminal: Terminal = {
    print: (text) => (printed.stdout += text),
    warn: (text) => (printed.stderr += text),
    showsColor: false,
    showsProgress: false,
    width: widthOf(Number(env['COLUMNS'])),
    now: () => Date.now(),
  };
  const argv = [process.execPath, cli, ...args];
  const before = process.cwd();
  process.chdir(cwd);
  try {
    const code = await withEnvironment({ PATH, ...env }, () => commandLine(argv, terminal, ownCommand({ argv, env, cwd })));
    return { code, ...printed };
  } finally {
    process.chdir(before);
  }
}
