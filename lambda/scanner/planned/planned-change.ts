import type { Tags } from '../facts/identity.ts';
import type { Json } from '../model/json.ts';

/** A user, group or role by its name, which is unique among its kind in an account. */
export interface Holder {
  readonly kind: 'user' | 'group' | 'role';
  readonly name: string;
}

/** A user, group or role with what it has only one of. Without a boundary it has none. */
export interface IdentityDeclaration {
  readonly kind: 'identity';
  readonly holder: Holder;
  readonly path: string;
  readonly boundaryArn?: string;
  readonly tags: Tags;
  /** Other tags that it has stay: of a stack a template does not tell all. */
  readonly keepsTags?: true;
  /** Of a role. */
  readonly trustPolicy?: Json;
}

/** A policy that is embedded in its holder. */
export interface InlinePolicyDeclaration {
  readonly kind: 'inline-policy';
  readonly holder: Holder;
  readonly name: string;
  readonly document: Json;
}

/** A customer managed policy. What it is attached to is declared apart. */
export interface ManagedPolicyDeclaration {
  readonly kind: 'managed-policy';
  readonly name: string;
  readonly path: string;
  readonly document: Json;
}

/** A managed policy on its holder. */
export interface AttachmentDeclaration {
  readonly kind: 'attachment';
  readonly holder: Holder;
  readonly policyArn: string;
}

/** A user in a group. */
export interface MembershipDeclaration {
  readonly kind: 'membership';
  readonly user: string;
  readonly group: string;
}

/** An instance profile with its role. */
export interface InstanceProfileDeclaration {
  readonly kind: 'instance-profile';
  readonly name: string;
  readonly path: string;
  readonly role: string;
}

/** An access key of a user. */
export interface AccessKeyDeclaration {
  readonly kind: 'access-key';
  readonly user: string;
  /** What names it until AWS gives it an ID. */
  readonly id: string;
  readonly active: boolean;
}

/** A policy of the holder that is not known before the change is deployed, and may allow anything. */
export interface UnreadPolicyDeclaration {
  readonly kind: 'unread-policy';
  readonly holder: Holder;
  /** Where it is declared. */
  readonly source: string;
}

/** One thing in IAM that a template or a plan declares. */
export type Declaration =
  | IdentityDeclaration
  | InlinePolicyDeclaration
  | ManagedPolicyDeclaration
  | AttachmentDeclaration
  | MembershipDeclaration
  | InstanceProfileDeclaration
  | AccessKeyDeclaration
  | UnreadPolicyDeclaration;

/** Something that a template or a plan declares and that is not known before it is deployed. */
export interface Unresolved {
  /** The logical ID in the template, or the address in the plan. */
  readonly source: string;
  readonly reason: string;
  /** Whom it is about; absent: that is not known either, or it is about several. */
  readonly holder?: Holder;
}

/** What a template or a plan changes in IAM. What it does not name stays as it is. */
export interface PlannedChange {
  readonly declared: readonly Declaration[];
  readonly removed: readonly Declaration[];
  readonly unresolved: readonly Unresolved[];
}

/** What one resource of a template or a plan comes to. */
export type Part = Declaration | Unresolved;

/** The parts of all resources, sorted by what they are. */
export const plannedChange = (declared: readonly Part[], removed: readonly Part[] = []): PlannedChange => ({
  declared: declared.filter(isDeclaration),
  removed: removed.filter(isDeclaration),
  unresolved: [...declared, ...removed].filter((part): part is Unresolved => !isDeclaration(part)),
});

const isDeclaration = (part: Part): part is Declaration => 'kind' in part;

/** The default path of everything in IAM. */
export const DEFAULT_PATH = '/';
