import { type LeftOutSteps, toldPath } from './told-path.ts';
import type { PrincipalVerdict, Step, VerdictCondition } from './verdict.ts';

/** How a principal becomes admin of one account, or makes others admin. */
export interface ReachPath {
  readonly account: string;
  readonly path: readonly Step[];
  readonly conditions: readonly VerdictCondition[];
  /** Whether every admin of its own account has the path too, so that it tells nothing about the principal itself. */
  readonly asAdmin: boolean;
  /** It ends at a principal that can only make others admin of the account. */
  readonly grants?: boolean;
}

/** The number of paths of one principal that a finding shows. */
export const PATHS_TOLD = 3;

/** The number of accounts that are listed by id. */
export const ACCOUNTS_LISTED = 50;

/**
 * The accounts on all paths of a principal to other accounts, its own and those where they end included. While one of them is not
 * seen, a path may be missing.
 */
export interface AccountsOnTheWay {
  /** The first of them, sorted. */
  readonly accounts: readonly string[];
  /** How many there are. */
  readonly count: number;
}

/** The accounts in which one principal is, becomes or can grant admin. */
export interface PrincipalReach {
  readonly arn: string;
  /** The ids of its active access keys. */
  readonly keys: readonly string[];
  /** For a user: whether all its MFA devices are known, and all are hardware or FIDO. */
  readonly hasHardwareMfa?: boolean;
  /** The ids of the accounts, sorted, its own included where it is admin there; only where no condition is open. */
  readonly accounts: readonly string[];
  /** The ids of further accounts, if conditions hold. */
  readonly ifConditions: readonly string[];
  readonly through: AccountsOnTheWay;
  /** The shortest paths into other accounts, nearest first, certain ones before the others; at most so many. */
  readonly paths: (most: number) => readonly ReachPath[];
}

/**
 * The principals of an account that are or become admin of another one, by ARN; undefined: it was analyzed without other
 * accounts.
 */
export type CrossAccountReach = ReadonlyMap<string, PrincipalReach> | undefined;

/** Admin access of a principal to the other accounts through a service that has access to all of them. */
export interface OrgWideServiceAccess {
  /** Absent: every admin of the account, and every principal that becomes one. */
  readonly from?: string;
  readonly step: Step;
  readonly conditions: readonly VerdictCondition[];
  /** The accounts that it is limited to; absent: every member account. */
  readonly members?: readonly string[];
  /** The principal turns on first what is off today: trusted access of the service, or a feature of it. */
  readonly isOff?: true;
}

/** The member accounts to which such access is limited, in words. */
export const membersInWords = (members: OrgWideServiceAccess['members']): string =>
  members === undefined
    ? 'every member account'
    : members.length === 1
      ? `account ${members[0]}`
      : `${members.length} member accounts`;

/** The admin access of a principal to one other account, as reports tell it. */
export interface ReachEntry extends LeftOutSteps {
  readonly account: string;
  readonly verdict: 'can-become-admin' | 'can-grant-admin' | 'conditional';
  /** What a `conditional` one would be if its conditions held. */
  readonly would?: 'can-become-admin' | 'can-grant-admin';
  readonly conditions: readonly VerdictCondition[];
  readonly asAdmin: boolean;
  readonly path: readonly Step[];
}

/** How many other accounts a principal reaches, and the first of them. */
export interface ReachedAccounts {
  readonly count: number;
  readonly accounts: readonly string[];
  /** Further accounts, if conditions hold. */
  readonly ifConditions: number;
}

/** A verdict with what the principal reaches in other accounts; both are absent where that is nothing. */
export interface VerdictWithReach extends PrincipalVerdict, LeftOutSteps {
  /** The nearest accounts, each with its path. */
  readonly reach?: readonly ReachEntry[];
  readonly reachedAccounts?: ReachedAccounts;
}

/** Adds to a verdict what the principal reaches in other accounts than `home`, with so many paths. */
export function withReach(
  verdict: PrincipalVerdict,
  home: string,
  reaches: CrossAccountReach,
  most: number = PATHS_TOLD,
): VerdictWithReach {
  const own = reaches?.get(verdict.arn);
  if (own === undefined) return verdict;
  const others = own.accounts.filter((account) => account !== home);
  const ifConditions = own.ifConditions.filter((account) => account !== home).length;
  if (others.length + ifConditions === 0) return verdict;
  return {
    ...verdict,
    reach: own.paths(most).map(entryOf),
    reachedAccounts: { count: others.length, accounts: others.slice(0, ACCOUNTS_LISTED), ifConditions },
  };
}

function entryOf({ account, path, conditions, asAdmin, grants = false }: ReachPath): ReachEntry {
  const reached = grants ? 'can-grant-admin' : 'can-become-admin';
  const isOpen = conditions.some(({ controlledBy }) => controlledBy !== 'caller');
  return {
    account,
    ...(isOpen ? { verdict: 'conditional', would: reached } : { verdict: reached }),
    ...{ conditions, asAdmin, path },
  };
}

/** The verdict as a report in JSON has it: of long paths the first steps. */
export const toldVerdict = <T extends VerdictWithReach>(verdict: T): T => ({
  ...toldPath(verdict),
  ...(verdict.reach === undefined ? {} : { reach: verdict.reach.map(toldPath) }),
});

/** Whether the principal is, becomes or can grant admin in any account, perhaps under conditions. */
export const isAdminSomewhere = ({ verdict, reach }: VerdictWithReach): boolean => verdict !== 'none' || reach !== undefined;
