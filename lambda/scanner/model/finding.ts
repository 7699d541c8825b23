import type { Resource, Standards } from './check.ts';
import type { Json } from './json.ts';
import type { Severity } from './severity.ts';

/** One check that one resource fails, or that could not be judged for it. */
export interface Finding {
  /** `iam-vigil/v1/<account>/<check>/<unique id>`: the same every night, whatever the message says. */
  readonly id: string;
  readonly checkId: string;
  readonly title: string;
  readonly severity: Severity;
  readonly status: 'FAILED' | 'UNKNOWN' | 'SUPPRESSED';
  readonly account: string;
  readonly resource: Pick<Resource, 'type' | 'arn' | 'name'>;
  readonly message: string;
  readonly evidence: Readonly<Record<string, Json>>;
  readonly remediation: string;
  readonly standards: Standards;
}

const MAX_ID_LENGTH = 512;

/**
 * The identity of a finding, which survives rewording and renaming; at most 512 characters, as AWS Security Hub allows.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/asff-required-attributes.html
 */
export const findingId = (accountId: string, checkId: string, uniqueId: string): string =>
  `iam-vigil/v1/${accountId}/${checkId}/${uniqueId}`.slice(0, MAX_ID_LENGTH);
