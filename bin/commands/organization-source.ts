import { mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import { analyse } from '../../lambda/scanner/access/analyse.ts';
import { DAY, type Instant } from '../../lambda/scanner/model/instant.ts';
import { parseOrganization } from '../../lambda/scanner/facts/organization-parts/organization-snapshot.ts';
import { type Snapshot, parseSnapshot } from '../../lambda/scanner/facts/snapshot.ts';
import type { RawFactName } from '../../lambda/scanner/facts/index.ts';
import type { SnapshotFile } from '../../lambda/scanner/facts/snapshot-file.ts';
import { membersOf, plannedAccounts } from '../../lambda/scanner/organization/planned-accounts.ts';
import { sessionPolicyFor } from '../../lambda/scanner/permissions.ts';
import type { Terminal } from '../terminal.ts';
import type { SourceOptions } from './options.ts';
import { saveSnapshot } from './save-snapshot.ts';
import type { Source } from './source.ts';
import { writePrivate } from './write-file.ts';

/** Where and as whom the accounts of an Organization are scanned. */
export interface OrganizationOptions extends SourceOptions {
  readonly role?: string;
  readonly externalId?: string;
  /** A folder that keeps the snapshots, and from which an interrupted run goes on. */
  readonly saveSnapshot?: string;
}

/** Organizations makes this role in every account that it makes. */
export const DEFAULT_ROLE = 'OrganizationAccountAccessRole';
/** How many accounts are asked at once. */
export const ACCOUNTS_AT_A_TIME = 8;

/**
 * Collects every active account of the Organization that the credentials can look at: its own with these, the others by a role in
 * each, in sessions that may read what the scan reads and nothing else.
 *
 * @throws UsageError when the Organization cannot be looked at.
 */
export async function collectWholeOrganization(
  options: OrganizationOptions,
  facts: readonly RawFactName[],
  terminal: Terminal,
): Promise<Source> {
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
  const folder = options.saveSnapshot;
  if (folder !== undefined) {
    await mkdir(folder, { recursive: true });
    await writePrivate(path.join(folder, 'organization.json'), `${JSON.stringify(file, undefined, 2)}\n`);
  }
  const sessionPolicy = sessionPolicyFor(facts);
  const { role = DEFAULT_ROLE, externalId } = options;
  const collectOne = async (accountId: string): Promise<CollectedAccount> => {
    const own = { accountId, roleName: role, sessionPolicy, ...(externalId === undefined ? {} : { externalId }) };
    const account = await enterAccount(aws, own);
    return collect(account, { facts, now, analyse });
  };
  const { accounts, failures } = await collectAccounts(planned, ACCOUNTS_AT_A_TIME, {
    collectOne,
    ...storeIn(folder, now),
    onAccount: (done, of) => {
      if (terminal.showsProgress) terminal.warn(`\r\u001B[2K${done}/${of} accounts${done === of ? '\r\u001B[2K' : ''}`);
    },
  });
  const snapshots = accounts.map(({ snapshot }) => snapshot);
  const reasons = new Map([...failures].map(([account, { reason }]) => [account, reason]));
  return { snapshots, now, organization, failures: reasons, ...membersOf(organization) };
}

/** An account that an earlier run collected. */
interface KeptAccount {
  readonly snapshot: Snapshot;
}

/** An account as AWS told of it now: what is kept of it, too. */
interface CollectedAccount extends KeptAccount {
  readonly file: SnapshotFile;
}

/** Snapshots in a folder, one file an account; without a folder nothing is kept. What is older than a day is asked for anew. */
function storeIn(folder: string | undefined, now: Instant) {
  if (folder === undefined) return { kept: () => Promise.resolve(undefined), keep: () => Promise.resolve() };
  const fileOf = (accountId: string) => path.join(folder, `${accountId}.json`);
  return {
    kept: async (accountId: string) =>
      (await readdir(folder)).includes(`${accountId}.json`) ? read(fileOf(accountId), now - DAY) : undefined,
    keep: (accountId: string, { file }: CollectedAccount) => saveSnapshot(fileOf(accountId), file),
  };
}

/** A file that was cut short when the run was is asked for again. */
async function read(location: string, since: Instant): Promise<KeptAccount | undefined> {
  const { readJson } = await import('../../lambda/scanner/collect/read-file.ts');
  try {
    const snapshot = parseSnapshot(await readJson(location));
    return snapshot.takenAt < since ? undefined : { snapshot };
  } catch {
    return undefined;
  }
}
