import { spawn } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';

/** A program to start, with no environment but the given one. */
export interface Program {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** How a run ended: by itself, in so many milliseconds, or killed. */
export type Ending = { readonly code: number | null; readonly milliseconds: number } | 'killed';

/** Runs a program of Node; it is killed after so many milliseconds, unless it has ended before. */
export async function run({ args, env }: Program, killAfter = 120_000): Promise<Ending> {
  const startedAt = performance.now();
  const child = spawn(process.execPath, [...args], { env, stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject).once('close', resolve);
  });
  const timer = new AbortController();
  void wait(killAfter, undefined, { signal: timer.signal }).then(
    () => child.kill('SIGKILL'),
    () => undefined,
  );
  const code = await ended;
  timer.abort();
  return child.signalCode === 'SIGKILL' ? 'killed' : { code, milliseconds: performance.now() - startedAt };
}
