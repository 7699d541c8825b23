import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { readAccountFolder } from '../../../lambda/scanner/collect/read-account-folder.ts';
import type { SnapshotFile } from '../../../lambda/scanner/facts/snapshot-file.ts';
import type { Json } from '../../../lambda/scanner/model/json.ts';
import { collected } from '../../../lambda/scanner/model/observed.ts';
import { type FakeOrganization, aFakeOrganization } from './fake-organization.ts';
import { sample } from './machine.ts';

const CI = 'ci-deployer';
/** Two accounts of the sample. */
export const [DEVELOPMENT, MANAGEMENT] = ['777788889999', '111122223333'] as const;

const read = async (name: string): Promise<SnapshotFile> => {
  const folder = path.resolve('examples/acme', name);
  return readAccountFolder(folder, (await readdir(folder)).toSorted());
};

/** The accounts of the sample as they are. */
export const sampleAccounts = (): Promise<readonly SnapshotFile[]> =>
  Promise.all(['management', 'production', 'development'].map(read));

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

/** The organization before anything happened. */
export const quietOrganization = (accounts: readonly SnapshotFile[]): FakeOrganization =>
  aFakeOrganization({
    ...{ home: MANAGEMENT, organization: sample('organization.json') },
    accounts: accounts.map((file) => (file.accountId === DEVELOPMENT ? withFirstKey(file) : file)),
  });

/** The organization after an attacker made a second key for the pipeline. */
export const withPlantedKey = (fake: FakeOrganization, accounts: readonly SnapshotFile[]): FakeOrganization => ({
  ...fake,
  accounts: new Map(accounts.map((file) => [file.accountId, file])),
});
