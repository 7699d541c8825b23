import { storageKey } from '../../lambda/scanner/deliver/store.ts';

const run = { account: '111122223333', startedAt: Date.parse('2026-11-20T03:00:12Z'), id: 'abc' };

test.each([
  ['snapshot', 'snapshots/111122223333/2026-11-20/030012Z-abc.json.gz'],
  ['report', 'reports/111122223333/2026-11-20/030012Z-abc.json.gz'],
] as const)('the key of a %s', (kept, key) => {
  expect(storageKey(kept, run)).toBe(key);
});

test('keys are in the order of time, and parts of a second do not show', () => {
  const keys = [0, 999, 61_000, 86_400_000, 40 * 86_400_000].map((later) =>
    storageKey('report', { ...run, startedAt: run.startedAt + later }),
  );
  expect(keys).toEqual(keys.toSorted());
  expect(keys[1]).toBe(keys[0]);
});
