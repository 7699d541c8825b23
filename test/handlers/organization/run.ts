import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { handler as correlate } from '../../../lambda/handlers/organization/correlate.ts';
import { handler as deliver } from '../../../lambda/handlers/organization/deliver.ts';
import { handler as plan } from '../../../lambda/handlers/organization/plan.ts';
import { handler as scanMember } from '../../../lambda/handlers/organization/scan-member.ts';
import { handler as summarise } from '../../../lambda/handlers/organization/summarise.ts';
import type { OrganizationReport } from '../../../lambda/handlers/organization/organization-report.ts';
import type { Json } from '../../../lambda/scanner/model/json.ts';
import type { Report } from '../../../lambda/scanner/model/report.ts';
import type { SnapshotFile } from '../../../lambda/scanner/facts/snapshot-file.ts';
import { withEnvironment } from '../../collect/live.ts';
import { definitionIn, organizationTemplate } from '../../lib/organization-synthesised.ts';
import { environmentFor } from '../../support/aws/environment.ts';
import { type LoopbackAws, startLoopbackAws } from '../../support/aws/loopback-aws.ts';
import type { Member, Quirks } from '../../support/aws/quirks.ts';
import { type LoopbackBucket, withBucket } from '../../support/aws/services/s3.ts';
import { LoopbackSecurityHub, withSecurityHub } from '../../support/aws/services/security-hub.ts';
import { type Ending, type Task, execute } from '../../support/step-functions.ts';

/** When the runs of the tests begin. */
export const STARTED = '2026-11-20T03:00:00.000Z';
/** The Region of the findings. */
export const REGION = 'eu-west-1';

/** An Organization on this machine, with its hubs and the bucket of the scanner. */
export interface Stage {
  readonly bucket: LoopbackBucket;
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
  const own = dressed(home.accountId, withBucket({ organization, members, ...quirks }, bucket));
  return { bucket, hubs, aws: await startLoopbackAws(home, own), home: home.accountId, quirks: own };
}

const handlers = {
  Plan: plan,
  'Scan account': scanMember,
  Correlate: correlate,
  'Deliver account': deliver,
  Summarise: summarise,
} as const;

/** The name of a state that is a function of ours. */
export type TaskName = keyof typeof handlers;

/** How a run differs from the usual. */
export interface RunOptions {
  readonly id?: string;
  readonly startedAt?: string;
  readonly variables?: Readonly<Record<string, string>>;
  /** Puts something around a task, such as a fault. */
  readonly around?: (name: TaskName, task: Task) => Task;
  readonly remaining?: number;
}

/** Plays one run of the deployed state machine. */
export async function run(stage: Stage, options: RunOptions = {}): Promise<Ending & { readonly events: readonly unknown[] }> {
  const {
    id = 'run-1',
    startedAt = STARTED,
    variables = {},
    around = (_: TaskName, task: Task): Task => task,
    remaining = 900_000,
  } = options;
  const definition = definitionIn(organizationTemplate());
  const events: unknown[] = [];
  const invocation = {
    awsRequestId: id,
    invokedFunctionArn: `arn:aws:lambda:${REGION}:${stage.home}:function:state`,
    getRemainingTimeInMillis: () => remaining,
  };
  const tasks = Object.entries(handlers).map(([name, handler]): [string, Task] => [
    name,
    // The names are the keys of the table.
    around(name as TaskName, (input): Promise<unknown> => handler(input, invocation)),
  ]);
  const tell: Task = (input) => Promise.resolve(events.push(input));
  const environment = {
    ...environmentFor(stage.aws.endpoint),
    IAM_VIGIL_BUCKET: 'store',
    IAM_VIGIL_FINDINGS_REGION: REGION,
    IAM_VIGIL_DELIVER: 'members',
    IAM_VIGIL_ROLE: 'iam-vigil-member',
    IAM_VIGIL_EXTERNAL_ID: 'between-us',
    ...variables,
  };
  const ending = await withEnvironment(environment, () =>
    execute(
      definition,
      { tasks: { ...Object.fromEntries(tasks), Tell: tell }, linesOf: (key) => linesIn(stage, key) },
      id,
      startedAt,
    ),
  );
  return { ...ending, events };
}

function linesIn({ bucket }: Stage, key: string): readonly unknown[] {
  const lines = bucket.objects.get(key)?.toString().trimEnd().split('\n');
  if (!lines) throw new Error(`there is no ${key}`);
  return lines.map((line) => JSON.parse(line) as unknown);
}

/** What the run told at its end. */
export function reportOf({ bucket }: Stage, id = 'run-1'): OrganizationReport | undefined {
  const [report] = kept(bucket, (key) => key.startsWith('organizations/') && key.endsWith(`-${id}/report.json.gz`));
  return report as OrganizationReport | undefined;
}

/** The reports of the accounts. */
export const accountReports = ({ bucket }: Stage, id = 'run-1'): readonly Report[] =>
  kept(bucket, (key) => key.startsWith('reports/') && key.endsWith(`-${id}.json.gz`)) as readonly Report[];

/** The snapshots of the accounts. */
export const snapshots = ({ bucket }: Stage, id = 'run-1'): readonly SnapshotFile[] =>
  kept(bucket, (key) => key.startsWith('snapshots/') && key.endsWith(`-${id}.json.gz`)) as readonly SnapshotFile[];

const kept = ({ objects }: LoopbackBucket, isMeant: (key: string) => boolean): readonly unknown[] =>
  [...objects]
    .filter(([key]) => isMeant(key))
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, body]) => JSON.parse(gunzipSync(body).toString()) as unknown);

/** What all hubs show, but for the times, which are of each run. */
export const shown = ({ hubs }: Stage): readonly unknown[] =>
  [...hubs.values()].flatMap((hub) =>
    [...hub.findings.values()]
      .map(({ Id, RecordState, Compliance, Description, Severity }) => [
        Id,
        RecordState,
        Compliance?.Status,
        Severity.Label,
        Description,
      ])
      .toSorted(),
  );

/** A file of the sample Organization. */
export const sample = (file: string): Json => JSON.parse(readFileSync(path.resolve('examples/acme', file), 'utf8')) as Json;
