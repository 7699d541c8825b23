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

/** The accounts of the sample with few of their identities: what a run does is the same for each. */
export const sampleAccounts = async (): Promise<readonly SnapshotFile[]> =>
  (await Promise.all(['management', 'production', 'development'].map(read))).map(withFewIdentities);

interface Details {
  readonly Policies: readonly object[];
  readonly UserDetailList: readonly { readonly UserName: string }[];
  readonly RoleDetailList: readonly { readonly RoleName: string; readonly AssumeRolePolicyDocument: Json }[];
}

const FEW = 5;

/** The pipeline, and a user who gets to production by a role of it. */
const KEPT = new Set([CI, 'mia.tanaka']);
/** The roles by which the pipeline becomes admin, here and in production. */
const BY_THE_PIPELINE = /^(ci|cdk|deploy|nightly)-/;

/** The first users and those of the story; the first roles, those of the pipeline, and those that trust other accounts. */
function withFewIdentities({ facts, ...file }: SnapshotFile): SnapshotFile {
  const { identities, accountSummary } = facts;
  if (identities.status === 'unavailable' || accountSummary.status === 'unavailable') throw new Error('the sample has changed');
  const details = identities.value as unknown as Details;
  const summary = accountSummary.value as unknown as { readonly SummaryMap: Readonly<Record<string, number>> };
  const isOfOthers = ({ AssumeRolePolicyDocument: trust }: Details['RoleDetailList'][number]) =>
    [...JSON.stringify(trust).matchAll(/\d{12}/g)].some(([account]) => account !== file.accountId);
  const UserDetailList = details.UserDetailList.filter(({ UserName }, index) => index < FEW || KEPT.has(UserName));
  const RoleDetailList = details.RoleDetailList.filter(
    (role, index) => index < FEW || BY_THE_PIPELINE.test(role.RoleName) || isOfOthers(role),
  );
  // What AWS counts of the others is not missed.
  const Policies = details.Policies.map((policy) => ({ ...policy, AttachmentCount: 0, PermissionsBoundaryUsageCount: 0 }));
  const SummaryMap = { ...summary.SummaryMap, Users: UserDetailList.length, Roles: RoleDetailList.length };
  const changed = {
    identities: { ...details, UserDetailList, RoleDetailList, Policies },
    accountSummary: { ...summary, SummaryMap },
  };
  return {
    ...file,
    facts: {
      ...facts,
      identities: collected(changed.identities as unknown as Json),
      accountSummary: collected(changed.accountSummary as unknown as Json),
    },
  };
}

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
