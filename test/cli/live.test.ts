import { readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Report } from '../../lambda/scanner/model/report.ts';
import { rawFactNames } from '../../lambda/scanner/facts/index.ts';
import { environmentFor } from '../support/aws/environment.ts';
import { type LoopbackAws, startLoopbackAws } from '../support/aws/loopback-aws.ts';
import type { Quirks } from '../support/aws/quirks.ts';
import { busyAccount } from '../collect/busy-account.ts';
import { withFolder } from '../collect/folders.ts';
import { type Outcome, iamVigil } from './run.ts';

const now = ['--now', '2026-11-20T03:00:00Z'] as const;
const served = busyAccount();

let aws: LoopbackAws;
afterEach(() => aws.stop());

/** Runs the command line with the loopback AWS as AWS. */
async function withAws(args: readonly string[], quirks: Quirks = {}): Promise<Outcome> {
  aws = await startLoopbackAws(await served, quirks);
  return iamVigil(args, { env: environmentFor(aws.endpoint) });
}

const findings = ({ stdout }: Outcome) => (JSON.parse(stdout) as Report).findings;

test('a scan and a scan of its saved snapshot give the same result, even with faults of AWS, and print nothing else', async () => {
  await withFolder({}, async (folder) => {
    const saved = path.join(folder, 'snapshot.json.gz');
    const quirks = { seed: 4, randomPages: true, emptyPages: 0.3, cutConnections: 0.1, slowness: 1 };
    const live = await withAws(['scan', '--format', 'json', ...now, '--save-snapshot', saved], quirks);
    expect([live.code, live.stderr]).toEqual([0, '']);
    const replayed = await iamVigil(['scan', '--format', 'json', ...now, '--snapshot', saved]);
    expect([replayed.code, replayed.stderr]).toEqual([0, '']);
    expect(JSON.parse(replayed.stdout)).toEqual(JSON.parse(live.stdout));
    expect(findings(live).length).toBeGreaterThan(20);
    expect((JSON.parse(live.stdout) as Report).calls).toBeGreaterThanOrEqual(aws.calls.length);
  });
});

test('an unavailable fact is printed, and ends with exit code 3', async () => {
  const outcome = await withAws(['scan', ...now], { deny: ['iam:GetAccountPasswordPolicy'] });
  expect([outcome.code, outcome.stderr]).toEqual([3, '']);
  const denied = 'access to iam:GetAccountPasswordPolicy was denied';
  expect(outcome.stdout).toMatch(
    new RegExp(`^.* INCOMPLETE: 1 could not be evaluated \\(1 of \\d+ checks\\): passwordPolicy: ${denied}\n`),
  );
  expect(outcome.stdout).toContain('Fact passwordPolicy of account 777788889999 could not be collected');
  expect(outcome.stdout).toContain(`Reason: ${denied}. UNKNOWN until then, checks (1): password-policy-weak.`);
});

test('credentials that have expired end with exit code 2', async () => {
  const { code, stdout, stderr } = await withAws(['scan', ...now], { expiredCredentials: true });
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(/^no scan was performed: AWS did not accept the credentials: ExpiredToken: .*aws sso login/);
});

test('a profile that is not there ends with exit code 2, and no warning comes before', async () => {
  const { code, stdout, stderr } = await withAws(['scan', '--profile', 'nope']);
  expect([code, stdout, aws.calls]).toEqual([2, '', []]);
  expect(stderr).toMatch(/^no scan was performed: there are no AWS credentials of profile nope: /);
});

test('a profile of AWS_PROFILE that is not there ends with exit code 2, and the first line names the profiles that there are', async () => {
  await withFolder({ config: '[profile prod]\nregion = eu-west-1\n' }, async (folder) => {
    aws = await startLoopbackAws(await served);
    const env = { ...environmentFor(aws.endpoint), AWS_CONFIG_FILE: path.join(folder, 'config'), AWS_PROFILE: 'prdo' };
    const { code, stdout, stderr } = await iamVigil(['scan'], { env });
    expect([code, stdout, aws.calls]).toEqual([2, '', []]);
    expect(stderr).toMatch(
      /^no scan was performed: there are no AWS credentials of profile prdo, which AWS_PROFILE names: .* have prod\./,
    );
  });
});

