import { createHash } from 'node:crypto';
import path from 'node:path';
import { checks } from '../../../lambda/scanner/checks/index.ts';
import { readSnapshots } from '../../../lambda/scanner/collect/read-snapshot.ts';
import { defaultConfig } from '../../../lambda/scanner/config.ts';
import type { Report } from '../../../lambda/scanner/model/report.ts';
import { renderHtml } from '../../../lambda/scanner/report/html/html.ts';
import { scan } from '../../../lambda/scanner/scan.ts';
import { NOW } from '../../support/builders.ts';
import { aFinding, aReport, aVerdict } from '../report-builder.ts';
import { BLOCK, reportIn } from './report-in.ts';

const pageOf = (report: Report): string => [...renderHtml(report)].join('');

/** The page without its data. */
const frameOf = (report: Report): string => pageOf(report).replaceAll(BLOCK, '');

const plain = (report: Report): unknown => JSON.parse(JSON.stringify(report));

test('the page of the sample holds its report, whole', async () => {
  const { accounts, managementAccountId } = await readSnapshots(path.join(__dirname, '../../../examples/acme'));
  const where = managementAccountId === undefined ? {} : { managementAccountId };
  const report = scan(accounts, { checks, config: defaultConfig, now: NOW, version: '1.2.3', ...where });
  expect(report.findings.length).toBeGreaterThan(100);
  expect(reportIn(pageOf(report))).toEqual(plain(report));
});

test('long lists are in several blocks, in their order', () => {
  const report = aReport(Array.from({ length: 4001 }, (_, index) => aFinding(`user-${index}`)));
  const page = pageOf(report);
  expect(page.match(/data-name="findings"/g)).toHaveLength(3);
  expect(reportIn(page)).toEqual(plain(report));
});

test.each([
  ['markup', '<img src=x onerror=alert(1)>'],
  ['the end of a script', '</script><script>alert(1)</script>'],
  ['a comment and a CDATA section', '<!--<script>]]>'],
  ['control characters', 'a\u0000\u001B[2J\u009B\r\n\u2028b'],
  ['marks that reorder text', '\u202Egnp.exe\u2066'],
  ['a tag of 10,000 characters', 'x'.repeat(10_000)],
  ['half of a character', '\uD800'],
])('%s in every text of the report is no part of the page', (_name, text) => {
  const finding = aFinding('ann', {
    ...{ headline: text, message: text, remediation: text, title: text, evidence: { [text]: text } },
    resource: { type: 'AwsIamUser', arn: text, name: text },
  });
  const hostile = aReport([finding, { ...finding, status: 'UNKNOWN' }], {
    accounts: [{ account: text, name: text, takenAt: text, complete: true, failed: 1 }],
    admins: [{ ...aVerdict(text), account: text }],
    notices: [text],
  });
  expect(frameOf(hostile)).toBe(frameOf(aReport([])));
  expect(reportIn(pageOf(hostile))).toEqual(plain(hostile));
});

describe('the policy of the page', () => {
  const page = pageOf(aReport([]));
  const [, policy = ''] = /<meta http-equiv="Content-Security-Policy" content="([^"]*)">/.exec(page) ?? [];
  const hashOf = (text = '') => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

  test('allows the script and the style of the page by their hashes, and nothing else', () => {
    const [, script] = /<script>([^]*?)<\/script>/.exec(page) ?? [];
    const [, style] = /<style>([^]*?)<\/style>/.exec(page) ?? [];
    expect(policy.split('; ')).toEqual([
      "default-src 'none'",
      `script-src ${hashOf(script)}`,
      `style-src ${hashOf(style)}`,
      'img-src data:',
      "base-uri 'none'",
      "form-action 'none'",
      "require-trusted-types-for 'script'",
      "trusted-types 'none'",
    ]);
  });

  test('comes before everything that it governs', () => {
    expect(page.indexOf('Content-Security-Policy')).toBeLessThan(page.search(/<(style|script|link)/));
  });

  test('the page names no address: the configuration says where the documentation is', () => {
    const addresses = new Set(page.match(/\bhttps?:\/\/[^\s"'`]+/g));
    expect([...addresses]).toEqual(['http://www.w3.org/2000/svg']);
  });
});
