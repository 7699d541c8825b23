import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { readSnapshots } from '../../lambda/scanner/collect/read-snapshot.ts';
import { productionAccount, productionAccountLater } from '../demo/sample-account.ts';
import { environmentFor } from '../support/aws/environment.ts';
import { startLoopbackAws } from '../support/aws/loopback-aws.ts';
import type { Quirks } from '../support/aws/quirks.ts';
import { noMessages, withMessages } from '../support/aws/services/messages.ts';
import { type LoopbackBucket, withBucket } from '../support/aws/services/s3.ts';
import { LoopbackSecurityHub, withSecurityHub } from '../support/aws/services/security-hub.ts';
import type { HubFinding } from '../support/aws/services/security-hub-rules.ts';
import type { SnapshotFile } from '../../lambda/scanner/facts/snapshot-file.ts';
import { smallAccount } from '../support/aws/small-account.ts';
import { organizationFile } from '../support/organization.ts';
import type { Program } from './killed.ts';
import { organizationRun } from './organization-run.ts';

/** What a program does to the world around it, begun anew for each trial. */
export interface Trial {
  readonly program: Program;
  /** Checks what a killed program left behind. */
  readonly afterKill: () => Promise<void>;
  /** What the world is like at the end: equal for a run that was never killed and one that was killed and made again. */
  readonly outcome: () => Promise<unknown>;
  readonly stop: () => Promise<void>;
}

/** A kind of run that must come to the same end however often it is killed. */
export type Story = (folder: string) => Promise<Trial>;

const REGION = 'eu-west-1';
const BUCKET = 'iam-vigil-store';
const cli = path.resolve('dist/cli.js');
const config = path.resolve('examples/acme/iam-vigil.yaml');
const nothing = () => Promise.resolve();

/** The findings of a report by id, with what a reader acts on. */
const reportSchema = z.object({
  findings: z.array(z.object({ id: z.string(), status: z.string(), severity: z.string(), headline: z.string() })),
});
const findingsIn = async (file: string) => reportSchema.parse(JSON.parse(await readFile(file, 'utf8'))).findings;

/** `collect --output`: there is no file, or the earlier one, or a whole new one. */
const collects: Story = async (folder) => {
  const file = path.join(folder, 'snapshot.json');
  const aws = await startLoopbackAws(smallAccount);
  const read = async () => (await readSnapshots(file)).accounts.map(({ accountId }) => accountId);
  return {
    program: { args: [cli, 'collect', '--output', file], env: environmentFor(aws.endpoint) },
    afterKill: async () => {
      if ((await readdir(folder)).includes('snapshot.json')) await read();
    },
    outcome: read,
    stop: () => aws.stop(),
  };
};

/** `scan --organization --save-snapshot`: the folder of a killed run is completed by the next. */
const scansOrganization: Story = async (folder) => {
  const work = ['ou-ab12-workunit'];
  const accounts = { [smallAccount.accountId]: [], '200000000001': work, '200000000002': work, '200000000003': work };
  const aws = await startLoopbackAws(smallAccount, { organization: organizationFile({ accounts }) });
  const [saved, report] = [path.join(folder, 'saved'), path.join(folder, 'report.json')];
  const args = [cli, 'scan', '--organization', '--save-snapshot', saved, '--output', report, '--now', '2026-11-20T03:00:00Z'];
  return {
    program: { args, env: environmentFor(aws.endpoint) },
    afterKill: async () => {
      if ((await readdir(folder)).includes('report.json')) await findingsIn(report);
    },
    outcome: () => findingsIn(report),
    stop: () => aws.stop(),
  };
};

/** Of a finding in Security Hub, what its readers act on. */
const shown = ({ findings }: LoopbackSecurityHub) =>
  [...findings.values()]
    .map(({ Id, Title, Severity, Compliance, RecordState, Workflow }) => ({
      ...{ Id, Title, RecordState, severity: Severity.Label, compliance: Compliance?.Status, workflow: Workflow.Status },
    }))
    .toSorted((a, b) => (a.Id < b.Id ? -1 : 1));

/** A hub that has what another had. */
function hubWith(findings: readonly HubFinding[], account: SnapshotFile): LoopbackSecurityHub {
  const hub = new LoopbackSecurityHub(account.accountId, REGION);
  for (const finding of findings) hub.put(finding);
  return hub;
}

/** What an account was like, what it is like now, and what was delivered between. */
interface History {
  readonly now: SnapshotFile;
  readonly delivered: readonly HubFinding[];
}

/** `scan --security-hub` on an account in which a key was deleted and another made since the last delivery. */
const delivers =
  ({ now, delivered }: History): Story =>
  async () => {
    const hub = hubWith(delivered, now);
    const aws = await startLoopbackAws(now, withSecurityHub({}, hub));
    const args = [cli, 'scan', '--security-hub', '--region', REGION, '--config', config];
    return {
      program: { args, env: environmentFor(aws.endpoint) },
      afterKill: nothing,
      outcome: () => Promise.resolve(shown(hub)),
      stop: () => aws.stop(),
    };
  };

/** What the nightly function is given and keeps. */
interface Night {
  readonly when: string;
  readonly hub: LoopbackSecurityHub;
  readonly bucket: LoopbackBucket;
}

async function startNight(account: SnapshotFile, { when, hub, bucket }: Night) {
  const topic = `arn:aws:sns:${REGION}:${account.accountId}:digest`;
  const sent = noMessages(topic);
  const times: Quirks = { time: when, credentialReportGeneratedAt: when.replace('03:00', '02:10') };
  const aws = await startLoopbackAws(account, withMessages(withBucket(withSecurityHub(times, hub), bucket), sent));
  const env = {
    ...environmentFor(aws.endpoint),
    ...{ IAM_VIGIL_BUCKET: BUCKET, IAM_VIGIL_FINDINGS_REGION: REGION, IAM_VIGIL_DIGEST_TOPIC: topic, IAM_VIGIL_CONFIG: config },
  };
  const bundle = pathToFileURL(path.resolve('dist/functions/scan-account/index.mjs')).href;
  const args = [path.resolve('test/demo/invoke-function.mjs'), bundle, when, account.accountId];
  return { aws, sent, program: { args, env } };
}

/** The nightly function on such an account: delivered, kept, and told at least once. */
const scansNightly =
  ({ now, delivered }: History, objects: ReadonlyMap<string, Buffer>): Story =>
  async () => {
    const hub = hubWith(delivered, now);
    const { aws, sent, program } = await startNight(now, {
      ...{ when: '2026-11-22T03:00:00Z', hub, bucket: { name: BUCKET, objects: new Map(objects) } },
    });
    return {
      program,
      afterKill: nothing,
      outcome: () => Promise.resolve({ hub: shown(hub), told: [...new Set(sent.messages.map(({ text }) => text))] }),
      stop: () => aws.stop(),
    };
  };

/** All stories, by name, and the runs that come before the last three: the night before. */
export async function stories(run: (program: Program) => Promise<unknown>): Promise<Readonly<Record<string, Story>>> {
  const [before, now] = [await productionAccount(), await productionAccountLater()];
  const hub = hubWith([], before);
  const bucket: LoopbackBucket = { name: BUCKET, objects: new Map() };
  const { aws, program } = await startNight(before, { when: '2026-11-21T03:00:00Z', hub, bucket });
  await run(program);
  await aws.stop();
  const history = { now, delivered: hub.everything };
  return {
    collect: collects,
    'scan of an organization': scansOrganization,
    delivery: delivers(history),
    'nightly function': scansNightly(history, bucket.objects),
    'run over an organization': await organizationRun(run, { before, now }),
  };
}
