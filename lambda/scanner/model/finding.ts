import type { Resource } from './resource.ts';
import type { Standards } from './standards.ts';
import type { Json } from './json.ts';
import type { Severity } from './severity.ts';

/** One check that one resource fails, or that could not be evaluated for it. */
export interface Finding {
  /** `iam-vigil/v1/<account>/<check>/<unique id>`: the same in every scan, even if the message changes. */
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
  /** Further facts, in sentences. */
  readonly message: string;
  readonly evidence: Readonly<Record<string, Json>>;
  readonly remediation: string;
  readonly standards: Standards;
  /** ISO 8601. A finding about a change: it stays open until then, although later scans do not see the change. */
  readonly openUntil?: string;
  /**
   * The IDs of the findings that report why this one is UNKNOWN, if the same cause leaves others UNKNOWN too. Each is in the same
   * report; absent: nothing else reports the cause.
   */
  readonly causes?: readonly string[];
}

const MAX_ID_LENGTH = 512;

/**
 * The ID of a finding. It does not change if texts or names change. At most 512 characters, the limit of AWS Security Hub.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/asff-required-attributes.html
 */
export const findingId = (accountId: string, checkId: string, uniqueId: string): string =>
  `iam-vigil/v1/${accountId}/${checkId}/${uniqueId}`.slice(0, MAX_ID_LENGTH);

/** The name of an access key that is known only from the credential report, which contains no key IDs. */
export const numberedKey = (number: number): string => `key ${number}`;

/**
 * Whether the finding is on an access key that is known only by its number in the credential report. Numbers are reused for other keys,
 * so the finding's ID identifies the key only within its snapshot: docs/adr/0005-the-identity-of-an-access-key.md.
 */
export const isOnNumberedKey = ({ resource }: Pick<Finding, 'resource'>): boolean =>
  resource.type === 'AwsIamAccessKey' && /^key \d+$/.test(resource.name);
