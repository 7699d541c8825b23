import type { SnapshotFile } from '../../../lambda/scanner/facts/snapshot-file.ts';
import { LoopbackSecurityHub } from '../../support/aws/services/security-hub.ts';
import { silently } from '../silently.ts';
import { type FakeOrganization, copyOf, run } from './fake-organization.ts';
import { DEVELOPMENT, MANAGEMENT, quietOrganization, sampleAccounts, withPlantedKey } from './planted-key.ts';
import { REGION, accountReportsIn, sample } from './machine.ts';

jest.setTimeout(120_000);
silently();

const nights = ['2026-11-20T03:00:00.000Z', '2026-11-21T03:00:00.000Z', '2026-11-22T03:00:00.000Z', '2026-11-23T03:00:00.000Z'];
const [first, second, third, fourth] = nights.map((startedAt, index) => ({ id: `night-${index + 1}`, startedAt }));

let accounts: readonly SnapshotFile[];
let afterFirst: FakeOrganization;
beforeAll(async () => {
  accounts = await sampleAccounts();
  afterFirst = quietOrganization(accounts);
  await run(afterFirst, first);
});

/** The organization without its own SCPs. */
function withoutOwnScps(fake: FakeOrganization): FakeOrganization {
  const organization = sample('organization.json') as {
    readonly Policies: readonly { readonly PolicySummary: { readonly AwsManaged: boolean } }[];
  };
  const kept = organization.Policies.filter(({ PolicySummary }) => PolicySummary.AwsManaged);
  return { ...fake, organization: { ...organization, Policies: kept } };
}

const withHub = (fake: FakeOrganization, hub: LoopbackSecurityHub): FakeOrganization => ({
  ...fake,
  hubs: new Map([...fake.hubs, [hub.account, hub]]),
});

const changesIn = (fake: FakeOrganization, id: string) => accountReportsIn(fake.stored, id).flatMap(({ changes }) => changes);

test('three nights: the second is quiet, and the third tells the planted key and the detached SCPs, each in its account', async () => {
  const quiet = copyOf(afterFirst);
  await run(quiet, second);
  expect(changesIn(quiet, 'night-1')).toEqual([]);
  expect(changesIn(quiet, 'night-2')).toEqual([]);
  expect(accountReportsIn(quiet.stored, 'night-2').flatMap(({ notCompared = [] }) => notCompared)).toEqual([]);

  const attacked = withoutOwnScps(withPlantedKey(quiet, accounts));
  await run(attacked, third);
  const told = changesIn(attacked, 'night-3').map(({ account, severity, kind }) => `${account} ${severity} ${kind}`);
  expect(told).toEqual(expect.arrayContaining([`${DEVELOPMENT} HIGH access-key-added`, `${MANAGEMENT} HIGH guardrail-weakened`]));
  const message = changesIn(attacked, 'night-3').find(({ kind }) => kind === 'access-key-added')?.message;
  expect(message).toBe('Its user is, or can become, administrator, also in account 444455556666.');
});

test('an account that could not be scanned for a night is compared with the night before', async () => {
  const quiet = copyOf(afterFirst);
  quiet.shut.add(DEVELOPMENT);
  await run(quiet, second);
  quiet.shut.delete(DEVELOPMENT);
  const attacked = withPlantedKey(quiet, accounts);
  await run(attacked, third);
  expect(changesIn(attacked, 'night-3').map(({ kind }) => kind)).toContain('access-key-added');
});

test.each<[string, (stored: Map<string, unknown>) => unknown, boolean]>([
  ['corrupt', (stored) => stored.set('last/organization.json.gz', 'nonsense'), true],
  // The first run did not end.
  ['not there', (stored) => stored.delete('last/organization.json.gz'), false],
])(
  'a memory of the organization that is %s costs one comparison: the next night tells what changed meanwhile',
  async (_name, spoil, isTold) => {
    const quiet = copyOf(afterFirst);
    spoil(quiet.stored);
    const attacked = withPlantedKey(quiet, accounts);
    const ending = await run(attacked, second);
    expect(
      JSON.stringify(ending).includes('the organization of the earlier nights cannot be read, so nothing was compared'),
    ).toBe(isTold);
    await run(attacked, third);
    expect(changesIn(attacked, 'night-3').map(({ kind }) => kind)).toContain('access-key-added');
  },
);

/** Fails the first time that something is stored under the outcome of an account, as a function does that is killed just before. */
function killedBeforeTheOutcome({ stored }: FakeOrganization, account: string) {
  let isKilled = false;
  return jest.spyOn(stored, 'set').mockImplementation(function (this: Map<string, unknown>, key, value) {
    if (!isKilled && key.endsWith(`/outcomes/${account}.json.gz`)) {
      isKilled = true;
      throw new Error('Runtime exited without providing a reason');
    }
    return Map.prototype.set.call(this, key, value) as Map<string, unknown>;
  });
}

const planted = (fake: FakeOrganization) =>
  [...(fake.hubs.get(DEVELOPMENT)?.everything ?? [])]
    .filter(({ Id }) => Id.includes('new-credential-on-admin'))
    .map(({ RecordState }) => RecordState);

test('a delivery that is killed after it remembered the account, and tried again, tells what the first try told', async () => {
  const quiet = copyOf(afterFirst);
  const attacked = withPlantedKey(quiet, accounts);
  const killed = killedBeforeTheOutcome(attacked, DEVELOPMENT);
  await run(attacked, second);
  killed.mockRestore();
  expect(changesIn(attacked, 'night-2').map(({ kind }) => kind)).toContain('access-key-added');
  expect(attacked.messages.at(-1)?.text).toContain('Its user is, or can become, administrator');
  expect(planted(attacked)).toEqual(['ACTIVE']);
  await run(attacked, third);
  expect(changesIn(attacked, 'night-3')).toEqual([]);
});

test('what changed before a run that was stopped after its deliveries is told by the run that replaces it', async () => {
  const quiet = copyOf(afterFirst);
  const attacked = withPlantedKey(quiet, accounts);
  const stopped = await run(attacked, {
    ...second,
    around: (name, task) => (input) => (name === 'Summarize' ? Promise.reject(new Error('stopped')) : task(input)),
  });
  expect(stopped).toHaveProperty('error');
  await run(attacked, third);
  expect(changesIn(attacked, 'night-3').map(({ kind }) => kind)).toContain('access-key-added');
  expect(attacked.messages.at(-1)?.text).toContain('Its user is, or can become, administrator');
  await run(attacked, fourth);
  expect(changesIn(attacked, 'night-4')).toEqual([]);
});

test('SCPs that were detached in a night that could not be delivered are told the next night', async () => {
  const quiet = copyOf(afterFirst);
  const attacked = withoutOwnScps(quiet);
  await run(withHub(attacked, new LoopbackSecurityHub(MANAGEMENT, REGION, { disabledAfter: 0 })), second);
  await run(attacked, third);
  expect(changesIn(attacked, 'night-3').map(({ kind }) => kind)).toContain('guardrail-weakened');
});
