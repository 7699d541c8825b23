import type { RawFactName } from './index.ts';

/** One fact as far as it was seen. */
export interface FactCoverage {
  readonly name: RawFactName;
  /** Why it, or a part of it, could not be seen: one entry for each IAM action that was refused or failed. */
  readonly gaps: readonly FactGap[];
}

/** A part of a fact that could not be seen. */
export interface FactGap {
  readonly action: string;
  readonly reason: string;
  /** How many of its items are hidden, of how many; absent where it is the whole fact. */
  readonly items?: { readonly hidden: number; readonly of: number };
}

/** An account of the Organization, and whether this scan looked at it. */
export interface AccountCoverage {
  readonly id: string;
  readonly name?: string;
  readonly isScanned: boolean;
  /** Why it was not, where a scan tried. */
  readonly reason?: string;
}

/** What a scan was to see, and how much of it it saw. */
export interface Coverage {
  /** The facts that were asked for. What saved files do not hold was not asked. */
  readonly facts: readonly FactCoverage[];
  /** Every account in use of the Organization; told of the one account that speaks for all, and of no other. */
  readonly accounts: readonly AccountCoverage[];
}
