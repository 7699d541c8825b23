import { gunzipSync } from 'node:zlib';
import { handler as correlate } from '../../../lambda/handlers/organization/correlate.ts';
import { handler as deliver } from '../../../lambda/handlers/organization/deliver.ts';
import { handler as plan } from '../../../lambda/handlers/organization/plan.ts';
import { handler as scanMember } from '../../../lambda/handlers/organization/scan-member.ts';
import { handler as summarize } from '../../../lambda/handlers/organization/summarize.ts';
import type { Invocation } from '../../../lambda/handlers/invocation.ts';
import type { Json } from '../../../lambda/scanner/model/json.ts';
import type { SnapshotFile } from '../../../lambda/scanner/facts/snapshot-file.ts';
import { environmentFor, withEnvironment } from '../../support/aws/environment.ts';
import { type LoopbackAws, startLoopbackAws } from '../../support/aws/loopback-aws.ts';
import type { Member, Quirks } from '../../support/aws/quirks.ts';
import { type LoopbackMessages, noMessages, withMessages } from '../../support/aws/services/messages.ts';
import { type LoopbackBucket, withBucket } from '../../support/aws/services/s3.ts';
import { LoopbackSecurityHub, withSecurityHub } from '../../support/aws/services/security-hub.ts';
import type { Task } from '../../support/step-functions.ts';
import { type Played, REGION, type RunOptions, type Stored, play } from './machine.ts';

/** An Organization on this machine, with its hubs and the bucket of the scanner. */
export interface Stage {
  readonly bucket: LoopbackBucket;
  /** The events and messages that were sent. */
  readonly sent: LoopbackMessages;
  /** By account. */
  readonly hubs: ReadonlyMap<string, LoopbackSecurityHub>;
  readonly aws: LoopbackAws;
  readonly home: string;
  /** Of the AWS as a whole; they may change while it runs. */
  readonly quirks: { -readonly [K in keyof Quirks]: Quirks[K] };
}

/** Who is in it. */
export interface Cast {
  /** The account that scans. */
  readonly home: SnapshotFile;
  /** `organization.json`. */
  readonly organization: Json;
  readonly accounts: readonly SnapshotFile[];
  readonly quirks?: Quirks;
  /** Quirks of single accounts. */
  readonly quirksOf?: Readonly<Record<string, Quirks>>;
}

/** Puts the Organization up; stop its AWS when done. */
export async function setUp({ home, organization, accounts, quirks = {}, quirksOf = {} }: Cast): Promise<Stage> {
  const bucket: LoopbackBucket = { name: 'store', objects: new Map() };
  const hubs = new Map(accounts.map(({ accountId }) => [accountId, new LoopbackSecurityHub(accountId, REGION)]));
  const dressed = (accountId: string, own: Quirks): Quirks => {
    const hub = hubs.get(accountId);
    return hub ? withSecurityHub(own, hub) : own;
  };
  const members = new Map(
    accounts.map((snapshot): [string, Member] => [
      snapshot.accountId,
      { snapshot, quirks: dressed(snapshot.accountId, { organization, ...quirksOf[snapshot.accountId] }) },
    ]),
  );
  const sent = noMessages('arn:aws:sns:eu-west-1:111122223333:digest');
  const own = dressed(home.accountId, withMessages(withBucket({ organization, members, ...quirks }, bucket), sent));
  return { bucket, sent, hubs, aws: await startLoopbackAws(home, own), home: home.accountId, quirks: own };
}

type Handler = (sent: unknown, invocation: Invocation) => Promise<unknown>;

/** How a run over the network differs from the usual. */
export interface StageRunOptions extends RunOptions {
  readonly variables?: Readonly<Record<string, string>>;
}

/** The environment of every state. */
export const environmentOf = (
  { aws }: Stage,
  variables: StageRunOptions['variables'] = {},
): Readonly<Record<string, string>> => ({
  ...environmentFor(aws.endpoint),
  IAM_VIGIL_BUCKET: 'store',
  IAM_VIGIL_FINDINGS_REGION: REGION,
  IAM_VIGIL_DELIVER: 'members',
  IAM_VIGIL_ROLE: 'iam-vigil-member',
  IAM_VIGIL_EXTERNAL_ID: 'between-us',
  ...variables,
});

/** Plays one run of the deployed state machine, with the handlers as they are deployed. */
export async function run(stage: Stage, options: StageRunOptions = {}): Promise<Played> {
  const { id = 'run-1', variables = {}, remaining = 900_000 } = options;
  const invocation = {
    awsRequestId: id,
    invokedFunctionArn: `arn:aws:lambda:${REGION}:${stage.home}:function:state`,
    getRemainingTimeInMillis: () => remaining,
  };
  const task =
    (handler: Handler): Task =>
    (input) =>
      handler(input, invocation);
  const tasks = {
    Plan: task(plan),
    'Scan account': task(scanMember),
    Correlate: task(correlate),
    'Deliver account': task(deliver),
    Summarize: task(summarize),
  };
  return withEnvironment(environmentOf(stage, variables), () => play(tasks, (key) => linesIn(stage, key), options));
}

function linesIn({ bucket }: Stage, key: string): readonly unknown[] {
  const lines = bucket.objects.get(key)?.toString().trimEnd().split('\n');
  if (!lines) throw new Error(`there is no ${key}`);
  return lines.map((line) => JSON.parse(line) as unknown);
}

/** What the bucket keeps, unpacked; lists of lines are left out. */
export const storedIn = ({ bucket }: Stage): Stored =>
  new Map(
    [...bucket.objects]
      .filter(([key]) => key.endsWith('.json.gz'))
      .map(([key, body]) => [key, JSON.parse(gunzipSync(body).toString()) as unknown]),
  );
