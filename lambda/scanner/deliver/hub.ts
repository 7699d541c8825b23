import type { Instant } from '../model/instant.ts';
import type { AsffFinding } from '../report/asff/finding.ts';

/** The calls to AWS Security Hub that a delivery makes, in one account and Region. */
export interface SecurityHub {
  readonly region: string;
  /** One page of the stored findings that match the query. `next` is the token of the next page. */
  readonly read: (query: HubQuery, token?: string) => Promise<HubPage>;
  /** Creates or updates findings. Returns those that were rejected; the others are stored. */
  readonly import: (findings: readonly AsffFinding[]) => Promise<readonly Refused[]>;
  /** Sets the workflow status and the note, which an import cannot. */
  readonly update: (ids: readonly string[], update: WorkflowUpdate) => Promise<readonly Refused[]>;
  /** Requests sent so far, including retries. */
  readonly calls: () => number;
}

/** The findings to read: ours, in one account and Region. */
export interface HubQuery {
  readonly productArn: string;
  readonly account: string;
  readonly region: string;
  readonly idPrefix: string;
  /** Only those whose last update by their provider is between the two times. */
  readonly updated?: { readonly from: Instant; readonly to: Instant };
}

/** A page of findings as Security Hub returns them, not parsed yet. */
export interface HubPage {
  readonly findings: readonly unknown[];
  readonly next?: string;
}

/** A new workflow status of findings. */
export interface WorkflowUpdate {
  readonly productArn: string;
  readonly workflow: 'NEW' | 'SUPPRESSED';
  readonly note: string;
  readonly noteBy: string;
}

/** A finding that Security Hub rejected, with its reason. */
export interface Refused {
  readonly id: string;
  readonly code: string;
  readonly message: string;
}

/** Why a whole call failed: Security Hub is not enabled, access was denied, the request was not valid, or any other error after all retries. */
export type HubFailure = 'not-enabled' | 'denied' | 'invalid' | 'failed';

/** Thrown when a whole call failed after all retries. */
export class SecurityHubError extends Error {
  override readonly name = 'SecurityHubError';
  readonly failure: HubFailure;

  constructor(failure: HubFailure, message: string, cause: unknown) {
    super(message, { cause });
    this.failure = failure;
  }
}
