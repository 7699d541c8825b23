import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { type AwsSecurityFinding, SecurityHubClient, paginateGetFindings } from '@aws-sdk/client-securityhub';
import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import type { Report } from '../../lambda/scanner/model/report.ts';

/** Where things are, and with what environment to call them. */
export interface Tools {
  readonly region: string;
  readonly bucket: string;
  readonly env: Readonly<Record<string, string>>;
  /** What the emulator does not implement: the action, the fact that is unavailable, and a check that is UNKNOWN for it. */
  readonly missing: readonly { readonly action: string; readonly fact: string; readonly check: string }[];
  /** The checks whose findings are archived once a policy of one user is deleted. */
  readonly fixed: readonly string[];
}

/** What a command left behind. */
export interface Outcome {
  readonly code: unknown;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command line in a process of its own. */
export async function iamVigil({ env }: Tools, ...args: readonly string[]): Promise<Outcome> {
  const child = spawn(process.execPath, ['dist/cli.js', ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
  const [code, stdout, stderr] = await Promise.all([ended, text(child.stdout), text(child.stderr)]);
  return { code, stdout, stderr };
}

/** What Security Hub has, by id. */
export async function storedFindings({ region }: Tools): Promise<ReadonlyMap<string, AwsSecurityFinding>> {
  const found = new Map<string, AwsSecurityFinding>();
  for await (const { Findings = [] } of paginateGetFindings({ client: new SecurityHubClient({ region }) }, {}))
    for (const finding of Findings) found.set(finding.Id ?? '', finding);
  return found;
}

/** What the nightly function kept: the names, and the last report. */
export async function keptInBucket({
  region,
  bucket: Bucket,
}: Tools): Promise<{ readonly keys: readonly string[]; readonly report: Report }> {
  const s3 = new S3Client({ region });
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket }));
  const keys = Contents.map(({ Key = '' }) => Key).toSorted();
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key: keys.findLast((key) => /^reports\/.*\.gz$/.test(key)) }));
  const packed = await Body?.transformToByteArray();
  // The product's own output.
  return { keys, report: JSON.parse(gunzipSync(packed ?? '').toString()) as Report };
}
