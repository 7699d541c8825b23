import { planSchema } from '../../../lambda/handlers/organization/state.ts';
import type { SnapshotFile } from '../../../lambda/scanner/facts/snapshot-file.ts';
import { silently } from '../silently.ts';
import { type FakeOrganization, type FakeRunOptions, copyOf, run } from './fake-organization.ts';
import { type Played, accountReportsIn, reportIn, shown } from './machine.ts';
import { DEVELOPMENT, MANAGEMENT, quietOrganization, sampleAccounts, withPlantedKey } from './planted-key.ts';
import { eventOf, told } from './told.ts';

jest.setTimeout(120_000);
silently();

const PRODUCTION = '444455556666';
const SANDBOX = '888822224444';

/** The runs are hours apart, so that nothing becomes too old from one to the next. */
const at = (hour: number, options: FakeRunOptions = {}): FakeRunOptions => ({
  ...{ id: `run-${hour}`, startedAt: `2026-11-20T0${hour}:00:00.000Z` },
  ...options,
});
/** A run that reads these accounts. */
const partAt = (hour: number, accounts: readonly string[], options: FakeRunOptions = {}) =>
  at(hour, { ...options, input: { accounts } });

let accounts: readonly SnapshotFile[];
let afterNight: FakeOrganization;
beforeAll(async () => {
  accounts = await sampleAccounts();
  afterNight = quietOrganization(accounts);
  afterNight.shut.add(SANDBOX);
  await run(afterNight, at(3));
});

const scanned = ({ stored }: FakeOrganization, id: string) =>
  [...stored.keys()].filter((key) => key.startsWith('snapshots/') && key.includes(`-${id}.`)).map((key) => key.split('/')[1]);
const evaluated = ({ stored }: FakeOrganization, id: string) => accountReportsIn(stored, id).map(({ account }) => account);
const changesIn = ({ stored }: FakeOrganization, id: string) =>
  accountReportsIn(stored, id).flatMap(({ changes }) => changes.map(({ kind }) => kind));
const PLANTED = `new ${DEVELOPMENT} new-credential-on-admin`;

test('a planted key is told by the run that reads its account, and not again at night', async () => {
  const attacked = withPlantedKey(copyOf(afterNight), accounts);
  const messages = attacked.messages.length;
  const part = await run(attacked, partAt(4, [DEVELOPMENT]));
  expect(told(part)).toContain(PLANTED);
  expect(scanned(attacked, 'run-4')).toEqual([DEVELOPMENT]);
  expect(attacked.messages).toHaveLength(messages + 1);
  expect(attacked.messages.at(-1)?.text).toContain(
    `Read again after a change: ${DEVELOPMENT}. Other changes follow in the nightly run.`,
  );
  expect(attacked.messages.at(-1)?.text.split('\n').at(-1)).toMatch(/^Report: /);
  const night = await run(attacked, at(5));
  expect(eventOf(night).digest.changed).toBe(false);
  expect(attacked.messages).toHaveLength(messages + 1);
});

test('a run over an account that did not change tells nothing, writes no finding, and has the results of all accounts', async () => {
  const quiet = copyOf(afterNight);
  const before = shown(quiet);
  const calls = [...quiet.hubs.values()].map((hub) => hub.calls.length);
  const event = eventOf(await run(quiet, partAt(4, [DEVELOPMENT])));
  const since = [...quiet.hubs.values()].flatMap((hub, index) => hub.calls.slice(calls[index]).map(({ action }) => action));
  expect(new Set(since)).toEqual(new Set(['GetFindings']));
  expect(shown(quiet)).toEqual(before);
  const night = reportIn(quiet.stored, 'run-3');
  const { planned, scanned: count, notScanned, undelivered, failed, unknown, farthest } = night ?? {};
  expect(event).toMatchObject({ planned, scanned: count, notScanned, undelivered, failed, unknown, farthest });
  expect(event).toMatchObject({ readAgain: [DEVELOPMENT], digest: { changed: false, text: '' } });
  expect(event.headline).toBe(`1 of 4 accounts read again; ${night?.headline ?? ''}`);
  expect(reportIn(quiet.stored, 'run-4')?.accounts.map(({ account }) => account)).toEqual(
    night?.accounts.map(({ account }) => account),
  );
  expect(evaluated(quiet, 'run-4')).toEqual([MANAGEMENT, DEVELOPMENT]);
});

test('a run that reads every account finds what a nightly run finds', async () => {
  const [part, night] = [withPlantedKey(copyOf(afterNight), accounts), withPlantedKey(copyOf(afterNight), accounts)];
  const all = [MANAGEMENT, PRODUCTION, DEVELOPMENT, SANDBOX];
  const [after, usual] = [await run(part, partAt(4, all)), await run(night, at(4))];
  expect(shown(part)).toEqual(shown(night));
  expect(told(after)).toEqual(told(usual));
});

