import type { Instant } from './instant.ts';
import type { Json } from './json.ts';
import type { Resource } from './resource.ts';
import type { Severity } from './severity.ts';

/** What is compared. Each part is compared by one file of `lambda/scanner/drift`. */
export const changeParts = [
  'access',
  'access-keys',
  'break-glass',
  'certificate-trust',
  'identities',
  'identity-center',
  'identity-providers',
  'mfa-devices',
  'organization-policies',
  'passwords',
  'permissions',
  'policies',
  'root',
  'service-credentials',
  'trust-policies',
] as const;

/** One of {@link changeParts}. */
export type ChangePart = (typeof changeParts)[number];

/** What can change. Machines read it: a kind is never renamed. */
export const changeKinds = [
  'access-gained',
  'access-lost',
  'access-key-added',
  'access-key-deactivated',
  'access-key-reactivated',
  'access-key-removed',
  'access-key-replaced',
  'assignment-added',
  'assignment-removed',
  'boundary-removed',
  'boundary-set',
  'boundary-widened',
  'break-glass-used',
  'denial-dropped',
  'guardrail-strengthened',
  'guardrail-weakened',
  'identity-added',
  'identity-removed',
  'mfa-device-added',
  'mfa-device-removed',
  'mfa-device-replaced',
  'password-added',
  'password-changed',
  'password-removed',
  'permissions-changed',
  'permissions-gained',
  'permissions-lost',
  'policy-rolled-back',
  'policy-widened',
  'policy-narrowed',
  'provider-added',
  'provider-changed',
  'provider-removed',
  'root-credential-added',
  'root-credential-removed',
  'service-credential-added',
  'service-credential-removed',
  'trust-changed',
  'trust-narrowed',
  'trust-widened',
] as const;

/** One of {@link changeKinds}. */
export type ChangeKind = (typeof changeKinds)[number];

/** Whether a change makes the account weaker or stronger; `neutral`: neither, or it cannot be told. */
export type ChangeEffect = 'worse' | 'better' | 'neutral';

/** One difference between an earlier and a later snapshot of an account. */
export interface Change {
  readonly account: string;
  readonly kind: ChangeKind;
  readonly effect: ChangeEffect;
  /** INFORMATIONAL where the change is only listed. */
  readonly severity: Severity;
  readonly resource: Resource;
  /** The user or role that the change is about, if it is not the resource itself. */
  readonly principalArn?: string;
  /** Whether that user or role, or root, is admin-capable in its own account or in another one. */
  readonly isAdmin?: boolean;
  /** Whether the configuration marks that user as break-glass. */
  readonly isBreakGlass?: boolean;
  /** What changed, in at most 120 characters; it names the resource. */
  readonly headline: string;
  /** Further facts, in sentences; empty: there are none. */
  readonly message: string;
  readonly evidence: Readonly<Record<string, Json>>;
}

/** Whether a change is about an administrator or a break-glass user. */
export const isOfAdminOrBreakGlass = ({
  isAdmin = false,
  isBreakGlass = false,
}: Pick<Change, 'isAdmin' | 'isBreakGlass'>): boolean => isAdmin || isBreakGlass;

/** Something that cannot be compared, because one of the snapshots does not show it. */
export interface Incomparable {
  readonly part: ChangePart;
  /** Absent: the whole account. */
  readonly resource?: Resource;
  readonly reason: string;
}

/** What changed in an account since an earlier snapshot. */
export interface Drift {
  /** When the earlier snapshot was taken. */
  readonly since: Instant;
  readonly changes: readonly Change[];
  readonly incomparable: readonly Incomparable[];
}
