import { accountSummaries } from '../../lambda/scanner/evaluate/account-summaries.ts';
import type { Finding } from '../../lambda/scanner/model/finding.ts';
import { aFinding } from '../report/report-builder.ts';

const TAKEN = Date.parse('2026-11-20T03:00:00Z');
const snapshots = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ accountId: String(100_000_000_000 + index), takenAt: TAKEN }));

test('each account has the number of its failures, and is incomplete where something of it is UNKNOWN', () => {
  const [one, other] = ['100000000000', '100000000001'];
  const found = [
    aFinding('ann', { account: one }),
    aFinding('bob', { account: one, status: 'SUPPRESSED' }),
    aFinding('eve', { account: other, status: 'UNKNOWN' }),
  ];
  expect(accountSummaries(snapshots(3), found, [])).toEqual([
    { account: one, takenAt: '2026-11-20T03:00:00Z', complete: true, failed: 1 },
    { account: other, takenAt: '2026-11-20T03:00:00Z', complete: false, failed: 0 },
    { account: '100000000002', takenAt: '2026-11-20T03:00:00Z', complete: true, failed: 0 },
  ]);
});

test('an account of which something was not read is incomplete, where it should have been read', () => {
  const [one, other] = ['100000000000', '100000000001'];
  const unread = { fact: 'identities', isWanted: true, elements: [], count: 1, checks: [] };
  const lines = accountSummaries(
    snapshots(2),
    [],
    [
      { account: one, ...unread },
      { account: other, ...unread, isWanted: false },
    ],
  );
  expect(lines.map(({ complete }) => complete)).toEqual([false, true]);
});

test('an account has its name, where the organization lists one', () => {
  const listed = [
    { id: '100000000001', active: true },
    { id: '100000000002', name: 'Production', active: true },
  ];
  expect(accountSummaries(snapshots(3), [], [], listed)).toStrictEqual([
    { account: '100000000000', takenAt: '2026-11-20T03:00:00Z', complete: true, failed: 0 },
    { account: '100000000001', takenAt: '2026-11-20T03:00:00Z', complete: true, failed: 0 },
    { account: '100000000002', name: 'Production', takenAt: '2026-11-20T03:00:00Z', complete: true, failed: 0 },
  ]);
});

test('every finding is read a fixed number of times, however many accounts there are', () => {
  const readsAmong = (accounts: number): number => {
    let reads = 0;
    const found = snapshots(accounts).map(({ accountId }): Finding => {
      const finding = aFinding('ann');
      return Object.defineProperty({ ...finding }, 'account', { get: () => ((reads += 1), accountId) });
    });
    accountSummaries(snapshots(accounts), found, []);
    return reads / accounts;
  };
  expect(readsAmong(500)).toBe(readsAmong(5));
});
