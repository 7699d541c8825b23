import { type ChildProcess, spawn } from 'node:child_process';
import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';

/** A running moto, an AWS that others wrote. */
export interface Moto {
  readonly endpoint: string;
  readonly stop: () => Promise<void>;
}

const START_MILLISECONDS = 60_000;

/**
 * Starts moto on this machine. What it does not implement it answers with status 500, which the SDK takes for a passing fault and tries
 * again for most of a minute; a proxy in front of it makes that a 501, which says the same and is not tried again. All else passes as it is.
 */
export async function startMoto(python: string): Promise<Moto> {
  const port = await freePort();
  // Its log is long, and of no use unless it does not start.
  const process = spawn(python, ['-m', 'moto.server', '-H', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' });
  const moto = `http://127.0.0.1:${port}`;
  const proxy = createServer((request, response) => {
    forward(moto, request, response).catch(() => response.destroy());
  });
  try {
    await answering(moto, process);
    const endpoint = `http://127.0.0.1:${await listen(proxy)}`;
    return { endpoint, stop: () => stop(proxy, process) };
  } catch (error) {
    process.kill();
    throw error;
  }
}

async function forward(moto: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method = 'GET', url = '/', headers } = request;
  const sent = Object.entries(headers).flatMap(([name, value]): [string, string][] =>
    ['host', 'connection', 'content-length', 'expect'].includes(name) || value === undefined ? [] : [[name, String(value)]],
  );
  const body = await buffer(request);
  const answer = await fetch(`${moto}${url}`, {
    method,
    headers: sent,
    ...(body.length > 0 ? { body: new Uint8Array(body) } : {}),
  });
  const text = Buffer.from(await answer.arrayBuffer());
  const isMissing = answer.status === 500 && text.includes('Internal Server Error');
  const kept = [...answer.headers].filter(([name]) => !['connection', 'content-length', 'content-encoding'].includes(name));
  response.writeHead(isMissing ? 501 : answer.status, [...kept, ['content-length', String(text.length)]].flat());
  response.end(text);
}

async function answering(moto: string, process: ChildProcess): Promise<void> {
  const until = Date.now() + START_MILLISECONDS;
  while (Date.now() < until) {
    if (process.exitCode !== null) throw new Error(`moto ended with ${process.exitCode} before it answered`);
    const isUp = await fetch(`${moto}/moto-api/`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isUp) return;
    await wait(200);
  }
  throw new Error('moto did not answer within a minute');
}

async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listen(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('the server listens on no port');
  return address.port;
}

async function stop(proxy: Server, process: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => process.once('close', resolve));
  proxy.closeAllConnections();
  proxy.close();
  process.kill();
  await ended;
}
