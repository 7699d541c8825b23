import { gzipSync } from 'node:zlib';
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { iamVigil } from '../cli/run.ts';
import { withFolder } from '../collect/folders.ts';
import { OLD_KEY, PLANTED_KEY } from './sample-account.ts';
import { DECISION, type Night, type FourNights, fourNights } from './four-nights.ts';

// Each night starts the bundled function in a process of its own.
jest.setTimeout(120_000);

// The list of admins.
const RECORD = 'iam-vigil/v1/444455556666/admin-inventory/444455556666';

let run: FourNights;
beforeAll(async () => {
  run = await fourNights();
});

/** Which findings of a night are new, gone, or other than the night before. */
function changes(before: Night, after: Night) {
  const ids = [...after.findings.keys()].filter((id) => after.findings.get(id) !== before.findings.get(id));
  return ids.map((id) => `${after.findings.get(id)?.RecordState ?? ''} ${id.split('/').slice(3).join('/')}`).toSorted();
}

test('the first night imports everything in one call, and hides what is excepted', () => {
  const [{ result, writes, findings }] = run.nights;
  expect(result).toMatchObject({ account: '444455556666', complete: true, problems: [], unknown: [] });
  expect(result.delivery).toMatchObject({ imported: findings.size, archived: 0, suppressed: 1, failed: 0 });
  expect(writes).toEqual([
    { action: 'BatchImportFindings', size: findings.size },
    { action: 'BatchUpdateFindings', size: 1 },
  ]);
  expect(findings.get(RECORD)).toMatchObject({ Severity: { Label: 'INFORMATIONAL' } });
  for (const [id, { RecordState, Compliance, CreatedAt }] of findings) {
    expect(id).toMatch(/^iam-vigil\/v1\/444455556666\/[a-z-]+\/[^/]+(\/[^/]+){0,2}$/);
    expect([RecordState, Compliance?.Status, CreatedAt]).toEqual([
      'ACTIVE',
      id === RECORD ? 'PASSED' : 'FAILED',
      expect.stringMatching(/^2026-11-20T03:00:/),
    ]);
  }
});

test('the unchanged night writes nothing at all', () => {
  const [first, second] = run.nights;
  expect(second.result).toMatchObject({
    complete: true,
    delivery: { imported: 0, refreshed: 0, unchanged: first.findings.size },
  });
  expect(second.writes).toEqual([]);
  expect(changes(first, second)).toEqual([`ACTIVE ${run.decided.split('/').slice(3).join('/')}`]);
});

test('the third night archives exactly what is fixed, and creates exactly what is new', () => {
  const [, second, third] = run.nights;
  expect(changes(second, third)).toEqual(
    [
      `ACTIVE access-key-planted/AIDA54ZAFLYJSYEXAMPLE/AKIA6JASIVAIOEXAMPLE`,
      `ACTIVE access-key-planted/AIDA54ZAFLYJSYEXAMPLE/${PLANTED_KEY}`,
      `ACTIVE new-identity/AIDA54ZAFLYJSYEXAMPLE/${PLANTED_KEY}`,
      `ACTIVE two-active-access-keys/AIDA54ZAFLYJSYEXAMPLE`,
      // Its last use is more than a week ago by then.
      `ARCHIVED break-glass-used/AIDADRI2GMBOZHEXAMPLE`,
      `ARCHIVED access-key-unrotated/AIDACQJHEWDJFWEXAMPLE/${OLD_KEY}`,
    ].toSorted(),
  );
  expect(third.writes).toEqual([{ action: 'BatchImportFindings', size: 6 }]);
  const fixed = [...third.findings.values()].find(({ RecordState }) => RecordState === 'ARCHIVED');
  expect(fixed).toMatchObject({ Compliance: { Status: 'PASSED' }, CreatedAt: second.findings.get(fixed?.Id ?? '')?.CreatedAt });
});

test('each morning has the message of what changed, and the unchanged night has none', () => {
  const texts = run.nights.map(({ messages }) => messages.map(({ text }) => text.replaceAll(/ https:\S+/g, '').split('\n')));
  const [first, second, third, fourth] = texts;
  expect(first).toEqual([
    [
      'iam-vigil, account 444455556666, 2026-11-20: 1 new, 0 worse, 0 unseen, 0 fixed',
      expect.stringContaining('HIGH new: Break-glass '),
      'Report:',
    ],
  ]);
  expect(second).toEqual([]);
  expect(third?.[0]?.[0]).toBe('iam-vigil, account 444455556666, 2026-11-22: 4 new, 0 worse, 0 unseen, 1 fixed');
  expect(third?.[0]).toContainEqual(expect.stringContaining(`Access key ${PLANTED_KEY} of IAM user svc-orders-export is new`));
  expect(fourth?.[0]?.[0]).toMatch(/^iam-vigil, account 444455556666, 2026-11-23: \d+ new, /);
});

test('README shows the message of the morning after the attack', () => {
  const [, , , { messages }] = run.nights;
  const report = /^Report: https:\S+latest\.html$/m;
  expect(messages[0]?.text).toMatch(report);
  const text = messages[0]?.text.replace(report, 'Report: <address of the page>').replaceAll(/ https:\S+/g, '') ?? '';
  expect(readFileSync('README.md', 'utf8')).toContain(`\n\`\`\`\n${text}\n\`\`\`\n`);
});

test('what a person decided stays as it is', () => {
  const [, , , { findings }] = run.nights;
  expect(findings.get(run.decided)).toMatchObject({ RecordState: 'ACTIVE', Workflow: { Status: 'SUPPRESSED' }, Note: DECISION });
});

test('every night leaves its snapshot and its report in the bucket, and a laptop reads the snapshot', async () => {
  const kinds = ['reports', 'snapshots'];
  expect([...run.kept.keys()].toSorted()).toEqual([
    'last/444455556666.json.gz',
    'last/told/444455556666.json.gz',
    ...kinds.flatMap((kind) => [
      ...['20', '21', '22', '23'].map((day): unknown =>
        expect.stringMatching(new RegExp(`^${kind}/444455556666/2026-11-${day}/0300\\d\\dZ-run-of-2026-11-${day}\\.json\\.gz$`)),
      ),
      ...(kind === 'reports' ? ['reports/444455556666/latest.html'] : []),
    ]),
  ]);
  expect(run.kept.get('reports/444455556666/latest.html')).toMatch(/^<!doctype html>/);
  const [key, snapshot] = [...run.kept].find(([name]) => name.startsWith('snapshots/')) ?? ['', undefined];
  await withFolder({}, async (folder) => {
    const file = path.join(folder, path.basename(key));
    await writeFile(file, gzipSync(JSON.stringify(snapshot)));
    const { code, stdout } = await iamVigil(['scan', '--snapshot', file, '--config', 'examples/acme/iam-vigil.yaml']);
    expect([code, stdout]).toEqual([0, expect.stringContaining('account 444455556666  2026-11-20 03:00 UTC')]);
  });
});

test('every line that is logged is JSON', () => {
  for (const { log } of run.nights)
    for (const line of log.trimEnd().split('\n')) expect(() => JSON.parse(line) as unknown).not.toThrow();
});
