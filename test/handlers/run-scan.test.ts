import { setTimeout as wait } from 'node:timers/promises';
import { SecurityHubError } from '../../lambda/scanner/deliver/hub.ts';
import { DAY } from '../../lambda/scanner/model/instant.ts';
import type { Report } from '../../lambda/scanner/model/report.ts';
import type { Snapshot } from '../../lambda/scanner/facts/snapshot.ts';
import { unavailable } from '../../lambda/scanner/model/observed.ts';
import { factsFor } from '../../lambda/scanner/permissions.ts';
import { directly } from '../deliver/support.ts';
import { LoopbackSecurityHub } from '../support/aws/services/security-hub.ts';
import { NOW } from '../support/builders.ts';
import { lastNightKey } from '../../lambda/handlers/last-night.ts';
import { account, hubOf, memoryStore, night } from './night.ts';

let snapshot: Snapshot;

beforeAll(async () => {
  snapshot = await account();
});

const states = (hub: LoopbackSecurityHub) => [...hub.findings].map(([id, { RecordState }]) => [id, RecordState]).toSorted();
const kindOf = ({ key }: { readonly key: string }) => key.split('/')[0];
const writesOf = (hub: LoopbackSecurityHub) => hub.calls.filter(({ action }) => action !== 'GetFindings');

describe('a night', () => {
  test('stores the snapshot and the report, delivers every finding and the record, and reports it', async () => {
    const [hub, store] = [hubOf(snapshot), memoryStore()];
    const result = await night(snapshot, { hub, store });
    expect(store.kept.map(({ key }) => key)).toEqual(
      ['snapshots', 'reports'].map((kind) => `${kind}/${snapshot.accountId}/2026-11-20/030000Z-run-1.json.gz`),
    );
    const report = store.kept[1]?.value as Report;
    expect(report.findings.length).toBeGreaterThan(20);
    expect(report.records).toHaveLength(1);
    expect([...hub.findings.keys()].toSorted()).toEqual([...report.findings, ...report.records].map(({ id }) => id).toSorted());
    expect(result).toMatchObject({
      ...{ account: snapshot.accountId, problems: [], summary: report.summary, complete: report.complete },
      delivery: { imported: report.findings.length + 1, failed: 0, unchanged: 0 },
    });
  });

  test('stores the report as a page, always under the same key, and the record of admins has its address', async () => {
    const [hub, store] = [hubOf(snapshot), memoryStore()];
    await night(snapshot, { hub, store });
    const key = `reports/${snapshot.accountId}/latest.html`;
    expect([...store.pages]).toEqual([[key, expect.stringMatching(/^<!doctype html>[^]*<\/html>\n$/)]]);
    const address = `https://console.example/${key}`;
    const addressed = [...hub.findings.values()].filter(({ SourceUrl }) => SourceUrl === address);
    expect(addressed).toMatchObject([
      { GeneratorId: 'admin-inventory', Remediation: { Recommendation: { Url: address } }, RecordState: 'ACTIVE' },
    ]);
    const imports = writesOf(hub).length;
    await night(snapshot, { hub, store, at: NOW + DAY, runId: 'run-2' });
    expect([store.pages.size, writesOf(hub).length]).toEqual([1, imports]);
  });

  // A run that is killed in between is made again, and finds no change between tonight and tonight.
  test('remembers the night only after what changed is told', async () => {
    const store = memoryStore();
    const sent: boolean[] = [];
    const sendEvent = () => {
      sent.push(store.last.has(lastNightKey(snapshot.accountId)));
      return Promise.resolve();
    };
    await night(snapshot, { store, sendEvent });
    expect(sent).toEqual([false]);
    expect(store.last.has(lastNightKey(snapshot.accountId))).toBe(true);
  });

  test('asks for what the checks need, and for nothing else', async () => {
    const asked: unknown[] = [];
    const checks = [{ id: 'a', needs: ['passwordPolicy'] as const }] as never;
    const collect = ({ facts, now }: { readonly facts: unknown; readonly now: number }) => {
      asked.push(facts, now);
      return Promise.reject(new Error('enough'));
    };
    await expect(night(snapshot, { collect, checks })).rejects.toThrow('enough');
    expect(asked).toEqual([factsFor(checks), NOW]);
  });

  test('without a hub it delivers nothing, and is complete if everything was evaluated', async () => {
    const store = memoryStore();
    const result = await night(snapshot, { store });
    expect(result).toMatchObject({ delivery: undefined, problems: [] });
    expect(result.complete).toBe((store.kept[1]?.value as Report).complete);
  });

  test('with an unavailable fact is incomplete, and names it', async () => {
    const blind = { ...snapshot, facts: { ...snapshot.facts, passwordPolicy: unavailable('access to iam:X was denied') } };
    const result = await night(blind);
    expect(result).toMatchObject({ complete: false, problems: [] });
    expect(result.unknown).toContainEqual('password-policy-weak: Not evaluated: passwordPolicy: access to iam:X was denied');
  });
});

