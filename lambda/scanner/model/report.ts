import type { Change, Incomparable } from './change.ts';
import type { Finding } from './finding.ts';
import type { InformationalRecord } from './informational-record.ts';
import type { VerdictWithUsers } from './role-people.ts';
import { type Severity, worstFirst } from './severity.ts';

/** The number of findings of each kind. */
export interface Summary {
  /** Failures by severity. */
  readonly failed: Readonly<Record<Severity, number>>;
  readonly unknown: number;
  readonly suppressed: number;
  /** Resources that pass, counted once for each check. */
  readonly passed: number;
  readonly checks: number;
  /** How many checks the configuration turns off. Absent if none. */
  readonly switchedOff?: number;
}

/** One account in a report of several. */
export interface AccountSummaryLine {
  readonly account: string;
  readonly name?: string;
  /** ISO 8601, UTC. */
  readonly takenAt: string;
  readonly complete: boolean;
  readonly failed: number;
}

/** Data of one account that a scan could not read, so that a finding that is missing in the report may still be true. */
export interface UnreadData {
  readonly account: string;
  /** The name of a fact, or of a part of the organization. */
  readonly fact: string;
  /** Whether the scan should have read it; false: it is not in the saved files, or was not asked for. */
  readonly isWanted: boolean;
  /** What of it, with the reasons: the first few. */
  readonly elements: readonly string[];
  /** How many elements there are. */
  readonly count: number;
  /** The checks that depend on it. Delivery closes none of their findings. */
  readonly checks: readonly string[];
}

/** The result of a scan, ready to be rendered; the JSON output is this value. */
export interface Report {
  readonly schemaVersion: 1;
  readonly tool: { readonly name: 'iam-vigil'; readonly version: string };
  /** The scanned account; for an organization, its management account. */
  readonly account: string;
  readonly accounts: readonly AccountSummaryLine[];
  /** The active accounts of the organization whose principals could not be analyzed; access through them is not known. */
  readonly notAnalyzed?: readonly string[];
  /** The accounts whose identities could not be read completely: access through them that was not found may exist. */
  readonly partlyAnalyzed?: readonly string[];
  /** What could not be read; absent: everything was. */
  readonly unread?: readonly UnreadData[];
  /** ISO 8601, UTC. */
  readonly takenAt: string;
  /** Whether everything could be evaluated. */
  readonly complete: boolean;
  /** The number of requests that were sent to AWS. */
  readonly calls: number;
  readonly summary: Summary;
  /**
   * Every principal that is admin, can become it or can grant it; for an organization with the people who can use it, where they
   * are known.
   */
  readonly admins: readonly (VerdictWithUsers & { readonly account: string })[];
  readonly findings: readonly Finding[];
  /** Informational records of checks, such as the list of admins; one for each account and check. */
  readonly records: readonly InformationalRecord[];
  /** What changed since the earlier snapshots, the most severe first; empty without any. */
  readonly changes: readonly Change[];
  /** What could not be compared with the earlier snapshots, and why; absent: there are none. */
  readonly notCompared?: readonly (Incomparable & { readonly account: string })[];
  /** Where the page of a check is, if the configuration says so: `{check}` and `{version}` stand for its ID and the version. */
  readonly docsUrl?: string;
  /** Notices about the configuration: exceptions that expired, will soon expire, or match nothing. */
  readonly notices: readonly string[];
}

const statusOrder: readonly Finding['status'][] = ['FAILED', 'UNKNOWN', 'SUPPRESSED'];

/** Among equal severities, the most important check comes first. */
const HEADLINE = 'admin-access-key-unguarded';

/**
 * Orders findings: failures first, highest severity first, then by check and resource, so that the order of evaluation does not
 * matter.
 */
export const byImportance = (a: Finding, b: Finding): number =>
  statusOrder.indexOf(a.status) - statusOrder.indexOf(b.status) ||
  worstFirst(a.severity, b.severity) ||
  Number(b.checkId === HEADLINE) - Number(a.checkId === HEADLINE) ||
  compare(a.checkId, b.checkId) ||
  compare(a.account, b.account) ||
  compare(a.resource.name, b.resource.name) ||
  compare(a.id, b.id);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
