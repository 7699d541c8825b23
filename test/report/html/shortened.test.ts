import type { Finding } from '../../../lambda/scanner/model/finding.ts';
import type { InformationalRecord } from '../../../lambda/scanner/model/informational-record.ts';
import type { Report } from '../../../lambda/scanner/model/report.ts';
import type { Verdict } from '../../../lambda/scanner/model/verdict.ts';
import { renderHtml } from '../../../lambda/scanner/report/html/html.ts';
import { joined } from '../../../lambda/scanner/report/html/joined.ts';
import { pageOf } from '../../../lambda/scanner/report/html/left-out.ts';
import {
  type ShortenedReport,
  countsOf,
  mostOfAccount,
  mostOfOrganization,
  shortened,
} from '../../../lambda/scanner/report/html/shortened.ts';
import { aChange } from '../../support/changes.ts';
import { aFinding, aReport, aVerdict } from '../report-builder.ts';

const idOf = (number: number) => String(number).padStart(12, '0');
const many = <T>(count: number, one: (index: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, index) => one(index));

/** The report of one account, shortened for the page of all. */
function ofAccount(number: number, findings: readonly Finding[], more: Partial<Report> = {}): ShortenedReport {
  const account = idOf(number);
  const report = aReport(
    findings.map((finding) => ({ ...finding, account, id: `${account}/${finding.id}` })),
    { account, accounts: [{ account, takenAt: '2026-11-20T03:00:00Z', complete: true, failed: findings.length }], ...more },
  );
  return shortened({ report, all: countsOf(report) }, mostOfAccount);
}

const admin = (name: string, verdict: Verdict, reached = 0, platform = false) => ({
  ...aVerdict(name, { verdict, platform }),
  account: idOf(1),
  ...(reached === 0 ? {} : { reachedAccounts: { count: reached, accounts: [], ifConditions: 0 }, reach: [] }),
});
const listing = (arns: readonly string[]): InformationalRecord => {
  const admins = arns.map((arn) => ({ arn, signsInBy: [], protectedBy: [] }));
  return {
    ...aFinding('list', { checkId: 'admin-inventory', evidence: { admins } }),
    status: 'PASSED',
    severity: 'INFORMATIONAL',
  };
};

describe('of one account', () => {
  test('the most severe findings stay, and findings of each status have room', () => {
    const low = many(500, (index) => aFinding(`low-${index}`, { severity: 'LOW' }));
    const unseen = many(500, (index) => aFinding(`unseen-${index}`, { status: 'UNKNOWN' }));
    const { report, all } = ofAccount(1, [
      ...low,
      ...unseen,
      aFinding('worst', { severity: 'CRITICAL' }),
      aFinding('x', { status: 'SUPPRESSED' }),
    ]);
    const count = (status: Finding['status']) => report.findings.filter((finding) => finding.status === status).length;
    expect([count('FAILED'), count('UNKNOWN'), count('SUPPRESSED')]).toEqual([200, 50, 1]);
    expect(report.findings[0]?.severity).toBe('CRITICAL');
    expect(all.findings).toBe(1002);
    expect(report.summary.failed.LOW).toBe(500);
  });

  test('the strongest principals stay, platform roles last, and only their credentials', () => {
    const weak = many(300, (index) => admin(`weak-${index}`, 'conditional'));
    const admins = [...weak, admin('platform', 'admin', 0, true), admin('near', 'admin'), admin('far', 'admin', 7)];
    const { report, all } = ofAccount(1, [], { admins, records: [listing(admins.map(({ arn }) => arn))] });
    expect(report.admins.slice(0, 3).map(({ arn }) => arn.split('/').at(-1))).toEqual(['far', 'near', 'weak-0']);
    expect(report.admins).toHaveLength(200);
    expect(all.admins).toMatchObject({ admin: 2, conditional: 300, platform: 1 });
    expect(report.records[0]?.evidence['admins']).toHaveLength(200);
  });

  test('what is long takes no more room than the limit', () => {
    const long = many(100, (index) => aFinding(`u${index}`, { evidence: { tag: 'x'.repeat(10_000) } }));
    const { report, all } = ofAccount(1, long);
    expect(JSON.stringify(report.findings).length).toBeLessThan(mostOfAccount.characters + 1000);
    expect(report.findings.length).toBeGreaterThan(30);
    expect(all.findings).toBe(100);
  });
});

