import type { RawFactName } from './index.ts';
import type { OrganizationPart } from './organization-parts/index.ts';

/** One fact, and what of it could not be collected. */
export interface FactCoverage {
  /** The name of a fact, or of a part of the organization. */
  readonly name: RawFactName | OrganizationPart;
  /** Why it, or a part of it, could not be collected: one entry for each IAM action that was denied or failed. */
  readonly gaps: readonly FactGap[];
  /** The facts that could not be collected only because this one could not; absent: none. */
  readonly alsoMissing?: readonly RawFactName[];
  /** The checks with results that are UNKNOWN for this reason; absent: none. */
  readonly waiting?: readonly string[];
}

/** A part of a fact that could not be collected. */
export interface FactGap {
  readonly action: string;
  readonly reason: string;
  /** How many of its items are missing, of how many; absent where it is the whole fact. */
  readonly items?: { readonly hidden: number; readonly of: number };
  /** AWS answered, and some of the answer is missing or cannot be read. */
  readonly isPartial?: true;
}

/** An account of the organization, and whether this scan covered it. */
export interface AccountCoverage {
  readonly id: string;
  readonly name?: string;
  readonly isScanned: boolean;
  /** Why it was not covered, where a scan tried. */
  readonly reason?: string;
}

/** What a scan should have collected, and how much of it it did. */
export interface Coverage {
  /** The requested facts. Facts that saved files do not contain were not requested. */
  readonly facts: readonly FactCoverage[];
}
