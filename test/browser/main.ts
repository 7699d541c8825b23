import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { chromium as driver } from 'playwright-core';
import { renderHtml } from '../../lambda/scanner/report/html/html.ts';
import { pageOf } from '../../lambda/scanner/report/html/left-out.ts';
import { countsOf, mostOfAccount, shortened } from '../../lambda/scanner/report/html/shortened.ts';
import { aFinding, aReport, aVerdict } from '../report/report-builder.ts';
import { type Pages, cases } from './cases.ts';
import { chromium } from './chromium.ts';
import { writeImages } from './images.ts';
import { visitWith } from './visit.ts';

/** `npm run test:browser`: the HTML report in the Chromium of the machine. With `-- --images` it writes the images of the README too. */

async function writePages(folder: string): Promise<Pages> {
  const fileOf = (name: string) => path.join(folder, `${name}.html`);
  const [sample, hostile, empty, organization] = [fileOf('sample'), fileOf('hostile'), fileOf('empty'), fileOf('organization')];
  const options = ['--snapshot', 'examples/acme', '--config', 'examples/acme/iam-vigil.yaml', '--now', '2026-11-20T03:00:00Z'];
  const { status } = spawnSync(process.execPath, ['dist/cli.js', 'scan', ...options, '--format', 'html', '--output', sample], {
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error(`the scan of the sample ended with ${String(status)}`);
  await writeFile(hostile, renderHtml(hostileReport()));
  await writeFile(empty, renderHtml(aReport([])));
  await writeFile(organization, renderHtml(organizationReport()));
  return { sample, hostile, empty, organization };
}

function hostileReport() {
  const text = `<img src=x onerror=alert(1)></script><script>alert(1)</script>\u001B[2J\u202E${'x'.repeat(10_000)}`;
  const finding = aFinding('ann', {
    ...{ headline: text, message: text, remediation: text, title: text, evidence: { [text]: text } },
    resource: { type: 'AwsIamUser', arn: text, name: text },
  });
  const step = { rule: text, title: text, aliases: [text], actions: [text], from: text, to: text };
  const path = [{ ...step, statements: [{ policy: text, index: 0, sid: text, group: text }] }];
  return aReport([finding, { ...finding, id: 'other', status: 'UNKNOWN' }], {
    accounts: [{ account: text, name: text, takenAt: text, complete: true, failed: 1 }],
    admins: [{ ...aVerdict(text, { verdict: 'can-become-admin', path }), arn: text, account: text }],
    notices: [text],
  });
}

function organizationReport() {
  const account = '222233334444';
  const report = aReport(
    Array.from({ length: 300 }, (_, index) => aFinding(`user-${index}`, { account })),
    {
      accounts: [account, '333344445555'].map((id) => ({
        account: id,
        takenAt: '2026-11-20T03:00:00Z',
        complete: true,
        failed: 150,
      })),
      admins: Array.from({ length: 250 }, (_, index) => ({ ...aVerdict(`user-${index}`, { verdict: 'admin' }), account })),
    },
  );
  return pageOf(shortened({ report, all: countsOf(report) }, mostOfAccount), [account, '333344445555', '999999999999']);
}

const folder = await mkdtemp(path.join(os.tmpdir(), 'iam-vigil-browser-'));
// A container has no sandbox of its own for a browser; the pages are ours.
const browser = await driver.launch({ executablePath: chromium(), args: ['--no-sandbox'] });
try {
  const pages = await writePages(folder);
  if (process.argv.includes('--images')) await writeImages(browser, pages);
  const visit = visitWith(browser);
  const failed: string[] = [];
  for (const [name, look] of Object.entries(cases)) {
    const startedAt = performance.now();
    try {
      await look(visit, pages);
      process.stdout.write(`ok    ${name} (${Math.round(performance.now() - startedAt)} ms)\n`);
    } catch (error) {
      failed.push(name);
      process.stdout.write(`FAIL  ${name}\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    }
  }
  process.stdout.write(
    `${Object.keys(cases).length - failed.length} of ${Object.keys(cases).length} hold in Chromium ${browser.version()}\n`,
  );
  process.exitCode = failed.length > 0 ? 1 : 0;
} finally {
  await browser.close();
  await rm(folder, { recursive: true });
}
