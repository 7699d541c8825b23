import type { Resource } from './resource.ts';
import type { Standards } from './standards.ts';
import type { Json } from './json.ts';
import type { Severity } from './severity.ts';

/** One check that one resource fails, or that could not be judged for it. */
export interface Finding {
  /** `iam-vigil/v1/<account>/<check>/<unique id>`: the same every night, whatever the message says. */
  readonly id: string;
  readonly checkId: string;
  /** The title of the check: what should hold. */
  readonly title: string;
  /** What is wrong with which resource, in at most 120 characters. */
  readonly headline: string;
  readonly severity: Severity;
  readonly status: 'FAILED' | 'UNKNOWN' | 'SUPPRESSED';
  readonly account: string;
  readonly resource: Pick<Resource, 'type' | 'arn' | 'name'>;
  /** More than the headline has room for, in sentences. */
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

/** How a key is named of which only its place in the credential report is known, which gives no ids. */
export const numberedKey = (number: number): string => `key ${number}`;

/**
 * Whether the finding is on an access key that is known by its number in the credential report alone. Numbers are used again for other
 * keys, so such a finding's id says which key it is on only within its snapshot: docs/adr/0005-the-identity-of-an-access-key.md.
 */
export const isOnNumberedKey = ({ resource }: Pick<Finding, 'resource'>): boolean =>
  resource.type === 'AwsIamAccessKey' && /^key \d+$/.test(resource.name);
