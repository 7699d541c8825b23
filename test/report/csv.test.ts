import { parse } from 'csv-parse/sync';
import { renderCsv } from '../../lambda/scanner/report/csv.ts';
import { renderPrincipalsCsv } from '../../lambda/scanner/report/principals-csv.ts';
import { printable } from '../../lambda/scanner/report/printable.ts';
import { ACCOUNT } from '../support/builders.ts';
import { LONG, hostile, isQuiet, reportNaming } from './hostile.ts';
import { aFinding, aReport, aVerdict } from './report-builder.ts';

type Row = Readonly<Record<string, string>>;
const rowsOf = (text: Iterable<string>) => parse([...text].join(''), { columns: true }) as readonly Row[];

test('a row a finding, in the order of the report', () => {
  const report = aReport([
    aFinding('ann'),
    aFinding('bob', { status: 'UNKNOWN', standards: { NIS2: 'a', 'CIS AWS 5.0': '1, 2' } }),
  ]);
  expect([...renderCsv(report)].join('')).toMatchSnapshot();
  expect(rowsOf(renderCsv(report)).map((row) => [row['resource_name'], row['status'], row['standards']])).toEqual([
    ['ann', 'FAILED', 'NIS2: Art. 21(2)(i)'],
    ['bob', 'UNKNOWN', 'NIS2: a; CIS AWS 5.0: 1, 2'],
  ]);
});

test('a row a principal, first with the columns that users of other tools ask for', () => {
  const step = {
    title: 'Assume a role',
    actions: ['sts:AssumeRole'],
    from: `arn:aws:iam::${ACCOUNT}:user/ann`,
    to: `arn:aws:iam::${ACCOUNT}:role/ops`,
  };
  const ann = aVerdict('ann', {
    verdict: 'can-become-admin',
    path: [
      {
        ...step,
        rule: 'assume-role',
        aliases: ['sts-001'],
        statements: [
          { policy: 'inline:own', index: 0 },
          { policy: `arn:aws:iam::${ACCOUNT}:policy/team/m`, index: 1 },
          { policy: `trust:arn:aws:iam::${ACCOUNT}:role/ops`, index: 0 },
        ],
      },
      {
        ...step,
        rule: 'allows-everything',
        aliases: [],
        statements: [{ policy: 'arn:aws:iam::aws:policy/AdministratorAccess', index: 0 }],
      },
    ],
  });
  const text = [...renderPrincipalsCsv(aReport([], { admins: [{ ...ann, account: ACCOUNT }] }))].join('');
  expect(text.split('\r\n')[0]).toMatch(/^account,principal_name,principal_type,policy_names,policy_types,privesc_methods,/);
  expect(rowsOf([text])).toEqual([
    expect.objectContaining({
      account: ACCOUNT,
      principal_name: 'ann',
      principal_type: 'user',
      policy_names: 'own; m; trust policy of ops; AdministratorAccess',
      policy_types: 'inline; customer managed; trust; AWS managed',
      privesc_methods: 'assume-role sts-001',
      verdict: 'can-become-admin',
      path: 'sts:AssumeRole role/ops',
    }),
  ]);
});

describe.each([
  ['findings', renderCsv, 3],
  ['principals', renderPrincipalsCsv, 1],
] as const)('%s', (_name, render, count) => {
  test.each([...Object.entries(hostile), ['a long text', LONG]])('%s is text in its cell, and never a formula', (_what, name) => {
    const text = [...render(reportNaming(name))].join('');
    const rows = rowsOf([text]);
    expect(rows).toHaveLength(count);
    for (const value of rows.flatMap((row) => Object.values(row))) expect(value).not.toMatch(/^[=+\-@\t\r]/);
    expect(isQuiet(text)).toBe(true);
    const shown = Buffer.from(printable(name)).toString();
    expect(rows.flatMap((row) => Object.values(row)).some((value) => value.includes(shown))).toBe(true);
  });
});
