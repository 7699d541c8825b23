import type { VerdictWithReach } from './reach.ts';

/** The people who can use a role that IAM Identity Center created in an account. */
export interface RolePeople {
  readonly permissionSet: string;
  /** The groups that the permission set is assigned to in the account, by name. */
  readonly groups: readonly string[];
  /** All people who have it there, with the groups through which they do; empty: by a direct assignment. */
  readonly people: readonly { readonly person: string; readonly groups: readonly string[] }[];
  /** Why some of it could not be listed; absent where all of it was. */
  readonly unseen?: string;
}

/** The verdict of a principal, with who can use it and what it can do. */
export interface VerdictWithUsers extends VerdictWithReach {
  /** The people who can use it, where they are known. */
  readonly people?: RolePeople;
  /** What it can do with its permissions, where that is told. */
  readonly abilities?: readonly string[];
}
