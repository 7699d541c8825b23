import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { analyze } from '../../lambda/scanner/escalation/analyze.ts';
import { UsageError } from '../../lambda/scanner/errors.ts';
import { factCoverage } from '../../lambda/scanner/evaluate/coverage.ts';
import type { Json } from '../../lambda/scanner/model/json.ts';
import { DAY, type Instant } from '../../lambda/scanner/model/instant.ts';
import { parseOrganization } from '../../lambda/scanner/facts/organization-parts/organization-snapshot.ts';
import { type Snapshot, parseSnapshot } from '../../lambda/scanner/facts/snapshot.ts';
import type { RawFactName } from '../../lambda/scanner/facts/index.ts';
import type { SnapshotFile } from '../../lambda/scanner/facts/snapshot-file.ts';
import { membersOf, plannedAccounts } from '../../lambda/scanner/organization/planned-accounts.ts';
import { sessionPolicyFor } from '../../lambda/scanner/permissions.ts';
import { jsonPieces } from '../../lambda/scanner/report/json.ts';
import type { Terminal } from '../terminal.ts';
import type { SourceOptions } from './options.ts';
import { saveSnapshot } from './save-snapshot.ts';
import type { Source } from './source.ts';
import { makePrivateFolder, writePrivate } from './write-file.ts';

/** With which role the accounts of an organization are scanned. */
export interface OrganizationOptions extends SourceOptions {
  readonly role?: string;
  readonly externalId?: string;
  /** A folder for the snapshots. An interrupted scan resumes from it. */
  readonly saveSnapshot?: string;
}

/** AWS Organizations creates this role in every account that it creates. */
export const DEFAULT_ROLE = 'OrganizationAccountAccessRole';
/** How many accounts are collected in parallel. */
export const ACCOUNTS_AT_A_TIME = 8;

/**
 * Collects every active account of the organization: its own with the given credentials, the others by assuming a role in each. A
 * session policy limits each session to what the scan reads.
 *
 * @throws UsageError when AWS accepts no credentials.
 */
export async function collectWholeOrganization(
  options: OrganizationOptions,
  facts: readonly RawFactName[],
  terminal: Terminal,
): Promise<Source> {
  const folder = options.saveSnapshot;
  if (folder !== undefined) await makePrivateFolder(folder);
  const { connect } = await import('../../lambda/scanner/collect/aws.ts');
  const { collect } = await import('../../lambda/scanner/collect/collect.ts');
  const { collectAccounts } = await import('../../lambda/scanner/collect/organization/collect-accounts.ts');
  const { enterAccount } = await import('../../lambda/scanner/collect/organization/enter-account.ts');
  const { collectOrganization } = await import('../../lambda/scanner/collect/organization/collect-organization.ts');
  const now = options.now ?? terminal.now();
  const aws = await connect(options);
  const file = await collectOrganization(aws, now);
  const organization = parseOrganization(file);
  const planned = plannedAccounts(organization).map(({ id }) => id);
  if (folder !== undefined) await writePrivate(path.join(folder, 'organization.json'), jsonPieces(file));
  const sessionPolicy = sessionPolicyFor(facts);
  const { role = DEFAULT_ROLE, externalId } = options;
  const collectOne = async (accountId: string): Promise<CollectedAccount> => {
    const own = { accountId, roleName: role, sessionPolicy, ...(externalId === undefined ? {} : { externalId }) };
    const account = await enterAccount(aws, own);
    return collect(account, { facts, now, analyze });
  };
  const { accounts, failures } = await collectAccounts(planned, ACCOUNTS_AT_A_TIME, {
    collectOne,
    ...storeIn(folder, facts, now),
    onAccount: (done, of) => {
      if (terminal.showsProgress) terminal.warn(`\r\u001B[2K${done}/${of} accounts${done === of ? '\r\u001B[2K' : ''}`);
    },
  });
  const snapshots = accounts.map(({ snapshot }) => snapshot);
  const reasons = new Map([...failures].map(([account, { reason }]) => [account, reason]));
  return { snapshots, now, organization, failures: reasons, ...membersOf(organization) };
}

/** An account that an earlier scan collected. */
interface KeptAccount {
  readonly snapshot: Snapshot;
}

/** An account that this scan collected, with the file to save. */
interface CollectedAccount extends KeptAccount {
  readonly file: SnapshotFile;
}

/**
 * Stores snapshots in a folder, one file for each account. Without a folder nothing is stored. An account is collected again if its file is
 * older than a day, was cut off, or lacks something that this scan asks for.
 */
function storeIn(folder: string | undefined, facts: readonly RawFactName[], now: Instant) {
  if (folder === undefined) return { kept: () => Promise.resolve(undefined), keep: () => Promise.resolve() };
  const fileOf = (accountId: string) => path.join(folder, `${accountId}.json`);
  return {
    kept: async (accountId: string) =>
      (await readdir(folder)).includes(`${accountId}.json`)
        ? read(fileOf(accountId), accountId, { facts, since: now - DAY })
        : undefined,
    keep: (accountId: string, { file }: CollectedAccount) => saveSnapshot(fileOf(accountId), file),
  };
}

/**
 * Reads a stored account. Undefined if it is to be collected again.
 *
 * @throws UsageError when the file holds another account, which would be overwritten.
 */
async function read(
  location: string,
  accountId: string,
  { facts, since }: { readonly facts: readonly RawFactName[]; readonly since: Instant },
): Promise<KeptAccount | undefined> {
  const { readJson } = await import('../../lambda/scanner/collect/read-file.ts');
  let file: Json;
  let snapshot: Snapshot;
  try {
    file = await readJson(location);
    snapshot = parseSnapshot(file);
  } catch {
    return undefined;
  }
  if (snapshot.accountId !== accountId)
    throw new UsageError(`${location} contains account ${snapshot.accountId}, and not ${accountId}. Move it out of the folder`);
  const isRefused = factCoverage(snapshot).some(({ gaps }) => gaps.some(({ isPartial = false }) => !isPartial));
  // A snapshot, as it was parsed.
  const saved = (file as { readonly facts: Readonly<Partial<Record<RawFactName, { readonly status: string }>>> }).facts;
  const isWhole = !isRefused && facts.every((name) => saved[name]?.status === 'collected');
  return snapshot.takenAt < since || !isWhole ? undefined : { snapshot };
}
