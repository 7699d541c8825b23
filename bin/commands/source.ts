import { analyse } from '../../lambda/scanner/access/analyse.ts';
import type { Aws } from '../../lambda/scanner/collect/aws.ts';
import { UsageError } from '../../lambda/scanner/errors.ts';
import type { OrganizationAccount } from '../../lambda/scanner/facts/organization-parts/listed-accounts.ts';
import type { Instant } from '../../lambda/scanner/model/instant.ts';
import type { OrganizationSnapshot } from '../../lambda/scanner/facts/organization-parts/organization-snapshot.ts';
import type { Snapshot } from '../../lambda/scanner/facts/snapshot.ts';
import { type RawFactName, rawFactNames } from '../../lambda/scanner/facts/index.ts';
import type { SnapshotFile } from '../../lambda/scanner/facts/snapshot-file.ts';
import { factsOnDemand } from '../../lambda/scanner/permissions.ts';
import type { Terminal } from '../terminal.ts';
import type { SourceOptions } from './options.ts';

/** The snapshots to judge, and when to judge them. */
export interface Source {
  readonly snapshots: readonly Snapshot[];
  readonly now: Instant;
  readonly managementAccountId?: string;
  /** Every account of the Organization, where it is known. */
  readonly organizationAccounts?: readonly OrganizationAccount[];
  /** The Organization of the accounts, where it is known. */
  readonly organization?: OrganizationSnapshot;
  /** Why accounts of it could not be scanned, by their ids. */
  readonly failures?: ReadonlyMap<string, string>;
  /** What was collected just now, to be saved; absent where saved files were read. */
  readonly file?: SnapshotFile;
  /** The connection that it was collected over. */
  readonly aws?: Aws;
}

/**
 * Reads the saved snapshots, or collects the facts from AWS. The AWS SDK is loaded only where it is used.
 *
 * @throws UsageError when an inventory is asked for of saved files, which hold one or do not.
 */
export async function openSource(options: SourceOptions, facts: readonly RawFactName[], terminal: Terminal): Promise<Source> {
  if (options.snapshot !== undefined && options.inventory)
    throw new UsageError('--inventory asks AWS, and --snapshot asks AWS nothing: use one of them');
  return options.snapshot === undefined ? collectNow(options, facts, terminal) : readSaved(options.snapshot, options.now);
}

/** The earlier snapshots to compare with, where they are asked for. */
export async function readBaseline(location: string | undefined): Promise<readonly Snapshot[]> {
  if (location === undefined) return [];
  const { readSnapshots } = await import('../../lambda/scanner/collect/read-snapshot.ts');
  return (await readSnapshots(location)).accounts;
}

async function readSaved(location: string, now: Instant | undefined): Promise<Source> {
  const { readSnapshots } = await import('../../lambda/scanner/collect/read-snapshot.ts');
  const { accounts, ...organization } = await readSnapshots(location);
  return {
    snapshots: accounts,
    now: now ?? Math.max(...accounts.map(({ takenAt }) => takenAt)),
    ...organization,
  };
}

/** Collects the facts of the account that the credentials belong to, with a line of progress on a terminal. */
export async function collectNow(
  options: SourceOptions,
  facts: readonly RawFactName[],
  terminal: Terminal,
): Promise<Source & { readonly file: SnapshotFile; readonly aws: Aws }> {
  const { connect } = await import('../../lambda/scanner/collect/aws.ts');
  const { collect } = await import('../../lambda/scanner/collect/collect.ts');
  const now = options.now ?? terminal.now();
  const wanted = new Set(options.inventory ? [...facts, ...factsOnDemand] : facts);
  const inventory = options.inventory
    ? (await import('../../lambda/scanner/collect/compute/inventory.ts')).collectInventory
    : undefined;
  const aws = await connect(options);
  let done = 0;
  const onFact = (name: RawFactName) => {
    done += 1;
    if (terminal.showsProgress)
      terminal.warn(`\r\u001B[2K${done}/${wanted.size} ${name}${done === wanted.size ? '\r\u001B[2K' : ''}`);
  };
  const { file, snapshot } = await collect(aws, { facts, inventory, now, onFact, analyse });
  return { snapshots: [snapshot], now, file, aws };
}

/** Every fact that a check may need, for a snapshot that any check can judge later. */
export const allFacts: readonly RawFactName[] = rawFactNames.filter((name) => !factsOnDemand.includes(name));
