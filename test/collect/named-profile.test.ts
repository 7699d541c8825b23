import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type Server, createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { connect } from '../../lambda/scanner/collect/aws.ts';
import { UsageError } from '../../lambda/scanner/errors.ts';
import { environmentFor, withEnvironment } from '../support/aws/environment.ts';
import { type LoopbackAws, startLoopbackAws } from '../support/aws/loopback-aws.ts';
import { smallAccount } from '../support/aws/small-account.ts';

const config = `[default]
region = eu-north-1
[profile prod]
region = eu-west-1
[profile region-only]
region = eu-west-1
[profile of-no-source]
role_arn = arn:aws:iam::111122223333:role/audit
source_profile = gone
[profile failing-process]
credential_process = /bin/false
[profile no-session]
sso_session = gone
sso_account_id = 111122223333
sso_role_name = audit
[profile signed-out]
sso_session = corp
sso_account_id = 111122223333
sso_role_name = audit
[sso-session corp]
sso_region = eu-west-1
sso_start_url = https://example.awsapps.com/start
`;
const keys =
  '[prod]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = secret\n[keys-only]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\n';

let folder: string;
let aws: LoopbackAws;
let container: Server;
let environment: Readonly<Record<string, string>>;

/** What a container gets: credentials of the account that it runs in. */
const containerCredentials = {
  AccessKeyId: 'ASIAIOSFODNN7EXAMPLE',
  SecretAccessKey: 'secret',
  Token: 'token',
  Expiration: new Date(Date.now() + 3_600_000).toISOString(),
};

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'iam-vigil-profiles-'));
  await writeFile(path.join(folder, 'config'), config);
  await writeFile(path.join(folder, 'credentials'), keys);
  container = createServer((_, response) => response.end(JSON.stringify(containerCredentials))).listen(0, '127.0.0.1');
  await new Promise((resolve) => container.once('listening', resolve));
  const address = container.address();
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  aws = await startLoopbackAws(smallAccount);
  const { AWS_ACCESS_KEY_ID: _, AWS_SECRET_ACCESS_KEY: __, ...rest } = environmentFor(aws.endpoint);
  environment = {
    ...{ ...rest, HOME: folder, AWS_CONTAINER_CREDENTIALS_FULL_URI: `http://127.0.0.1:${address.port}/credentials` },
    AWS_CONFIG_FILE: path.join(folder, 'config'),
    AWS_SHARED_CREDENTIALS_FILE: path.join(folder, 'credentials'),
  };
});
afterAll(async () => {
  await aws.stop();
  container.close();
  await rm(folder, { recursive: true });
});

const outcome = (profile?: string, variables: Readonly<Record<string, string>> = {}) =>
  withEnvironment({ ...environment, ...variables }, () =>
    connect(profile === undefined ? {} : { profile }).then(
      () => 'connected',
      (error: unknown) => (error instanceof UsageError ? error.message : `not a UsageError: ${String(error)}`),
    ),
  );

const names = 'default, failing-process, keys-only, no-session, of-no-source, prod, region-only, signed-out';

describe('where a container offers credentials, they are not used instead of', () => {
  test('a profile that does not exist', async () => {
    expect(await outcome('prdo')).toBe(
      `there are no AWS credentials of profile prdo: it is not in the AWS config and credentials files, which have ${names}. Choose a profile with --profile. To scan saved files instead, use --snapshot.`,
    );
  });

  test('a profile of AWS_PROFILE that does not exist, even with keys in the environment', async () => {
    const message = `there are no AWS credentials of profile prdo, which AWS_PROFILE names: it is not in the AWS config and credentials files, which have ${names}.`;
    const inEnvironment = { AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE', AWS_SECRET_ACCESS_KEY: 'secret' };
    expect(await outcome(undefined, { AWS_PROFILE: 'prdo' })).toContain(message);
    expect(await outcome(undefined, { AWS_PROFILE: 'prdo', ...inEnvironment })).toContain(message);
  });

  test('an empty name, as of a variable that is not set', async () => {
    expect(await outcome('')).toContain('there are no AWS credentials of profile "": it is not in');
  });

  test('a session or the like, which is not a profile', async () => {
    expect(await outcome('corp')).toContain('there are no AWS credentials of profile corp');
    expect(await outcome('sso-session.corp')).toContain('there are no AWS credentials of profile sso-session.corp');
  });

  test('any profile, if there are none', async () => {
    const none = { AWS_CONFIG_FILE: '/dev/null', AWS_SHARED_CREDENTIALS_FILE: '/dev/null' };
    expect(await outcome('prod', none)).toContain('it is not in the AWS config and credentials files, which have no profiles.');
  });

  test.each(['of-no-source', 'failing-process', 'no-session', 'signed-out'])('the profile %s', async (profile) => {
    expect(await outcome(profile)).toMatch(new RegExp(`^there are no AWS credentials of profile ${profile}: `));
    expect(await outcome(undefined, { AWS_PROFILE: profile })).toMatch(/^there are no AWS credentials/);
  });
});

describe('credentials are used', () => {
  test.each([
    ['of a profile', 'prod', {}],
    ['of the profile that AWS_PROFILE names', undefined, { AWS_PROFILE: 'prod' }],
    ['of the container without a profile', undefined, {}],
    ['of the container with an empty AWS_PROFILE', undefined, { AWS_PROFILE: '' }],
    ['of the container for a profile that only sets a Region, as the AWS CLI does', 'region-only', {}],
  ])('%s', async (_name, profile, variables) => {
    expect(await outcome(profile, variables)).toBe('connected');
  });
});
