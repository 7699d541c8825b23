import type { CheckContext, Subject } from '../../check.ts';
import { accountSubject } from '../../model/account-subject.ts';
import type { Json } from '../../model/json.ts';
import { ACCOUNTS_LISTED, type AccountsOnTheWay, PATHS_TOLD, type PrincipalReach, type ReachPath } from '../../model/reach.ts';
import type { Facts } from '../../facts/snapshot.ts';
import { isEasilyStolen } from './reach-severity.ts';
import { type PrincipalSubject, pathEvidence, principals } from '../principals/principals.ts';

/** One principal, all admins of the account, or the platform roles of one kind, with admin access to several accounts. */
export interface AccountReach extends Subject {
  /** How a headline names it: `IAM user ann`, `Every admin of account 111122223333`. */
  readonly label: string;
  /** The IDs of the accounts, including its own if it is admin there. */
  readonly accounts: readonly string[];
  /** The most accounts that one of them reaches. */
  readonly most: number;
  readonly paths: readonly ReachPath[];
  readonly through: AccountsOnTheWay;
  /** The ARNs of the principals that it stands for; empty for a single principal. */
  readonly members: readonly string[];
  /** Platform roles of one kind: their names, and those that do not reach all of the accounts, with what they reach. */
  readonly roles?: {
    readonly names: readonly string[];
    readonly exceptions: readonly { readonly name: string; readonly accounts: readonly string[] }[];
  };
  readonly platform: boolean;
  /** Whether a stolen credential of one of them is enough: see {@link isEasilyStolen}. */
  readonly isEasilyStolen: boolean;
}

type Needed = Pick<Facts, 'identities' | 'access' | 'crossAccountReach'>;

/**
 * The principals of the account with unconditional admin access to other accounts. What every admin of the account can do is one
 * finding for all of them. A principal has a finding of its own only for access that it does not have as an admin.
 */
export function accountReaches(
  facts: Needed,
  context: Pick<CheckContext, 'accountId' | 'isBreakGlass'>,
): readonly AccountReach[] {
  const reaching = principals(facts).flatMap((principal) => {
    const reach = facts.crossAccountReach?.get(principal.identity.arn);
    if (reach === undefined || otherAccounts(reach.accounts, context).length === 0) return [];
    if (context.isBreakGlass(principal.identity)) return [];
    return [{ ...principal, reach, paths: reach.paths(PATHS_TOLD).filter(({ account }) => reach.accounts.includes(account)) }];
  });
  const own = reaching
    .filter((principal) => !isOfAll(principal))
    .map(({ identity, resource, label, verdict, reach, paths }): AccountReach => ({
      ...{ resource, principalArn: identity.arn, label, accounts: reach.accounts, paths, members: [] },
      through: reach.through,
      most: reach.accounts.length,
      platform: verdict.platform,
      isEasilyStolen: isEasilyStolen(identity, reach),
    }));
  if (facts.crossAccountReach !== undefined && reaching.length === 0) return [noReach(context)];
  return [...own, ...ofEveryAdmin(reaching.filter(isOfAll), context)];
}

/** An account without such principals. */
const noReach = (context: Pick<CheckContext, 'accountId'>): AccountReach => ({
  ...{ ...accountSubject(context), label: `No principal of account ${context.accountId}` },
  ...{ accounts: [], most: 0, paths: [], through: throughAll([]), members: [], platform: false, isEasilyStolen: false },
});

/** Whether the principal reaches other accounts only in the way that every admin of its own account can. */
const isOfAll = ({ verdict, paths }: Pick<PrincipalSubject, 'verdict'> & Pick<AccountReach, 'paths'>): boolean =>
  verdict.verdict === 'admin' || paths.every(({ asAdmin }) => asAdmin);

interface Sharer {
  readonly identity: PrincipalSubject['identity'];
  readonly reach: PrincipalReach;
  readonly paths: readonly ReachPath[];
}

function ofEveryAdmin(sharers: readonly Sharer[], context: Pick<CheckContext, 'accountId'>): readonly AccountReach[] {
  const [first] = [...sharers].sort((a, b) => b.reach.accounts.length - a.reach.accounts.length);
  if (first === undefined) return [];
  return [
    {
      ...accountSubject(context),
      label: `Every admin of account ${context.accountId}`,
      accounts: first.reach.accounts,
      most: first.reach.accounts.length,
      paths: first.paths,
      through: throughAll(sharers.map(({ reach }) => reach.through)),
      members: sharers.map(({ identity }) => identity.arn),
      platform: false,
      isEasilyStolen: sharers.some(({ identity, reach }) => isEasilyStolen(identity, reach)),
    },
  ];
}

/** The accounts of the list other than the one that is scanned. */
export const otherAccounts = (accounts: readonly string[], { accountId }: Pick<CheckContext, 'accountId'>): readonly string[] =>
  accounts.filter((account) => account !== accountId);

/** The accounts on the paths of all of them. Lists are often one and the same object. */
export function throughAll(all: readonly AccountsOnTheWay[]): AccountsOnTheWay {
  const accounts = [...new Set([...new Set(all.map((each) => each.accounts))].flat())].sort();
  const count = Math.max(accounts.length, ...all.map((each) => each.count));
  return { accounts: accounts.slice(0, ACCOUNTS_LISTED), count };
}

/**
 * The accounts, those on the paths to them, and the first paths, as the evidence of a finding. `throughCount` is there if accounts on
 * the paths are left out: the finding then stays open while any account is not seen.
 */
export const reachEvidence = ({
  accounts,
  through,
  paths,
}: Pick<AccountReach, 'accounts' | 'through' | 'paths'>): Readonly<Record<string, Json>> => ({
  accounts: accounts.slice(0, ACCOUNTS_LISTED),
  accountCount: accounts.length,
  through: through.accounts,
  ...(through.count > through.accounts.length ? { throughCount: through.count } : {}),
  paths: paths.map((path) => ({ account: path.account, ...pathEvidence(path) })),
});
