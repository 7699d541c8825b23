import { stat } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { UsageError } from '../errors.ts';
import type { OrganizationAccount } from '../facts/organization-parts/listed-accounts.ts';
import type { Json } from '../model/json.ts';
import { type OrganizationSnapshot, parseOrganization } from '../facts/organization-parts/organization-snapshot.ts';
import { type Instant, toIso } from '../model/instant.ts';
import { type Snapshot, parseSnapshot } from '../facts/snapshot.ts';
import type { SnapshotFile } from '../facts/snapshot-file.ts';
import { membersOf } from '../organization/planned-accounts.ts';
import { fileNamed, isAccountFolder, readAccountFolder, readAuthorizationDetails } from './read-account-folder.ts';
import { cannotRead, listFolder, readJson } from './read-file.ts';

/** The saved snapshots under one path: of one account, or of each account of an organization. */
export interface SavedSnapshots {
  readonly accounts: readonly Snapshot[];
  /** The management account, if the folder contains it. */
  readonly managementAccountId?: string;
  /** Every account of the organization, if the folder lists them. */
  readonly organizationAccounts?: readonly OrganizationAccount[];
  /** The organization of the accounts, if the folder contains it. */
  readonly organization?: OrganizationSnapshot;
}

/** How saved files are read. */
export interface ReadOptions {
  /** When the output of the AWS CLI was collected, if it is known. */
  readonly takenAt?: Instant | undefined;
}

/**
 * Reads saved snapshots: a file from `iam-vigil collect`, the output of `aws iam get-account-authorization-details`, a folder with
 * output of the AWS CLI for one account, or a folder of these for an organization. Files may be compressed with gzip.
 *
 * @throws UsageError when the location contains nothing that can be read.
 */
export async function readSnapshots(location: string, { takenAt }: ReadOptions = {}): Promise<SavedSnapshots> {
  if (!(await isFolder(location))) return { accounts: [parse(location, await readAccountFile(location, takenAt))] };
  const names = await listFolder(location);
  if (isAccountFolder(names))
    return { accounts: [parse(location, dated(location, await readAccountFolder(location, names), takenAt))] };
  return readOrganizationFolder(location, names, takenAt);
}

async function readOrganizationFolder(folder: string, names: readonly string[], takenAt?: Instant): Promise<SavedSnapshots> {
  const organizationFile = fileNamed('organization.json', names);
  const accounts = await Promise.all(
    names.filter((name) => name !== organizationFile).map((name) => readEntry(path.join(folder, name), takenAt)),
  );
  const json = organizationFile === undefined ? undefined : await readJson(path.join(folder, organizationFile));
  const found = accounts.flat();
  if (found.length === 0)
    throw new UsageError(
      `${folder} contains no file that iam-vigil can read. It reads snapshots of iam-vigil collect, output of the AWS CLI (account-authorization-details.json, credential-report.csv, account-summary.json and so on), or one folder of these for each account`,
    );
  const twice = found.find(({ accountId }, index) => found.findIndex((other) => other.accountId === accountId) < index);
  if (twice)
    throw new UsageError(`${folder} contains account ${twice.accountId} more than once. Keep one snapshot of each account`);
  if (json === undefined && !found.some(isInOrganization)) return { accounts: found };
  const organization = parseOrganization(json ?? {});
  return { accounts: found, organization, ...membersOf(organization) };
}

/** Whether the account says that it belongs to an organization, whose data is then missing where the folder has none. */
const isInOrganization = ({ facts: { organization } }: Snapshot): boolean =>
  organization.status === 'collected' && organization.value !== undefined;

/** An account in the folder of an organization. Entries that are neither an account folder nor JSON are ignored. */
async function readEntry(location: string, takenAt: Instant | undefined): Promise<readonly Snapshot[]> {
  if (await isFolder(location)) {
    const names = await listFolder(location);
    return isAccountFolder(names) ? [parse(location, dated(location, await readAccountFolder(location, names), takenAt))] : [];
  }
  return /\.json(\.gz)?$/.test(location) ? [parse(location, await readAccountFile(location, takenAt))] : [];
}

async function readAccountFile(file: string, takenAt: Instant | undefined): Promise<SnapshotFile | Json> {
  const json = await readJson(file);
  if (typeof json === 'object' && json !== null && 'schemaVersion' in json) return json;
  if (typeof json === 'object' && json !== null && ('UserDetailList' in json || 'RoleDetailList' in json))
    return dated(file, readAuthorizationDetails(json), takenAt);
  throw new UsageError(`${file} is neither a snapshot of iam-vigil nor the output of aws iam get-account-authorization-details`);
}

/** The output of the AWS CLI with the stated time of its collection; without one, it has the newest date that it contains. */
function dated(location: string, file: SnapshotFile, takenAt: Instant | undefined): SnapshotFile {
  if (takenAt === undefined) return file;
  if (takenAt < Date.parse(file.takenAt))
    throw new UsageError(`${location} was not collected at ${toIso(takenAt)}: it contains the date ${file.takenAt}`);
  return { ...file, takenAt: toIso(takenAt) };
}

function parse(location: string, file: SnapshotFile | Json): Snapshot {
  try {
    return parseSnapshot(file);
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error;
    throw new UsageError(`${location} is not a valid snapshot: ${z.prettifyError(error).slice(0, 500)}`, { cause: error });
  }
}

async function isFolder(location: string): Promise<boolean> {
  try {
    return (await stat(location)).isDirectory();
  } catch (error) {
    throw cannotRead(location, error);
  }
}
