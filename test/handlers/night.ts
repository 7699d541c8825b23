import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { checks as allChecks } from '../../lambda/scanner/checks/index.ts';
import { readAccountFolder } from '../../lambda/scanner/collect/read-account-folder.ts';
import { readSnapshots } from '../../lambda/scanner/collect/read-snapshot.ts';
import { defaultConfig } from '../../lambda/scanner/config.ts';
import type { StoredKind, Store } from '../../lambda/scanner/deliver/store.ts';
import type { Snapshot } from '../../lambda/scanner/facts/snapshot.ts';
import type { SnapshotFile } from '../../lambda/scanner/facts/snapshot-file.ts';
import { type NightResult, type ScanRunOptions, type ScanPorts, runScan } from '../../lambda/handlers/run-scan.ts';
import { directly } from '../deliver/support.ts';
import type { Json } from '../../lambda/scanner/model/json.ts';
import { LoopbackSecurityHub } from '../support/aws/services/security-hub.ts';
import { NOW } from '../support/builders.ts';

/** A store in memory. */
export interface MemoryStore extends Pick<Store, 'put' | 'putPage' | 'putNew' | 'find'> {
  /** What it was given, in order; what the next night compares with is in `last`. */
  readonly kept: readonly { readonly key: string; readonly value: unknown }[];
  readonly last: Map<string, unknown>;
  readonly pages: Map<string, string>;
}

/** A store that rejects the given kinds. */
export function memoryStore(refused: readonly (StoredKind | 'page')[] = []): MemoryStore {
  const all: { key: string; value: unknown }[] = [];
  const last = new Map<string, unknown>();
  const pages = new Map<string, string>();
  const put: Store['put'] = (key, value) => {
    if (refused.some((kept) => key.startsWith(kept))) return Promise.reject(new Error('Access Denied'));
    if (key.startsWith('last/')) last.set(key, value);
    else all.push({ key, value });
    return Promise.resolve();
  };
  return {
    ...{ kept: all, last, pages, put },
    putPage: (key, pieces) => {
      if (refused.includes('page')) return Promise.reject(new Error('Access Denied'));
      pages.set(key, [...pieces].join(''));
      return Promise.resolve();
    },
    putNew: async (key, value) => {
      if (last.has(key)) return false;
      await put(key, value);
      return true;
    },
    find: (key) => Promise.resolve(last.has(key) ? { status: 'found', value: last.get(key) as Json } : { status: 'absent' }),
  };
}

const folder = path.join(__dirname, '../../examples/acme/production');

/** The account of the tests: production of the sample Organization. */
export async function account(): Promise<Snapshot> {
  const [snapshot] = (await readSnapshots(folder)).accounts;
  if (!snapshot) throw new Error('the sample has no production account');
  return snapshot;
}

/** The file of that account. */
const fileOfAccount = async (): Promise<SnapshotFile> => readAccountFolder(folder, await readdir(folder));

/** The hub of that account. */
export const hubOf = (snapshot: Snapshot): LoopbackSecurityHub => new LoopbackSecurityHub(snapshot.accountId, 'eu-west-1');

/** What a night of the tests can differ in. */
export type Night = Partial<Omit<ScanPorts, 'hub'> & ScanRunOptions> & {
  readonly hub?: LoopbackSecurityHub | ScanPorts['hub'];
  readonly at?: number;
};

/** Runs a night over what the snapshot holds, with ports that know no AWS. */
export function night(snapshot: Snapshot, { hub, at = NOW, ...changed }: Night = {}): Promise<NightResult> {
  const ports = {
    now: () => at,
    remaining: () => 900_000,
    collect: async () => ({ file: await fileOfAccount(), snapshot: { ...snapshot, takenAt: at } }),
    store: memoryStore(),
    hub: hub instanceof LoopbackSecurityHub ? directly(hub) : hub,
    consoleAddress: (key: string) => `https://console.example/${key}`,
    sleep: () => Promise.resolve(),
    publish: undefined,
    sendEvent: () => Promise.resolve(),
  };
  const options = { runId: 'run-1', checks: allChecks, config: defaultConfig, version: '0.0.0' };
  return runScan({ ...ports, ...changed }, { ...options, ...changed });
}
