import type { Finding } from '../../lambda/scanner/model/finding.ts';
import type { Report } from '../../lambda/scanner/model/report.ts';
import { summaryOf } from '../../lambda/scanner/report/completeness.ts';
import { ACCOUNT } from '../support/builders.ts';
import { aFinding, aReport } from './report-builder.ts';

const unknown = (message: string, more: Partial<Finding> = {}) => aFinding('ann', { status: 'UNKNOWN', message, ...more });
const second = { account: '222233334444', takenAt: '2026-11-20T03:00:00Z', complete: false, failed: 0 };
const first = { ...second, account: ACCOUNT };
const unread = (isWanted: boolean): NonNullable<Report['unread']>[number] => ({
  ...{ account: ACCOUNT, fact: 'accessKeys', elements: ['the keys of ann'], count: 1, checks: [], isWanted },
});

test.each<[name: string, report: Report, says: string]>([
  ['nothing failed', aReport([]), 'complete; no check failed'],
  ['a finding failed', aReport([aFinding('ann')]), 'complete; 1 findings failed'],
  [
    'a reason that two checks have comes first, and the others are counted',
    aReport([
      unknown('access was denied', { checkId: 'a' }),
      unknown('Not evaluated: it was throttled', { checkId: 'a' }),
      unknown('Not evaluated: it was throttled', { checkId: 'b' }),
    ]),
    'INCOMPLETE: 3 could not be evaluated (2 of 2 checks): it was throttled (and 1 other reason); no check failed of what could be evaluated',
  ],
  [
    'of several accounts those are counted in which something is UNKNOWN',
    aReport([unknown('x'.repeat(300), { account: second.account })], { accounts: [first, second] }),
    `INCOMPLETE: 1 could not be evaluated (1 of 2 checks, in 1 of 2 accounts): ${'x'.repeat(140)}…; no check failed of what could be evaluated`,
  ],
  [
    'what was wanted and could not be read, though no finding is UNKNOWN',
    aReport([], { complete: false, unread: [unread(false), unread(true)] }),
    `INCOMPLETE: accessKeys of account ${ACCOUNT} could not be read completely: the keys of ann; no check failed of what could be evaluated`,
  ],
])('%s', (_name, report, says) => {
  expect(summaryOf(report)).toBe(says);
});