/** Production trusts another account in place of development. */
function withClosedProduction(fake: FakeOrganization): FakeOrganization {
  const production = fake.accounts.get(PRODUCTION);
  if (production === undefined) throw new Error('there is no production');
  const closed = JSON.parse(JSON.stringify(production).replaceAll(DEVELOPMENT, '123456789012')) as SnapshotFile;
  return { ...fake, accounts: new Map([...fake.accounts, [PRODUCTION, closed]]) };
}

const openReach = ({ hubs }: FakeOrganization) =>
  [...(hubs.get(DEVELOPMENT)?.everything ?? [])].filter(
    ({ Id, RecordState }) => Id.includes('/cross-account-admin-reach/') && RecordState === 'ACTIVE',
  ).length;

test('an account whose access to the changed account ends is evaluated again from what was read at night', async () => {
  const closed = withClosedProduction(copyOf(afterNight));
  const before = openReach(closed);
  await run(closed, partAt(4, [PRODUCTION]));
  expect(scanned(closed, 'run-4')).toEqual([PRODUCTION]);
  expect(evaluated(closed, 'run-4')).toContain(DEVELOPMENT);
  expect(openReach(closed)).toBeLessThan(before);
  const [part, night] = [shown(closed), withClosedProduction(copyOf(afterNight))];
  await run(night, at(4));
  expect(part).toEqual(shown(night));
});

test('after two runs over different accounts each has its latest results', async () => {
  const attacked = withPlantedKey(withClosedProduction(copyOf(afterNight)), accounts);
  const closed = withClosedProduction(attacked);
  await run(closed, partAt(4, [PRODUCTION]));
  expect(told(await run(closed, partAt(5, [DEVELOPMENT])))).toContain(PLANTED);
  const night = withClosedProduction(withPlantedKey(copyOf(afterNight), accounts));
  await run(night, at(5));
  const { failed, farthest } = reportIn(night.stored, 'run-5') ?? {};
  expect(reportIn(closed.stored, 'run-5')).toMatchObject({ failed, farthest });
  expect(eventOf(await run(closed, at(6))).digest.changed).toBe(false);
});

test('an account whose role can no longer be assumed is told, its findings stay, and the next run knows it still', async () => {
  const quiet = copyOf(afterNight);
  quiet.shut.add(DEVELOPMENT);
  const inDevelopment = () => shown({ hubs: new Map([...quiet.hubs].filter(([account]) => account === DEVELOPMENT)) });
  const before = inDevelopment();
  const part = await run(quiet, partAt(4, [DEVELOPMENT]));
  expect(told(part)).toEqual([`unseen ${MANAGEMENT} account-not-scanned`]);
  expect(inDevelopment()).toEqual(before);
  const next = eventOf(await run(quiet, partAt(5, [PRODUCTION])));
  expect(next.notScanned.map(({ account }) => account)).toEqual([DEVELOPMENT, SANDBOX]);
  expect(next.digest.changed).toBe(false);
  quiet.shut.delete(DEVELOPMENT);
  const last = eventOf(await run(quiet, partAt(6, [DEVELOPMENT])));
  expect(last.notScanned.map(({ account }) => account)).toEqual([SANDBOX]);
});

const stoppedAtItsEnd: FakeRunOptions['around'] = (name, task) =>
  name === 'Summarize' ? () => Promise.reject(new Error('stopped')) : task;

test('a run that is stopped at its end loses nothing: the night tells it, also after a run over another account', async () => {
  const attacked = withPlantedKey(copyOf(afterNight), accounts);
  expect(await run(attacked, partAt(4, [DEVELOPMENT], { around: stoppedAtItsEnd }))).toHaveProperty('error');
  expect(told(await run(attacked, partAt(5, [PRODUCTION])))).toEqual([]);
  expect(told(await run(attacked, at(6)))).toContain(PLANTED);
});

test('what a stopped run delivered is not closed from what was read before it', async () => {
  const attacked = withClosedProduction(withPlantedKey(copyOf(afterNight), accounts));
  await run(attacked, partAt(4, [DEVELOPMENT], { around: stoppedAtItsEnd }));
  const inDevelopment = () => shown({ hubs: new Map([...attacked.hubs].filter(([account]) => account === DEVELOPMENT)) });
  const before = inDevelopment();
  // The access of development ends. What was read of it at night has not the planted key.
  const next = withClosedProduction(attacked);
  const event = eventOf(await run(next, partAt(5, [PRODUCTION])));
  expect(inDevelopment()).toEqual(before);
  expect(event.undelivered.map(({ account }) => account)).toEqual([DEVELOPMENT]);
  expect(told(await run(next, at(6)))).toContain(PLANTED);
});

