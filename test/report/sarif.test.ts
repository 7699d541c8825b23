import { default as Ajv } from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { renderSarif } from '../../lambda/scanner/report/sarif.ts';
import { LONG, hostile, isQuiet, reportNaming } from './hostile.ts';
import { aFinding, aReport } from './report-builder.ts';

const packageFolder = path.join(__dirname, '../../node_modules/@microsoft/jest-sarif');
const schema = JSON.parse(readFileSync(path.join(packageFolder, 'lib/schemas/sarif-2.1.0-rtm.5.json'), 'utf8')) as object;
const ajv = new Ajv.default({ strict: false, allErrors: true, unicodeRegExp: false });
addFormats.default(ajv);
const isSarif = ajv.compile(schema);

interface Result {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly locations: readonly { readonly physicalLocation: { readonly artifactLocation: { readonly uri: string } } }[];
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly suppressions?: readonly unknown[];
}

interface Run {
  readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string; readonly properties: object }[] } };
  readonly invocations: readonly {
    readonly toolExecutionNotifications: readonly { readonly message: { readonly text: string } }[];
  }[];
  readonly results: readonly Result[];
}

/** The run of a report; it follows the published schema. */
function runOf(...report: Parameters<typeof aReport>): Run {
  const log = JSON.parse([...renderSarif(aReport(...report))].join('')) as { readonly runs: readonly [Run] };
  expect(isSarif(log) ? [] : isSarif.errors).toEqual([]);
  return log.runs[0];
}

test('the schema refuses what is no SARIF', () => {
  expect(isSarif({ version: '2.1.0', runs: [{ results: [] }] })).toBe(false);
});

test('results with their rules, levels and states', () => {
  const report = aReport([
    aFinding('ann', { severity: 'CRITICAL' }),
    aFinding('bob', { severity: 'LOW' }),
    aFinding('carol', { checkId: 'admin-user', title: 'T', status: 'UNKNOWN' }),
    aFinding('dan', { status: 'SUPPRESSED', evidence: { exception: { reason: 'r', owner: 'o' } } }),
  ]);
  expect([...renderSarif(report)].join('')).toMatchSnapshot();
  const { results, tool } = runOf(report.findings, report);
  expect(results.map(({ level, suppressions }) => [level, suppressions?.length])).toEqual([
    ['error', undefined],
    ['note', undefined],
    ['none', undefined],
    ['warning', 1],
  ]);
  for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
  expect(tool.driver.rules.map(({ properties }) => properties)).toMatchObject([
    { 'security-severity': '9.5' },
    { 'security-severity': '5.5' },
  ]);
});

test('a rule links only where the configuration has an address', () => {
  const rulesWith = (more: object) => runOf([aFinding('ann')], more).tool.driver.rules;
  expect(rulesWith({})[0]).not.toHaveProperty('helpUri');
  expect(rulesWith({ docsUrl: 'https://wiki.example.com/{check}' })[0]).toMatchObject({
    helpUri: 'https://wiki.example.com/access-key-unused',
  });
});

test('a result is the same in every scan, and no two are', () => {
  const [first, second] = [runOf([aFinding('ann')]), runOf([aFinding('ann', { message: 'Now 51 days.' }), aFinding('bob')])];
  const prints = second.results.map(({ partialFingerprints }) => partialFingerprints['primaryLocationLineHash']);
  expect(first.results[0]?.partialFingerprints).toEqual(second.results[0]?.partialFingerprints);
  expect(prints[0]).toMatch(/^[0-9a-f]{16}:1$/);
  expect(new Set(prints).size).toBe(2);
});

test('more results than code scanning takes are left out, and that is said', () => {
  const run = runOf(
    Array.from({ length: 25_003 }, (_, index) => aFinding(`u${index}`)),
    { complete: false },
  );
  expect(run.results).toHaveLength(25_000);
  expect(run.invocations[0]?.toolExecutionNotifications.map(({ message }) => message.text)).toEqual([
    'The scan is incomplete: some checks could not be evaluated.',
    '3 findings are left out, the least severe ones.',
  ]);
});

test.each([...Object.entries(hostile), ['a long text', LONG]])('%s is text', (_what, name) => {
  const report = reportNaming(name);
  const { results } = runOf(report.findings, report);
  expect(isQuiet([...renderSarif(report)].join(''))).toBe(true);
  for (const { message, locations } of results) {
    // A link is [text](target), a placeholder is {0}: both are escaped.
    expect(message.text.replaceAll(/\\[[\]\\]/g, '')).not.toMatch(/\]\(/);
    expect(message.text.replaceAll('{{', '').replaceAll('}}', '')).not.toMatch(/\{\d/);
    expect(locations[0]?.physicalLocation.artifactLocation.uri).toMatch(/^aws\/\d{12}\/\w+\/[\w.!~*'()%-]+$/);
  }
});
