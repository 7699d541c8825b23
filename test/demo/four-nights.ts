import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { environmentFor } from '../support/aws/environment.ts';
import { startLoopbackAws } from '../support/aws/loopback-aws.ts';
import type { SnapshotFile } from '../../lambda/scanner/facts/snapshot-file.ts';
import { type LoopbackMessages, noMessages, withMessages } from '../support/aws/services/messages.ts';
import { type LoopbackBucket, withBucket } from '../support/aws/services/s3.ts';
import { LoopbackSecurityHub, withSecurityHub } from '../support/aws/services/security-hub.ts';
import { type HubFinding } from '../support/aws/services/security-hub-rules.ts';
import { type Invocation, invokeNightly } from './invoke.ts';
import { productionAccount, productionAccountAttacked, productionAccountLater } from './sample-account.ts';

/** Where the findings go, and what the bucket is called. */
export const [REGION, BUCKET] = ['eu-west-1', 'iam-vigil-store'];

const TOPIC = `arn:aws:sns:${REGION}:444455556666:digest`;

/** One night, and what Security Hub had in the morning. */
export interface Night extends Invocation {
  readonly when: string;
  /** The calls to Security Hub that wrote, and how many findings each had. */
  readonly writes: readonly { readonly action: string; readonly size: number }[];
  readonly findings: ReadonlyMap<string, HubFinding>;
  /** The messages of the digest. */
  readonly messages: LoopbackMessages['messages'];
}

/** What four nights left behind. */
export interface FourNights {
  readonly nights: readonly [Night, Night, Night, Night];
  /** The finding that a person decided on after the first night. */
  readonly decided: string;
  /** What lies in the bucket, unpacked, by key. */
  readonly kept: ReadonlyMap<string, unknown>;
}

/** What the person wrote. */
export const DECISION = {
  Text: 'The shop we bought; its account joins the Organization in January.',
  UpdatedBy: 'sven@acme.example',
};

/** Runs the bundled function on the sample for four nights, against an AWS on this machine: as it is, as it is, changed, and attacked. */
export async function fourNights(): Promise<FourNights> {
  const account = await productionAccount();
  const hub = new LoopbackSecurityHub(account.accountId, REGION);
  const bucket: LoopbackBucket = { name: BUCKET, objects: new Map() };
  const first = await night('2026-11-20T03:00:00Z', account, hub, bucket);
  const decided = suppressByHand(hub);
  const second = await night('2026-11-21T03:00:00Z', account, hub, bucket);
  const third = await night('2026-11-22T03:00:00Z', await productionAccountLater(), hub, bucket);
  const fourth = await night('2026-11-23T03:00:00Z', await productionAccountAttacked(), hub, bucket);
  const kept = new Map(
    [...bucket.objects].map(([key, body]) => [
      key,
      key.endsWith('.gz') ? (JSON.parse(gunzipSync(body).toString()) as unknown) : body.toString(),
    ]),
  );
  return { nights: [first, second, third, fourth], decided, kept };
}

async function night(when: string, account: SnapshotFile, hub: LoopbackSecurityHub, bucket: LoopbackBucket): Promise<Night> {
  const before = hub.calls.length;
  const times = { time: when, credentialReportGeneratedAt: when.replace('03:00', '02:10') };
  const { messages, ...sent } = noMessages(TOPIC);
  const quirks = withMessages(withBucket(withSecurityHub(times, hub), bucket), { messages, ...sent });
  const aws = await startLoopbackAws(account, quirks);
  try {
    const invocation = await invokeNightly(when, account.accountId, {
      ...environmentFor(aws.endpoint),
      IAM_VIGIL_BUCKET: BUCKET,
      IAM_VIGIL_FINDINGS_REGION: REGION,
      IAM_VIGIL_DIGEST_TOPIC: TOPIC,
      IAM_VIGIL_CONFIG: path.resolve('examples/acme/iam-vigil.yaml'),
    });
    const writes = hub.calls.slice(before).filter(({ action }) => action !== 'GetFindings');
    return { when, ...invocation, writes, findings: hub.findings, messages };
  } finally {
    await aws.stop();
  }
}

/** What a person does in the console: accepts one finding, and says why. */
function suppressByHand(hub: LoopbackSecurityHub): string {
  const id = [...hub.findings.values()].find(({ Title }) => Title.includes('acquired-shop-sync'))?.Id;
  if (id === undefined) throw new Error('the sample has changed');
  const FindingIdentifiers = [{ Id: id, ProductArn: hub.productArn }];
  hub.answer(JSON.stringify({ FindingIdentifiers, Workflow: { Status: 'SUPPRESSED' }, Note: DECISION }));
  return id;
}
