import type { Finding } from './finding.ts';
import type { InformationalRecord } from './informational-record.ts';
import type { PeopledVerdict } from './role-people.ts';
import { type Severity, worstFirst } from './severity.ts';

/** How many findings there are of each kind. */
export interface Summary {
  /** Failures by severity. */
  readonly failed: Readonly<Record<Severity, number>>;
  readonly unknown: number;
  readonly suppressed: number;
  /** Resources that are as they should be, counted once for each check. */
  readonly passed: number;
  readonly checks: number;
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

/** What a scan says, ready to be rendered; the JSON output is this value. */
export interface Report {
  readonly schemaVersion: 1;
  readonly tool: { readonly name: 'iam-vigil'; readonly version: string };
  /** The account scanned; of an Organization, its management account. */
  readonly account: string;
  readonly accounts: readonly AccountSummaryLine[];
  /** ISO 8601, UTC. */
  readonly takenAt: string;
  /** Whether everything could be judged. */
  readonly complete: boolean;
  /** Requests that AWS was sent. */
  readonly calls: number;
  readonly summary: Summary;
  /** Every principal that is, or can become, or can make others, admin; of an Organization with the people behind it, where they are known. */
  readonly admins: readonly (PeopledVerdict & { readonly account: string })[];
  readonly findings: readonly Finding[];
  /** What checks put on record though nothing is wrong, such as the list of admins; one an account and check. */
  readonly records: readonly InformationalRecord[];
  readonly changes: readonly never[];
  /** What the configuration should be told: exceptions that expired, will soon, or match nothing. */
  readonly notices: readonly string[];
}

const statusOrder: readonly Finding['status'][] = ['FAILED', 'UNKNOWN', 'SUPPRESSED'];

/** What the product exists for leads among its equals. */
const HEADLINE = 'admin-access-key-unguarded';

/** Orders findings: failures first, worst first, then by check and resource, whatever order they were found in. */
export const byImportance = (a: Finding, b: Finding): number =>
  statusOrder.indexOf(a.status) - statusOrder.indexOf(b.status) ||
  worstFirst(a.severity, b.severity) ||
  Number(b.checkId === HEADLINE) - Number(a.checkId === HEADLINE) ||
  compare(a.checkId, b.checkId) ||
  compare(a.account, b.account) ||
  compare(a.resource.name, b.resource.name) ||
  compare(a.id, b.id);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
