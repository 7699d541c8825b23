import type { Finding } from './finding.ts';

/**
 * What a check reports for information only: nothing is wrong, and it should still be read. It does not count as a finding. Its
 * id has the form of a finding id, so that it is delivered, and found again, in the same way.
 */
export interface InformationalRecord extends Omit<Finding, 'status' | 'severity'> {
  readonly status: 'PASSED';
  readonly severity: 'INFORMATIONAL';
}

/** What a report contains for one resource, and Security Hub gets. */
export type Reported = Finding | InformationalRecord;