describe('of several accounts', () => {
  const accounts = many(3, (index) => ofAccount(index, [aFinding(`u${index}`, { severity: index === 2 ? 'CRITICAL' : 'LOW' })]));
  const [first, ...others] = accounts;
  const all = first === undefined ? undefined : shortened(joined(first, ...others), mostOfOrganization);

  test('counts are those of all, and the most severe finding comes first', () => {
    expect(all?.report.summary).toMatchObject({ failed: { CRITICAL: 1, LOW: 2 }, passed: 9, checks: 2 });
    expect(all?.report.accounts.map(({ account }) => account)).toEqual([0, 1, 2].map(idOf));
    expect(all?.report.findings.map(({ severity }) => severity)).toEqual(['CRITICAL', 'LOW', 'LOW']);
    expect(all?.report).toMatchObject({ complete: true, calls: 36 });
  });

  test('one that is incomplete makes the whole incomplete', () => {
    const incomplete = ofAccount(4, [aFinding('x', { status: 'UNKNOWN' })]);
    expect(first && joined(first, incomplete).report.complete).toBe(false);
  });

  test('the order in which they are joined does not matter', () => {
    const [a, b, c] = accounts;
    if (!a || !b || !c) throw new Error('there are three');
    const sorted = ({ report }: ShortenedReport) => report.findings.map(({ id }) => id);
    const [left, right] = [joined(joined(a, b), c), joined(c, joined(b, a))].map((one) => shortened(one, mostOfOrganization));
    expect(left && sorted(left)).toEqual(right && sorted(right));
    expect(left?.all).toEqual(right?.all);
  });

  test('the page says how much it leaves out, and of which scanned accounts it has nothing', () => {
    const large = many(30, (index) =>
      ofAccount(
        index,
        many(250, (one) => aFinding(`u${one}`)),
        {
          admins: many(250, (one) => admin(`${index}-${one}`, 'admin')),
          changes: many(60, () => aChange('access-key-added', 'HIGH')),
          notCompared: many(70, (one) => ({ account: idOf(index), part: 'policies', reason: `${one} was denied` })),
        },
      ),
    );
    const [one, ...more] = large;
    if (one === undefined) throw new Error('there are thirty');
    const page = pageOf(shortened(joined(one, ...more), mostOfOrganization), [...many(30, idOf), '999999999999']);
    expect(page.findings).toHaveLength(2000);
    expect(page.leftOut).toEqual({
      findings: 30 * 250 - 2000,
      changes: 30 * 60 - 500,
      unseen: 30 * 70 - 500,
      admins: { admin: 30 * 250 - 2000, 'can-become-admin': 0, 'can-grant-admin': 0, conditional: 0, none: 0, platform: 0 },
      accounts: ['999999999999'],
    });
  });

  test('of however long findings, the page stays below 5 MB', () => {
    const random = (length: number) => Array.from({ length }, () => Math.random().toString(36).slice(2)).join('');
    const long = many(40, (index) =>
      ofAccount(
        index,
        many(40, (one) => aFinding(`u${one}`, { evidence: { tag: random(900) } })),
      ),
    );
    const [one, ...more] = long;
    if (one === undefined) throw new Error('there are forty');
    const size = [...renderHtml(pageOf(shortened(joined(one, ...more), mostOfOrganization), []))].join('').length;
    expect(size).toBeGreaterThan(1e6);
    expect(size).toBeLessThan(5e6);
  });
});
