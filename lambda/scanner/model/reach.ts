import type { Step, VerdictCondition } from './verdict.ts';

/** How a principal becomes admin of one account. */
export interface ReachPath {
  readonly account: string;
  readonly path: readonly Step[];
  readonly conditions: readonly VerdictCondition[];
  /** Whether every admin of its own account has the path too, so that it tells nothing about the principal itself. */
  readonly asAdmin: boolean;
}

/** The number of paths of one principal that a finding shows. */
export const PATHS_TOLD = 3;

/** The accounts in which one principal is, or becomes, admin. */
export interface PrincipalReach {
  readonly arn: string;
  /** The ids of its active access keys. */
  readonly keys: readonly string[];
  /** The ids of the accounts, sorted, its own included where it is admin there; only where no condition is open. */
  readonly accounts: readonly string[];
  /** The ids of further accounts, if conditions hold. */
  readonly ifConditions: readonly string[];
  /** The shortest paths into other accounts, nearest first, certain ones before the others; at most so many. */
  readonly paths: (most: number) => readonly ReachPath[];
}

/**
 * The principals of an account that are or become admin of another one, by ARN; undefined: it was analyzed without other
 * accounts.
 */
export type CrossAccountReach = ReadonlyMap<string, PrincipalReach> | undefined;

/** Admin access of a principal to the other accounts through a service that has access to all of them. */
export interface OrgWideServiceAccess {
  /** Absent: every admin of the account, and every principal that becomes one. */
  readonly from?: string;
  readonly step: Step;
  readonly conditions: readonly VerdictCondition[];
}
