import { appendFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import path from 'node:path';
import type { Answer } from './wire.ts';

// Read at once: tests put other variables in the place of these while they call.
const folder = process.env['IAM_VIGIL_RECORD'];
const written = new Set<string>();

/**
 * Appends an exchange to a file of the running tests, in the folder that `IAM_VIGIL_RECORD` names: one JSON text a line, each distinct
 * one once. `npm run test:contract` compares them with AWS's own models.
 */
export function record(service: string, { method, url, headers }: IncomingMessage, body: Buffer, answer: Answer): void {
  if (folder === undefined) return;
  const { status, headers: answerHeaders } = answer;
  // What the SDK measures or signs, which differs each time.
  const sent = Object.entries(headers).filter(([name]) => /^(content-type|x-amz-(?!date|content-sha256|user-agent))/.test(name));
  const exchange = {
    service,
    method,
    url,
    headers: Object.fromEntries(sent),
    body: body.toString('base64'),
    status,
    answerHeaders,
    answer: answer.body.toString('base64'),
  };
  const numbered = /00000000-0000-4000-8000-\d{12}/g;
  const known = JSON.stringify({ ...exchange, answer: answer.body.toString('latin1') }).replaceAll(numbered, '');
  if (written.has(known)) return;
  written.add(known);
  appendFileSync(path.join(folder, `${suite()}.${process.pid}.jsonl`), `${JSON.stringify(exchange)}\n`, { mode: 0o600 });
}

/** The file of tests that is running, as a name for a file. */
const suite = (): string =>
  typeof expect === 'undefined'
    ? 'none'
    : path.relative(process.cwd(), expect.getState().testPath ?? '').replaceAll(path.sep, '.');
