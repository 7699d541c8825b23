import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { readAccountFolder } from '../../../lambda/scanner/collect/read-account-folder.ts';
import type { SnapshotFile } from '../../../lambda/scanner/facts/snapshot-file.ts';
import type { Json } from '../../../lambda/scanner/model/json.ts';
import { collected } from '../../../lambda/scanner/model/observed.ts';
import { silently } from '../silently.ts';
import { type FakeOrganization, aFakeOrganization, run } from './fake-organization.ts';
import { accountReportsIn, sample } from './machine.ts';

jest.setTimeout(120_000);
silently();

const CI = 'ci-deployer';
const DEVELOPMENT = '777788889999';
const MANAGEMENT = '111122223333';

const read = async (name: string): Promise<SnapshotFile> => {
  const folder = path.resolve('examples/acme', name);
  return readAccountFolder(folder, (await readdir(folder)).toSorted());
};

interface Keys {
  readonly value: { readonly AccessKeyMetadata: readonly { readonly CreateDate: string }[] };
}

/** The development account in which the pipeline has only its first key. */
function withFirstKey(file: SnapshotFile): SnapshotFile {
  const { accessKeys } = file.facts;
  if (accessKeys.status === 'unavailable') throw new Error('the sample has changed');
  const listed = accessKeys.value as unknown as Readonly<Record<string, Keys>>;
  const [first] = (listed[CI]?.value.AccessKeyMetadata ?? []).toSorted((a, b) => (a.CreateDate < b.CreateDate ? -1 : 1));
  const own = collected({ AccessKeyMetadata: [first] });
  return { ...file, facts: { ...file.facts, accessKeys: collected({ ...listed, [CI]: own } as unknown as Json) } };
}

let accounts: readonly SnapshotFile[];
beforeAll(async () => {
  accounts = await Promise.all(['management', 'production', 'development'].map(read));
});

const withAccount = (fake: FakeOrganization, file: SnapshotFile): FakeOrganization => ({
  ...fake,
  accounts: new Map([...fake.accounts, [file.accountId, file]]),
});

const changesIn = (fake: FakeOrganization, id: string) => accountReportsIn(fake.stored, id).flatMap(({ changes }) => changes);
const nights = ['2026-11-20T03:00:00.000Z', '2026-11-21T03:00:00.000Z', '2026-11-22T03:00:00.000Z'];
const [first, second, third] = nights.map((startedAt, index) => ({ id: `night-${index + 1}`, startedAt }));

test('three nights: the second is quiet, and the third tells the planted key and the detached SCPs, each in its account', async () => {
  const [, , development] = accounts;
  if (!development) throw new Error('the sample has changed');
  const quiet = aFakeOrganization({
    ...{ home: MANAGEMENT, organization: sample('organization.json') },
    accounts: accounts.map((file) => (file.accountId === DEVELOPMENT ? withFirstKey(file) : file)),
  });
  await run(quiet, first);
  await run(quiet, second);
  expect(changesIn(quiet, 'night-1')).toEqual([]);
  expect(changesIn(quiet, 'night-2')).toEqual([]);
  expect(accountReportsIn(quiet.stored, 'night-2').flatMap(({ notCompared = [] }) => notCompared)).toEqual([]);

  const organization = sample('organization.json') as {
    readonly Policies: readonly { readonly PolicySummary: { readonly AwsManaged: boolean } }[];
  };
  const kept = organization.Policies.filter(({ PolicySummary }) => PolicySummary.AwsManaged);
  const attacked = { ...withAccount(quiet, development), organization: { ...organization, Policies: kept } as unknown as Json };
  await run(attacked, third);
  const told = changesIn(attacked, 'night-3').map(({ account, severity, kind }) => `${account} ${severity} ${kind}`);
  expect(told).toEqual(expect.arrayContaining([`${DEVELOPMENT} HIGH access-key-added`, `${MANAGEMENT} HIGH guardrail-weakened`]));
  const message = changesIn(attacked, 'night-3').find(({ kind }) => kind === 'access-key-added')?.message;
  expect(message).toBe('Its user is, or can become, administrator, also in account 444455556666.');
});

test('an account that could not be scanned for a night is compared with the night before', async () => {
  const [, , development] = accounts;
  if (!development) throw new Error('the sample has changed');
  const quiet = aFakeOrganization({
    ...{ home: MANAGEMENT, organization: sample('organization.json') },
    accounts: accounts.map((file) => (file.accountId === DEVELOPMENT ? withFirstKey(file) : file)),
  });
  await run(quiet, first);
  quiet.shut.add(DEVELOPMENT);
  await run(quiet, second);
  quiet.shut.delete(DEVELOPMENT);
  const attacked = withAccount(quiet, development);
  await run(attacked, third);
  expect(changesIn(attacked, 'night-3').map(({ kind }) => kind)).toContain('access-key-added');
});

test('a corrupt memory of the organization costs one comparison, and the night says so', async () => {
  const fake = aFakeOrganization({ home: MANAGEMENT, organization: sample('organization.json'), accounts });
  await run(fake, first);
  fake.stored.set('last/organization.json.gz', 'nonsense');
  const ending = await run(fake, second);
  expect(JSON.stringify(ending)).toContain('the organization of the earlier nights cannot be read, so nothing was compared');
  await run(fake, third);
  expect(accountReportsIn(fake.stored, 'night-3').every(({ notCompared }) => notCompared !== undefined)).toBe(true);
});
