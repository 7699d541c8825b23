import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { handler } from '../../lambda/handlers/scan-account.ts';
import { readSnapshots } from '../../lambda/scanner/collect/read-snapshot.ts';
import { UsageError } from '../../lambda/scanner/errors.ts';
import type { SnapshotFile } from '../../lambda/scanner/facts/snapshot-file.ts';
import { environmentFor, withEnvironment } from '../support/aws/environment.ts';
import { startLoopbackAws } from '../support/aws/loopback-aws.ts';
import type { Quirks } from '../support/aws/quirks.ts';
import { type LoopbackBucket, withBucket } from '../support/aws/services/s3.ts';
import { LoopbackSecurityHub, withSecurityHub } from '../support/aws/services/security-hub.ts';
import { quietAccount } from './planted-key.ts';

jest.setTimeout(120_000);

let served: SnapshotFile;
let folder: string;
let printed: string[];

beforeAll(async () => {
  served = await quietAccount();
  folder = await mkdtemp(path.join(os.tmpdir(), 'iam-vigil-handler-'));
});
afterAll(() => rm(folder, { recursive: true }));

beforeEach(() => {
  printed = [];
  // Powertools writes through a console of its own, which ends here.
  jest.spyOn(process.stdout, 'write').mockImplementation(keep);
  jest.spyOn(process.stderr, 'write').mockImplementation(keep);
  jest.spyOn(console, 'log').mockImplementation(keep);
});
afterEach(() => {
  jest.restoreAllMocks();
});

function keep(chunk: unknown): boolean {
  printed.push(String(chunk));
  return true;
}

/** What was logged, line by line. */
const logged = () =>
  printed.flatMap((chunk) =>
    chunk
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>),
  );

interface Invocation {
  readonly quirks?: Quirks;
  readonly variables?: Readonly<Record<string, string>>;
  readonly remaining?: number;
  readonly bucket?: LoopbackBucket;
}

const emptyBucket = (): LoopbackBucket => ({ name: 'store', objects: new Map() });

async function invoke({ quirks = {}, variables = {}, remaining = 900_000, bucket = emptyBucket() }: Invocation = {}) {
  const hub = new LoopbackSecurityHub(served.accountId, 'eu-west-1');
  const aws = await startLoopbackAws(served, withSecurityHub(withBucket({ ...quirks }, bucket), hub));
  const usual = { IAM_VIGIL_BUCKET: 'store', IAM_VIGIL_FINDINGS_REGION: 'eu-west-1', AWS_LAMBDA_FUNCTION_NAME: 'vigil' };
  const environment = { ...environmentFor(aws.endpoint), ...usual, ...variables };
  try {
    const result = await withEnvironment(environment, () =>
      handler(
        {},
        {
          awsRequestId: 'run-1',
          invokedFunctionArn: `arn:aws:lambda:eu-west-1:${served.accountId}:function:vigil`,
          getRemainingTimeInMillis: () => remaining,
        },
      ),
    );
    return { result, bucket, hub };
  } finally {
    await aws.stop();
  }
}

async function fileOf(text: string): Promise<string> {
  const file = path.join(folder, 'iam-vigil.yaml');
  await writeFile(file, text);
  return file;
}

