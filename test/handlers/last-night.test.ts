import { carryOver } from '../../lambda/scanner/facts/carry-over.ts';
import type { SnapshotFile } from '../../lambda/scanner/facts/snapshot-file.ts';
import { parseSnapshot } from '../../lambda/scanner/facts/snapshot.ts';
import type { RawFactName } from '../../lambda/scanner/facts/index.ts';
import { DAY } from '../../lambda/scanner/model/instant.ts';
import { collected, unavailable } from '../../lambda/scanner/model/observed.ts';
import type { Report } from '../../lambda/scanner/model/report.ts';
import { lastNightKey } from '../../lambda/handlers/last-night.ts';
import { NOW } from '../support/builders.ts';
import { LoopbackSecurityHub } from '../support/aws/services/security-hub.ts';
import { type MemoryStore, type Night, memoryStore, night } from './night.ts';
import { NEW_KEY, OWNER, asOf, attacked, listedKeys, quietAccount, withFact } from './planted-key.ts';

let quiet: SnapshotFile;
beforeAll(async () => {
  quiet = await quietAccount();
});

const denied = (file: SnapshotFile, name: RawFactName) => withFact(file, name, unavailable('access was denied', 'iam:X'));

/** Runs one night after the other on one store. */
function sequence(store: MemoryStore = memoryStore(), more: Night = {}) {
  let count = -1;
  return async (file: SnapshotFile, changed: Night = {}) => {
    count += 1;
    const at = NOW + count * DAY;
    const tonight = asOf(file, at);
    const snapshot = parseSnapshot(tonight);
    const collect = () => Promise.resolve({ file: tonight, snapshot });
    const result = await night(snapshot, { ...more, store, at, collect, runId: `run-${count}`, ...changed });
    const reports = store.kept.filter(({ key }) => key.startsWith('reports/'));
    return { result, report: reports.at(-1)?.value as Report };
  };
}

const planted = ({ changes }: Report) => changes.filter(({ headline }) => headline.includes(NEW_KEY));
const hub = () => new LoopbackSecurityHub(quiet.accountId, 'eu-west-1');

test('the first night compares nothing, an unchanged one gives nothing, and the third tells the planted key', async () => {
  const run = sequence();
  expect((await run(quiet)).report.changes).toEqual([]);
  expect((await run(quiet)).report).toMatchObject({ changes: [], notCompared: [] });
  const { report } = await run(attacked(quiet));
  expect(planted(report)).toMatchObject([{ kind: 'access-key-replaced' }]);
  expect((await run(attacked(quiet))).report.changes).toEqual([]);
});

test('an unchanged night writes nothing to Security Hub, and a finding about a change stays open', async () => {
  const all = hub();
  const run = sequence(memoryStore(), { hub: all });
  await run(quiet);
  expect((await run(quiet)).result.delivery).toMatchObject({ imported: 0 });
  await run(attacked(quiet));
  expect((await run(attacked(quiet))).result.delivery).toMatchObject({ imported: 0 });
  const found = [...all.findings.values()].filter(({ GeneratorId }) => GeneratorId.endsWith('access-key-replaced'));
  expect(found).toMatchObject([{ RecordState: 'ACTIVE', Compliance: { Status: 'FAILED' } }]);
});

test('a fact that was denied for a night is compared with its last collected value', async () => {
  const run = sequence();
  await run(quiet);
  const blind = await run(denied(attacked(quiet), 'accessKeys'));
  expect(planted(blind.report)).toEqual([]);
  expect(planted((await run(attacked(quiet))).report)).toHaveLength(1);
});

test('the keys of one user that were denied for a night are too', async () => {
  const hidden = { ...listedKeys(quiet), [OWNER]: { status: 'unavailable', reason: 'throttled' } };
  const run = sequence();
  await run(quiet);
  await run(withFact(quiet, 'accessKeys', collected(hidden)));
  expect(planted((await run(attacked(quiet))).report)).toHaveLength(1);
});

test('a change that could not be delivered is told the next night', async () => {
  const run = sequence();
  await run(quiet);
  const broken = new LoopbackSecurityHub(quiet.accountId, 'eu-west-1', { disabledAfter: 0 });
  expect(planted((await run(attacked(quiet), { hub: broken })).report)).toHaveLength(1);
  const all = hub();
  await run(attacked(quiet), { hub: all });
  expect([...all.findings.keys()].filter((id) => id.includes(`access-key-replaced`))).toHaveLength(1);
});

