import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { handler as scanMember } from '../../../lambda/handlers/organization/scan-member.ts';
import { readAccountFolder } from '../../../lambda/scanner/collect/read-account-folder.ts';
import { defaultConfig } from '../../../lambda/scanner/config.ts';
import { parseOrganization } from '../../../lambda/scanner/facts/organization-parts/organization-snapshot.ts';
import { parseSnapshot } from '../../../lambda/scanner/facts/snapshot.ts';
import { membersOf } from '../../../lambda/scanner/organization/planned-accounts.ts';
import { scan } from '../../../lambda/scanner/scan.ts';
import { silently } from '../silently.ts';
import { type RunOptions, STARTED, accountReportsIn, reportIn, sample, shown, snapshotsIn } from './machine.ts';
import { run, setUp, storedIn } from './run.ts';
import { aFakeOrganization, enabledChecks, run as runFake } from './fake-organization.ts';

jest.setTimeout(120_000);
const printed = silently();

const SANDBOX = '888822224444';
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
  return { management, accounts, organization: sample('organization.json') };
}

const metric = (name: string) =>
  printed
    .flatMap((chunk) => chunk.split('\n'))
    .filter((line) => line.includes('CloudWatchMetrics'))
    .map((line) => (JSON.parse(line) as Readonly<Record<string, unknown>>)[name])
    .filter((value) => value !== undefined);

test('a run over the sample finds what a scan of all its accounts together finds, and delivers each where it belongs', async () => {
  const { management, ...cast } = await acme();
  const stage = await setUp({ home: management, ...cast });
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
      snapshotsIn(storedIn(stage)).map((file) => parseSnapshot(file)),
      {
        ...{ checks: enabledChecks, config: defaultConfig, now, version: '0.0.0', organization, ...membersOf(organization) },
        failures: new Map([[SANDBOX, reason]]),
      },
    );
    const found = accountReportsIn(storedIn(stage)).flatMap(({ findings }) => findings);
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
    expect([metric('AccountsNotScanned'), metric('IncompleteRuns')]).toEqual([[1], [1]]);
    expect(reportIn(storedIn(stage))?.accounts.map(({ account }) => account)).toEqual([...stage.hubs.keys()].toSorted());

    // The next night AWS is slow, and the time is up a second after the scans begin.
    stage.quirks.slowness = 200;
    const around: RunOptions['around'] = (name, task) => (input) => {
      if (name === 'Correlate') stage.quirks.slowness = 0;
      return task(input);
    };
    await run(stage, { id: 'run-2', remaining: 121_000, around });
    const [first, second] = [reportIn(storedIn(stage)), reportIn(storedIn(stage), 'run-2')];
    expect(second?.planned).toBe(4);
    expect([second?.notScanned.length, second?.unknown]).not.toEqual([1, first?.unknown]);
  } finally {
    await stage.aws.stop();
  }
});

test('the report of the organization counts a principal from one other account', async () => {
  const fake = await fakeSample();
  await runFake(fake);
  const reaching = accountReportsIn(fake.stored)
    .flatMap(({ findings }) => findings)
    .filter(({ checkId, status, resource }) => {
      return checkId === 'cross-account-admin-reach' && status === 'FAILED' && resource.type !== 'AwsAccount';
    });
  expect(reaching.map(({ evidence }) => evidence['accountCount'])).toContain(1);
  const told = reportIn(fake.stored)?.farthest.map(({ arn }) => arn);
  expect(told).toEqual(expect.arrayContaining(reaching.map(({ resource }) => resource.arn)));
});

/** The sample without a network. */
async function fakeSample() {
  const { management, ...cast } = await acme();
  const fake = aFakeOrganization({ home: management.accountId, ...cast });
  fake.shut.add(SANDBOX);
  return fake;
}

test('the next night, unchanged, writes no finding', async () => {
  const fake = await fakeSample();
  await runFake(fake);
  const before = shown(fake);
  const calls = [...fake.hubs.values()].map((hub) => hub.calls.length);
  await runFake(fake, { id: 'run-2', startedAt: STARTED });
  const since = [...fake.hubs.values()].flatMap((hub, index) => hub.calls.slice(calls[index]).map(({ action }) => action));
  expect(new Set(since)).toEqual(new Set(['GetFindings']));
  expect(shown(fake)).toEqual(before);
});

test('a night on which accounts cannot be scanned closes no finding on admin access through them', async () => {
  const fake = await fakeSample();
  await runFake(fake);
  const reachIn = () =>
    [...fake.hubs.values()].flatMap((hub) =>
      [...hub.findings.values()].flatMap(({ Id, RecordState, Compliance }) =>
        Id.includes('/cross-account-admin-reach/') || Id.includes('/admin-access-key-unguarded/')
          ? [`${Id} ${RecordState} ${Compliance?.Status ?? ''}`]
          : [],
      ),
    );
  const before = reachIn();
  expect(before.filter((line) => /reach.*ACTIVE FAILED/.test(line)).length).toBeGreaterThan(3);
  fake.shut.add('444455556666').add('111122223333');
  await runFake(fake, { id: 'run-2', startedAt: STARTED });
  expect(reachIn()).toEqual(before);
});

test('once they are scanned again, what is fixed is closed', async () => {
  const { management, ...cast } = await acme();
  const fake = aFakeOrganization({ home: management.accountId, ...cast });
  await runFake(fake);
  const reach = 'iam-vigil/v1/777788889999/cross-account-admin-reach/';
  const open = () =>
    [...(fake.hubs.get('777788889999')?.findings.values() ?? [])].filter(
      ({ Id, RecordState }) => Id.startsWith(reach) && RecordState === 'ACTIVE',
    ).length;
  const before = open();
  const production = fake.accounts.get('444455556666');
  if (production === undefined) throw new Error('there is no production');
  const text = JSON.stringify(production).replaceAll('777788889999', '123456789012');
  const fixed = JSON.parse(text.replaceAll('"accountId":"123456789012"', '"accountId":"444455556666"')) as typeof production;
  (fake.accounts as Map<string, typeof production>).set('444455556666', fixed);
  await runFake(fake, { id: 'run-2', startedAt: STARTED });
  expect(open()).toBeLessThan(before);
});

test('with central delivery every finding is in the hub of the account that scans, and no other hub is asked', async () => {
  const fake = await fakeSample();
  await runFake(fake, { deliver: 'central' });
  const found = accountReportsIn(fake.stored).flatMap(({ findings, records }) => [...findings, ...records]);
  expect(found.length).toBeGreaterThan(50);
  expect(found.filter(({ status }) => status === 'PASSED')).toHaveLength(fake.hubs.size);
  const [central, ...others] = [...fake.hubs.values()];
  expect([...(central?.findings.keys() ?? [])].toSorted()).toEqual(found.map(({ id }) => id).toSorted());
  expect(others.flatMap((hub) => hub.calls)).toEqual([]);
});

test.each([
  ['no run', {}],
  [
    'a run that would lie in the folder of another',
    { run: { id: '../run-1', startedAt: '2026-11-20T03:00:00Z' }, account: SANDBOX },
  ],
  ['an id of an account that is none', { run: { id: 'run', startedAt: '2026-11-20T03:00:00Z' }, account: '../../etc' }],
])('a state that is told %s refuses', async (_name, sent) => {
  const invocation = {
    awsRequestId: '1',
    invokedFunctionArn: 'arn:aws:lambda:eu-west-1:111122223333:function:x',
    getRemainingTimeInMillis: () => 1,
  };
  await expect(scanMember(sent, invocation)).rejects.toThrow(/run|account/);
});
