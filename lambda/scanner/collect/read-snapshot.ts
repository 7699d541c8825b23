import { stat } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { UsageError } from '../errors.ts';
import { type OrganizationAccount, organizationAccountsSchema } from '../facts/organization-parts/listed-accounts.ts';
import type { Json } from '../model/json.ts';
import { type OrganizationSnapshot, parseOrganization } from '../facts/organization-parts/organization-snapshot.ts';
import { type Snapshot, parseSnapshot } from '../facts/snapshot.ts';
import type { SnapshotFile } from '../facts/snapshot-file.ts';
import { fileNamed, isAccountFolder, readAccountFolder, readAuthorizationDetails } from './read-account-folder.ts';
import { cannotRead, listFolder, readJson } from './read-file.ts';

/** The saved snapshots under one path: of one account, or of each account of an Organization. */
export interface SavedSnapshots {
  readonly accounts: readonly Snapshot[];
  /** The management account, where the folder says which that is. */
  readonly managementAccountId?: string;
  /** Every account of the Organization, where the folder lists them. */
  readonly organizationAccounts?: readonly OrganizationAccount[];
  /** The Organization of the accounts, where the folder has it. */
  readonly organization?: OrganizationSnapshot;
}

/**
 * Reads saved snapshots: a file that `iam-vigil collect` wrote, the answer of `aws iam get-account-authorization-details`, a folder
 * of what the AWS CLI printed for one account, or a folder of these for an Organization. Files may be packed with gzip.
 *
 * @throws UsageError when there is nothing there that can be read, with the place.
 */
export async function readSnapshots(location: string): Promise<SavedSnapshots> {
  if (!(await isFolder(location))) return { accounts: [parse(location, await readAccountFile(location))] };
  const names = await listFolder(location);
  if (isAccountFolder(names)) return { accounts: [parse(location, await readAccountFolder(location, names))] };
  return readOrganizationFolder(location, names);
}

async function readOrganizationFolder(folder: string, names: readonly string[]): Promise<SavedSnapshots> {
  const organizationFile = fileNamed('organization.json', names);
  const accounts = await Promise.all(
    names.filter((name) => name !== organizationFile).map((name) => readEntry(path.join(folder, name))),
  );
  const json = organizationFile === undefined ? undefined : await readJson(path.join(folder, organizationFile));
  const found = accounts.flat();
  if (found.length === 0)
    throw new UsageError(
      `${folder} holds nothing that iam-vigil knows: it reads account-authorization-details.json, credential-report.csv, account-summary.json and so on, or one folder of these an account`,
    );
  const twice = found.find(({ accountId }, index) => found.findIndex((other) => other.accountId === accountId) < index);
  if (twice) throw new UsageError(`${folder} holds account ${twice.accountId} more than once: keep one snapshot of each account`);
  if (json === undefined) return { accounts: found };
  const organization = parseOrganization(json);
  const { Organization } = organization;
  const organizationAccounts = organizationAccountsSchema.safeParse(json).data;
  return {
    accounts: found,
    organization,
    ...(Organization.status === 'unavailable' ? {} : { managementAccountId: Organization.value.managementAccountId }),
    ...(organizationAccounts === undefined ? {} : { organizationAccounts }),
  };
}

/** An account of an Organization folder; what is neither a folder of an account nor JSON (a note, say) is passed over. */
async function readEntry(location: string): Promise<readonly Snapshot[]> {
  if (await isFolder(location)) {
    const names = await listFolder(location);
    return isAccountFolder(names) ? [parse(location, await readAccountFolder(location, names))] : [];
  }
  return /\.json(\.gz)?$/.test(location) ? [parse(location, await readAccountFile(location))] : [];
}

async function readAccountFile(file: string): Promise<SnapshotFile | Json> {
  const json = await readJson(file);
  if (typeof json === 'object' && json !== null && 'schemaVersion' in json) return json;
  if (typeof json === 'object' && json !== null && ('UserDetailList' in json || 'RoleDetailList' in json))
    return readAuthorizationDetails(file, json);
  throw new UsageError(`${file} is neither a snapshot of iam-vigil nor the output of aws iam get-account-authorization-details`);
}

function parse(location: string, file: SnapshotFile | Json): Snapshot {
  try {
    return parseSnapshot(file);
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error;
    throw new UsageError(`${location} is not a snapshot: ${z.prettifyError(error).slice(0, 500)}`, { cause: error });
  }
}

async function isFolder(location: string): Promise<boolean> {
  try {
    return (await stat(location)).isDirectory();
  } catch (error) {
    throw cannotRead(location, error);
  }
}
