import os from 'node:os';
import path from 'node:path';
import type { SnapshotFile } from '../../lambda/scanner/facts/snapshot-file.ts';
import { type Stage, type StageRunOptions, environmentOf, setUp } from '../handlers/organization/run.ts';
import { shown } from '../handlers/organization/machine.ts';
import { smallAccount } from '../support/aws/small-account.ts';
import { MANAGEMENT, organizationFile } from '../support/organization.ts';
import type { Program } from './killed.ts';
import type { Story } from './stories.ts';

const TOPIC = 'arn:aws:sns:eu-west-1:111122223333:digest';

/** An organization of two accounts: its management account, which scans, and this one. */
function stageWith(member: SnapshotFile): Promise<Stage> {
  const text = JSON.stringify(smallAccount).replaceAll(smallAccount.accountId, MANAGEMENT);
  // The same type: only the account ID differs.
  const home = JSON.parse(text) as SnapshotFile;
  return setUp({ home, organization: organizationFile({ accounts: { [member.accountId]: [] } }), accounts: [home, member] });
}

function runOver(stage: Stage, startedAt: string, returned: string): Program {
  const variables: StageRunOptions['variables'] = { IAM_VIGIL_DIGEST_TOPIC: TOPIC };
  const accounts = [...stage.hubs.keys()];
  const args = [path.resolve('test/kills/run-states.mjs'), returned, startedAt, stage.home, ...accounts];
  return { args, env: environmentOf(stage, variables) };
}

/**
 * The states of a run over an organization, after a night before in which an account was like this, and that is like that now: delivered,
 * kept, and told at least once.
 */
export async function organizationRun(
  run: (program: Program) => Promise<unknown>,
  { before, now }: { readonly before: SnapshotFile; readonly now: SnapshotFile },
): Promise<Story> {
  const first = await stageWith(before);
  await run(runOver(first, '2026-11-21T03:00:00Z', os.devNull));
  await first.aws.stop();
  return async (folder) => {
    const stage = await stageWith(now);
    for (const [key, object] of first.bucket.objects) stage.bucket.objects.set(key, object);
    for (const [account, hub] of first.hubs) for (const finding of hub.everything) stage.hubs.get(account)?.put(finding);
    return {
      program: runOver(stage, '2026-11-22T03:00:00Z', path.join(folder, 'returned.txt')),
      afterKill: () => Promise.resolve(),
      outcome: () => Promise.resolve({ hubs: shown(stage), told: [...new Set(stage.sent.messages.map(({ text }) => text))] }),
      stop: () => stage.aws.stop(),
    };
  };
}
