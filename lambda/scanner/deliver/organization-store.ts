import pLimit from 'p-limit';
import type { AccountWord } from '../evaluate/own-accounts.ts';
import type { OrganizationFile } from '../facts/organization-parts/organization-snapshot.ts';
import type { SnapshotFile } from '../facts/snapshot-file.ts';
import type { AccountEdges } from '../organization/edges.ts';
import type { SavedReach } from '../organization/saved-reach.ts';
import { type Store, keyOf, whenOf } from './store.ts';

/** One run over an Organization. */
export interface OrganizationRun {
  /** Tells it apart from every other run; the same when it is taken up again. */
  readonly id: string;
  /** ISO 8601. */
  readonly startedAt: string;
}

/** What the scan of one account tells of it, or why there was none. */
export type AccountTold =
  | {
      readonly scanned: true;
      readonly word: AccountWord;
      /** Absent where who is admin there could not be told. */
      readonly edges?: AccountEdges;
    }
  | { readonly scanned: false; readonly reason: string };

/** What the accounts give together. */
export interface Joined {
  /** The account that speaks for the Organization. */
  readonly speaker: string;
  readonly scanned: readonly string[];
  /** Why accounts were not scanned, by their ids. */
  readonly failures: Readonly<Record<string, string>>;
  /** What holds for all accounts. */
  readonly own: Omit<AccountWord, 'account'>;
  /** Who gets to be admin of the most accounts, and of how many; a few. */
  readonly farthest: readonly { readonly arn: string; readonly accounts: number }[];
}

interface KeptOnce<T> {
  readonly put: (value: T) => Promise<void>;
  readonly get: () => Promise<T>;
}

interface KeptByAccount<T> {
  readonly put: (account: string, value: T) => Promise<void>;
  readonly putAll: (values: readonly (readonly [account: string, value: T])[]) => Promise<void>;
  readonly get: (account: string) => Promise<T>;
  readonly all: () => Promise<ReadonlyMap<string, T>>;
}

/** What the states of one run hand to each other, too large for Step Functions to carry. */
export interface OrganizationStore<Outcome, Report> {
  readonly organization: KeptOnce<OrganizationFile>;
  /** Keeps the accounts that a map goes through, one a line, and answers under which key. */
  readonly putItems: (map: 'scans' | 'deliveries', accounts: readonly string[]) => Promise<string>;
  readonly accounts: KeptByAccount<AccountTold>;
  readonly joined: KeptOnce<Joined>;
  readonly reach: KeptByAccount<readonly SavedReach[]>;
  readonly outcomes: KeptByAccount<Outcome>;
  readonly report: KeptOnce<Report>;
  readonly snapshotOf: (account: string) => KeptOnce<SnapshotFile>;
}

const AT_A_TIME = 32;

/** Opens what one run keeps. A state that runs again writes the same keys again. */
export function openOrganizationStore<Outcome, Report>(store: Store, run: OrganizationRun): OrganizationStore<Outcome, Report> {
  const began = { startedAt: Date.parse(run.startedAt), id: run.id };
  const folder = `organizations/${whenOf(began)}`;
  const once = <T>(key: string): KeptOnce<T> => ({
    put: (value) => store.put(key, value),
    // This program wrote it, in this run.
    get: async () => (await store.get(key)) as T,
  });
  const byAccount = <T>(name: string): KeptByAccount<T> => {
    const prefix = `${folder}/${name}/`;
    const of = (account: string) => once<T>(`${prefix}${account}.json.gz`);
    return {
      put: (account, value) => of(account).put(value),
      putAll: async (values) => {
        const limit = pLimit(AT_A_TIME);
        await Promise.all(values.map(([account, value]) => limit(() => of(account).put(value))));
      },
      get: (account) => of(account).get(),
      all: async () => {
        const accounts = (await store.list(prefix)).map((key) => key.slice(prefix.length).replace('.json.gz', ''));
        const limit = pLimit(AT_A_TIME);
        return new Map(await Promise.all(accounts.map((id) => limit(async () => [id, await of(id).get()] as const))));
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
    joined: once(`${folder}/joined.json.gz`),
    reach: byAccount('reach'),
    outcomes: byAccount('outcomes'),
    report: once(`${folder}/report.json.gz`),
    snapshotOf: (account) => once(keyOf('snapshot', { account, ...began })),
  };
}

/** The one account's run within it. */
export const runOf = (account: string, { id, startedAt }: OrganizationRun) => ({ account, id, startedAt: Date.parse(startedAt) });
