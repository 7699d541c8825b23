import { documentOf } from '../../lambda/scanner/deliver/documents.ts';
import { batchesOf } from '../../lambda/scanner/deliver/batches.ts';
import { costOf, planDelivery } from '../../lambda/scanner/deliver/plan.ts';
import { carryOut, countsOf, deliverToSecurityHub } from '../../lambda/scanner/deliver/security-hub.ts';
import { type Sending, sendAll } from '../../lambda/scanner/deliver/send.ts';
import { type SecurityHub, SecurityHubError } from '../../lambda/scanner/deliver/hub.ts';
import { DAY } from '../../lambda/scanner/model/instant.ts';
import type { AsffFinding } from '../../lambda/scanner/report/asff/finding.ts';
import { resourceIndex } from '../../lambda/scanner/report/asff/resources.ts';
import { collected, unavailable } from '../../lambda/scanner/model/observed.ts';
import { NOW, aRole, identities } from '../support/builders.ts';
import { CHECKS, aFinding, aHub, anAccepted, defaults, deliver, directly, reportOf } from './support.ts';

const options = { ...defaults, now: NOW, checks: CHECKS.map((id) => ({ id })) };

describe('batches', () => {
  test.each<[name: string, items: readonly number[], batches: readonly (readonly number[])[]]>([
    ['nothing', [], []],
    ['one', [1], [[1]]],
    ['as many as fit', [1, 1, 1], [[1, 1, 1]]],
    ['one more', [1, 1, 1, 1], [[1, 1, 1], [1]]],
    ['as large as fits', [5, 5], [[5, 5]]],
    ['larger', [5, 6, 4, 1], [[5], [6, 4], [1]]],
    ['one that alone is too large', [11, 1], [[11], [1]]],
  ])('%s', (_name, items, batches) => {
    expect(batchesOf(items, { count: 3, bytes: { most: 10, of: (item) => item } })).toEqual(batches);
  });

  test('of large findings stay under 6 MB, the limit of the hub', async () => {
    const hub = aHub();
    const policy = 'x'.repeat(131_000);
    const roles = Array.from({ length: 150 }, (_, index) => aRole(`role${index}`, { trustPolicy: policy }));
    const resources = resourceIndex({ identities: collected(identities({ roles })), accessKeys: unavailable('') });
    const findings = roles.map(({ name, arn }) => aFinding(name, { resource: { type: 'AwsIamRole', arn, name } }));
    expect(await deliver(hub, findings, { resources })).toMatchObject({ imported: 150, failed: [] });
    expect(hub.calls.slice(1, -2).map(({ size }) => size)).toEqual([45, 45, 45, 15]);
  });
});

test('a batch is at most 6 MB, including the bytes around the findings', async () => {
  const sent: number[] = [];
  const port = directly(aHub());
  const measured: SecurityHub = {
    ...port,
    import: (findings) => {
      sent.push(Buffer.byteLength(JSON.stringify({ Findings: findings })));
      return port.import(findings);
    },
  };
  // A hundred findings of 60,000 bytes each, commas included: six million, and the envelope.
  const role = (size: number) => aRole('r', { trustPolicy: 'x'.repeat(size) });
  const findingOf = (number: number) =>
    aFinding(`r${1000 + number}`, { resource: { type: 'AwsIamRole', arn: role(1).arn, name: 'r' } });
  const findings = Array.from({ length: 100 }, (_, index) => findingOf(index));
  const withTrust = (size: number) =>
    resourceIndex({ identities: collected(identities({ roles: [role(size)] })), accessKeys: unavailable('') });
  await deliver(measured, findings.slice(0, 1), { resources: withTrust(1) });
  const [one = 0] = sent.splice(0);
  const envelope = '{"Findings":[]}'.length;
  await deliver(
    measured,
    findings.map((finding) => ({ ...finding, message: 'again' + finding.message.slice(5) })),
    {
      resources: withTrust(1 + 60_000 - 1 - (one - envelope)),
      now: NOW + DAY,
    },
  );
  expect(sent.length).toBeGreaterThan(1);
  for (const bytes of sent) expect(bytes).toBeLessThanOrEqual(6_000_000);
  expect(Math.max(...sent)).toBeGreaterThan(5_900_000);
});

describe('the rate', () => {
  test('is three reads and ten writes a second', async () => {
    const waits: number[] = [];
    const sleep = (milliseconds: number) => Promise.resolve(waits.push(milliseconds));
    const hub = aHub();
    await deliver(hub, [aFinding('ann'), anAccepted('bob')], { sleep });
    expect(waits).toEqual([334, 100, 100, 334]);
  });

  test('waits before it retries items that were rejected for a temporary reason', async () => {
    const waits: number[] = [];
    const sleep = (milliseconds: number) => Promise.resolve(waits.push(milliseconds));
    const hub = aHub({ unfoundFor: 100 });
    await deliver(hub, [anAccepted('bob')], { sleep });
    expect(waits).toEqual([334, 100, 100, 1_000, 100, 3_000, 100, 100, 334]);
  });
});

