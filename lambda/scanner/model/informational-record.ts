import type { Finding } from './finding.ts';

/**
 * What a check states for the record: nothing is wrong, and somebody should still read it. It is no finding, and is not counted
 * as one; its id is made as a finding's, so that it is delivered, and found again, in the same way.
 */
export interface InformationalRecord extends Omit<Finding, 'status' | 'severity'> {
  readonly status: 'PASSED';
  readonly severity: 'INFORMATIONAL';
}

/** What a report says of one resource, and Security Hub is told. */
export type Reported = Finding | InformationalRecord;
