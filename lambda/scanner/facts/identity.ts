import type { Instant } from '../model/instant.ts';
import type { Json } from '../model/json.ts';
import type { Unavailable } from '../model/observed.ts';

/** A policy embedded in one user, group or role. */
export interface InlinePolicy {
  readonly name: string;
  readonly document: Json;
}

/** A managed policy attached to a user, group or role. */
export interface AttachedPolicy {
  readonly name: string;
  readonly arn: string;
}

/** Tags by key; keys keep their case. */
export type Tags = ReadonlyMap<string, string>;

interface Identity {
  readonly name: string;
  /** The unique id (`AIDA…`, `AROA…`, `AGPA…`), which is never reused. */
  readonly id: string;
  readonly arn: string;
  readonly path: string;
  readonly createdAt?: Instant;
  readonly inlinePolicies: readonly InlinePolicy[];
  readonly attachedPolicies: readonly AttachedPolicy[];
  /** Policies and groups that it has and that could not be read, which may allow anything; absent: none. */
  readonly unreadPolicies?: readonly string[];
  /** What else of it could not be read; absent: nothing. */
  readonly unreadParts?: readonly string[];
}

/** An IAM user. */
export interface User extends Identity {
  readonly groups: readonly string[];
  readonly boundaryArn?: string;
  readonly tags: Tags;
}

/** An IAM user group. */
export type Group = Identity;

/** A container that passes a role to EC2 instances. */
export interface InstanceProfile {
  readonly name: string;
  readonly arn: string;
}

/** An IAM role. */
export interface Role extends Identity {
  readonly trustPolicy: Json;
  readonly boundaryArn?: string;
  readonly tags: Tags;
  readonly instanceProfiles: readonly InstanceProfile[];
  /** When the role was last used in the tracking period of 400 days; absent: not in that time, or {@link ROLE_LAST_USED} is unread. */
  readonly lastUsedAt?: Instant;
}

/** The name, among the unread parts of a role, of when it was last used. */
export const ROLE_LAST_USED = 'RoleLastUsed';

/** Whether the account owner manages the role, and not an AWS service or IAM Identity Center. */
export const isOwnRole = ({ path }: Pick<Role, 'path'>): boolean =>
  !path.startsWith('/aws-service-role/') && !path.startsWith('/aws-reserved/');

/** One of at most five versions of a managed policy. */
export interface PolicyVersion {
  readonly id: string;
  readonly isDefault: boolean;
  readonly document: Json;
  readonly createdAt?: Instant;
}

/** A customer-managed policy, or an AWS-managed one in use. */
export interface ManagedPolicy {
  readonly name: string;
  readonly id: string;
  readonly arn: string;
  readonly path: string;
  readonly attachmentCount: number;
  readonly boundaryUsageCount: number;
  readonly isAttachable?: boolean;
  readonly createdAt?: Instant;
  /** When its newest version was created. */
  readonly updatedAt?: Instant;
  readonly versions: readonly PolicyVersion[];
  /** What of it could not be read; absent: nothing. */
  readonly unreadParts?: readonly string[];
}

/** Every user, group, role and policy of an account. */
export interface Identities {
  readonly users: readonly User[];
  readonly groups: readonly Group[];
  readonly roles: readonly Role[];
  readonly policies: readonly ManagedPolicy[];
  /** Permissions boundaries that AWS did not return, by ARN, with the reason; absent: none. */
  readonly unseenPolicies?: ReadonlyMap<string, Unavailable>;
  /** Elements of the answer that could not be read; absent: none. */
  readonly unread?: readonly string[];
}
