import path from 'node:path';
import { checks as allChecks } from '../../lambda/scanner/checks/index.ts';
import { readSnapshots } from '../../lambda/scanner/collect/read-snapshot.ts';
import { defaultConfig } from '../../lambda/scanner/config.ts';
import type { StoredKind, Store } from '../../lambda/scanner/deliver/store.ts';
import type { Snapshot } from '../../lambda/scanner/facts/snapshot.ts';
import { SNAPSHOT_SCHEMA_VERSION, type SnapshotFile } from '../../lambda/scanner/facts/snapshot-file.ts';
import type { ScanResult } from '../../lambda/handlers/finish-scan.ts';
import { type ScanRunOptions, type ScanPorts, runScan } from '../../lambda/handlers/run-scan.ts';
import { directly } from '../deliver/support.ts';
import { LoopbackSecurityHub } from '../support/aws/services/security-hub.ts';
import { NOW } from '../support/builders.ts';

/** A store in memory. */
export interface MemoryStore extends Pick<Store, 'put'> {
  readonly kept: readonly { readonly key: string; readonly value: unknown }[];
}

/** A store that rejects the given kinds. */
export function memoryStore(refused: readonly StoredKind[] = []): MemoryStore {
  const all: { key: string; value: unknown }[] = [];
  const put: Store['put'] = (key, value) => {
    if (refused.some((kept) => key.startsWith(kept))) return Promise.reject(new Error('Access Denied'));
    all.push({ key, value });
    return Promise.resolve();
  };
  return { kept: all, put };
}

/** The account of the tests: production of the sample Organization. */
export async function account(): Promise<Snapshot> {
  const [snapshot] = (await readSnapshots(path.join(__dirname, '../../examples/acme/production'))).accounts;
  if (!snapshot) throw new Error('the sample has no production account');
  return snapshot;
}

/** The hub of that account. */
export const hubOf = (snapshot: Snapshot): LoopbackSecurityHub => new LoopbackSecurityHub(snapshot.accountId, 'eu-west-1');

/** What a night of the tests can differ in. */
export type Night = Partial<Omit<ScanPorts, 'hub'> & ScanRunOptions> & {
  readonly hub?: LoopbackSecurityHub | ScanPorts['hub'];
  readonly at?: number;
};

/** Runs a night over what the snapshot holds, with ports that know no AWS. */
export function night(snapshot: Snapshot, { hub, at = NOW, ...changed }: Night = {}): Promise<ScanResult> {
  const file: SnapshotFile = {
    ...{ schemaVersion: SNAPSHOT_SCHEMA_VERSION, takenAt: '2026-11-20T03:00:00Z', calls: 0 },
    ...{ partition: 'aws', accountId: snapshot.accountId, facts: {} as SnapshotFile['facts'] },
  };
  const ports = {
    now: () => at,
    remaining: () => 900_000,
    collect: () => Promise.resolve({ file, snapshot: { ...snapshot, takenAt: at } }),
    store: memoryStore(),
    hub: hub instanceof LoopbackSecurityHub ? directly(hub) : hub,
    sleep: () => Promise.resolve(),
  };
  const options = { runId: 'run-1', checks: allChecks, config: defaultConfig, version: '0.0.0' };
  return runScan({ ...ports, ...changed }, { ...options, ...changed });
}
