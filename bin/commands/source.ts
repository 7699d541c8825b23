import { analyze } from '../../lambda/scanner/escalation/analyze.ts';
import type { SavedSnapshots } from '../../lambda/scanner/collect/read-snapshot.ts';
import type { ScanOptions } from '../../lambda/scanner/scan.ts';
import type { Aws } from '../../lambda/scanner/collect/aws.ts';
import { UsageError } from '../../lambda/scanner/errors.ts';
import type { OrganizationAccount } from '../../lambda/scanner/facts/organization-parts/listed-accounts.ts';
import { type Instant, UNDATED } from '../../lambda/scanner/model/instant.ts';
import type { OrganizationSnapshot } from '../../lambda/scanner/facts/organization-parts/organization-snapshot.ts';
import type { Snapshot } from '../../lambda/scanner/facts/snapshot.ts';
import { type RawFactName, rawFactNames } from '../../lambda/scanner/facts/index.ts';
import type { SnapshotFile } from '../../lambda/scanner/facts/snapshot-file.ts';
import { factsOnDemand } from '../../lambda/scanner/permissions.ts';
import type { Terminal } from '../terminal.ts';
import type { SourceOptions } from './options.ts';

/** The snapshots to evaluate, and the time to evaluate them at. */
export interface Source {
  readonly snapshots: readonly Snapshot[];
  readonly now: Instant;
  readonly managementAccountId?: string;
  /** Every account of the organization, if known. */
  readonly organizationAccounts?: readonly OrganizationAccount[];
  /** The organization of the accounts, if known. */
  readonly organization?: OrganizationSnapshot;
  /** Why accounts of it could not be scanned, by account ID. */
  readonly failures?: ReadonlyMap<string, string>;
  /** The collected data, to be saved. Absent if saved files were read. */
  readonly file?: SnapshotFile;
  /** The connection that was used to collect it. */
  readonly aws?: Aws;
}

/**
 * Reads the saved snapshots, or collects the facts from AWS. The AWS SDK is loaded only if it is needed.
 *
 * @throws UsageError when both an inventory and saved files are requested: saved files hold an inventory or they do not.
 */
export async function openSource(options: SourceOptions, facts: readonly RawFactName[], terminal: Terminal): Promise<Source> {
  if (options.snapshot === undefined && options.takenAt !== undefined)
    throw new UsageError('--taken-at needs --snapshot: data from AWS is taken now');
  if (options.snapshot !== undefined && options.inventory) throw new UsageError('--inventory cannot be combined with --snapshot');
  return options.snapshot === undefined ? collectNow(options, facts, terminal) : readSaved(options.snapshot, options, terminal);
}

/** The earlier snapshots to compare with. Empty if there is no location. */
export async function readBaseline(location: string | undefined): Promise<Baseline> {
  if (location === undefined) return {};
  const { readSnapshots } = await import('../../lambda/scanner/collect/read-snapshot.ts');
  return baselineOf(await readSnapshots(location));
}

/** The options of a scan that compares with these snapshots. */
export const baselineOf = ({ accounts, organization }: SavedSnapshots): Baseline => ({
  baseline: accounts,
  ...(organization === undefined ? {} : { baselineOrganization: organization }),
});

type Baseline = Pick<ScanOptions, 'baseline' | 'baselineOrganization'>;

async function readSaved(
  location: string,
  { now, takenAt }: Pick<SourceOptions, 'now' | 'takenAt'>,
  terminal: Terminal,
): Promise<Source> {
  const { readSnapshots } = await import('../../lambda/scanner/collect/read-snapshot.ts');
  const { accounts, ...organization } = await readSnapshots(location, { takenAt });
  const newest = Math.max(...accounts.map((account) => account.takenAt));
  return {
    snapshots: accounts,
    now: now ?? (newest === UNDATED ? terminal.now() : newest),
    ...organization,
  };
}

/** Collects the facts of the account of the credentials. On a terminal it shows its progress. */
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
  const { file, snapshot } = await collect(aws, { facts, inventory, now, onFact, analyze });
  return { snapshots: [snapshot], now, file, aws };
}

/** Every fact that a check may need, so that every check can be evaluated on the snapshot later. */
export const allFacts: readonly RawFactName[] = rawFactNames.filter((name) => !factsOnDemand.includes(name));
