import pLimit from 'p-limit';
import { isDeepStrictEqual } from 'node:util';
import { type ComparedFindings, compareFindings } from '../scanner/report/digest/compare-findings.ts';
import type { DigestItem } from '../scanner/report/digest/digest.ts';
import type { FoundInAccount } from '../scanner/report/digest/found.ts';
import { type Pending, type ReadObject, type ToldStore, keepTold, readTold } from './told.ts';

/** What a run found, account by account: it is read when it is compared, and not kept. */
export interface FoundByAccount {
  readonly accounts: readonly string[];
  readonly of: (account: string) => Promise<FoundInAccount>;
}

/** What changed in the findings of all accounts since they were told. */
export interface ComparedAccounts {
  readonly items: readonly DigestItem[];
  readonly problems: readonly string[];
  /** Stores what is told now of the accounts that changed. Returns those that are stored, and what went wrong. */
  readonly keep: () => Promise<{ readonly kept: readonly string[]; readonly problems: readonly string[] }>;
}

/** So many accounts are in memory at a time. */
const AT_A_TIME = 16;

/**
 * Compares the findings of each account with what was told of it. Only what is to be told stays in memory: what to remember of an account
 * that changed is compared once more when it is stored.
 */
export async function compareAccounts(
  store: ToldStore,
  pending: ReadObject<Pending>,
  found: FoundByAccount,
): Promise<ComparedAccounts> {
  const compared = await each(found.accounts, async (account) => {
    const { items, problems, isChanged } = await compareOne(store, pending, found, account);
    return { account, items, problems, isChanged };
  });
  return {
    items: compared.flatMap(({ items }) => items),
    problems: unique(compared.flatMap(({ problems }) => problems)),
    keep: async () => {
      const changed = compared.filter(({ isChanged }) => isChanged).map(({ account }) => account);
      const stored = await each(changed, async (account) => {
        const { told, remembered } = await compareOne(store, pending, found, account);
        return { account, problems: await keepTold(store, account, told, remembered) };
      });
      return {
        kept: stored.filter(({ problems }) => problems.length === 0).map(({ account }) => account),
        problems: unique(stored.flatMap(({ problems }) => problems)),
      };
    },
  };
}

interface ComparedAccount extends ComparedFindings {
  readonly told: ReadObject<unknown>;
  readonly problems: readonly string[];
  /** Whether the object of the account is to be written. */
  readonly isChanged: boolean;
}

async function compareOne(
  store: ToldStore,
  pending: ReadObject<Pending>,
  { of }: FoundByAccount,
  account: string,
): Promise<ComparedAccount> {
  const [told, found] = await Promise.all([readTold(store, account), of(account)]);
  const compared = compareFindings(told.value ?? pending.value?.accounts[account], found);
  // What S3 did not answer stays as it is, and it may be in the object of earlier versions.
  const isUnknown = told.value === undefined && pending.isKept;
  return {
    ...compared,
    told,
    problems: isUnknown ? [...told.problems, ...pending.problems] : told.problems,
    isChanged: !told.isKept && !isUnknown && !isDeepStrictEqual(told.value, compared.remembered),
  };
}

function each<T>(accounts: readonly string[], work: (account: string) => Promise<T>): Promise<readonly T[]> {
  const limit = pLimit(AT_A_TIME);
  return Promise.all(accounts.map((account) => limit(() => work(account))));
}

const unique = (problems: readonly string[]): readonly string[] => [...new Set(problems)];
