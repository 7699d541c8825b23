import pLimit from 'p-limit';
import type { AccountSummaryFacts } from '../evaluate/own-accounts.ts';
import type { OrganizationFile } from '../facts/organization-parts/organization-snapshot.ts';
import type { SnapshotFile } from '../facts/snapshot-file.ts';
import type { AccountEdges } from '../organization/edges.ts';
import type { FoundInAccount } from '../report/digest/found.ts';
import type { ShortenedReport } from '../report/html/shortened.ts';
import type { SavedReach } from '../organization/saved-reach.ts';
import { type Store, storageKey, runFolder } from './store.ts';

/** One scan of an organization. */
export interface OrganizationRun {
  /** Identifies the run. It stays the same if the run is resumed. */
  readonly id: string;
  /** ISO 8601. */
  readonly startedAt: string;
}

/** The result of scanning one account, or why it was not scanned. */
export type AccountScanResult =
  | {
      readonly scanned: true;
      readonly summaryFacts: AccountSummaryFacts;
      /** Absent if the admins of the account could not be determined. */
      readonly edges?: AccountEdges;
    }
  | { readonly scanned: false; readonly reason: string };

/** The combined results of the accounts. */
export interface CorrelationResult {
  /** The account on which findings of the whole organization are reported. */
  readonly reportingAccount: string;
  readonly scanned: readonly string[];
  /** Why accounts were not scanned, by account ID. */
  readonly failures: Readonly<Record<string, string>>;
  /** The accounts, scanned or not, whose principals could not be analyzed. */
  readonly notAnalyzed: readonly string[];
  /** The accounts whose identities could not be read completely. */
  readonly partlyAnalyzed: readonly string[];
  /** What is known about the whole organization. */
  readonly own: Omit<AccountSummaryFacts, 'account'>;
  /** The principals that can become admin of the most accounts, and of how many. Only the first few. */
  readonly widestReach: readonly { readonly arn: string; readonly accounts: number }[];
}

interface StoredValue<T> {
  readonly put: (value: T) => Promise<void>;
  readonly get: () => Promise<T>;
}

interface StoredByAccount<T> {
  readonly put: (account: string, value: T) => Promise<void>;
  readonly putAll: (values: readonly (readonly [account: string, value: T])[]) => Promise<void>;
  readonly get: (account: string) => Promise<T>;
  /** The accounts that have a value, sorted. */
  readonly accounts: () => Promise<readonly string[]>;
  readonly all: () => Promise<ReadonlyMap<string, T>>;
  /** All values, some at a time, where all would not fit into memory. */
  readonly inBatches: () => AsyncIterable<readonly T[]>;
}

/** The data that the states of one run exchange. It is too large for the payloads of Step Functions. */
export interface OrganizationStore<Outcome, Report> {
  readonly organization: StoredValue<OrganizationFile>;
  /** Stores the accounts that a map iterates over, one for each line. Returns the key. */
  readonly putItems: (map: 'scans' | 'deliveries', accounts: readonly string[]) => Promise<string>;
  readonly accounts: StoredByAccount<AccountScanResult>;
  readonly correlation: StoredValue<CorrelationResult>;
  readonly reach: StoredByAccount<SavedReach>;
  readonly outcomes: StoredByAccount<Outcome>;
  /** What the digest compares. */
  readonly found: StoredByAccount<FoundInAccount>;
  /** What the page of the organization takes from each account. */
  readonly shown: StoredByAccount<ShortenedReport>;
  readonly report: StoredValue<Report>;
  readonly snapshotOf: (account: string) => StoredValue<SnapshotFile>;
}

const AT_A_TIME = 32;

/** Opens the store of one run. A state that is retried writes the same keys again. */
export function openOrganizationStore<Outcome, Report>(store: Store, run: OrganizationRun): OrganizationStore<Outcome, Report> {
  const began = { startedAt: Date.parse(run.startedAt), id: run.id };
  const folder = `organizations/${runFolder(began)}`;
  const once = <T>(key: string): StoredValue<T> => ({
    put: (value) => store.put(key, value),
    // iam-vigil wrote this value in the same run, so it has this type.
    get: async () => (await store.get(key)) as T,
  });
  const byAccount = <T>(name: string): StoredByAccount<T> => {
    const prefix = `${folder}/${name}/`;
    const of = (account: string) => once<T>(`${prefix}${account}.json.gz`);
    const accounts = async () => (await store.list(prefix)).map((key) => key.slice(prefix.length).replace('.json.gz', ''));
    return {
      put: (account, value) => of(account).put(value),
      putAll: async (values) => {
        const limit = pLimit(AT_A_TIME);
        await Promise.all(values.map(([account, value]) => limit(() => of(account).put(value))));
      },
      get: (account) => of(account).get(),
      accounts,
      inBatches: async function* () {
        const ids = await accounts();
        for (let at = 0; at < ids.length; at += AT_A_TIME)
          yield await Promise.all(ids.slice(at, at + AT_A_TIME).map((id) => of(id).get()));
      },
      all: async () => {
        const limit = pLimit(AT_A_TIME);
        return new Map(await Promise.all((await accounts()).map((id) => limit(async () => [id, await of(id).get()] as const))));
      },
    };
  };
  return {
    organization: once(`${folder}/organization.json.gz`),
    putItems: async (map, accounts) => {
      const key = `${folder}/${map}.jsonl`;
      await store.putLines(
        key,
        accounts.map((account) => ({ account })),
      );
      return key;
    },
    accounts: byAccount('accounts'),
    correlation: once(`${folder}/joined.json.gz`),
    reach: byAccount('reach'),
    outcomes: byAccount('outcomes'),
    found: byAccount('found'),
    shown: byAccount('shown'),
    report: once(`${folder}/report.json.gz`),
    snapshotOf: (account) => once(storageKey('snapshot', { account, ...began })),
  };
}

/** The scan of one account within the run. */
export const runOf = (account: string, { id, startedAt }: OrganizationRun) => ({ account, id, startedAt: Date.parse(startedAt) });