test('an account with a problem is not taken for told', async () => {
  const attacked = withPlantedKey(copyOf(afterNight), accounts);
  await run(attacked, partAt(4, [DEVELOPMENT], { around: stoppedAtItsEnd }));
  const hub = attacked.hubs.get(DEVELOPMENT);
  if (hub) hub.quirks = { disabledAfter: 0 };
  await run(attacked, at(5));
  if (hub) hub.quirks = {};
  await run(attacked, at(6));
  expect(changesIn(attacked, 'run-6')).toContain('access-key-added');
});

test('a run that ends after a later one keeps the later results', async () => {
  const attacked = withPlantedKey(copyOf(afterNight), accounts);
  let night: Played | undefined;
  const meanwhile: FakeRunOptions['around'] = (name, task) => async (input) => {
    if (name === 'Summarize') night = await run(attacked, at(5));
    return task(input);
  };
  const part = await run(attacked, partAt(4, [DEVELOPMENT], { around: meanwhile }));
  expect([...told(night ?? part), ...told(part)].filter((line) => line === PLANTED)).toHaveLength(1);
  const { runs } = attacked.stored.get('last/organization.json.gz') as { readonly runs: readonly { readonly id: string }[] };
  expect(runs.map(({ id }) => id)).toEqual(['run-5']);
});

/** Plays only the first state, and returns the accounts that it lists for the second. */
async function plannedIn(fake: FakeOrganization, options: FakeRunOptions): Promise<readonly string[]> {
  const onlyPlan: FakeRunOptions['around'] = (name, task) => (input) =>
    name === 'Plan' ? task(input) : Promise.reject(new Error('enough'));
  await run(fake, { ...options, around: onlyPlan });
  const [scans] = [...fake.stored].filter(([key]) => key.endsWith(`-${options.id ?? ''}/scans.jsonl`)).map(([, lines]) => lines);
  return (scans as readonly { readonly account: string }[] | undefined)?.map(({ account }) => account) ?? [];
}

const everyone = [MANAGEMENT, PRODUCTION, DEVELOPMENT, SANDBOX];

test.each<[string, unknown, readonly string[], readonly string[]]>([
  ['no input', {}, everyone, []],
  ['any other input', ['accounts'], everyone, []],
  ['an account', { accounts: [DEVELOPMENT], more: 1 }, [DEVELOPMENT], []],
  ['an account twice', { accounts: [DEVELOPMENT, DEVELOPMENT] }, [DEVELOPMENT], []],
  ['an account of others besides', { accounts: ['999999999999', DEVELOPMENT] }, [DEVELOPMENT], ['999999999999']],
  ['only accounts of others', { accounts: ['999999999999'] }, everyone, ['999999999999']],
  ['no account', { accounts: [] }, [], []],
  ['a path in place of an account', { accounts: ['../../etc'] }, [], []],
  ['a text in place of a list', { accounts: DEVELOPMENT }, [], []],
])('accounts to read: %s', async (_name, input, planned, warned) => {
  const quiet = copyOf(afterNight);
  expect(await plannedIn(quiet, at(4, { input }))).toEqual(planned);
  expect(quiet.warned).toEqual(warned);
});

test('an execution that began before the state machine sent its input reads all accounts', () => {
  const execution = { id: 'run-4', startedAt: '2026-11-20T04:00:00.000Z' };
  expect(planSchema.parse({ run: execution }).accounts).toBeUndefined();
});

test('an account that no run has read is read too', async () => {
  const memory = afterNight.stored.get('last/organization.json.gz') as {
    readonly runs: readonly { readonly read: readonly string[] }[];
  };
  const runs = memory.runs.map((of) => ({ ...of, read: of.read.filter((account) => account !== SANDBOX) }));
  const joined = copyOf(afterNight);
  joined.stored.set('last/organization.json.gz', { ...memory, runs });
  expect(await plannedIn(joined, partAt(4, [DEVELOPMENT]))).toEqual([DEVELOPMENT, SANDBOX]);
});

test.each<[string, (stored: Map<string, unknown>) => unknown]>([
  ['there was no night before', (stored) => stored.delete('last/organization.json.gz')],
  ['what it kept cannot be read', (stored) => stored.set('last/organization.json.gz', 'nonsense')],
])('all accounts are read if %s', async (_name, spoil) => {
  const spoilt = copyOf(afterNight);
  spoil(spoilt.stored);
  expect(await plannedIn(spoilt, partAt(4, [DEVELOPMENT]))).toEqual(everyone);
});
