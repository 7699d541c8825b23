import { narrowed } from '../../lambda/scanner/report/narrow.ts';
import { ACCOUNT } from '../support/builders.ts';
import { aFinding, aReport } from './report-builder.ts';

const other = '222233334444';
const report = aReport([
  aFinding('ann', { severity: 'HIGH' }),
  aFinding('bob'),
  aFinding('carol', { account: other }),
  aFinding('dan', { status: 'UNKNOWN', severity: 'LOW' }),
  aFinding('eve', { status: 'UNKNOWN', account: other }),
]);

test.each([
  ['nothing', {}, ['ann', 'bob', 'carol', 'dan', 'eve']],
  ['a severity, and no UNKNOWN finding is hidden', { minSeverity: 'HIGH' as const }, ['ann', 'dan', 'eve']],
  ['an account, with what is UNKNOWN in it', { account: other }, ['carol', 'eve']],
  [
    'a principal, with what is UNKNOWN in its account',
    { principal: `arn:aws:iam::${ACCOUNT}:user/bob`, account: ACCOUNT },
    ['bob', 'dan'],
  ],
])('narrowed to %s', (_name, narrowing, names) => {
  const shown = narrowed(report, narrowing);
  expect(shown.findings.map(({ resource }) => resource.name)).toEqual(names);
  expect(shown.summary).toBe(report.summary);
});
