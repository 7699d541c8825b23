import type { CompiledPolicy } from '../policy/compile.ts';
import type { ManagedPolicy, Role, User } from '../facts/identity.ts';
import type { PolicyInForce } from '../policy/decide.ts';

/** A version of a managed policy that is not its default. */
export interface DormantVersion {
  readonly id: string;
  readonly policy: CompiledPolicy;
}

/** A managed policy with its versions compiled. */
export interface CompiledManagedPolicy {
  readonly policy: ManagedPolicy;
  readonly isCustomerManaged: boolean;
  /** Undefined where it cannot be read. */
  readonly defaultVersion: CompiledPolicy | undefined;
  /** The versions that are not the default, as far as they can be read; compiled on first use, which is rare. */
  readonly dormant: () => readonly DormantVersion[];
}

/** A limit on what policies can grant: a permissions boundary, or the SCPs or RCPs of one level of the organization. */
export interface PermissionLimit {
  readonly kind: 'permissions-boundary' | 'scp' | 'rcp';
  /** Its name for people: the boundary's ARN, or the policy names with the organizational unit. */
  readonly name: string;
  /** Of SCPs and RCPs: the id of the root, organizational unit or account that has them. */
  readonly target?: string;
  /** `unreadable`: the limit exists, and its content is not known. */
  readonly policies: readonly PolicyInForce[] | 'unreadable';
}

/** A policy of a principal, and how it is held: the principal may be able to delete or detach it. */
export interface HeldPolicy extends PolicyInForce {
  readonly held: 'inline' | 'attached';
  readonly managed?: CompiledManagedPolicy;
  readonly hasDeny: boolean;
}

interface PrincipalBase {
  readonly arn: string;
  readonly policies: readonly HeldPolicy[];
  /** Attached policies that could not be read; they might allow or deny anything. */
  readonly unreadable: readonly string[];
  readonly boundary?: PermissionLimit;
  /** Limits on the whole account (SCPs); nothing inside the account can remove them. */
  readonly scpLimits: readonly PermissionLimit[];
  readonly groups: readonly string[];
  /** Condition keys (lower case, or a prefix such as `aws:principaltag/`) that the principal can set to any value. */
  readonly settableKeys: readonly string[];
  /** The service through which it calls IAM, with its own permissions; absent: it calls directly. */
  readonly through?: string;
}

/** A user, as it is or as it could change itself. */
export interface UserPrincipal extends PrincipalBase {
  readonly kind: 'user';
  readonly identity: User;
  /** The ARNs of groups that were created for it, without policies. */
  readonly newGroups?: readonly string[];
}

/** A role, as it is or as it could change itself. */
export interface RolePrincipal extends PrincipalBase {
  readonly kind: 'role';
  readonly identity: Role;
  /** Whether its sessions can have tags that callers of other accounts choose. */
  readonly hasForeignTags?: boolean;
  /** How the keys of the tags begin (lower case) that an identity provider or a service gives to its sessions; an empty text: all. */
  readonly providedTags?: readonly string[];
  /** Whether its trust policy lets no caller set a source identity, so that its sessions have none. */
  readonly refusesSourceIdentity?: boolean;
}

/** A principal in the analysis: its policies, those of its groups included, and its limits. */
export type Principal = UserPrincipal | RolePrincipal;

/** Roles that only AWS can change: service-linked roles, and those of IAM Identity Center. */
export const isProtected = ({ kind, identity }: Principal): boolean =>
  kind === 'role' && (identity.path.startsWith('/aws-service-role/') || identity.path.startsWith('/aws-reserved/'));

/** Whether it is a service-linked role, which only its service can assume. */
export const isServiceLinked = ({ kind, identity }: Principal): boolean => kind === 'role' && isServiceLinkedPath(identity.path);

/**
 * Whether the path is that of service-linked roles, to which no SCP applies.
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html#not-restricted-by-scp
 */
export const isServiceLinkedPath = (path: string): boolean => path.startsWith('/aws-service-role/');

/** The principal with another permissions boundary, or without one; `limit` is undefined where the boundary allows everything. */
export function withBoundary(principal: Principal, arn?: string, limit?: PermissionLimit): Principal {
  const { boundary: _, ...unbound } = principal;
  const bound = limit === undefined ? {} : { boundary: limit };
  return unbound.kind === 'user'
    ? { ...unbound, ...bound, identity: boundBy(unbound.identity, arn) }
    : { ...unbound, ...bound, identity: boundBy(unbound.identity, arn) };
}

function boundBy<T extends { readonly boundaryArn?: string }>({ boundaryArn: _, ...identity }: T, arn: string | undefined) {
  return arn === undefined ? identity : { ...identity, boundaryArn: arn };
}