test('a night without the list of admins does not change the stored record, and reports it', async () => {
  const hub = hubOf(snapshot);
  await night(snapshot, { hub });
  const record = () => hub.findings.get(`iam-vigil/v1/${snapshot.accountId}/admin-inventory/${snapshot.accountId}`);
  const before = record();
  expect(before).toMatchObject({ RecordState: 'ACTIVE', Compliance: { Status: 'PASSED' } });
  const blind = { ...snapshot, facts: { ...snapshot.facts, mfaDevices: unavailable('access to iam:X was denied') } };
  const result = await night(blind, { hub, at: NOW + DAY, runId: 'run-2' });
  expect(record()).toEqual(before);
  expect(result).toMatchObject({ complete: false, problems: [] });
  expect(result.unknown).toContainEqual('admin-inventory: Not evaluated: mfaDevices: access to iam:X was denied');
});

describe('what does not work', () => {
  test('Security Hub is not enabled: the report is stored, the scan is incomplete, and the problem says what to run', async () => {
    const [hub, store] = [new LoopbackSecurityHub(snapshot.accountId, 'eu-west-1', { disabledAfter: 0 }), memoryStore()];
    const result = await night(snapshot, { hub, store });
    expect(store.kept.map(kindOf)).toEqual(['snapshots', 'reports']);
    expect(result).toMatchObject({ complete: false, delivery: undefined });
    expect(result.problems).toEqual([expect.stringContaining('aws securityhub enable-security-hub')]);
  });

  test('Security Hub is disabled during the delivery: the rejected findings are counted, with the reason', async () => {
    const hub = new LoopbackSecurityHub(snapshot.accountId, 'eu-west-1', { disabledAfter: 1 });
    const { complete, problems, delivery } = await night(snapshot, { hub });
    expect([complete, hub.findings.size, delivery?.imported]).toEqual([false, 0, 0]);
    expect(problems).toEqual([expect.stringContaining(`Security Hub rejected findings (${delivery?.failed ?? 0}): not-enabled`)]);
  });

  test.each(['snapshot', 'report'] as const)(
    'the %s cannot be stored: the other is stored, and the findings are delivered',
    async (kept) => {
      const [hub, store] = [hubOf(snapshot), memoryStore([kept])];
      const result = await night(snapshot, { hub, store });
      expect(store.kept.map(kindOf)).toEqual([kept === 'report' ? 'snapshots' : 'reports']);
      expect(hub.findings.size).toBeGreaterThan(20);
      expect(result).toMatchObject({
        complete: false,
        problems: [`the ${kept} could not be stored in the bucket: Access Denied`],
      });
    },
  );

  test('the page cannot be stored: all else is, and the problem is told', async () => {
    const [hub, store] = [hubOf(snapshot), memoryStore(['page'])];
    const result = await night(snapshot, { hub, store });
    expect(store.kept.map(kindOf)).toEqual(['snapshots', 'reports']);
    expect(hub.findings.size).toBeGreaterThan(20);
    expect(result).toMatchObject({ complete: false, problems: ['the page could not be stored in the bucket: Access Denied'] });
  });

  test('an unexpected error is thrown after the report was stored', async () => {
    const store = memoryStore();
    const hub = { ...directly(hubOf(snapshot)), read: () => Promise.reject(new TypeError('a bug')) };
    await expect(night(snapshot, { hub, store })).rejects.toThrow(new TypeError('a bug'));
    expect(store.kept.map(kindOf)).toEqual(['snapshots', 'reports']);
  });
});

