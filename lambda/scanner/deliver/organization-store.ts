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

/** A run that has the latest results of accounts. */
export interface EarlierRun extends OrganizationRun {
  /** The accounts that it was the last to read, or to fail to read. */
  readonly read: readonly string[];
  /** The accounts that it was the last to evaluate. */
  readonly evaluated: readonly string[];
  /** The accounts that it was the last to deliver and to tell completely. */
  readonly told: readonly string[];
}

/** What a run covers that reads only some accounts. The results of all others are those of earlier runs. */
export interface RunPart {
  /** The accounts that it reads. */
  readonly accounts: readonly string[];
  readonly earlier: readonly EarlierRun[];
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
  /** Only in a run that reads some accounts. */
  readonly part?: DeliveredPart;
}

/** What a run delivers that reads only some accounts. */
export interface DeliveredPart {
  /** The accounts that it read. */
  readonly accounts: readonly string[];
  /** The accounts that it evaluates and delivers: those, and the ones to which it matters. */
  readonly deliveries: readonly string[];
  /** By which run the others of them were read last. */
  readonly readBy: Readonly<Record<string, OrganizationRun>>;
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
  /** The values of these accounts, or of all, where there is one. */
  readonly all: (wanted?: ReadonlySet<string>) => Promise<ReadonlyMap<string, T>>;
  /** The same, some at a time, where all would not fit into memory. */
  readonly inBatches: (wanted?: ReadonlySet<string>) => AsyncIterable<readonly T[]>;
}

/** The data that the states of one run exchange. It is too large for the payloads of Step Functions. */
export interface OrganizationStore<Outcome, Report> {
  readonly organization: StoredValue<OrganizationFile>;
  /** What the run covers; undefined: all accounts. */
  readonly part: { readonly put: (part: RunPart) => Promise<void>; readonly find: () => Promise<RunPart | undefined> };
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
  /** What another run stored. */
  readonly of: (run: OrganizationRun) => OrganizationStore<Outcome, Report>;
}

const AT_A_TIME = 32;

/** Opens the store of one run. A state that is retried writes the same keys again. */
export function openOrganizationStore<Outcome, Report>(store: Store, run: OrganizationRun): OrganizationStore<Outcome, Report> {
  const began = { startedAt: Date.parse(run.startedAt), id: run.id };
  const folder = `organizations/${runFolder(began)}`;
  const once = <T>(key: string) => storedValue<T>(store, key);
  const byAccount = <T>(name: string) => storedByAccount<T>(store, `${folder}/${name}/`);
  return {
    organization: once(`${folder}/organization.json.gz`),
    part: storedPart(store, `${folder}/part.json.gz`),
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
    of: (other) => openOrganizationStore(store, other),
  };
}

const storedValue = <T>(store: Store, key: string): StoredValue<T> => ({
  put: (value) => store.put(key, value),
  // iam-vigil wrote this value in the same run or an earlier one, so it has this type.
  get: async () => (await store.get(key)) as T,
});

const storedPart = (store: Store, key: string): OrganizationStore<unknown, unknown>['part'] => ({
  put: storedValue<RunPart>(store, key).put,
  find: async () => {
    // Who may list only this folder is not told that an object is missing. https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html
    const [found] = await store.list(key);
    return found === key ? storedValue<RunPart>(store, key).get() : undefined;
  },
});

function storedByAccount<T>(store: Store, prefix: string): StoredByAccount<T> {
  const of = (account: string) => storedValue<T>(store, `${prefix}${account}.json.gz`);
  const accounts = async (wanted?: ReadonlySet<string>) =>
    (await store.list(prefix))
      .map((key) => key.slice(prefix.length).replace('.json.gz', ''))
      .filter((id) => wanted?.has(id) ?? true);
  return {
    put: (account, value) => of(account).put(value),
    putAll: async (values) => {
      const limit = pLimit(AT_A_TIME);
      await Promise.all(values.map(([account, value]) => limit(() => of(account).put(value))));
    },
    get: (account) => of(account).get(),
    accounts: () => accounts(),
    inBatches: async function* (wanted) {
      const ids = await accounts(wanted);
      for (let at = 0; at < ids.length; at += AT_A_TIME)
        yield await Promise.all(ids.slice(at, at + AT_A_TIME).map((id) => of(id).get()));
    },
    all: async (wanted) => {
      const limit = pLimit(AT_A_TIME);
      const ids = await accounts(wanted);
      return new Map(await Promise.all(ids.map((id) => limit(async () => [id, await of(id).get()] as const))));
    },
  };
}

/** The scan of one account within the run. */
export const runOf = (account: string, { id, startedAt }: OrganizationRun) => ({ account, id, startedAt: Date.parse(startedAt) });
