import { stat } from 'node:fs/promises';
import { type Browser, chromium as driver } from 'playwright-core';
import { chromium } from '../../test/browser/chromium.ts';
import { median, repeat, runNode } from '../measure.ts';
import type { Row } from '../row.ts';
import type { Workshop } from '../workshop.ts';

const RUNS = 5;
const MOST_MEGABYTES = 5;
const MOST_SECONDS = 2;

/** The report as a page, of the sample, of an account with 10,000 principals and of an organization: its size, and when it can be used in Chromium. */
export async function pagePart(workshop: Workshop): Promise<readonly Row[]> {
  const { account, file } = workshop;
  const large = await account({ users: 5000, roles: 5000, policies: 5000 });
  const browser = await driver.launch({ executablePath: chromium(), args: ['--no-sandbox'] });
  try {
    return [
      ...(await measured('sample', { snapshot: 'examples/acme', page: file('sample.html') }, browser)),
      ...(await measured('10,000 principals', { snapshot: large, page: file('large.html') }, browser)),
      ...(await ofOrganization(workshop, browser)),
    ];
  } finally {
    await browser.close();
  }
}

interface Files {
  readonly snapshot: string;
  readonly page: string;
}

/** The page of 1,000 accounts of 200 principals each, within the memory of the function that makes it. */
async function ofOrganization({ account, file, script }: Workshop, browser: Browser): Promise<readonly Row[]> {
  const [report, page] = [file('one-account.json'), file('organization.html')];
  const snapshot = await account({ users: 100, roles: 100, policies: 100 });
  await runNode(['dist/cli.js', 'scan', '--snapshot', snapshot, '--output', report]);
  const { cpuSeconds, peakMegabytes } = await runNode([await script('organization-page'), '1000', report, page]);
  const what = '1,000 accounts';
  return [
    { what: `${what}: making the page, CPU`, value: cpuSeconds, unit: 's', limit: 60 },
    { what: `${what}: making the page, peak resident`, value: peakMegabytes, unit: 'MB', limit: 800 },
    ...(await ofPage(what, page, browser)),
  ];
}

async function measured(what: string, { snapshot, page }: Files, browser: Browser): Promise<readonly Row[]> {
  await runNode(['dist/cli.js', 'scan', '--snapshot', snapshot, '--output', page]);
  return ofPage(what, page, browser);
}

async function ofPage(what: string, page: string, browser: Browser): Promise<readonly Row[]> {
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
