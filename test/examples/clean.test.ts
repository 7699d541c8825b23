import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { exitCode } from '../../bin/commands/exit-code.ts';
import { checks } from '../../lambda/scanner/checks/index.ts';
import { readSnapshots } from '../../lambda/scanner/collect/read-snapshot.ts';
import { parseConfig } from '../../lambda/scanner/config.ts';
import { scan } from '../../lambda/scanner/scan.ts';
import { NOW } from '../support/builders.ts';

const folder = path.join(__dirname, '../../examples/clean');

test('an account that follows every recommendation has no finding, by any check, and ends with exit code 0', async () => {
  const { accounts, ...organization } = await readSnapshots(folder);
  const config = parseConfig(await readFile(path.join(folder, 'iam-vigil.yaml'), 'utf8'), checks);
  const report = scan(accounts, { ...organization, checks, config, now: NOW, version: '0.0.0' });
  expect(report.findings).toEqual([]);
  expect(report.notices).toEqual([]);
  expect([report.complete, exitCode(report, 'INFORMATIONAL')]).toEqual([true, 0]);
  // It is no empty account: the checks had much to look at.
  expect(report.summary.passed).toBeGreaterThan(150);
  expect(accounts[0]?.facts.identities).toMatchObject({ value: { users: { length: 1 }, roles: { length: 10 } } });
});
