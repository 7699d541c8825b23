import type { Step, VerdictCondition } from './verdict.ts';

/** How a principal becomes admin of one account. */
export interface ReachPath {
  readonly account: string;
  readonly path: readonly Step[];
  readonly conditions: readonly VerdictCondition[];
  /** Whether the way is open to every admin of its own account, and so says nothing of the principal itself. */
  readonly asAdmin: boolean;
}

/** How many ways of one principal a finding tells. */
export const PATHS_TOLD = 3;

/** In which accounts one principal is, or becomes, admin. */
export interface PrincipalReach {
  readonly arn: string;
  /** The ids of its active access keys. */
  readonly keys: readonly string[];
  /** The ids of the accounts, sorted, its own among them where it is admin there; with nothing left open. */
  readonly accounts: readonly string[];
  /** The ids of those that come in addition if stated things hold. */
  readonly ifConditions: readonly string[];
  /** The shortest ways into other accounts, nearest first, those that are certain before the others; at most so many. */
  readonly paths: (most: number) => readonly ReachPath[];
}

/** The principals of an account that get to be admin of another, by ARN; undefined: it was looked at without other accounts. */
export type CrossAccountReach = ReadonlyMap<string, PrincipalReach> | undefined;

/** That a principal rules the other accounts through a service that acts in all of them. */
export interface CentralPower {
  /** Absent: every admin of the account, and whoever becomes one. */
  readonly from?: string;
  readonly step: Step;
  readonly conditions: readonly VerdictCondition[];
}
