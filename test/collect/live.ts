import { analyze } from '../../lambda/scanner/escalation/analyze.ts';
import { checks } from '../../lambda/scanner/checks/index.ts';
import { type AwsOptions, connect } from '../../lambda/scanner/collect/aws.ts';
import { collect } from '../../lambda/scanner/collect/collect.ts';
import { collectInventory } from '../../lambda/scanner/collect/compute/inventory.ts';
import { defaultConfig } from '../../lambda/scanner/config.ts';
import type { Report } from '../../lambda/scanner/model/report.ts';
import { type Snapshot, parseSnapshot } from '../../lambda/scanner/facts/snapshot.ts';
import { type RawFactName, rawFactNames } from '../../lambda/scanner/facts/index.ts';
import type { SnapshotFile } from '../../lambda/scanner/facts/snapshot-file.ts';
import { factsOnDemand } from '../../lambda/scanner/permissions.ts';
import { scan } from '../../lambda/scanner/scan.ts';
import { environmentFor, withEnvironment } from '../support/aws/environment.ts';
import { type ReceivedCall, startLoopbackAws } from '../support/aws/loopback-aws.ts';
import type { Quirks } from '../support/aws/quirks.ts';
import { NOW } from '../support/builders.ts';

/** What a collection from the loopback AWS gave, and what it asked. */
export interface Collected {
  readonly file: SnapshotFile;
  readonly snapshot: Snapshot;
  readonly calls: readonly ReceivedCall[];
}

/** Every fact but those that a scan collects only when it is asked to. */
export const usualFacts = rawFactNames.filter((name) => !factsOnDemand.includes(name));

/** Serves an account, and collects it as a scan does. */
export async function collectFrom(
  served: SnapshotFile,
  quirks: Quirks = {},
  {
    facts = usualFacts,
    inventory = false,
    ...where
  }: AwsOptions & { readonly facts?: readonly RawFactName[]; readonly inventory?: boolean } = {},
): Promise<Collected> {
  const aws = await startLoopbackAws(served, quirks);
  try {
    return await withEnvironment(environmentFor(aws.endpoint), async () => ({
      ...(await collect(await connect(where), {
        facts,
        inventory: inventory ? collectInventory : undefined,
        now: NOW,
        analyze,
      })),
      calls: aws.calls,
    }));
  } finally {
    await aws.stop();
  }
}

/** Judges snapshots by every check, at the time of the tests. */
export const judge = (...snapshots: readonly Snapshot[]): Report =>
  scan(snapshots, { checks, config: defaultConfig, now: NOW, version: '0.0.0-test' });

/** The snapshot as it is after it was written to a file and read again. */
export const reread = (file: SnapshotFile): Snapshot => parseSnapshot(JSON.parse(JSON.stringify(file)) as SnapshotFile);
