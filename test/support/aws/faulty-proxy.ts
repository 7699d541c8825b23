import { type IncomingMessage, type ServerResponse, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** What happens to a request instead of its answer. */
export type Fault = (response: ServerResponse) => void;

const answer =
  (status: number, body: string, headers: Readonly<Record<string, string>> = { 'content-type': 'application/json' }): Fault =>
  (response) => {
    response.writeHead(status, headers).end(body);
  };

const HTML = '<!DOCTYPE html><html><body>Sign in to the network</body></html>';

/** The faults of servers, networks and whatever stands between. */
export const faults: Readonly<Record<string, Fault>> = {
  'an empty body': answer(200, ''),
  'no content': answer(204, ''),
  'an empty object': answer(200, '{}'),
  null: answer(200, 'null'),
  'a list': answer(200, '[]'),
  'a text': answer(200, '"fine"'),
  "a portal's page": answer(200, HTML, { 'content-type': 'text/html' }),
  "a portal's redirect": answer(302, HTML, { 'content-type': 'text/html', location: 'http://127.0.0.1:1/sign-in' }),
  'a body that is cut off': answer(200, '{"Findings": [{"Id": "iam-v'),
  'a list that is text': answer(
    200,
    '{"Findings": "none", "SuccessCount": "all", "FailedCount": "0", "ProcessedFindings": "all"}',
  ),
  'counts that do not add up': answer(
    200,
    '{"SuccessCount": 7, "FailedCount": 0, "FailedFindings": [], "ProcessedFindings": [], "UnprocessedFindings": []}',
  ),
  'a denial': answer(403, '{"message": "no"}', {
    'x-amzn-errortype': 'AccessDeniedException',
    'content-type': 'application/json',
  }),
  "a proxy's refusal": answer(407, HTML, { 'content-type': 'text/html' }),
  'an error of the server': answer(500, '{"message": "oh"}', { 'x-amzn-errortype': 'InternalException' }),
  'no answer': () => undefined,
  'an answer that drips': (response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    const timer = setInterval(() => response.write(' '), 20);
    response.on('close', () => {
      clearInterval(timer);
    });
  },
  'a cut connection': (response) => response.socket?.destroy(),
  'a connection that is cut during the answer': (response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
    response.write('{', () => response.socket?.destroy());
  },
};

/** A proxy before a simulated AWS, with a fault in the answers to some requests. */
export interface FaultyProxy {
  readonly endpoint: string;
  /** Sets the fault, and which requests have it: by their method, path and body. */
  readonly break: (pattern: RegExp, fault: Fault) => void;
  readonly repair: () => void;
  readonly stop: () => Promise<void>;
}

/** Starts the proxy. Without a fault it hands every request on. */
export async function startFaultyProxy(to: string): Promise<FaultyProxy> {
  let broken: { readonly pattern: RegExp; readonly fault: Fault } | undefined;
  const server = createServer((incoming, response) => {
    void buffer(incoming).then((body) => {
      const asked = `${incoming.method ?? ''} ${incoming.url ?? ''} ${body.toString()}`;
      if (broken?.pattern.test(asked) === true) broken.fault(response);
      else handOn(to, incoming, body, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A server that listens on a port has an address with one.
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    break: (pattern, fault) => {
      broken = { pattern, fault };
    },
    repair: () => {
      broken = undefined;
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function handOn(to: string, { method, url, headers }: IncomingMessage, body: Buffer, response: ServerResponse): void {
  request(new URL(url ?? '/', to), { method, headers }, (answered) => {
    response.writeHead(answered.statusCode ?? 500, answered.headers);
    answered.pipe(response);
  }).end(body);
}
