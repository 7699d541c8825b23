import { renderMarkdown } from '../../lambda/scanner/report/markdown.ts';
import { mermaidPath } from '../../lambda/scanner/report/mermaid.ts';
import { ACCOUNT } from '../support/builders.ts';
import { LONG, hostile, isQuiet, reportNaming } from './hostile.ts';
import { aFinding, aReport } from './report-builder.ts';

const arn = (resource: string) => `arn:aws:iam::${ACCOUNT}:${resource}`;
const step = (from: string, to: string, ...actions: readonly string[]) => ({
  ...{ rule: 'r', title: 't', aliases: [], statements: [] },
  ...{ actions, from: arn(from), to: arn(to) },
});
const written = (...report: Parameters<typeof aReport>) => [...renderMarkdown(aReport(...report))].join('');

test('the counts, the worst findings with their paths, and lists of the others', () => {
  const path = [
    step('user/ann', 'role/ci', 'sts:AssumeRole'),
    step('role/ci', 'role/admin', 'iam:PassRole', 'lambda:CreateFunction'),
  ];
  const findings = [
    aFinding('ann', { severity: 'CRITICAL', evidence: { path } }),
    ...Array.from({ length: 11 }, (_, index) => aFinding(`user${index}`)),
    aFinding('bob', { status: 'UNKNOWN', message: 'Not evaluated: denied' }),
  ];
  expect(written(findings)).toMatchSnapshot();
});

test('of many findings the others are counted', () => {
  const text = written(Array.from({ length: 300 }, (_, index) => aFinding(`user${index}`)));
  expect(text).toContain('## Other findings (290)');
  expect(text).toContain('\n- and 190 more\n');
});

/** What is left of a text of Markdown when all code is taken out. */
const withoutCode = (text: string) =>
  text.replaceAll(/(`{3,})\w+\n[^]*?\n\1(?!`)/g, '').replaceAll(/(?<![\\`])(`+)(?!`)[^\n]*?(?<!`)\1(?!`)/g, '');

test.each([...Object.entries(hostile), ['a long text', LONG]])('%s is text', (_what, name) => {
  const text = [...renderMarkdown(reportNaming(name))].join('');
  const plain = withoutCode(text);
  expect(isQuiet(text)).toBe(true);
  expect(plain.replaceAll('<!-- -->', '')).not.toMatch(/(?<!\\)[<[]/);
  expect(plain).not.toMatch(/[@#]\w|:\/\/|www\./);
  expect(text.match(/^```+mermaid$/gm)).toHaveLength(1);
  expect(text.match(/^## /gm)).toHaveLength(2);
});

describe('a path as a picture', () => {
  test.each(Object.entries(hostile))('%s is text in a label', (_what, name) => {
    const lines = mermaidPath([step('user/a', `role/${name}`, name)]).split('\n');
    expect(lines).toHaveLength(3);
    for (const line of lines.slice(1)) expect(line).toMatch(/^ {2}n\d( -->\|"[\w .,/:()+#;-]*"\| n\d)?\["[\w .,/:()+#;-]*"\]$/);
  });

  test('has at most twelve nodes, and says how many steps are left out', () => {
    const path = Array.from({ length: 30 }, (_, index) => step(`role/r${index}`, `role/r${index + 1}`, 'sts:AssumeRole'));
    const picture = mermaidPath(path);
    const nodes = new Set(picture.match(/role\/r\d+/g));
    expect(nodes.size).toBe(12);
    expect(nodes).toContain('role/r30');
    expect(picture).toContain('-.->|"20 more steps"|');
    expect(mermaidPath(path.slice(0, 11))).not.toContain('more steps');
  });
});
