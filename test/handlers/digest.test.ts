import type { SnapshotFile } from '../../lambda/scanner/facts/snapshot-file.ts';
import { parseSnapshot } from '../../lambda/scanner/facts/snapshot.ts';
import { defaultConfig } from '../../lambda/scanner/config.ts';
import type { BusEvent, Message } from '../../lambda/scanner/deliver/aws-messages.ts';
import { DAY } from '../../lambda/scanner/model/instant.ts';
import { unavailable } from '../../lambda/scanner/model/observed.ts';
import type { RunEnded } from '../../lambda/handlers/run-ended.ts';
import { NOW } from '../support/builders.ts';
import { LoopbackSecurityHub } from '../support/aws/services/security-hub.ts';
import { type Night, memoryStore, night } from './night.ts';
import { NEW_KEY, OWNER, asOf, attacked, quietAccount } from './planted-key.ts';
import { runEndedSchema } from './run-ended-schema.ts';

let quiet: SnapshotFile;
beforeAll(async () => {
  quiet = await quietAccount();
});

const blind = (file: SnapshotFile): SnapshotFile => ({
  ...file,
  facts: { ...file.facts, accessKeys: unavailable('access to iam:ListAccessKeys was denied', 'iam:ListAccessKeys') },
});

/** Runs one night after the other on one store, and keeps what was sent. */
function sequence(store = memoryStore()) {
  const [events, messages]: [BusEvent[], Message[]] = [[], []];
  let count = -1;
  const run = async (file: SnapshotFile, changed: Night = {}) => {
    count += 1;
    const at = NOW + count * DAY;
    const tonight = asOf(file, at);
    const snapshot = parseSnapshot(tonight);
    const sent = [events.length, messages.length] as const;
    const { problems } = await night(snapshot, {
      ...{ store, at, runId: `run-${count}`, hub: new LoopbackSecurityHub(file.accountId, 'eu-west-1') },
      collect: () => Promise.resolve({ file: tonight, snapshot }),
      sendEvent: (event) => Promise.resolve(void events.push(event)),
      publish: (message) => Promise.resolve(void messages.push(message)),
      ...changed,
    });
    const [event] = events.slice(sent[0]);
    return { problems, event: event?.detail as RunEnded | undefined, messages: messages.slice(sent[1]) };
  };
  return { run, events, messages };
}

const told = ({ event }: { readonly event: RunEnded | undefined }) =>
  event?.digest.items.map(({ what, checkId, key }) => `${what} ${checkId} ${key.split('/').at(-1) ?? ''}`);

test('a quiet night sends one event and no message; the planted key is told once, with what its holder can do', async () => {
  const { run, events } = sequence();
  // The first night tells no finding but that root was used.
  expect(told(await run(quiet))).toEqual(['new root-used-recently root']);
  expect(await run(quiet)).toMatchObject({ messages: [], event: { digest: { changed: false, text: '' } }, problems: [] });
  const attack = await run(attacked(quiet));
  expect(told(attack)).toContain(`new access-key-replaced ${NEW_KEY}`);
  expect(attack.messages).toEqual([{ subject: attack.event?.digest.title, text: attack.event?.digest.text }]);
  expect(attack.messages[0]?.text).toContain(`Access key ${NEW_KEY} of IAM user ${OWNER} replaces`);
  expect((await run(attacked(quiet))).messages).toEqual([]);
  expect(events).toHaveLength(4);
  for (const { source, type, detail } of events) {
    expect([source, type]).toEqual(['iam-vigil', 'iam-vigil run ended']);
    expect(() => runEndedSchema.parse(detail)).not.toThrow();
  }
});

test('what a blind night does not find is not fixed, and what it could not read is told once', async () => {
  const { run } = sequence();
  await run(quiet);
  const first = await run(blind(quiet));
  expect(first.event?.digest.counts).toMatchObject({ new: 0, worse: 0, fixed: 0 });
  expect(told(first)).toEqual(['unseen fact-unavailable accessKeys']);
  expect((await run(blind(quiet))).event?.digest.changed).toBe(false);
  expect((await run(quiet)).event?.digest.changed).toBe(false);
});

test.each(['sendEvent', 'publish'] as const)(
  'what could not be sent (%s) is told the next night, with the same keys',
  async (port) => {
    const { run } = sequence();
    await run(quiet);
    const failing = await run(attacked(quiet), { [port]: () => Promise.reject(new Error('Throttling: Rate exceeded')) });
    expect(failing.problems).toEqual([
      expect.stringContaining('about what changed could not be sent: Throttling: Rate exceeded'),
    ]);
    const next = await run(attacked(quiet));
    expect(told(next)).toContain(`new access-key-replaced ${NEW_KEY}`);
    if (failing.event !== undefined) expect(next.event?.digest.key).toBe(failing.event.digest.key);
    expect((await run(attacked(quiet))).event?.digest.changed).toBe(false);
  },
);

