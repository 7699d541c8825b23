/** The answers to "is this principal admin?", strongest first; each principal has the first that holds. */
export const verdicts = ['admin', 'can-become-admin', 'can-grant-admin', 'conditional', 'none'] as const;

/**
 * - `admin`: effectively allowed every action on every resource;
 * - `can-become-admin`: by steps that its permissions allow today, on its own identity or through another;
 * - `can-grant-admin`: can make another identity admin, which it cannot itself take over;
 * - `conditional`: one of the above if stated things hold that the snapshot cannot settle;
 * - `none`: proven to reach none of the above.
 */
export type Verdict = (typeof verdicts)[number];

/** One statement of one policy: the policy's ARN or `inline:<name>`, and its place in it. */
export interface StatementReference {
  readonly policy: string;
  /** The name of the group through which the policy is held; absent: the principal holds it itself. */
  readonly group?: string;
  readonly index: number;
  readonly sid?: string;
}

/** Something that must hold, that the snapshot cannot settle, and whose choice it is. */
export interface VerdictCondition {
  /** A condition key such as `aws:SourceIp`, or what must exist, such as `compute:lambda`. */
  readonly key: string;
  readonly controlledBy: 'caller' | 'environment' | 'time';
  readonly text: string;
}

/** What keeps a principal from a stronger verdict. */
export interface Blocker {
  readonly kind: 'deny' | 'permissions-boundary' | 'scp' | 'rcp' | 'trust';
  readonly text: string;
  readonly statement?: StatementReference;
}

/** One step on the way to admin: who does what to whom, and the statements that allow it. */
export interface Step {
  readonly rule: string;
  /** What is done, in words. */
  readonly title: string;
  /** The ids under which pathfinding.cloud catalogues the step. */
  readonly aliases: readonly string[];
  readonly actions: readonly string[];
  readonly from: string;
  readonly to: string;
  readonly statements: readonly StatementReference[];
}

/** The kinds of principal that get a verdict. */
export type PrincipalType = 'user' | 'role' | 'root' | 'permission-set';

/** The verdict of one principal, with what proves it. */
export interface PrincipalVerdict {
  readonly arn: string;
  readonly type: PrincipalType;
  readonly verdict: Verdict;
  /** What a `conditional` principal would be if its conditions held. */
  readonly would?: Verdict;
  /** Made and run by AWS or by the landing zone: listed, ranked lower, judged by who can assume it. */
  readonly platform: boolean;
  readonly conditions: readonly VerdictCondition[];
  readonly blockedBy: readonly Blocker[];
  readonly path: readonly Step[];
}

/** Whether the principal is admin, can become it, or can make others admin, with nothing left open. */
export const isAdminCapable = ({ verdict }: PrincipalVerdict): boolean =>
  verdict === 'admin' || verdict === 'can-become-admin' || verdict === 'can-grant-admin';

/** Every principal's verdict, by ARN. */
export type Access = ReadonlyMap<string, PrincipalVerdict>;
