import { withinTime } from '../../lambda/handlers/within-time.ts';
import { openSecurityHub } from '../../lambda/scanner/deliver/aws-security-hub.ts';
import type { SecurityHub } from '../../lambda/scanner/deliver/hub.ts';
import { deliverToSecurityHub } from '../../lambda/scanner/deliver/security-hub.ts';
import type { Finding } from '../../lambda/scanner/model/finding.ts';
import { DAY } from '../../lambda/scanner/model/instant.ts';
import { environmentFor, withEnvironment } from '../support/aws/environment.ts';
import { startLoopbackAws } from '../support/aws/loopback-aws.ts';
import type { Quirks } from '../support/aws/quirks.ts';
import { type LoopbackSecurityHub, withSecurityHub } from '../support/aws/services/security-hub.ts';
import { smallAccount } from '../support/aws/small-account.ts';
import { ACCOUNT, NOW } from '../support/builders.ts';
import { volume } from '../support/volume.ts';
import { CHECKS, REGION, aFinding, aHub, anAccepted, anUnknown, defaults, deliver, directly, reportOf } from './support.ts';

const users = (count: number, from = 0): readonly Finding[] =>
  Array.from({ length: count }, (_, index) => aFinding(`user${String(from + index).padStart(5, '0')}`));

const night = (count: number) => ({ now: NOW + count * DAY });

/** Calls the hub through the SDK, over a network with the given faults. */
async function overNetwork<T>(hub: LoopbackSecurityHub, quirks: Quirks, run: (port: SecurityHub) => Promise<T>): Promise<T> {
  const aws = await startLoopbackAws(smallAccount, withSecurityHub(quirks, hub));
  try {
    return await withEnvironment(environmentFor(aws.endpoint), () => run(openSecurityHub({ region: REGION })));
  } finally {
    await aws.stop();
  }
}

const active = (hub: LoopbackSecurityHub) =>
  [...hub.findings.values()].filter(({ RecordState }) => RecordState === 'ACTIVE').map(({ Id }) => Id);

const ids = (findings: readonly Finding[]) => findings.map(({ id }) => id);

/** Delivers three nights; the second has half of the findings of the first. Compares with what must be stored then. */
async function threeNights(hub: LoopbackSecurityHub, quirks: Quirks = {}): Promise<void> {
  const [old, still, fresh] = [users(60), users(60, 60), users(60, 120)];
  await overNetwork(hub, quirks, async (port) => {
    expect(await deliver(port, [...old, ...still])).toMatchObject({ imported: 120, failed: [] });
    expect(await deliver(port, [...still, ...fresh], night(1))).toMatchObject({ imported: 60, archived: 60, failed: [] });
    expect(await deliver(port, [...still, ...fresh], night(2))).toMatchObject({ imported: 0, archived: 0, unchanged: 180 });
  });
  expect(new Set(active(hub))).toEqual(new Set(ids([...still, ...fresh])));
}

