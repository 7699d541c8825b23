import { spawn } from 'node:child_process';
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { type Emulator, answering, end, freePort, listen } from './emulator.ts';

/**
 * Starts moto on this machine. What it does not implement it answers with status 500, which the SDK takes for a passing fault and tries
 * again for most of a minute; a proxy in front of it makes that a 501, which says the same and is not tried again. All else passes as it is.
 */
export async function startMoto(python: string): Promise<Emulator> {
  const port = await freePort();
  // Its log is long, and of no use unless it does not start.
  const process = spawn(python, ['-m', 'moto.server', '-H', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' });
  const moto = `http://127.0.0.1:${port}`;
  const proxy = createServer((request, response) => {
    forward(moto, request, response).catch(() => response.destroy());
  });
  try {
    await answering(`${moto}/moto-api/`, process);
    const endpoint = `http://127.0.0.1:${await listen(proxy)}`;
    const stop = async () => {
      proxy.closeAllConnections();
      proxy.close();
      await end(process);
    };
    return { endpoint, stop };
  } catch (error) {
    await end(process);
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