describe('what is remembered', () => {
  const key = () => lastNightKey(quiet.accountId);

  test.each<[string, unknown]>([
    ['is no snapshot', { schemaVersion: 99 }],
    ['is null', null],
    [
      'is of another account',
      { schemaVersion: 1, takenAt: '2026-11-19T03:00:00Z', partition: 'aws', accountId: '999999999999', facts: {} },
    ],
  ])('%s: the night goes on, says so, and remembers anew', async (_name, value) => {
    const store = memoryStore();
    store.last.set(key(), value);
    const run = sequence(store);
    const { result } = await run(quiet);
    expect(result).toMatchObject({ complete: false, problems: [expect.stringContaining('so nothing was compared')] });
    expect((await run(quiet)).result.problems).toEqual([]);
  });

  test('is corrupt in one fact: that fact is not compared, and the others are', async () => {
    const store = memoryStore();
    const run = sequence(store);
    await run(quiet);
    const last = store.last.get(key()) as SnapshotFile;
    store.last.set(key(), withFact(last, 'samlProviders', collected('nonsense')));
    const { report, result } = await run(attacked(quiet));
    expect(planted(report)).toHaveLength(1);
    expect(report.notCompared?.map(({ part }) => part)).toEqual(['identity-providers']);
    expect(result.problems).toEqual([]);
  });

  test('cannot be stored: the night is incomplete, and says so', async () => {
    const store = memoryStore(['last' as never]);
    const { result } = await sequence(store)(quiet);
    expect(result).toMatchObject({
      complete: false,
      problems: [
        'the snapshot for the next night could not be stored in the bucket: Access Denied',
        'what was told could not be stored in the bucket: Access Denied',
      ],
    });
  });

  test('is not answered for a night: that night says so, and the next one tells what changed meanwhile', async () => {
    const store = memoryStore();
    const run = sequence(store);
    await run(quiet);
    const failing = { ...store, find: () => Promise.reject(new Error('SlowDown: Please reduce your request rate')) };
    const { result } = await run(attacked(quiet), { store: failing });
    expect(result).toMatchObject({
      complete: false,
      problems: [
        'the snapshot of the earlier nights cannot be read, so nothing was compared: SlowDown: Please reduce your request rate',
        'what was told before cannot be read, so only changes are told: SlowDown: Please reduce your request rate',
      ],
    });
    expect(planted((await run(attacked(quiet))).report)).toHaveLength(1);
  });

  test('is hidden, as S3 hides what does not exist: the first night remembers, and an access that is denied later is told', async () => {
    const store = { ...memoryStore(), find: () => Promise.resolve({ status: 'hidden' } as const) };
    const run = sequence(store);
    expect((await run(quiet)).result.problems).toEqual([]);
    expect((await run(quiet)).result.problems).toEqual([
      'the snapshot of the earlier nights exists and cannot be read, so nothing was compared: access was denied',
      'what was told before exists and cannot be read: access was denied',
    ]);
  });
});

describe('the last collected values', () => {
  test('are those of tonight, in which what is gone is gone', () => {
    expect(carryOver(undefined, quiet)).toBe(quiet);
    expect(carryOver(quiet, attacked(quiet)).facts).toEqual(attacked(quiet).facts);
  });

  test('have the time at which the identities were collected', () => {
    const later = { ...quiet, takenAt: '2026-11-21T03:00:00Z' };
    expect(carryOver(quiet, later).takenAt).toBe(later.takenAt);
    expect(carryOver(quiet, denied(later, 'identities')).takenAt).toBe(quiet.takenAt);
    expect(carryOver(quiet, denied(later, 'passwordPolicy')).takenAt).toBe(later.takenAt);
  });

  test('survive a snapshot that lacks facts', () => {
    const bare = { ...quiet, facts: {} as SnapshotFile['facts'] };
    expect(carryOver(quiet, bare).facts).toEqual(quiet.facts);
    expect(carryOver(bare, quiet).facts).toEqual(quiet.facts);
  });
});
