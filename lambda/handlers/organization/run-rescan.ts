import type { Executions } from '../../scanner/deliver/aws-executions.ts';
import { type Instant, toIso } from '../../scanner/model/instant.ts';
import { rescan } from '../contract.ts';

/** The ports of the function that starts a run after changes. */
export interface RescanPorts {
  readonly now: Instant;
  readonly executions: Executions;
}

/** A message of the queue: something changed in an account, or in the organization itself. */
export interface Change {
  readonly messageId: string;
  /** Undefined: the organization. */
  readonly account: string | undefined;
  /** When the message was sent first. */
  readonly sentAt: Instant;
}

/** What was done about changes. */
export interface Rescan {
  /** The name of the run that was started. */
  readonly started?: string;
  /** The messages that go back to the queue. */
  readonly waiting: readonly string[];
}

/** How the names of the runs over all accounts begin that this function starts. */
const OF_ALL = 'organization-';
const OF_ACCOUNTS = 'accounts-';
const WINDOW = 300_000;

/**
 * Starts one run for the changes: over their accounts, or over all accounts if the organization itself changed or there may be more changes
 * than one batch has. It starts none while another run goes on. The name of a run is the time, so that there is at most one over accounts in
 * five minutes, and one over all accounts in an hour, even if two calls meet. What must wait goes back to the queue.
 */
export async function runRescan({ now, executions }: RescanPorts, changes: readonly Change[]): Promise<Rescan> {
  const latest = await executions.latest();
  const seenUntil = Math.max(...latest.filter(isFinishedOverAll).map(({ startedAt }) => startedAt - rescan.delaySeconds * 1000));
  // A run over all accounts that began when the message could be received has seen the change.
  const open = changes.filter(({ sentAt }) => sentAt > seenUntil);
  const waiting = (those: readonly Change[]) => those.map(({ messageId }) => messageId);
  if (open.length === 0) return { waiting: [] };
  if (latest.some(({ status }) => status === 'RUNNING')) return { waiting: waiting(open) };
  const accounts = [...new Set(open.flatMap(({ account = [] }) => account))].toSorted();
  const ofOrganization = open.filter(({ account }) => account === undefined);
  if (ofOrganization.length > 0 || accounts.length >= rescan.mostMessages) {
    const started = `${OF_ALL}${toIso(now).slice(0, 13)}`;
    if (await executions.start(started, {})) return { started, waiting: [] };
  }
  if (accounts.length > 0) {
    const started = `${OF_ACCOUNTS}${toIso(now - (now % WINDOW))
      .slice(0, 16)
      .replace(':', '')}`;
    if (await executions.start(started, { accounts })) return { started, waiting: waiting(ofOrganization) };
  }
  return { waiting: waiting(open) };
}

const isFinishedOverAll = ({ name, status }: { readonly name: string; readonly status: string }): boolean =>
  status === 'SUCCEEDED' && name.startsWith(OF_ALL);
