import { spawnSync } from 'node:child_process';

/** Where and with what a command runs. */
export interface Place {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** What a command printed, and how long it took. */
export interface Ran {
  readonly stdout: string;
  readonly stderr: string;
  readonly seconds: number;
}

/**
 * Runs a command to its end.
 *
 * @throws Error with what it printed when it does not end as expected.
 */
export function run(command: readonly [string, ...string[]], { cwd, env }: Place): Ran {
  const [program, ...args] = command;
  const started = performance.now();
  const { status, stdout, stderr, error } = spawnSync(program, args, { cwd, env, encoding: 'utf8', maxBuffer: 1e9 });
  const seconds = (performance.now() - started) / 1000;
  if (error) throw error;
  if (status !== 0) throw new Error(`${command.join(' ')} ended with ${status}:\n${stdout}${stderr}`);
  return { stdout, stderr, seconds };
}
