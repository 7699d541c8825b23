import type { BusEvent } from '../scanner/deliver/aws-messages.ts';
import type { OrganizationRun } from '../scanner/deliver/organization-store.ts';
import type { Severity } from '../scanner/model/severity.ts';
import type { Digest } from '../scanner/report/digest/digest.ts';
import { runEnded } from './contract.ts';
import type { ScanResult } from './finish-scan.ts';

/** What the event of every run has: docs/events.md. */
export interface RunEnded {
  readonly schemaVersion: 1;
  readonly run: OrganizationRun;
  /** The scan in one line. */
  readonly headline: string;
  /** Whether everything was evaluated, stored, delivered and told. */
  readonly complete: boolean;
  /** Failed findings by severity. */
  readonly failed: Readonly<Record<Severity, number>>;
  readonly unknown: number;
  readonly suppressed: number;
  /** What was not stored, delivered or told, and why. */
  readonly problems: readonly string[];
  readonly digest: Digest;
}

/** What an event lists at most of one kind. An event has at most 256 KB, and the report has all. */
export const MOST_LISTED = 50;

/** The event that ends the run over one account. */
export function accountRunEnded(
  { account, headline, complete, summary: { failed, unknown, suppressed }, problems }: ScanResult,
  run: OrganizationRun,
  digest: Digest,
): BusEvent & { readonly detail: RunEnded & { readonly account: string } } {
  const counts = { failed, unknown, suppressed };
  const detail = { schemaVersion: 1 as const, run, account, headline, complete, ...counts, digest };
  return { ...runEnded, detail: { ...detail, problems: problems.slice(0, MOST_LISTED) } };
}