describe('sending', () => {
  const sending = (send: Sending<string>['send']): Sending<string> => ({
    limit: { count: 100 },
    idOf: (id) => id,
    send,
    sleep: () => Promise.resolve(),
  });
  const items = Array.from({ length: 400 }, (_, index) => `id${index}`);

  test('sends at most 300 items alone, and reports the others too', async () => {
    const sizes: number[] = [];
    const refused = await sendAll(
      items,
      sending((batch) => {
        sizes.push(batch.length);
        return Promise.resolve(batch.map((id) => ({ id, code: 'InvalidInput', message: 'no' })));
      }),
    );
    expect(refused.map(({ id }) => id)).toEqual(items);
    expect(sizes).toEqual([100, 100, 100, 100, ...Array<number>(300).fill(1)]);
  });

  test('splits a batch that is rejected as a whole', async () => {
    const refused = await sendAll(
      items.slice(0, 10),
      sending((batch) =>
        batch.includes('id3') ? Promise.reject(new SecurityHubError('invalid', 'bad', undefined)) : Promise.resolve([]),
      ),
    );
    expect(refused).toEqual([{ id: 'id3', code: 'invalid', message: 'bad' }]);
  });

  test('stops at the first call that fails permanently', async () => {
    let calls = 0;
    const refused = await sendAll(
      items,
      sending((batch) => {
        calls += 1;
        if (calls === 1) return Promise.resolve([{ id: batch[0] ?? '', code: 'InternalError', message: '' }]);
        return Promise.reject(new SecurityHubError('failed', 'gone', undefined));
      }),
    );
    expect(calls).toBe(2);
    expect(refused.map(({ code }) => code)).toEqual(['InternalError', ...Array<string>(300).fill('failed')]);
  });

  test('does not hide a bug of ours', async () => {
    await expect(
      sendAll(
        ['a'],
        sending(() => Promise.reject(new TypeError('oops'))),
      ),
    ).rejects.toThrow('oops');
  });
});

test('a plan has the writes and their cost, and writes nothing', async () => {
  const hub = aHub();
  const port = directly(hub);
  await deliver(hub, [aFinding('ann'), aFinding('bob')]);
  const plan = await planDelivery(port, reportOf([aFinding('bob'), anAccepted('cem')], { checks: 3 }), {
    ...options,
    now: NOW + DAY,
  });
  expect(countsOf(plan)).toEqual({ imported: 1, archived: 1, refreshed: 0, suppressed: 1, returned: 0, unchanged: 1 });
  expect(costOf(plan)).toEqual({ writes: 3, dollars: 0.000_09 });
  expect(hub.calls.map(({ action }) => action)).toEqual(['GetFindings', 'BatchImportFindings', 'GetFindings', 'GetFindings']);
  expect(await carryOut(port, plan, options)).toMatchObject({
    imported: 1,
    archived: 1,
    suppressed: 1,
    unchanged: 1,
    failed: [],
  });
});

test('a finding says why its check matters, and links to its page where the configuration has an address', async () => {
  const report = reportOf([aFinding('ann')], { checks: 1 });
  const checks = [{ id: 'admin-user', rationale: 'Credentials of users stay.' }];
  const contentOf = async (docsUrl?: string) => {
    const told = { ...report, ...(docsUrl === undefined ? {} : { docsUrl }) };
    const plan = await planDelivery(directly(aHub()), told, { ...options, checks, now: NOW });
    return plan.import.map((write) => documentOf(write, plan.observedAt))[0];
  };
  const plain = await contentOf();
  expect(plain).toMatchObject({ ProductFields: { 'iam-vigil/Why': 'Credentials of users stay.' } });
  expect(plain).not.toHaveProperty('SourceUrl');
  const linked = await contentOf('https://wiki.example.com/{version}/{check}');
  expect(linked).toMatchObject({ SourceUrl: `https://wiki.example.com/${report.tool.version}/admin-user` });
});

test('an archived finding is sent unchanged, without fields that Security Hub and people added', async () => {
  const hub = aHub();
  const port = directly(hub);
  const sent: AsffFinding[] = [];
  await deliver(hub, [aFinding('ann')]);
  const recording = {
    ...port,
    import: (findings: readonly AsffFinding[]) => {
      sent.push(...findings);
      return port.import(findings);
    },
  };
  await deliverToSecurityHub(recording, reportOf([], { checks: 3, now: NOW + DAY }), { ...options, now: NOW + DAY });
  const [archived] = sent;
  expect(Object.keys(archived?.ProductFields ?? {}).filter((key) => key.startsWith('aws/'))).toEqual([]);
  expect(archived).not.toHaveProperty('Workflow');
  expect(archived).toMatchObject({
    RecordState: 'ARCHIVED',
    Compliance: { Status: 'PASSED' },
    LastObservedAt: '2026-11-21T02:55:00.000Z',
  });
});

test('a stored finding of ours that cannot be read is reported, and written again if the scan still reports it', async () => {
  const hub = aHub();
  const port = directly(hub);
  await deliver(hub, [aFinding('ann')]);
  const broken = { ...port, read: () => Promise.resolve({ findings: [{ Id: aFinding('ann').id, Title: 1 }] }) };
  expect(await deliver(broken, [aFinding('ann')])).toMatchObject({
    imported: 1,
    failed: [{ id: aFinding('ann').id, code: 'unreadable' }],
  });
});

test('an ID is compared in its stored form, even a hostile one', async () => {
  const hub = aHub();
  const hostile = aFinding('ann', { id: `${aFinding('ann').id}\n\u202E\uD800 ` });
  await deliver(hub, [hostile]);
  expect(await deliver(hub, [hostile], { now: NOW + DAY })).toMatchObject({ imported: 0, archived: 0, unchanged: 1 });
});

test('a finding that was not stored is not suppressed either', async () => {
  const hub = aHub({ refuse: () => 'InvalidInput: no' });
  expect(await deliver(hub, [anAccepted('ann')])).toMatchObject({
    imported: 0,
    suppressed: 0,
    failed: [{ code: 'InvalidInput' }],
  });
  expect(hub.calls.map(({ action }) => action)).toEqual(['GetFindings', 'BatchImportFindings', 'BatchImportFindings']);
});
