import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { connect } from '../../lambda/scanner/collect/aws.ts';
import { UsageError } from '../../lambda/scanner/errors.ts';
import type { SnapshotFile } from '../../lambda/scanner/facts/snapshot-file.ts';
import { environmentFor, withEnvironment } from '../support/aws/environment.ts';
import { type LoopbackAws, startLoopbackAws } from '../support/aws/loopback-aws.ts';
import type { Quirks } from '../support/aws/quirks.ts';
import { smallAccount } from '../support/aws/small-account.ts';
import { ACCOUNT, allPartitions } from '../support/builders.ts';
import { collectFrom, judge } from './live.ts';

let folder: string;
let aws: LoopbackAws | undefined;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'iam-vigil-'));
});
afterAll(() => rm(folder, { recursive: true }));
afterEach(() => aws?.stop());

/** The environment of the loopback AWS, with some variables changed or (undefined) taken away. */
async function environment(changes: Readonly<Record<string, string | undefined>> = {}, quirks: Quirks = {}) {
  aws = await startLoopbackAws(smallAccount, quirks);
  const all = { ...environmentFor(aws.endpoint), ...changes };
  return Object.fromEntries(Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}

const noCredentials = { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined };

/** A port of this machine without a listener. */
async function deadEndpoint(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  return `http://127.0.0.1:${address.port}`;
}

const refusalOf = (variables: Readonly<Record<string, string>>, options = {}): Promise<string> =>
  withEnvironment(variables, () =>
    connect(options).then(
      () => 'connected',
      (error: unknown) => (error instanceof UsageError ? error.message : `not a UsageError: ${String(error)}`),
    ),
  );

describe('an error says what to do', () => {
  test('expired credentials', async () => {
    const message = await refusalOf(await environment({}, { expiredCredentials: true }));
    expect(message).toMatch(/^AWS did not accept the credentials: ExpiredToken: The security token .* is expired\./);
    expect(message).toMatch(/--profile.*aws sso login.*--snapshot/);
    expect(aws?.calls).toHaveLength(1);
  });

  test('no credentials at all', async () => {
    const message = await refusalOf(await environment(noCredentials));
    expect(message).toMatch(/^there are no AWS credentials: .*--profile.*aws sso login.*--snapshot/);
    expect(aws?.calls).toEqual([]);
  });

  test('a missing profile, whatever the environment contains', async () => {
    const message = await refusalOf(await environment(), { profile: 'nope' });
    expect(message).toMatch(/^there are no AWS credentials of profile nope: .*--profile/);
    expect(aws?.calls).toEqual([]);
  });

  test('a network without an answer, in a short time', async () => {
    const start = performance.now();
    const message = await refusalOf({ ...(await environment()), AWS_ENDPOINT_URL: await deadEndpoint() });
    expect(message).toMatch(/^AWS cannot be reached: .*ECONNREFUSED 127\.0\.0\.1:\d+\. Check the network.*--snapshot/);
    expect(performance.now() - start).toBeLessThan(5_000);
  });

  test('the same before the time is up: the error does not mention the time', async () => {
    const dead = { ...(await environment()), AWS_ENDPOINT_URL: await deadEndpoint() };
    expect(await refusalOf(dead, { until: new AbortController().signal })).toMatch(/^AWS cannot be reached: .*ECONNREFUSED/);
  });

  test('a short interruption at the start is survived by retries', async () => {
    const variables = await environment({}, { cutConnections: 1 });
    expect(await refusalOf(variables)).toBe('connected');
    expect(aws?.calls).toHaveLength(2);
  });
});

describe('the Region', () => {
  const profiles = '[default]\nregion = eu-north-1\n[profile china]\nregion = cn-north-1\n';
  const credentials = '[china]\naws_access_key_id = AKIACHINA00000EXAMPLE\naws_secret_access_key = secret\n';
  const shared = async () => {
    const [config, keys] = [path.join(folder, 'config'), path.join(folder, 'credentials')];
    await writeFile(config, profiles);
    await writeFile(keys, credentials);
    return { AWS_CONFIG_FILE: config, AWS_SHARED_CREDENTIALS_FILE: keys };
  };

  const cases: Readonly<Record<string, { changes?: Readonly<Record<string, undefined>>; options?: object; region: string }>> = {
    'is that of the environment': { region: 'us-east-1' },
    'is the one that the command line names, before all others': {
      options: { region: 'us-gov-west-1', profile: 'china' },
      region: 'us-gov-west-1',
    },
    'is that of the profile': { changes: { AWS_REGION: undefined }, options: { profile: 'china' }, region: 'cn-north-1' },
    'is that of the default profile': { changes: { AWS_REGION: undefined }, region: 'eu-north-1' },
  };

  test.each(Object.entries(cases))('%s', async (_name, { changes = {}, options = {}, region }) => {
    const variables = await environment({ ...(await shared()), ...changes });
    await withEnvironment(variables, async () => {
      const { iam, calls } = await connect(options);
      expect([await iam.config.region(), calls()]).toEqual([region, 1]);
    });
  });

  test('can be missing: any Region works for IAM', async () => {
    const variables = await environment({ AWS_REGION: undefined });
    await withEnvironment(variables, async () => {
      expect(await (await connect()).iam.config.region()).toBe('us-east-1');
    });
  });
});

describe.each(allPartitions)('in partition %s', (partition) => {
  const json = JSON.stringify({ ...smallAccount, partition }).replaceAll('arn:aws:', `arn:${partition}:`);

  test('the partition is that of the caller, and the account is collected and evaluated', async () => {
    const { snapshot } = await collectFrom(JSON.parse(json) as SnapshotFile);
    expect(snapshot).toMatchObject({ partition, accountId: ACCOUNT });
    const { findings } = judge(snapshot);
    expect(findings.length).toBeGreaterThan(0);
    expect(JSON.stringify(findings)).not.toMatch(partition === 'aws' ? /arn:aws-/ : /arn:aws:/);
  });
});
