import { readFileSync } from 'node:fs';
import path from 'node:path';
import { readSnapshots } from '../../lambda/scanner/collect/read-snapshot.ts';
import { checks } from '../../lambda/scanner/checks/index.ts';
import type { Snapshot } from '../../lambda/scanner/facts/snapshot.ts';
import { DAY, toIso } from '../../lambda/scanner/model/instant.ts';
import { collected } from '../../lambda/scanner/model/observed.ts';
import { renderChanges } from '../../lambda/scanner/report/changes.ts';
import { scan } from '../../lambda/scanner/scan.ts';
import { config } from './nights.ts';

const root = path.join(__dirname, '../..');
const CI = 'ci-deployer';
const MORNING = Date.parse('2026-11-08T03:00:00Z');

/** The accounts of the sample in which the pipeline has so many keys. */
const withKeys = (accounts: readonly Snapshot[], most: number, takenAt: number): readonly Snapshot[] =>
  accounts.map((snapshot) => {
    const { accessKeys } = snapshot.facts;
    const own = accessKeys.status === 'collected' ? accessKeys.value.get(CI) : undefined;
    if (accessKeys.status !== 'collected' || own?.status !== 'collected') return { ...snapshot, takenAt };
    const kept = own.value.toSorted((a, b) => a.createdAt - b.createdAt).slice(0, most);
    const facts = { ...snapshot.facts, accessKeys: collected(new Map([...accessKeys.value, [CI, collected(kept)]])) };
    return { ...snapshot, takenAt, facts };
  });

async function theIncident() {
  const { accounts, organization, ...rest } = await readSnapshots(path.join(root, 'examples/acme'));
  if (organization === undefined) throw new Error('the sample has changed');
  return scan(withKeys(accounts, 2, MORNING), {
    ...{ checks, config, now: MORNING, version: '0.0.0', organization, ...rest },
    ...{ baseline: withKeys(accounts, 1, MORNING - DAY), baselineOrganization: organization },
  });
}

test('day 0: a key of a pipeline leads to two accounts; day 1: it has a second key. README says what the message says', async () => {
  const report = await theIncident();
  expect(report.changes.map(({ kind }) => kind)).toEqual(['access-key-added']);
  const found = report.findings
    .filter(({ checkId }) => checkId === 'new-credential-on-admin')
    .map(({ headline, severity }) => [severity, headline]);
  expect(found).toEqual([['HIGH', expect.stringMatching(/^Access key AKIA\w+ of IAM user ci-deployer is new$/)]]);
  const text = renderChanges(
    {
      ...{ accounts: report.accounts.map(({ account }) => account), onlyOnce: [], changes: report.changes },
      ...{ olderTakenAt: toIso(MORNING - DAY), newerTakenAt: toIso(MORNING), notCompared: report.notCompared ?? [] },
    },
    { color: false },
  );
  expect(readFileSync(path.join(root, 'README.md'), 'utf8')).toContain(`\n\`\`\`\n${text}\`\`\`\n`);
});
