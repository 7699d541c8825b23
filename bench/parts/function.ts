import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { median, repeat, runNode } from '../measure.ts';
import type { Row } from '../row.ts';

const RUNS = 7;
const MOST_MEGABYTES = 1.5;
const MOST_SECONDS = 0.4;

const folder = path.resolve('dist/functions/scan-account');

/** Loads the function as Lambda does before the first invocation, and prints how many milliseconds that took. */
const load = `
  const before = performance.now();
  await import(${JSON.stringify(pathToFileURL(path.join(folder, 'index.mjs')).href)});
  console.log(performance.now() - before);
`;

/** What the nightly function weighs, and how long it takes to load on this machine once Node runs. */
export async function functionPart(): Promise<readonly Row[]> {
  const files = await Promise.all((await readdir(folder)).map((name) => stat(path.join(folder, name))));
  const size = files.reduce((sum, file) => sum + file.size, 0);
  const loads = await repeat(RUNS, async () => Number((await runNode(['--input-type=module', '--eval', load])).output) / 1000);
  return [
    { what: 'bundle, minified', value: size / 1e6, unit: 'MB', limit: MOST_MEGABYTES },
    { what: 'start', value: median(loads), unit: 's', limit: MOST_SECONDS },
  ];
}