describe('nothing is lost and nothing wrongly archived', () => {
  test('through the SDK, with nothing wrong', async () => {
    const hub = aHub();
    await threeNights(hub);
    // Reads: an empty page, then 120 and 180 findings at 100 a page. Writes: 120, then 60 new and 60 fixed, each read back.
    expect(hub.calls.map(({ action, size }) => `${action} ${size}`)).toEqual([
      ...['GetFindings 0', 'BatchImportFindings 100', 'BatchImportFindings 20', 'GetFindings 0', 'GetFindings 0'],
      ...[
        'GetFindings 0',
        'GetFindings 0',
        'BatchImportFindings 100',
        'BatchImportFindings 20',
        'GetFindings 0',
        'GetFindings 0',
      ],
      ...['GetFindings 0', 'GetFindings 0'],
    ]);
  });

  test('when every request is throttled twice', async () => {
    const hub = aHub();
    const delivery = overNetwork(hub, { throttling: { rate: 1, burst: 2 } }, (port) => deliver(port, users(120)));
    // Every request is counted, the throttled too.
    expect(await delivery).toMatchObject({ imported: 120, failed: [], calls: 3 * 5 });
    expect(hub.findings.size).toBe(120);
  }, 60_000);

  test('when every request is throttled for some time: retries succeed', async () => {
    const hub = aHub();
    const delivery = await overNetwork(hub, { throttledFor: volume({ usual: 6_000, full: 30_000 }) }, (port) =>
      deliver(port, users(120)),
    );
    expect(delivery).toMatchObject({ imported: 120, failed: [] });
    expect(active(hub)).toHaveLength(120);
  }, 180_000);

  test(
    'when the clock of the machine differs by years from that of AWS: the SDK corrects it, and updates are newer',
    () => threeNights(aHub(), { time: '2031-01-01T00:00:00Z' }),
    60_000,
  );

  test('when connections are cut before and during the answers', () => threeNights(aHub(), { cutConnections: 1 }), 60_000);

  test('when pages are short', () => threeNights(aHub({ pageSize: 7 })));

  test('when one of a hundred is rejected once: it is sent again', async () => {
    const hub = aHub({ refuse: (id, attempt) => (id.endsWith('50') && attempt === 1 ? 'InternalError: oh' : undefined) });
    expect(await deliver(hub, users(100))).toMatchObject({ imported: 100, failed: [] });
    expect(hub.calls.slice(1, -1).map(({ size }) => size)).toEqual([100, 1]);
  });

  test('when one of a hundred is always rejected: it is sent alone, reported, and retried the next night', async () => {
    const hub = aHub({ refuse: (id) => (id.endsWith('50') ? 'InvalidInput: no' : undefined) });
    const [, refused] = [users(100), users(1, 50)[0]];
    const delivery = await deliver(hub, users(100));
    expect(delivery).toMatchObject({
      imported: 99,
      failed: [{ id: refused?.id, code: 'InvalidInput', message: 'InvalidInput: no' }],
    });
    expect(hub.calls.slice(1, -1).map(({ size }) => size)).toEqual([100, 1]);
    hub.quirks = {};
    expect(await deliver(hub, users(100), night(1))).toMatchObject({ imported: 1, unchanged: 99, failed: [] });
  });

  test('when an archive update is rejected: the finding stays open, and is archived the next night', async () => {
    const hub = aHub();
    await deliver(hub, users(3));
    hub.quirks = { refuse: (id) => (id.endsWith('1') ? 'InvalidInput: no' : undefined) };
    expect(await deliver(hub, [], night(1))).toMatchObject({ archived: 2, failed: [{ code: 'InvalidInput' }] });
    hub.quirks = {};
    expect(await deliver(hub, [], night(2))).toMatchObject({ archived: 1, failed: [] });
  });

  test.each([true, false])(
    'when the hub is disabled during the delivery (finding by finding: %s): the rest is reported and delivered later',
    async (refusesEach) => {
      const hub = aHub({ disabledAfter: 2, refusesEach });
      const delivery = await deliver(hub, users(250));
      expect(delivery).toMatchObject({ imported: 100, archived: 0 });
      expect(delivery.failed.map(({ id }) => id)).toEqual(ids(users(150, 100)));
      expect(delivery.unseen).toBe(100);
      expect(hub.calls).toHaveLength(4);
      hub.quirks = {};
      expect(await deliver(hub, users(250), night(1))).toMatchObject({ imported: 150, unchanged: 100, failed: [] });
    },
  );

  test('when a call fails as a whole: the error names the call and the status', async () => {
    const off = await overNetwork(aHub({ disabledAfter: 1 }), {}, (port) => deliver(port, users(2)));
    expect(off.failed[0]?.message).toMatch(
      /^securityhub:BatchImportFindings failed with HTTP status 4\d\d: InvalidAccessException: /,
    );
  });

  test('when the network fails during the delivery', async () => {
    const hub = aHub();
    const port = directly(hub);
    const dying: SecurityHub = {
      ...port,
      import: (findings) =>
        hub.calls.length < 2 ? port.import(findings) : directly(aHub({ disabledAfter: 0 })).import(findings),
    };
    expect(await deliver(dying, users(250))).toMatchObject({ imported: 100, failed: { length: 150 } });
    expect(await deliver(hub, users(250), night(1))).toMatchObject({ imported: 150, unchanged: 100 });
  });

  test('when the time of the function runs out during the delivery: the rest is reported and delivered the next night', async () => {
    const hub = aHub();
    await deliver(hub, users(50));
    const time = new AbortController();
    const port = directly(hub);
    const slow: SecurityHub = {
      ...port,
      import: async (findings) => {
        const refused = await port.import(findings);
        if (hub.calls.length >= 5) time.abort();
        return refused;
      },
    };
    const tonight = users(350, 10);
    const delivery = await deliver(withinTime(slow, time.signal), tonight, night(1));
    expect(delivery).toMatchObject({ archived: 0, unchanged: 40 });
    expect(delivery.imported + delivery.failed.length).toBe(310 + 10);
    expect(delivery.failed.length).toBeGreaterThan(100);
    for (const { code, message } of delivery.failed) expect([code, message]).toEqual(['failed', expect.stringMatching(/time/)]);
    expect(await deliver(hub, tonight, night(2))).toMatchObject({ archived: 10, failed: [] });
    expect(new Set(active(hub))).toEqual(new Set(ids(tonight)));
  });

  test('when every fact is denied', async () => {
    const hub = aHub();
    await deliver(hub, users(20));
    const unknowns = CHECKS.map((check) => anUnknown(check));
    expect(await deliver(hub, unknowns, night(1))).toMatchObject({ imported: 3, archived: 0 });
    expect(active(hub)).toHaveLength(23);
  });

  test('when the same night is run twice at once', async () => {
    const hub = aHub();
    await deliver(hub, users(150));
    const findings = [...users(100, 50), anAccepted('new')];
    await Promise.all([deliver(hub, findings, night(1)), deliver(hub, findings, { now: NOW + DAY + 5 })]);
    expect(new Set(active(hub))).toEqual(new Set(ids(findings)));
    expect(await deliver(hub, findings, night(2))).toMatchObject({ imported: 0, archived: 0, suppressed: 0, failed: [] });
  });

  test('when reads do not show the latest writes yet', async () => {
    const hub = aHub({ lag: 4 });
    await deliver(hub, users(30));
    await deliver(hub, users(30, 10), { now: NOW + 60_000 });
    await deliver(hub, users(30, 10), { now: NOW + 120_000 });
    hub.quirks = {};
    await deliver(hub, users(30, 10), night(1));
    expect(new Set(active(hub))).toEqual(new Set(ids(users(30, 10))));
    expect(await deliver(hub, users(30, 10), night(2))).toMatchObject({ imported: 0, archived: 0 });
  });

  test('when the hub accepts what it does not show: it is told, and delivered the next night', async () => {
    const hub = aHub();
    const port = directly(hub);
    const forgetful: SecurityHub = { ...port, import: () => Promise.resolve([]) };
    expect(await deliver(forgetful, users(3))).toMatchObject({ imported: 3, unseen: 3, failed: [] });
    expect(await deliver(hub, users(3), night(1))).toMatchObject({ imported: 3, unseen: 0, failed: [] });
    const late = aHub({ lag: 2 });
    expect(await deliver(late, users(3))).toMatchObject({ imported: 3, unseen: 0, failed: [] });
  });

  test('when what was imported cannot be read back', async () => {
    const hub = aHub({ disabledAfter: 2 });
    expect(await deliver(hub, users(3))).toMatchObject({ imported: 3, unseen: 3, failed: [] });
  });

  test('when an update does not find a finding that was just imported', async () => {
    const hub = aHub({ unfoundFor: 2 });
    expect(await deliver(hub, [anAccepted('ann')])).toMatchObject({ suppressed: 1, failed: [] });
    const slow = aHub({ unfoundFor: 100 });
    expect(await deliver(slow, [anAccepted('ann')])).toMatchObject({ imported: 1, suppressed: 0, pending: 1, failed: [] });
    slow.quirks = {};
    expect(await deliver(slow, [anAccepted('ann')], night(1))).toMatchObject({
      imported: 0,
      suppressed: 1,
      pending: 0,
      failed: [],
    });
  });

  test('when the clock of an earlier run was ahead: updates are still newer', async () => {
    const hub = aHub();
    await deliver(hub, users(3), night(30));
    expect(await deliver(hub, users(2), night(1))).toMatchObject({ archived: 1, failed: [] });
    expect(active(hub)).toHaveLength(2);
    expect(hub.findings.get(users(1, 2)[0]?.id ?? '')?.UpdatedAt).toBe('2026-12-20T03:00:00.001Z');
  });

  test('when old data is delivered late, or copied today: it is refused, and nothing is written', async () => {
    const hub = aHub();
    await deliver(hub, users(3));
    await deliver(hub, users(2), night(5));
    const late = deliverToSecurityHub(directly(hub), reportOf(users(1), { now: NOW + DAY, checks: CHECKS.length }), {
      ...defaults,
      checks: CHECKS.map((id) => ({ id })),
      now: NOW + 6 * DAY,
    });
    await expect(late).rejects.toThrow(/data of account \d+ is of 2026-11-21T.*Security Hub has findings of 2026-11-25T/);
    expect(active(hub)).toEqual(ids(users(2)));
  });

  test('when data contains no date: it is refused', async () => {
    const undated = deliverToSecurityHub(directly(aHub()), reportOf(users(1), { now: 300_000, checks: CHECKS.length }), {
      ...defaults,
      checks: CHECKS.map((id) => ({ id })),
      now: NOW,
    });
    await expect(undated).rejects.toThrow('contain no date');
  });

  test('with very many findings, in the minimum number of calls', async () => {
    const hub = aHub();
    const count = volume({ usual: 2_000, full: 20_000 });
    const pages = count / 100;
    const many = users(count);
    expect(await deliver(hub, many)).toMatchObject({ imported: count, unseen: 0, failed: [], calls: 1 + 2 * pages });
    expect(await deliver(hub, many, night(1))).toMatchObject({ imported: 0, unchanged: count, calls: 1 + 3 * pages });
    const fixed = deliver(hub, many.slice(1_000), night(2));
    expect(await fixed).toMatchObject({ archived: 1_000, unchanged: count - 1_000, calls: 1 + 4 * pages + 20 });
  }, 180_000);
});