describe('the end of its time', () => {
  test('the collector must stop three minutes before the end, or immediately if less time is left', async () => {
    const left = async (remaining: number) => {
      let until: AbortSignal | undefined;
      const collect = (wanted: { readonly until: AbortSignal }) => {
        ({ until } = wanted);
        return Promise.reject(new Error('enough'));
      };
      await expect(night(snapshot, { collect, remaining: () => remaining })).rejects.toThrow('enough');
      await wait(50);
      return until?.aborted;
    };
    expect([await left(180_001), await left(100), await left(183_000)]).toEqual([true, true, false]);
  });

  test('a delivery stops fifteen seconds before the end and reports what is missing; the next scan delivers it', async () => {
    const hub = hubOf(snapshot);
    const slow = { ...directly(hub), import: () => wait(60_000, [], { ref: false }) };
    const cut = await night(snapshot, { hub: slow, remaining: () => 15_200 });
    expect(cut.complete).toBe(false);
    expect(cut.delivery).toMatchObject({ imported: 0 });
    expect(cut.problems).toEqual([
      expect.stringMatching(/Security Hub rejected findings \(\d+\): failed: the scan ran out of time/),
    ]);
    const next = await night(snapshot, { hub, at: NOW + 1000, runId: 'run-2' });
    expect(next.delivery?.imported).toBe(hub.findings.size);
  });

  test('without time to read the stored findings, nothing is written', async () => {
    const hub = hubOf(snapshot);
    const result = await night(snapshot, { hub, remaining: () => 100 });
    expect(result.problems).toEqual(['no findings were delivered: the scan ran out of time; the next scan delivers the rest']);
    expect(hub.calls).toEqual([]);
  });

  test('a hub that fails within the time reports its own error', async () => {
    const failure = new SecurityHubError('denied', 'AccessDeniedException: no', undefined);
    const hub = { ...directly(hubOf(snapshot)), read: () => Promise.reject(failure) };
    const { problems } = await night(snapshot, { hub });
    expect(problems).toEqual([expect.stringContaining('access to Security Hub was denied')]);
  });
});

describe('the same night twice', () => {
  test('one after the other: the second writes no finding, and stores its own report', async () => {
    const [hub, store] = [hubOf(snapshot), memoryStore()];
    await night(snapshot, { hub, store });
    const before = [states(hub), writesOf(hub).length];
    const second = await night(snapshot, { hub, store, at: NOW + 60_000, runId: 'run-2' });
    expect([states(hub), writesOf(hub).length]).toEqual(before);
    expect(second.delivery).toMatchObject({ imported: 0, archived: 0, refreshed: 0, unchanged: hub.findings.size });
    expect(store.kept.map(({ key }) => /run-\d/.exec(key)?.[0])).toEqual(['run-1', 'run-1', 'run-2', 'run-2']);
  });

  test('at the same time: each finding exists once, and none is archived', async () => {
    const [hub, alone] = [hubOf(snapshot), hubOf(snapshot)];
    await night(snapshot, { hub: alone });
    const both = await Promise.all(['run-1', 'run-2'].map((runId) => night(snapshot, { hub, runId })));
    expect(states(hub)).toEqual(states(alone));
    expect(both.map(({ problems }) => problems)).toEqual([[], []]);
  });
});
