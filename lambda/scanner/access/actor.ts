import type { Role, User } from '../facts/identities.ts';
import type { PolicyInForce } from '../policy/decide.ts';
import type { ManagedPolicyInForce } from './account.ts';

/** A limit on what policies can grant: a permissions boundary, or the SCPs or RCPs of one level of the organization. */
export interface Limit {
  readonly kind: 'permissions-boundary' | 'scp' | 'rcp';
  /** Its name for people: the boundary's ARN, or the policy names with the organizational unit. */
  readonly name: string;
  /** `unreadable`: the limit exists, and its content is not known. */
  readonly policies: readonly PolicyInForce[] | 'unreadable';
}

/** A policy of a principal, and how it is held: the principal may be able to delete or detach it. */
export interface HeldPolicy extends PolicyInForce {
  readonly held: 'inline' | 'attached';
  readonly managed?: ManagedPolicyInForce;
  readonly hasDeny: boolean;
}

interface Common {
  readonly arn: string;
  readonly policies: readonly HeldPolicy[];
  /** Attached policies that could not be read; they might allow or deny anything. */
  readonly unreadable: readonly string[];
  readonly boundary?: Limit;
  /** Limits on the whole account (SCPs); nothing inside the account can remove them. */
  readonly guardrails: readonly Limit[];
  readonly groups: readonly string[];
  /** Condition keys (lower case, or a prefix such as `aws:principaltag/`) that the principal can set to any value. */
  readonly settableKeys: readonly string[];
}

/** A user, as it is or as it could change itself. */
export interface UserActor extends Common {
  readonly kind: 'user';
  readonly identity: User;
}

/** A role, as it is or as it could change itself. */
export interface RoleActor extends Common {
  readonly kind: 'role';
  readonly identity: Role;
}

/** A principal in the analysis: its policies, those of its groups included, and its limits. */
export type Actor = UserActor | RoleActor;

/** Roles that only AWS can change: service-linked roles, and those of IAM Identity Center. */
export const isProtected = ({ kind, identity }: Actor): boolean =>
  kind === 'role' && (identity.path.startsWith('/aws-service-role/') || identity.path.startsWith('/aws-reserved/'));

/** Whether it is a service-linked role, which only its service can assume. */
export const isServiceLinked = ({ kind, identity }: Actor): boolean => kind === 'role' && isServiceLinkedPath(identity.path);

/**
 * Whether the path is that of service-linked roles, to which no SCP applies.
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html#not-restricted-by-scp
 */
export const isServiceLinkedPath = (path: string): boolean => path.startsWith('/aws-service-role/');