test('what was told that cannot be read costs one night, in which only changes are told', async () => {
  const store = memoryStore();
  const { run } = sequence(store);
  await run(quiet);
  store.last.set(`last/told/${quiet.accountId}.json.gz`, { checks: 'nonsense' });
  const { problems, event } = await run(attacked(quiet));
  expect(problems).toEqual(['what was told before cannot be read, so only changes are told']);
  expect(event?.digest.items.map(({ checkId }) => checkId)).toContain('access-key-replaced');
  expect(event?.digest.items.every(({ message }) => message !== undefined)).toBe(true);
  expect((await run(attacked(quiet))).problems).toEqual([]);
});

test('what could not be sent that cannot be read is not told, and the run says so once', async () => {
  const store = memoryStore();
  const { run } = sequence(store);
  await run(quiet);
  store.last.set('last/told.json.gz', { untold: 'nonsense' });
  const next = await run(attacked(quiet));
  expect(next.problems).toEqual(['what could not be sent before cannot be read, so it is not told']);
  expect(told(next)).toContain(`new access-key-replaced ${NEW_KEY}`);
  expect((await run(attacked(quiet))).problems).toEqual([]);
});

test('what an earlier version told in one object for all accounts is moved, and nothing is told twice', async () => {
  const store = memoryStore();
  const { run } = sequence(store);
  const own = `last/told/${quiet.accountId}.json.gz`;
  await run(quiet);
  const other = { checks: ['admin-user'], findings: {} };
  store.last.set('last/told.json.gz', {
    accounts: { [quiet.accountId]: store.last.get(own), '444455556666': other },
    untold: [],
  });
  store.last.delete(own);
  const attack = await run(attacked(quiet));
  expect(told(attack)).toContain(`new access-key-replaced ${NEW_KEY}`);
  expect(told(attack)).not.toContain('new root-used-recently root');
  // The account that the run did not scan stays until it is.
  expect(store.last.get('last/told.json.gz')).toEqual({ accounts: { '444455556666': other }, untold: [] });
  expect((await run(attacked(quiet))).event?.digest.changed).toBe(false);
});

test('what was told is not written again if nothing changed, and no object waits for the next digest', async () => {
  const store = memoryStore();
  const { run } = sequence(store);
  await run(quiet, { at: NOW });
  const before = store.last.get(`last/told/${quiet.accountId}.json.gz`);
  await run(quiet, { at: NOW });
  expect(before).toBeDefined();
  expect(store.last.get(`last/told/${quiet.accountId}.json.gz`)).toBe(before);
  expect(store.last.has('last/told.json.gz')).toBe(false);
});

test('a finding that could neither be sent nor kept for the next digest is told the next night', async () => {
  const store = memoryStore();
  const { run } = sequence(store);
  await run(quiet);
  const unanswered = (key: string) =>
    key === 'last/told.json.gz' ? Promise.reject(new Error('SlowDown: Rate')) : store.find(key);
  const rejected = () => Promise.reject(new Error('Throttling: Rate exceeded'));
  await run(attacked(quiet), { store: { ...store, find: unanswered }, sendEvent: rejected });
  // The change itself is in Security Hub: the snapshot with which the next night compares was remembered before.
  expect(told(await run(attacked(quiet)))).toContain(`new access-key-exposes-data ${NEW_KEY}`);
});

test('without a topic there is no message, and the event tells it', async () => {
  const { run } = sequence();
  await run(quiet);
  expect(told(await run(attacked(quiet), { publish: undefined }))).toContain(`new access-key-replaced ${NEW_KEY}`);
});

test('a finding that an exception accepts is not told; it is new when the exception ends', async () => {
  const { run } = sequence();
  const exception = { check: 'admin-user', principal: '*', reason: 'being replaced', owner: 'ops', expires: NOW + 30 * DAY };
  const accepting: Night = { config: { ...defaultConfig, exceptions: [exception] } };
  await run(quiet);
  // Accepting a finding fixes nothing.
  expect((await run(quiet, accepting)).event?.digest).toMatchObject({ changed: false, items: [] });
  expect((await run(quiet, accepting)).event?.digest.changed).toBe(false);
  const ended = await run(quiet);
  expect(ended.event?.digest.counts.new).toBeGreaterThan(0);
  expect(new Set(ended.event?.digest.items.map(({ what, checkId }) => `${what} ${checkId}`))).toEqual(
    new Set(['new admin-user']),
  );
});
