import type { PermissionLimit } from '../iam/principal.ts';
import type { OrgWideServiceAccess } from '../model/reach.ts';
import type { Step, Verdict, VerdictCondition } from '../model/verdict.ts';
import type { LanguageVersion, Statement } from '../policy/policy.ts';

/**
 * A policy reduced to `sts:AssumeRole` and partially evaluated: what one account can decide is removed. Statements keep their
 * index.
 */
export interface ResidualPolicy {
  /** The name of the policy in findings: its ARN, `inline:<name>`, `trust:<role>`. */
  readonly origin: string;
  readonly version: LanguageVersion;
  readonly statements: readonly Statement[];
}

/** A limit, partially evaluated: the permissions boundary, or the SCPs or RCPs of one level. */
export interface ResidualLimit {
  readonly kind: PermissionLimit['kind'];
  readonly name: string;
  /** Of SCPs and RCPs: the id of the root, organizational unit or account that has them. */
  readonly target?: string;
  readonly policies: readonly ResidualPolicy[] | 'unreadable';
}

/** A principal at the start or end of an edge. */
export interface EdgePrincipal {
  readonly arn: string;
  readonly kind: 'user' | 'role';
  readonly name: string;
  readonly id: string;
  readonly platform: boolean;
  /** Service-linked: only AWS acts as it. */
  readonly isServiceLinked: boolean;
  readonly verdict: Verdict;
  readonly tags: readonly (readonly [key: string, value: string])[];
  /** How the keys of the tags begin (lower case) that identity providers and services give to its sessions. */
  readonly providedTags?: readonly string[];
  /** Of a role: its trust policy lets no caller set a source identity. */
  readonly refusesSourceIdentity?: boolean;
  /** The ids of its active access keys. */
  readonly keys: readonly string[];
  /** For a user: whether all its MFA devices are known, and all are hardware or FIDO. */
  readonly hasHardwareMfa?: boolean;
}

/** How a principal is, or becomes, admin of its account, or makes others admin. */
export interface AdminPath {
  readonly from: string;
  readonly path: readonly Step[];
  readonly conditions: readonly VerdictCondition[];
}

/** How a principal, or every admin of the account, can act as another principal of the account. */
export interface ActAsPath {
  /** Absent: every admin of the account, and every principal that becomes one. */
  readonly from?: string;
  readonly path: readonly Step[];
  readonly conditions: readonly VerdictCondition[];
}

/** All that leads to some principals of the account, which differ in their names only; the paths tell those of the first one. */
export interface ActAsGroup {
  readonly to: readonly string[];
  readonly paths: readonly ActAsPath[];
}

/** How every admin of the account gives one of its roles or users permissions, and then acts as it. */
export interface Takeover {
  readonly kind: EdgePrincipal['kind'];
  /** Its steps end at an empty target, which stands for the role or user. */
  readonly path: readonly Step[];
  readonly conditions: readonly VerdictCondition[];
  /** The roles or users, by their paths and names: `team/deploy`. */
  readonly principals: readonly string[];
}

/** How a principal of the management account, or every admin of it, takes an SCP or RCP off an account. */
export interface GuardrailChange {
  /** Absent: every admin of the account, and every principal that becomes one. */
  readonly from?: string;
  /** Where accounts are moved, it ends at an empty target, which stands for the account. */
  readonly step: Step;
  readonly conditions: readonly VerdictCondition[];
  readonly lift: Lift;
}

/** What a change takes off. */
export type Lift =
  | { readonly by: 'disabling'; readonly kind: GuardrailKind }
  | { readonly by: 'rewriting'; readonly policy: string }
  | { readonly by: 'detaching'; readonly policy: string; readonly target: string }
  | { readonly by: 'attaching'; readonly target: string }
  /** The ARNs of the accounts, by their ids, and the targets of SCPs and RCPs above the place that they are moved to. */
  | { readonly by: 'moving'; readonly accounts: Readonly<Record<string, string>>; readonly below: readonly string[] };

