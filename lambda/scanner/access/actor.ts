import type { Role, User } from '../facts/identities.ts';
import type { PolicyInForce } from '../policy/decide.ts';
import type { ManagedPolicyInForce } from './account.ts';

/** A limit on what policies may grant: a permissions boundary, or one level of service or resource control policies. */
export interface Limit {
  readonly kind: 'permissions-boundary' | 'scp' | 'rcp';
  /** What people call it: the boundary's ARN, the name of the organizational unit. */
  readonly name: string;
  /** `unreadable`: it is there, and what it says is not known. */
  readonly policies: readonly PolicyInForce[] | 'unreadable';
}

/** A policy of an actor, and how it came by it; what is its own it can take off, given the right. */
export interface HeldPolicy extends PolicyInForce {
  readonly held: 'inline' | 'attached';
  readonly managed?: ManagedPolicyInForce;
  readonly hasDeny: boolean;
}

interface Common {
  readonly arn: string;
  readonly policies: readonly HeldPolicy[];
  /** The policies that are attached and could not be read, with why; they might allow or deny anything. */
  readonly unreadable: readonly string[];
  readonly boundary?: Limit;
  /** The limits that hold for the whole account; none of these can be taken off from inside it. */
  readonly guardrails: readonly Limit[];
  readonly groups: readonly string[];
  /** Condition keys (lower case, or a family such as `aws:principaltag/`) that it can give any value to. */
  readonly settableKeys: readonly string[];
}

/** A user who can act, as it is or as it could make itself. */
export interface UserActor extends Common {
  readonly kind: 'user';
  readonly identity: User;
}

/** A role that can act. */
export interface RoleActor extends Common {
  readonly kind: 'role';
  readonly identity: Role;
}

/** A principal as the analysis sees it: its policies over all groups, and what limits them. */
export type Actor = UserActor | RoleActor;

/** Roles that only AWS can change from inside the account: service-linked ones, and those of IAM Identity Center. */
export const isProtected = ({ kind, identity }: Actor): boolean =>
  kind === 'role' && (identity.path.startsWith('/aws-service-role/') || identity.path.startsWith('/aws-reserved/'));

/** A service-linked role, which nobody but its service can assume. */
export const isServiceLinked = ({ kind, identity }: Actor): boolean => kind === 'role' && isServiceLinkedPath(identity.path);

/**
 * Whether the path is that of service-linked roles, which no service control policy limits.
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html#not-restricted-by-scp
 */
export const isServiceLinkedPath = (path: string): boolean => path.startsWith('/aws-service-role/');
