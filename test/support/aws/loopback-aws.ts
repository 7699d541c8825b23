import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import { buffer as readBuffer } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import type { SnapshotFile } from '../../../lambda/scanner/facts/snapshot-file.ts';
import type { Json } from '../../../lambda/scanner/model/json.ts';
import type { Call, Served } from './call.ts';
import { isList, isObject } from './json-access.ts';
import type { Quirks } from './quirks.ts';
import { record } from './recorder.ts';
import {
  Refusal,
  accessDenied,
  expiredToken,
  ownMistake,
  signedAtWrongTime,
  throttled,
  unknownAction,
  unsigned,
} from './refusal.ts';
import { serve } from './served.ts';
import { services } from './services/index.ts';
import { type Trouble, troublesOf } from './troubles.ts';
import { type Answer, fail, isRegional, readCall, succeed } from './wire.ts';

/** A request that arrived; `user` is the one that it is about. */
export interface ReceivedCall {
  readonly service: string;
  /** The account whose role made it. */
  readonly sessionOf?: string;
  readonly action: string;
  /** Where, of a service that is not the same in every Region. */
  readonly region?: string;
  readonly user?: string;
}

/** A running loopback AWS. */
export interface LoopbackAws {
  /** Where it listens, for `AWS_ENDPOINT_URL` or a client's `endpoint`. */
  readonly endpoint: string;
  /** Every request that arrived, the refused and the cut included, in order. */
  readonly calls: readonly ReceivedCall[];
  /** Stops it and closes the connections that are open; it does not keep the process alive either. */
  readonly stop: () => Promise<void>;
}

/**
 * Serves the account of a snapshot on 127.0.0.1, in the wire formats of AWS, so that the AWS SDK is tested with it: its retries,
 * its paginators, its errors. What the snapshot could not see is denied.
 */
export async function startLoopbackAws(snapshot: SnapshotFile, quirks: Quirks = {}): Promise<LoopbackAws> {
  const home = serve(snapshot, quirks);
  const members = new Map([...(quirks.members ?? [])].map(([id, member]) => [id, serve(member.snapshot, member.quirks ?? {})]));
  const nextTrouble = troublesOf(quirks);
  const calls: ReceivedCall[] = [];
  const server = createServer((request, response) => {
    // A request that ends in the middle is the caller's affair.
    receive(request, response).catch(() => response.destroy());
  });
  const receive = async (request: IncomingMessage, response: ServerResponse) => {
    const sent = await readBuffer(request);
    const call = readCall(request, sent);
    const user = call.parameters.get('UserName');
    const served = members.get(call.sessionOf ?? '') ?? home;
    calls.push({
      service: call.service,
      ...(call.sessionOf === undefined ? {} : { sessionOf: call.sessionOf }),
      action: call.action,
      ...(isRegional(call) ? { region: call.region } : {}),
      ...(user === undefined ? {} : { user }),
    });
    const how = quirks.neverAnswered?.[`${call.service}:${call.action}`] ?? quirks.neverAnswered?.['*'];
    if (how === 'dripping') drip(response);
    if (how !== undefined) return;
    const requestId = `00000000-0000-4000-8000-${String(calls.length).padStart(12, '0')}`;
    const trouble = nextTrouble(call);
    if (quirks.slowness !== undefined) await delay(quirks.slowness);
    if (quirks.time !== undefined) response.setHeader('date', new Date(quirks.time).toUTCString());
    const answer = answerTo(served, call, requestId, trouble);
    // What is recorded is compared with AWS's models, which know no spoiled answer.
    if (quirks.withoutList === undefined && quirks.changeAnswer === undefined) record(call.service, request, sent, answer);
    send(response, answer, trouble);
  };
  return { endpoint: await listen(server), calls, stop: () => stop(server) };
}

/** Answers a byte at a time, without an end. */
function drip(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/xml' });
  const dripping = setInterval(() => response.write(' '), 20).unref();
  response.once('close', () => {
    clearInterval(dripping);
  });
}

function answerTo(served: Served, call: Call, requestId: string, trouble: Trouble | undefined): Answer {
  try {
    if (trouble === 'throttled') throw throttled(call);
    return succeed(call, requestId, resultOf(served, call));
  } catch (error) {
    return fail(call, requestId, error instanceof Refusal ? error : ownMistake(error));
  }
}

function resultOf(served: Served, call: Call) {
  if (call.service === '') throw unsigned();
  if (isOffTime(served.quirks, call)) throw signedAtWrongTime(call);
  if (served.quirks.expiredCredentials === true) throw expiredToken(call);
  const handler = services.get(call.service)?.get(call.action);
  if (!handler) throw unknownAction(call);
  const permission = `${call.service}:${call.action}`;
  if (served.quirks.deny?.some((denied) => denied === permission || denied === `${permission} in ${call.region}`) === true)
    throw accessDenied(served.caller, call);
  const result = handler(served, call);
  const answer = served.quirks.withoutList?.includes(permission) === true ? withoutLists(result) : result;
  return served.quirks.changeAnswer?.(call, answer) ?? answer;
}

const withoutLists = (result: Json): Json =>
  isObject(result) ? Object.fromEntries(Object.entries(result).filter(([, value]) => !isList(value))) : result;

const CLOCK_SKEW_ALLOWED = 5 * 60_000;

const isOffTime = ({ time }: Quirks, { signedAt }: Call): boolean =>
  time !== undefined && !(Math.abs(Date.parse(time) - signedAt) <= CLOCK_SKEW_ALLOWED);

function send(response: ServerResponse, { status, headers, body }: Answer, trouble: Trouble | undefined): void {
  if (trouble === 'cut-before-answer') {
    response.destroy();
    return;
  }
  response.writeHead(status, { ...headers, 'content-length': body.length });
  if (trouble === 'cut-amid-answer') response.write(body.subarray(0, body.length / 2), () => response.destroy());
  else response.end(body);
}

async function listen(server: Server): Promise<string> {
  server.on('connection', (socket) => socket.unref());
  // Where the machine is slow, a connection would be closed as idle while a request is on its way, which is then made twice.
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  server.unref();
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('the loopback AWS listens on no port');
  return `http://127.0.0.1:${address.port}`;
}

async function stop(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeAllConnections();
  await closed;
}
