import type { ChildProcess } from 'node:child_process';
import { type Server, createServer } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';

/** A running AWS that others wrote. */
export interface Emulator {
  readonly endpoint: string;
  readonly stop: () => Promise<void>;
}

const START_MILLISECONDS = 120_000;

/** Waits until the process answers there. */
export async function answering(url: string, process: ChildProcess): Promise<void> {
  const until = Date.now() + START_MILLISECONDS;
  while (Date.now() < until) {
    if (process.exitCode !== null) throw new Error(`the process ended with ${process.exitCode} before ${url} answered`);
    const isUp = await fetch(url).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isUp) return;
    await wait(200);
  }
  throw new Error(`${url} did not answer within two minutes`);
}

/** A port of 127.0.0.1 that nothing listens on. */
export async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listen(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Lets the server listen on a free port of 127.0.0.1, and says which. */
export async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('the server listens on no port');
  return address.port;
}

/** Ends the process, and waits until it has ended. */
export async function end(process: ChildProcess): Promise<void> {
  if (process.exitCode !== null || process.signalCode !== null) return;
  const ended = new Promise((resolve) => process.once('close', resolve));
  process.kill();
  await ended;
}