describe('what is not ours', () => {
  const theirs = (change: object) => async (hub: LoopbackSecurityHub) => {
    const before = aHub();
    await deliver(before, users(1));
    for (const finding of before.findings.values()) hub.put({ ...finding, ...change });
  };
  const id = 'AIDAX';

  test.each<[name: string, change: object]>([
    ['another product', { ProductArn: `arn:aws:securityhub:${REGION}::product/prowler/prowler` }],
    ['another account, seen from the administrator', { AwsAccountId: '999999999999' }],
    ['another Region, seen from the aggregation Region', { Region: 'us-east-1' }],
    ['an older scheme of ids', { Id: `iam-vigil/v0/${ACCOUNT}/admin-user/${id}` }],
    ['an id that only begins alike', { Id: `iam-vigil/v1/${ACCOUNT}0/admin-user/${id}` }],
    ['a removed check', { Id: `iam-vigil/v1/${ACCOUNT}/gone-check/${id}` }],
    ['findings of another tool under the default product', { Id: `custom/${id}`, GeneratorId: 'admin-user' }],
  ])('is left alone: %s', async (_name, change) => {
    const hub = aHub();
    await theirs(change)(hub);
    const before = hub.everything;
    expect(await deliver(hub, [], night(10))).toMatchObject({ imported: 0, archived: 0, refreshed: 0 });
    expect(hub.everything).toEqual(before);
  });
});

