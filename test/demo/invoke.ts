import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ScanResult } from '../../lambda/handlers/finish-scan.ts';

/** The nightly function as it is deployed, by `npm run build`. */
const bundle = path.resolve('dist/functions/scan-account/index.mjs');

/** One invocation. */
export interface Invocation {
  readonly result: ScanResult;
  /** What went to the log: one JSON text a line. */
  readonly log: string;
}

/**
 * Invokes the nightly function once in a process of its own, at the given time, with no environment but the given one.
 *
 * @throws Error with what was logged when it did not come to its end.
 */
export async function invokeNightly(when: string, account: string, env: Readonly<Record<string, string>>): Promise<Invocation> {
  const script = path.resolve('test/demo/invoke-function.mjs');
  const child = spawn(process.execPath, [script, pathToFileURL(bundle).href, when, account], {
    env,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const { stdout, stderr } = child;
  if (!stdout || !stderr) throw new Error('the process has no output');
  let result: ScanResult | undefined;
  // The function's own answer, sent by the script above.
  child.on('message', (message) => (result = message as ScanResult));
  const ended = new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
  const [log, errors] = await Promise.all([text(stdout), text(stderr), ended]);
  if (!result) throw new Error(`the function did not come to its end:\n${log}${errors}`);
  return { result, log };
}
