import { jsonPieces, renderJson } from '../../lambda/scanner/report/json.ts';
import { formats } from '../../lambda/scanner/report/formats.ts';
import { LONG, hostile, isQuiet, reportNaming } from './hostile.ts';
import { aFinding, aReport, aVerdict } from './report-builder.ts';

const text = (pieces: Iterable<string>): string => [...pieces].join('');

const report = aReport(
  [
    aFinding('ann'),
    aFinding('bob', { status: 'UNKNOWN', message: 'Not evaluated: it was denied', evidence: {} }),
    aFinding('=cmd()', {
      status: 'SUPPRESSED',
      evidence: { exception: { reason: 'r', owner: 'o', expires: '2027-06-01T00:00:00Z' } },
    }),
  ],
  { admins: [{ ...aVerdict('ann', { verdict: 'admin' }), account: '111122223333' }], notices: ['One.'] },
);

test('a report', () => {
  expect(text(renderJson(report))).toMatchSnapshot();
});

test('is the report and nothing else, a line for each finding, on lines that end', () => {
  const written = text(formats.json.render(report));
  expect(JSON.parse(written)).toEqual(report);
  expect(written.split('\n')).toEqual(expect.arrayContaining(report.findings.map(lineOf)));
  expect(written.endsWith('}\n')).toBe(true);
});

/** The line of a finding in its list, the last without a comma. */
const lineOf = (finding: object, index: number): string =>
  `    ${JSON.stringify(finding)}${index < report.findings.length - 1 ? ',' : ''}`;

test.each([
  'a,b',
  '"quoted"',
  'two\nlines',
  '\u001B[31m',
  '\u009B31m',
  '\u007F',
  '\u202Egnp',
  '\u2028',
  '<img onerror>',
  '\u{E0001}',
  '😀',
  'é',
  '__proto__',
])('%j comes back as it was, wherever it stands, and no terminal obeys it', (name) => {
  const given = aReport([aFinding(name, { message: name, evidence: { list: [name], of: { [name]: name } } })], {
    notices: [name],
  });
  const written = text(renderJson(given));
  expect(JSON.parse(written)).toEqual(given);
  expect(written.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\u2028\u2029]/u);
});

test.each([...Object.entries(hostile), ['a long text', LONG]])('%s comes back from the whole report', (_what, name) => {
  const written = text(renderJson(reportNaming(name)));
  expect(JSON.parse(written)).toEqual(reportNaming(name));
  expect(isQuiet(written)).toBe(true);
});

test('what a terminal obeys is escaped, and no more than that', () => {
  expect(text(jsonPieces({ a: ['\u009B\u202E\u2028', 'é😀'] }))).toBe(
    '{\n  "a": [\n    "\\u009b\\u202e\\u2028",\n    "é😀"\n  ]\n}\n',
  );
});