describe('what is rejected before anything is written', () => {
  test('a hub that is not enabled: the error says what to run, immediately', async () => {
    const message =
      /Security Hub is not enabled in account 111122223333, Region eu-west-1\..* aws securityhub enable-security-hub .*--region eu-west-1/;
    await overNetwork(aHub({ disabledAfter: 0 }), {}, async (port) => {
      await expect(deliver(port, users(1))).rejects.toThrow(message);
      expect(port.calls()).toBe(1);
    });
  });

  test('missing permissions, by name', async () => {
    const denied = overNetwork(aHub(), { deny: ['securityhub:GetFindings'] }, (port) => deliver(port, users(1)));
    await expect(denied).rejects.toThrow(
      /securityhub:BatchImportFindings, securityhub:BatchUpdateFindings, securityhub:GetFindings/,
    );
  });

  const options = { ...defaults, now: NOW, checks: CHECKS.map((id) => ({ id })) };
  const report = reportOf(users(3), { checks: CHECKS.length });

  test.each([
    ['an account that is not in the report', report, { ...options, account: '999999999999' }, /does not contain account/],
    ['findings that were filtered out', { ...report, findings: users(2) }, options, /does not contain all findings/],
    ['checks that did not run', report, { ...options, checks: [{ id: 'admin-user' }] }, /has 3 checks, but 1 checks were given/],
  ])('a report that would close findings that are not fixed: %s', async (_name, given, how, message) => {
    const hub = aHub();
    await deliver(hub, users(3));
    const before = hub.calls.length;
    await expect(deliverToSecurityHub(directly(hub), given, how)).rejects.toThrow(message);
    expect(hub.calls).toHaveLength(before);
  });

  test('a page token that is repeated', async () => {
    const port: SecurityHub = { ...directly(aHub()), read: () => Promise.resolve({ findings: [], next: 'again' }) };
    await expect(deliver(port, [])).rejects.toThrow('the same page token twice');
  });
});
