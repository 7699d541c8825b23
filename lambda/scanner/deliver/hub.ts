import type { AsffFinding } from '../report/asff/finding.ts';

/** The calls to AWS Security Hub that a delivery makes, in one account and Region. */
export interface SecurityHub {
  readonly region: string;
  /** One page of the stored findings that the query names; `next` leads to the next page. */
  readonly read: (query: HubQuery, token?: string) => Promise<HubPage>;
  /** Creates or updates findings; those that were refused come back, the others are stored. */
  readonly import: (findings: readonly AsffFinding[]) => Promise<readonly Refused[]>;
  /** Sets workflow and note, which an import cannot. */
  readonly update: (ids: readonly string[], update: WorkflowUpdate) => Promise<readonly Refused[]>;
  /** Requests sent so far, retries included. */
  readonly calls: () => number;
}

/** Which findings to read: ours, of one account and Region. */
export interface HubQuery {
  readonly productArn: string;
  readonly account: string;
  readonly region: string;
  readonly idPrefix: string;
}

/** A page of findings as Security Hub answers them, still to be read. */
export interface HubPage {
  readonly findings: readonly unknown[];
  readonly next?: string;
}

/** A new state of work on findings. */
export interface WorkflowUpdate {
  readonly productArn: string;
  readonly workflow: 'NEW' | 'SUPPRESSED';
  readonly note: string;
  readonly noteBy: string;
}

/** A finding that Security Hub did not take, with its reason. */
export interface Refused {
  readonly id: string;
  readonly code: string;
  readonly message: string;
}

/** Why a whole call failed: no hub, no permission, something in the request, or anything else after all retries. */
export type HubFailure = 'not-enabled' | 'denied' | 'invalid' | 'failed';

/** Thrown when a whole call failed, after the retries that could have helped. */
export class SecurityHubError extends Error {
  override readonly name = 'SecurityHubError';
  readonly failure: HubFailure;

  constructor(failure: HubFailure, message: string, cause: unknown) {
    super(message, { cause });
    this.failure = failure;
  }
}
