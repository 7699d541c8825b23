import type { PrincipalVerdict } from './verdict.ts';

/** Who stands behind a role that IAM Identity Center made in an account. */
export interface RolePeople {
  readonly permissionSet: string;
  /** The groups that the permission set is assigned to in the account, by name. */
  readonly groups: readonly string[];
  /** Everybody who has it there, with the groups by which that is so; none: by an assignment of the person's own. */
  readonly people: readonly { readonly person: string; readonly groups: readonly string[] }[];
  /** Why some of it could not be seen; absent where all was. */
  readonly unseen?: string;
}

/** A principal's verdict, and who stands behind it where that is known. */
export type PeopledVerdict = PrincipalVerdict & { readonly people?: RolePeople };
