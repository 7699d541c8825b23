import { stat } from 'node:fs/promises';
import { type Browser, chromium as driver } from 'playwright-core';
import { chromium } from '../../test/browser/chromium.ts';
import { median, repeat, runNode } from '../measure.ts';
import type { Row } from '../row.ts';
import type { Workshop } from '../workshop.ts';

const RUNS = 5;
const MOST_MEGABYTES = 5;
const MOST_SECONDS = 2;

/** The report as a page, of the sample and of an account with 10,000 principals: its size, and when it can be used in Chromium. */
export async function pagePart({ account, file }: Workshop): Promise<readonly Row[]> {
  const large = await account({ users: 5000, roles: 5000, policies: 5000 });
  const browser = await driver.launch({ executablePath: chromium(), args: ['--no-sandbox'] });
  try {
    return [
      ...(await measured('sample', { snapshot: 'examples/acme', page: file('sample.html') }, browser)),
      ...(await measured('10,000 principals', { snapshot: large, page: file('large.html') }, browser)),
    ];
  } finally {
    await browser.close();
  }
}

interface Files {
  readonly snapshot: string;
  readonly page: string;
}

async function measured(what: string, { snapshot, page }: Files, browser: Browser): Promise<readonly Row[]> {
  await runNode(['dist/cli.js', 'scan', '--snapshot', snapshot, '--output', page]);
  const seconds = await repeat(RUNS, () => secondsUntilUsable(page, browser));
  return [
    { what: `${what}: page`, value: (await stat(page)).size / 1e6, unit: 'MB', limit: MOST_MEGABYTES },
    { what: `${what}: page is usable`, value: median(seconds), unit: 's', limit: MOST_SECONDS },
  ];
}

/** From the start of loading until the lists are drawn and a search is answered. */
async function secondsUntilUsable(file: string, browser: Browser): Promise<number> {
  const page = await browser.newPage();
  await page.goto(`file://${file}`);
  await page.fill('#findings input', 'admin');
  const milliseconds = await page.evaluate<number>('performance.now()');
  await page.close();
  return milliseconds / 1000;
}
