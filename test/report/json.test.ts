import { renderJson } from '../../lambda/scanner/report/json.ts';
import { renderers } from '../../lambda/scanner/report/renderers.ts';
import { aFinding, aReport, aVerdict } from './report-builder.ts';

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
  expect(renderJson(report)).toMatchSnapshot();
});

test('is what the format is called', () => {
  expect(renderers.json(report)).toBe(renderJson(report));
  expect(Object.keys(renderers)).toEqual(expect.arrayContaining(['text', 'json']));
});

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
])('%j comes back as it was, and no terminal obeys it', (name) => {
  const text = renderJson(aReport([aFinding(name, { evidence: { [name]: name } })]));
  expect(JSON.parse(text)).toMatchObject({ findings: [{ resource: { name }, evidence: { [name]: name } }] });
  expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\u2028\u2029]/u);
});
