/** The answers to "is this principal admin?", strongest first; each principal has the first that holds. */
export const verdicts = ['admin', 'can-become-admin', 'can-grant-admin', 'conditional', 'none'] as const;

/**
 * - `admin`: effectively allowed every action on every resource;
 * - `can-become-admin`: by steps that its permissions allow today, on its own identity or through another;
 * - `can-grant-admin`: can grant admin to another identity, which it cannot act as itself;
 * - `conditional`: one of the above if the stated conditions hold, which the snapshot cannot decide;
 * - `none`: proven to reach none of the above.
 */
export type Verdict = (typeof verdicts)[number];

/** A reference to one policy statement: the ARN of the policy or `inline:<name>`, and the index of the statement. */
export interface StatementReference {
  readonly policy: string;
  /** The name of the group through which the policy is held; absent: the principal holds it directly. */
  readonly group?: string;
  readonly index: number;
  readonly sid?: string;
}

/** A condition that must hold and that the snapshot cannot decide, and who controls it. */
export interface VerdictCondition {
  /** A condition key such as `aws:SourceIp`, or what must exist, such as `compute:lambda`. */
  readonly key: string;
  readonly controlledBy: 'caller' | 'environment' | 'time';
  readonly text: string;
}

/** How the text of a {@link VerdictCondition} begins where a Deny statement has the condition: it must not be met. */
export const DENIAL = 'not denied by the condition ';

/** What blocks a stronger verdict: a Deny, a trust policy, or a limit. */
export interface Blocker {
  readonly kind: 'deny' | 'permissions-boundary' | 'scp' | 'rcp' | 'trust';
  readonly text: string;
  readonly statement?: StatementReference;
}

/** One step of a path to admin: who does what to whom, and the statements that allow it. */
export interface Step {
  readonly rule: string;
  /** What is done, as an instruction. */
  readonly title: string;
  /** The ids under which pathfinding.cloud lists the step. */
  readonly aliases: readonly string[];
  readonly actions: readonly string[];
  readonly from: string;
  readonly to: string;
  readonly statements: readonly StatementReference[];
}

/** The kinds of principal that get a verdict. */
export type PrincipalType = 'user' | 'role' | 'root' | 'permission-set';

/** The verdict of one principal, with its proof. */
export interface PrincipalVerdict {
  readonly arn: string;
  readonly type: PrincipalType;
  readonly verdict: Verdict;
  /** What a `conditional` principal would be if its conditions held. */
  readonly would?: Verdict;
  /** Created and managed by AWS or by the landing zone, by all evidence: listed, ranked lower, judged by who can assume it. */
  readonly platform: boolean;
  readonly conditions: readonly VerdictCondition[];
  readonly blockedBy: readonly Blocker[];
  readonly path: readonly Step[];
}

/** Whether the principal is admin, can become it or can grant it, with no open condition. */
export const isAdminCapable = ({ verdict }: PrincipalVerdict): boolean =>
  verdict === 'admin' || verdict === 'can-become-admin' || verdict === 'can-grant-admin';

/** Every principal's verdict, by ARN. */
export type Access = ReadonlyMap<string, PrincipalVerdict>;
