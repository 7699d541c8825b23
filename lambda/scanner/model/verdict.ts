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

const adminVerdicts: ReadonlySet<Verdict> = new Set(['admin', 'can-become-admin', 'can-grant-admin']);

/** The condition keys of the network that a call comes from. */
const networkKeys = new Set([
  'aws:sourceip',
  'aws:sourcevpc',
  'aws:sourcevpcarn',
  'aws:sourcevpce',
  'aws:vpceaccount',
  'aws:vpceorgid',
  'aws:vpceorgpaths',
  'aws:vpcsourceip',
]);

/** Whether the condition is about the network that a call comes from. */
export const isAboutNetwork = ({ key }: VerdictCondition): boolean => networkKeys.has(key.toLowerCase());

/** Whether the condition is about the time of a call or of its session. */
export const isAboutTime = ({ controlledBy }: VerdictCondition): boolean => controlledBy === 'time';

/**
 * Whether the principal is admin, can become it or can grant it, with no condition or only with such open ones. Conditions that the
 * caller controls are never open.
 */
export function isAdminCapableIf(
  { verdict, would = 'none', conditions }: PrincipalVerdict,
  mayBeOpen: (condition: VerdictCondition) => boolean,
): boolean {
  if (verdict !== 'conditional') return adminVerdicts.has(verdict);
  const open = conditions.filter(({ controlledBy }) => controlledBy !== 'caller');
  return adminVerdicts.has(would) && open.length > 0 && open.every(mayBeOpen);
}

/**
 * Whether the principal is admin, can become it or can grant it. Conditions on the network and the time say where and when it acts, and
 * leave it what it is. Any other open condition may never hold, so that it may have no such access: MFA, a tag, compute that must exist,
 * a policy that could not be read.
 */
export const isAdminCapable = (principal: PrincipalVerdict): boolean =>
  isAdminCapableIf(principal, (condition) => isAboutNetwork(condition) || isAboutTime(condition));

/** The verdict of the principal where and when its conditions hold, if those are about the network and the time only. */
export const verdictInPlace = (principal: PrincipalVerdict): Verdict =>
  isAdminCapable(principal) ? (principal.would ?? principal.verdict) : principal.verdict;

/** Every principal's verdict, by ARN. */
export type Access = ReadonlyMap<string, PrincipalVerdict>;
