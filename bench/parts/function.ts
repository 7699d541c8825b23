import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { median, repeat, runNode } from '../measure.ts';
import type { Row } from '../row.ts';

const RUNS = 7;
const MOST_MEGABYTES = 1.6;
const MOST_SECONDS = 0.4;

const folder = path.resolve('dist/functions/scan-account');
const ofOrganization = path.resolve('dist/functions/organization');

/** Loads the function as Lambda does before the first invocation, and prints how many milliseconds that took. */
const load = `
  const before = performance.now();
  await import(${JSON.stringify(pathToFileURL(path.join(folder, 'index.mjs')).href)});
  console.log(performance.now() - before);
`;

/** What the nightly functions weigh, and how long the one of an account takes to load on this machine once Node runs. */
export async function functionPart(): Promise<readonly Row[]> {
  const loads = await repeat(RUNS, async () => Number((await runNode(['--input-type=module', '--eval', load])).output) / 1000);
  return [
    { what: 'bundle, minified', value: await megabytesIn(folder), unit: 'MB', limit: MOST_MEGABYTES },
    { what: 'bundle of an Organization, minified', value: await megabytesIn(ofOrganization), unit: 'MB', limit: MOST_MEGABYTES },
    { what: 'start', value: median(loads), unit: 's', limit: MOST_SECONDS },
  ];
}

async function megabytesIn(bundle: string): Promise<number> {
  const files = await Promise.all((await readdir(bundle)).map((name) => stat(path.join(bundle, name))));
  return files.reduce((sum, file) => sum + file.size, 0) / 1e6;
}
