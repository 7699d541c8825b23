import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { environmentFor } from '../support/aws/environment.ts';
import { startLoopbackAws } from '../support/aws/loopback-aws.ts';
import type { SnapshotFile } from '../../lambda/scanner/facts/snapshot-file.ts';
import { type LoopbackBucket, withBucket } from '../support/aws/services/s3.ts';
import { LoopbackSecurityHub, withSecurityHub } from '../support/aws/services/security-hub.ts';
import { type HubFinding } from '../support/aws/services/security-hub-rules.ts';
import { type Invocation, invokeNightly } from './invoke.ts';
import { productionAccount, productionAccountLater } from './sample-account.ts';

/** Where the findings go, and what the bucket is called. */
export const [REGION, BUCKET] = ['eu-west-1', 'iam-vigil-store'];

/** One night, and what Security Hub had in the morning. */
export interface Night extends Invocation {
  readonly when: string;
  /** The calls to Security Hub that wrote, and how many findings each had. */
  readonly writes: readonly { readonly action: string; readonly size: number }[];
  readonly findings: ReadonlyMap<string, HubFinding>;
}

/** What three nights left behind. */
export interface ThreeNights {
  readonly nights: readonly [Night, Night, Night];
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

/** Runs the bundled function on the sample for three nights, against an AWS on this machine: as it is, as it is, and changed. */
export async function threeNights(): Promise<ThreeNights> {
  const account = await productionAccount();
  const hub = new LoopbackSecurityHub(account.accountId, REGION);
  const bucket: LoopbackBucket = { name: BUCKET, objects: new Map() };
  const first = await night('2026-11-20T03:00:00Z', account, hub, bucket);
  const decided = suppressByHand(hub);
  const second = await night('2026-11-21T03:00:00Z', account, hub, bucket);
  const third = await night('2026-11-22T03:00:00Z', await productionAccountLater(), hub, bucket);
  const kept = new Map([...bucket.objects].map(([key, body]) => [key, JSON.parse(gunzipSync(body).toString()) as unknown]));
  return { nights: [first, second, third], decided, kept };
}

async function night(when: string, account: SnapshotFile, hub: LoopbackSecurityHub, bucket: LoopbackBucket): Promise<Night> {
  const before = hub.calls.length;
  const times = { time: when, credentialReportGeneratedAt: when.replace('03:00', '02:10') };
  const quirks = withBucket(withSecurityHub(times, hub), bucket);
  const aws = await startLoopbackAws(account, quirks);
  try {
    const invocation = await invokeNightly(when, account.accountId, {
      ...environmentFor(aws.endpoint),
      IAM_VIGIL_BUCKET: BUCKET,
      IAM_VIGIL_FINDINGS_REGION: REGION,
      IAM_VIGIL_CONFIG: path.resolve('examples/acme/iam-vigil.yaml'),
    });
    const writes = hub.calls.slice(before).filter(({ action }) => action !== 'GetFindings');
    return { when, ...invocation, writes, findings: hub.findings };
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
