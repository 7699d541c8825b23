import type { CollectOptions } from '../../scanner/collect/collect.ts';
import { errorCode, unseen } from '../../scanner/collect/failure.ts';
import { summaryFactsOf } from '../../scanner/evaluate/own-accounts.ts';
import type { Check } from '../../scanner/check.ts';
import { parseOrganization } from '../../scanner/facts/organization-parts/organization-snapshot.ts';
import type { Snapshot } from '../../scanner/facts/snapshot.ts';
import type { SnapshotFile } from '../../scanner/facts/snapshot-file.ts';
import { edgesOfAccount } from '../../scanner/organization/analyze-accounts.ts';
import { factsFor } from '../../scanner/permissions.ts';
import { type FinishPorts, timeLeft } from '../finish-scan.ts';
import type { AccountEvent, OrganizationPorts } from './ports.ts';

/** The ports of the scan of one account. */
export interface ScanMemberPorts extends OrganizationPorts, Pick<FinishPorts, 'remaining'> {
  /**
   * Collects the facts of an account with its role. Facts that are still missing at the signal are unavailable.
   *
   * @throws Error named AccessDenied when the role cannot be assumed.
   */
  readonly collect: (
    account: string,
    wanted: Pick<CollectOptions, 'facts' | 'now'> & { readonly until: AbortSignal },
  ) => Promise<{ readonly file: SnapshotFile; readonly snapshot: Snapshot }>;
}

/** The output of the scan of one account. */
export interface ScannedMember {
  readonly account: string;
  readonly scanned: boolean;
}

// Time to find out who is admin, and to store the data.
const MILLISECONDS_AFTER_COLLECTING = 120_000;

/** Scans one account: stores its data and its connections to other accounts, or why it could not be scanned. */
export async function runScanMember(
  ports: ScanMemberPorts,
  { account, run }: AccountEvent,
  { checks }: { readonly checks: readonly Check[] },
): Promise<ScannedMember> {
  try {
    await scanMember(ports, account, { facts: factsFor(checks), now: Date.parse(run.startedAt) });
    return { account, scanned: true };
  } catch (error) {
    await ports.kept.accounts.put(account, { scanned: false, reason: unseen(error, 'the scan').reason });
    // A denial does not go away with a retry. Any other error may.
    if (errorCode(error) !== 'AccessDenied') throw error;
    return { account, scanned: false };
  }
}

async function scanMember(ports: ScanMemberPorts, account: string, wanted: Pick<CollectOptions, 'facts' | 'now'>): Promise<void> {
  const { kept } = ports;
  const until = timeLeft(ports, MILLISECONDS_AFTER_COLLECTING);
  const { file, snapshot } = await ports.collect(account, { ...wanted, until });
  const edges = edgesOfAccount(snapshot, parseOrganization(await kept.organization.get()));
  await kept.snapshotOf(account).put(file);
  await kept.accounts.put(account, {
    ...{ scanned: true, summaryFacts: summaryFactsOf(snapshot) },
    ...(edges.status === 'collected' ? { edges: edges.value } : {}),
  });
}