describe('what is saved', () => {
  test.each([
    ['scan', ['--save-snapshot'], 'plain.json', [0, '']],
    ['collect', ['--output'], 'plain.json', [0, '']],
    ['collect', ['--output'], 'packed.json.gz', [0, '']],
  ])('by %s %s %s can be read by its owner alone', async (command, option, name, ends) => {
    await withFolder({}, async (folder) => {
      const file = path.join(folder, name);
      await writeFile(file, 'what others could read', { mode: 0o644 });
      const { code, stderr } = await withAws([command, ...option, file]);
      expect([code, stderr]).toEqual(ends);
      expect((await stat(file)).mode & 0o777).toBe(0o600);
      const content = await readFile(file);
      const text = (name.endsWith('.gz') ? gunzipSync(content) : content).toString();
      expect(JSON.parse(text)).toMatchObject({ schemaVersion: 1, accountId: '777788889999' });
    });
  });

  test('by collect holds every fact but the inventory, and nothing is printed', async () => {
    await withFolder({}, async (folder) => {
      const file = path.join(folder, 'all.json');
      expect(await withAws(['collect', '--output', file])).toEqual({ code: 0, stdout: '', stderr: '' });
      const { facts } = JSON.parse(await readFile(file, 'utf8')) as { facts: Readonly<Record<string, { status: string }>> };
      expect(Object.keys(facts)).toEqual([...rawFactNames]);
      expect(Object.keys(facts).filter((name) => facts[name]?.status !== 'collected')).toEqual(['compute']);
    });
  });

  test.each([
    ['iam:GetAccountSummary', 'accountSummary: access to iam:GetAccountSummary was denied\n'],
    ['iam:GetSAMLProvider', 'samlProviders: access to iam:GetSAMLProvider was denied (2 of 2)\n'],
    ['iam:GetMFADevice', 'mfaCertifications: access to iam:GetMFADevice was denied (8 of 8)\n'],
  ])('by collect without %s lacks it; this is printed, with exit code 3', async (action, told) => {
    await withFolder({}, async (folder) => {
      const { code, stdout, stderr } = await withAws(['collect', '--output', path.join(folder, 'all.json')], { deny: [action] });
      expect({ code, stdout, stderr }).toEqual({ code: 3, stdout: '', stderr: told });
    });
  });

  test('to a place that cannot be written is refused', async () => {
    const { code, stderr } = await withAws(['collect', '--output', '/no/such/folder/x.json']);
    expect([code, stderr]).toEqual([
      2,
      expect.stringMatching(/^no scan was performed: \/no\/such\/folder\/x\.json cannot be written/),
    ]);
  });
});

test('--timeout ends a scan of an AWS that does not answer, which is then UNKNOWN', async () => {
  const started = performance.now();
  const quirks = { neverAnswered: { 'iam:ListVirtualMFADevices': 'silent', 'iam:GetAccountSummary': 'dripping' } } as const;
  const live = await withAws(['scan', '--format', 'json', ...now, '--timeout', '6s'], quirks);
  expect(live.code).toBe(3);
  expect(performance.now() - started).toBeLessThan(25_000);
  const { complete, findings: found } = JSON.parse(live.stdout) as Report;
  const reasons = found.filter(({ checkId }) => checkId === 'fact-unavailable').map(({ message }) => message);
  expect([complete, reasons.filter((reason) => reason.includes('there was no time left to collect it')).length > 0]).toEqual([
    false,
    true,
  ]);
}, 60_000);

test.each(['0s', '5', '5d', '-1m', '1.5h', '9999999s', ''])('--timeout %j is refused', async (value) => {
  aws = await startLoopbackAws(await served, {});
  const { code, stderr } = await iamVigil(['scan', '--timeout', value]);
  expect([code, stderr]).toEqual([2, expect.stringMatching(/It must be a duration such as 90s, 15m or 2h\.\n$/)]);
});

test.each(['597h', '35792m', '999999h'])('--timeout %s is longer than a timer can run, and is refused', async (value) => {
  aws = await startLoopbackAws(await served, {});
  const { code, stderr } = await iamVigil(['scan', '--timeout', value]);
  expect([code, stderr]).toEqual([2, expect.stringMatching(/It must be at most 596h\.\n$/)]);
});