describe('the function', () => {
  test('stores a snapshot that can be scanned again, delivers, and writes logs and metrics', async () => {
    const { result, bucket, hub } = await invoke();
    expect(result).toMatchObject({ account: served.accountId, complete: true, problems: [] });
    expect(hub.findings.size).toBe(result.delivery?.imported);

    const keys = [...bucket.objects.keys()].toSorted();
    const name = String.raw`${served.accountId}/\d{4}-\d\d-\d\d/\d{6}Z-run-1\.json\.gz`;
    expect(keys).toEqual([
      `last/${served.accountId}.json.gz`,
      `last/told/${served.accountId}.json.gz`,
      ...[`^reports/${name}$`, `^reports/${served.accountId}/latest\\.html$`, `^snapshots/${name}$`].map(
        (key) => expect.stringMatching(key) as string,
      ),
    ]);
    expect(bucket.objects.get(keys[3] ?? '')?.toString()).toMatch(/^<!doctype html>/);
    expect([...hub.findings.values()].map(({ SourceUrl }) => SourceUrl)).toContain(
      `https://eu-west-1.console.aws.amazon.com/s3/object/store?region=eu-west-1&prefix=reports%2F${served.accountId}%2Flatest.html`,
    );
    const saved = path.join(folder, 'snapshot.json.gz');
    await writeFile(saved, bucket.objects.get(keys[4] ?? '') ?? '');
    expect((await readSnapshots(saved)).accounts).toMatchObject([{ accountId: served.accountId, calls: result.calls }]);

    const { failed } = result.summary;
    expect(logged()).toContainEqual(expect.objectContaining({ level: 'INFO', service: 'vigil', runId: 'run-1', complete: true }));
    expect(logged()).toContainEqual(
      expect.objectContaining({
        ...{ service: 'vigil', Runs: 1, IncompleteRuns: 0, UnknownFindings: 0 },
        FailedFindings: Object.values(failed).reduce((sum, count) => sum + count),
        _aws: expect.objectContaining({ CloudWatchMetrics: [expect.objectContaining({ Namespace: 'IamVigil' })] }) as object,
      }),
    );
  });

  test('compares with the earlier night that it stored, and lists nothing', async () => {
    const { bucket } = await invoke();
    const { result } = await invoke({ bucket, quirks: { deny: ['s3:ListBucket'] } });
    expect(result).toMatchObject({ complete: true, problems: [] });
    const report =
      [...bucket.objects.keys()]
        .filter((key) => /^reports\/.*\.json\.gz$/.test(key))
        .toSorted()
        .at(-1) ?? '';
    const stored: unknown = JSON.parse(gunzipSync(bucket.objects.get(report) ?? '').toString());
    expect(stored).toMatchObject({ changes: [], notCompared: [] });
  });

  test('takes a denied read for a first night, unless the earlier night is there', async () => {
    const quirks = { deny: ['s3:GetObject'] };
    const first = await invoke({ quirks });
    expect([first.result.problems, first.bucket.objects.size]).toEqual([[], 5]);
    const second = await invoke({ quirks, bucket: first.bucket });
    expect(second.result.problems).toEqual([
      expect.stringContaining('cannot be read, so nothing was compared: access was denied'),
      'what was told before exists and cannot be read: access was denied',
    ]);
  });

  test('goes on if the earlier night is truncated', async () => {
    const { bucket } = await invoke();
    const key = `last/${served.accountId}.json.gz`;
    bucket.objects.set(key, (bucket.objects.get(key) ?? Buffer.alloc(0)).subarray(0, 500));
    const { result } = await invoke({ bucket });
    expect(result.problems).toEqual([expect.stringContaining('so nothing was compared')]);
    expect((await invoke({ bucket })).result.problems).toEqual([]);
  });

  test('is incomplete if a call is denied, and names it', async () => {
    const { result } = await invoke({ quirks: { deny: ['iam:GetAccountPasswordPolicy'] } });
    expect(result).toMatchObject({ complete: false, problems: [] });
    expect(logged()).toContainEqual(expect.objectContaining({ IncompleteRuns: 1, UnknownFindings: 1 }));
    expect(JSON.stringify(logged())).toContain('access to iam:GetAccountPasswordPolicy was denied');
  });

  test('reports a bucket that rejects the write, and still delivers', async () => {
    const { result, hub } = await invoke({ quirks: { deny: ['s3:PutObject'] } });
    expect(result.problems).toEqual(
      ['the snapshot', 'the report', 'the page', 'what was told'].map(
        (kept) => expect.stringContaining(`${kept} could not`) as string,
      ),
    );
    expect(hub.findings.size).toBeGreaterThan(10);
    expect(result.delivery).toMatchObject({ imported: hub.findings.size });
  });

  test('follows the configuration', async () => {
    const file = await fileOf('checks:\n  admin-user:\n    enabled: false\n');
    const { hub } = await invoke({ variables: { IAM_VIGIL_CONFIG: file } });
    const checks = new Set([...hub.findings.values()].map(({ GeneratorId }) => GeneratorId));
    expect([checks.has('admin-user'), checks.has('policy-allows-everything')]).toEqual([false, true]);
  });

  test('delivers nothing if delivery is disabled', async () => {
    const { result, hub, bucket } = await invoke({ variables: { IAM_VIGIL_DELIVER: 'none' } });
    expect([result.delivery, hub.calls.length, bucket.objects.size]).toEqual([undefined, 0, 5]);
  });

  test('stops collecting near its end: what is missing is UNKNOWN for that reason, and the rest stays', async () => {
    const { result, bucket } = await invoke({ quirks: { slowness: 400 }, remaining: 181_500 });
    expect([result.complete, bucket.objects.size]).toEqual([false, 5]);
    expect(result.milliseconds).toBeLessThan(60_000);
    expect(result.unknown.some((reason) => reason.includes('OutOfTime: there was no time left to collect it'))).toBe(true);
    expect(result.summary.unknown).toBeGreaterThan(0);
  });
});

describe('without what it needs it fails, and says why', () => {
  test.each<[name: string, invocation: Invocation, message: string]>([
    ['no bucket', { variables: { IAM_VIGIL_BUCKET: '' } }, 'IAM_VIGIL_BUCKET'],
    ['credentials that have expired', { quirks: { expiredCredentials: true } }, 'AWS did not accept the credentials'],
  ])('%s', async (_name, invocation, message) => {
    await expect(invoke(invocation)).rejects.toThrow(UsageError);
    const [line] = logged().filter(({ level }) => level === 'CRITICAL');
    expect(JSON.stringify(line)).toContain(message);
    expect(logged().some((entry) => 'Runs' in entry)).toBe(false);
  });

  test('a configuration that is not valid', async () => {
    const file = await fileOf('checks:\n  no-such-check: {}\n');
    await expect(invoke({ variables: { IAM_VIGIL_CONFIG: file } })).rejects.toThrow('no-such-check');
  });
});
