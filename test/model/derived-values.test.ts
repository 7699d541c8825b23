import { checks } from '../../lambda/scanner/checks/index.ts';
import { readSnapshots } from '../../lambda/scanner/collect/read-snapshot.ts';
import { defaultConfig } from '../../lambda/scanner/config.ts';
import { DerivedTable, derivedValues } from '../../lambda/scanner/model/derived-values.ts';
import { scan } from '../../lambda/scanner/scan.ts';
import { NOW } from '../support/builders.ts';

test('a value is derived once for each object, and again once it is forgotten', () => {
  const table = new DerivedTable<object, number>();
  const [first, second] = [{}, {}];
  const derive = jest.fn(() => 1);
  for (const key of [first, second, first]) expect(table.getOrCreate(key, derive)).toBe(1);
  expect(derive).toHaveBeenCalledTimes(2);
  table.clear();
  expect(table.get(first)).toBeUndefined();
});

test('what a scan says does not depend on what was derived before', async () => {
  const { accounts, organization } = await readSnapshots('examples/acme');
  const options = { checks, config: defaultConfig, now: NOW, version: '1', ...(organization && { organization }) };
  const scanned = () => JSON.stringify(scan(accounts, options));
  const cold = scanned();
  const warm = scanned();
  derivedValues.forget();
  expect(warm).toBe(cold);
  expect(scanned()).toBe(cold);
});
