import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { checks as allChecks } from '../../../lambda/scanner/checks/index.ts';
import { readAccountFolder } from '../../../lambda/scanner/collect/read-account-folder.ts';
import { defaultConfig, isEnabled } from '../../../lambda/scanner/config.ts';
import { parseOrganization } from '../../../lambda/scanner/facts/organization-parts/organization-snapshot.ts';
import { parseSnapshot } from '../../../lambda/scanner/facts/snapshot.ts';
import { membersOf } from '../../../lambda/scanner/organization/planned-accounts.ts';
import { scan } from '../../../lambda/scanner/scan.ts';
import { silently } from '../silently.ts';
import { STARTED, accountReports, reportOf, run, sample, setUp, shown, snapshots } from './run.ts';

jest.setTimeout(120_000);
silently();

const SANDBOX = '888822224444';
const checks = allChecks.filter((check) => isEnabled(check, defaultConfig));
const folders = ['management', 'production', 'development'] as const;

async function acme() {
  const accounts = await Promise.all(
    folders.map(async (name) => {
      const folder = path.resolve('examples/acme', name);
      return readAccountFolder(folder, (await readdir(folder)).toSorted());
    }),
  );
  const [management] = accounts;
  if (!management) throw new Error('the sample has no management account');
  return { home: management, accounts, organization: sample('organization.json') };
}

test('a run over the sample finds what a scan of all its accounts together finds, and delivers each where it belongs', async () => {
  const stage = await setUp(await acme());
  try {
    const ending = await run(stage);
    // The sample has an account that nobody saved.
    const reason = 'access to sts:AssumeRole was denied';
    expect(ending).toMatchObject({
      output: { planned: 4, scanned: 3, notScanned: [{ account: SANDBOX, reason }], undelivered: [], complete: false },
    });
    const organization = parseOrganization(sample('organization.json'));
    const now = Date.parse(STARTED);
    const together = scan(
      snapshots(stage).map((file) => parseSnapshot(file)),
      {
        ...{ checks, config: defaultConfig, now, version: '0.0.0', organization, ...membersOf(organization) },
        failures: new Map([[SANDBOX, reason]]),
      },
    );
    const found = accountReports(stage).flatMap(({ findings }) => findings);
    expect(found.map(({ id }) => id).toSorted()).toEqual(together.findings.map(({ id }) => id).toSorted());
    expect(new Map(found.map((finding) => [finding.id, finding]))).toEqual(
      new Map(together.findings.map((finding) => [finding.id, finding])),
    );
    expect(together.findings.some(({ checkId }) => checkId === 'cross-account-admin-reach')).toBe(true);
    for (const [account, hub] of stage.hubs) {
      expect([...hub.findings.keys()].toSorted()).toEqual(
        [...together.findings, ...together.records]
          .filter((item) => item.account === account)
          .map(({ id }) => id)
          .toSorted(),
      );
      expect(hub.findings.get(`iam-vigil/v1/${account}/admin-inventory/${account}`)).toMatchObject({
        RecordState: 'ACTIVE',
        Compliance: { Status: 'PASSED' },
      });
    }
    expect(ending.events).toEqual([
      { Entries: [expect.objectContaining({ Source: 'iam-vigil', DetailType: 'iam-vigil run ended' })] },
    ]);
    expect(reportOf(stage)?.accounts.map(({ account }) => account)).toEqual([...stage.hubs.keys()].toSorted());
  } finally {
    await stage.aws.stop();
  }
});

test('the next night, unchanged, writes no finding', async () => {
  const stage = await setUp(await acme());
  try {
    await run(stage);
    const before = shown(stage);
    const calls = [...stage.hubs.values()].map((hub) => hub.calls.length);
    await run(stage, { id: 'run-2', startedAt: STARTED });
    const since = [...stage.hubs.values()].flatMap((hub, index) => hub.calls.slice(calls[index]).map(({ action }) => action));
    expect(new Set(since)).toEqual(new Set(['GetFindings']));
    expect(shown(stage)).toEqual(before);
  } finally {
    await stage.aws.stop();
  }
});

test('with central delivery every finding is in the hub of the account that scans, and no other hub is asked', async () => {
  const stage = await setUp(await acme());
  try {
    await run(stage, { variables: { IAM_VIGIL_DELIVER: 'central' } });
    const found = accountReports(stage).flatMap(({ findings, records }) => [...findings, ...records]);
    expect(found.length).toBeGreaterThan(50);
    expect(found.filter(({ status }) => status === 'PASSED')).toHaveLength(stage.hubs.size);
    const [central, ...others] = [...stage.hubs.values()];
    expect([...(central?.findings.keys() ?? [])].toSorted()).toEqual(found.map(({ id }) => id).toSorted());
    expect(others.flatMap((hub) => hub.calls)).toEqual([]);
  } finally {
    await stage.aws.stop();
  }
});