/** The kind of a policy that limits accounts. */
export type GuardrailKind = Exclude<PermissionLimit['kind'], 'permissions-boundary'>;

/** The SCPs or RCPs of one level that block a principal. */
export interface BlockingLevel {
  readonly kind: GuardrailKind;
  readonly target: string;
  /** Those that deny something: each has to be detached or rewritten. */
  readonly denying: readonly string[];
  /** Where too little is allowed without them: the SCPs of which one has to be rewritten, if FullAWSAccess is not attached. */
  readonly allowing?: readonly string[];
}

/** A principal that would be, or become, admin of the account if SCPs and RCPs did not block it. */
export interface BlockedAdmin extends AdminPath {
  readonly levels: readonly BlockingLevel[];
  /** Where the account is moved before: the targets of SCPs and RCPs above the place. Absent: where it is. */
  readonly movedBelow?: readonly string[];
}

/** A cross-account principal: its own policies allow it to assume roles of other accounts (the identity side). */
export interface CrossAccountSource {
  readonly principal: string;
  readonly policies: readonly ResidualPolicy[];
  readonly limits: readonly ResidualLimit[];
  /** Present where this is the principal once it has changed itself. */
  readonly changed?: Preparation;
  /** Present where this is the principal once it has been tagged: conditions on its tags are open. */
  readonly tagged?: Tagging;
  /** Present where this is a session of the role with tags that its caller chooses: who gets one in the own account. */
  readonly sessions?: readonly Tagging[];
}

/** The steps by which a principal changes itself, or another one as which it acts then, before it assumes a role. */
export interface Preparation {
  readonly from: string;
  readonly path: readonly Step[];
  readonly conditions: readonly VerdictCondition[];
}

/** How a principal gets to be another one, or itself, with tags that it chooses, and which. */
export interface Tagging extends Preparation {
  readonly tags: SettableTags;
}

/** The tags that a principal can set. */
export interface SettableTags {
  /** Whether it can set tags with keys that `named` lacks, to any value. */
  readonly any: boolean;
  /** By keys in lower case: the values that it can set. */
  readonly named: Readonly<Record<string, 'any' | readonly string[]>>;
}

/** An externally assumable role: its trust policy (the trust side), and the RCPs that apply to it. */
export interface ExternallyAssumableRole {
  readonly role: string;
  readonly trust: ResidualPolicy;
  readonly limits: readonly ResidualLimit[];
}

/**
 * What one account contributes to the graph of the organization, in plain JSON, as input of {@link correlate}. It holds the
 * principals that are or become admin here, the cross-account principals and the externally assumable roles, and nothing else.
 */
export interface AccountEdges {
  readonly account: string;
  readonly partition: string;
  /** When it was collected, ISO 8601: conditions may depend on the time. */
  readonly takenAt: string;
  readonly organizationId?: string;
  readonly organizationPath?: string;
  /** It belongs to another organization, or to none. */
  readonly isOutside?: true;
  readonly isManagement: boolean;
  /** SCPs leave no principal of the account admin, whatever its name is and its policies allow. */
  readonly isSealed?: true;
  readonly principals: readonly EdgePrincipal[];
  readonly adminPaths: readonly AdminPath[];
  /** The principals that can make others admin of the account, and not themselves. */
  readonly grantPaths: readonly AdminPath[];
  readonly actAs: readonly ActAsGroup[];
  readonly sources: readonly CrossAccountSource[];
  /** The limits on a role that an admin creates (the synthetic admin); absent where no principal becomes admin. */
  readonly newRoleLimits?: Pick<CrossAccountSource, 'limits'>;
  /** What admins can do with roles and users that other accounts trust by name; none where no principal becomes admin. */
  readonly takeovers: readonly Takeover[];
  readonly assumableRoles: readonly ExternallyAssumableRole[];
  readonly orgWideAccess: readonly OrgWideServiceAccess[];
  readonly guardrailChanges: readonly GuardrailChange[];
  readonly blockedAdmins: readonly BlockedAdmin[];
}
