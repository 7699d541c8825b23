import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Report } from '../../lambda/scanner/model/report.ts';
import { withFolder } from '../collect/folders.ts';
import { acme, iamVigil } from './run.ts';

const config = path.join(acme, 'iam-vigil.yaml');
const sample = ['--snapshot', path.join(acme, 'production'), '--now', '2026-11-20T03:00:00Z'];

async function reportWith(file: string, ...more: readonly string[]): Promise<Report> {
  const { stdout } = await iamVigil(['scan', ...sample, '--config', file, '--format', 'json', ...more]);
  return JSON.parse(stdout) as Report;
}

const except = (id: string, ...more: readonly string[]) => iamVigil(['except', id, ...sample, '--config', config, ...more]);

test('the entry, pasted, accepts that finding until that day, and no worse one', async () => {
  const before = await reportWith(config);
  const admins = before.admins.filter(({ verdict }) => verdict === 'admin').map(({ arn }) => arn);
  const finding = before.findings.find(({ severity, resource }) => severity === 'HIGH' && admins.includes(resource.arn));
  const { code, stdout, stderr } = await except(finding?.id ?? '', '--reason', 'is: replaced # soon', '--owner', 'platform team');
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout.split('\n')[0]).toBe(`  # ${finding?.headline ?? ''}`);
  expect(stdout).toContain('    expires: 2027-02-18T03:00:00Z\n    accepted:\n      severity: HIGH\n      verdict: admin\n');
  await withFolder({}, async (folder) => {
    const file = path.join(folder, 'iam-vigil.yaml');
    await writeFile(file, `${await readFile(config, 'utf8')}${stdout}`);
    const after = await reportWith(file);
    const changed = after.findings.filter(({ id, status }) => before.findings.find((one) => one.id === id)?.status !== status);
    expect(changed).toMatchObject([
      {
        id: finding?.id,
        status: 'SUPPRESSED',
        evidence: { exception: { reason: 'is: replaced # soon', owner: 'platform team' } },
      },
    ]);
    await writeFile(file, (await readFile(file, 'utf8')).replace('severity: HIGH', 'severity: LOW'));
    const worse = await reportWith(file);
    expect(worse.findings.find(({ id }) => id === finding?.id)?.status).toBe('FAILED');
    expect(worse.notices).toContainEqual(expect.stringContaining('(severity HIGH, accepted was LOW)'));
  });
});

test('an entry without a reason is refused when it is read, with its place', async () => {
  const { findings } = await reportWith(config);
  const { stdout } = await except(findings[0]?.id ?? '', '--expires', '2027-06-01');
  expect(stdout).toContain('    expires: 2027-06-01\n');
  await withFolder({}, async (folder) => {
    const file = path.join(folder, 'iam-vigil.yaml');
    await writeFile(file, `exceptions:\n${stdout}`);
    const { code, stderr } = await iamVigil(['scan', ...sample, '--config', file]);
    expect([code, stderr]).toEqual([2, expect.stringMatching(/at exceptions\[0\]\.reason, line 5, column 13/)]);
  });
});

test.each([
  ['an ID that there is not', 'iam-vigil/v1/111122223333/admin-user/none', 'no finding has the ID'],
  ['no ID', 'admin-user', 'no finding has the ID admin-user'],
])('%s is refused', async (_name, id, says) => {
  const { code, stderr } = await except(id);
  expect([code, stderr]).toEqual([2, expect.stringContaining(says)]);
});
