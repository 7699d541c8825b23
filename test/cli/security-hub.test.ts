import path from 'node:path';
import type { Report } from '../../lambda/scanner/model/report.ts';
import { acquiredAccount, acquiredFolder } from '../collect/busy-account.ts';
import { environmentFor } from '../support/aws/environment.ts';
import { startLoopbackAws } from '../support/aws/loopback-aws.ts';
import type { Quirks } from '../support/aws/quirks.ts';
import { type HubQuirks, LoopbackSecurityHub, withSecurityHub } from '../support/aws/services/security-hub.ts';
import { type Outcome, acme, iamVigil, sample } from './run.ts';

// Each case starts the command line in a process of its own.
jest.setTimeout(60_000);

const ACCOUNT = '555566667777';
const REGION = 'eu-central-1';
const home = ['--region', REGION] as const;

/** Runs a command against an AWS that has Security Hub enabled in one Region. */
async function withHub(hub: LoopbackSecurityHub, args: readonly string[], quirks: Quirks = {}, env = {}): Promise<Outcome> {
  const aws = await startLoopbackAws(await acquiredAccount(), withSecurityHub({ ...quirks }, hub));
  try {
    return await iamVigil(args, { env: { ...environmentFor(aws.endpoint), ...env } });
  } finally {
    await aws.stop();
  }
}

const aHub = (quirks: HubQuirks = {}) => new LoopbackSecurityHub(ACCOUNT, REGION, quirks);
const writes = (hub: LoopbackSecurityHub) => hub.calls.filter(({ action }) => action !== 'GetFindings');
const lines = (text: string) => text.trimEnd().split('\n');

const deliver = ['scan', '--security-hub', ...home] as const;

test('a scan is delivered to the Region after its cost was printed; the next one writes nothing', async () => {
  const hub = aHub();
  const first = await withHub(hub, deliver);
  const count = hub.findings.size;
  expect(first.code).toBe(0);
  expect(first.stdout).toContain(`account ${ACCOUNT}`);
  expect(lines(first.stderr)).toEqual([
    `Security Hub of account ${ACCOUNT} in ${REGION}: ${count} to create, 0 to update, 0 to archive, 0 to refresh, 0 to suppress, 0 to return; 0 unchanged.`,
    expect.stringMatching(
      /^Estimated cost: at most \$0\.0\d+ \(\d+ writes at \$0\.00003 each\); the first 10,000 per account, Region and month are free \(https:.*pricing\/, prices of us-east-1\)\.$/,
    ),
    expect.stringMatching(
      new RegExp(`^Security Hub: ${count} created or updated, 0 archived, .* 0 unchanged; \\d+ requests\\.$`),
    ),
  ]);
  expect(count).toBeGreaterThan(10);

  const before = writes(hub).length;
  const second = await withHub(hub, deliver);
  expect(second.stderr).toContain(
    `0 to create, 0 to update, 0 to archive, 0 to refresh, 0 to suppress, 0 to return; ${count} unchanged`,
  );
  expect(second.stderr).toContain('Estimated cost: at most $0 (0 writes');
  expect(writes(hub)).toHaveLength(before);
});

test('without --region the Region of the environment is used', async () => {
  const hub = aHub();
  expect((await withHub(hub, ['scan', '--security-hub'], {}, { AWS_REGION: REGION })).code).toBe(0);
  expect(hub.findings.size).toBeGreaterThan(10);
});

test('a dry run prints every write, one line each, and writes nothing', async () => {
  const hub = aHub();
  await withHub(hub, deliver);
  const [kept] = [...hub.findings.values()];
  if (!kept) throw new Error('nothing was delivered');
  hub.put({ ...kept, Id: `${kept.Id}GONE` });
  hub.put({ ...kept, RecordState: 'ARCHIVED' });
  const before = [hub.everything, writes(hub).length];
  const { code, stdout, stderr } = await withHub(hub, [...deliver, '--dry-run', '--format', 'json']);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ account: ACCOUNT });
  expect([hub.everything, writes(hub).length]).toEqual(before);
  const about = `${kept.Severity.Label.padEnd(13)}  ${kept.GeneratorId}  ${kept.Resources[0]?.Id ?? ''}  ${kept.Id}`;
  expect(lines(stderr)).toEqual([
    expect.stringContaining('0 to create, 1 to update, 1 to archive, 0 to refresh'),
    expect.stringContaining('$0.00006 (2 writes'),
    `update    ${about}`,
    `archive   ${about}GONE`,
    'Dry run: nothing was written.',
  ]);
});

test('the list of admins is written like a finding, but not counted as one', async () => {
  const hub = aHub();
  const { stdout, stderr } = await withHub(hub, [...deliver, '--dry-run', '--format', 'json']);
  const id = `iam-vigil/v1/${ACCOUNT}/admin-inventory/${ACCOUNT}`;
  expect(lines(stderr)).toContain(`create    INFORMATIONAL  admin-inventory  AWS::::Account:${ACCOUNT}  ${id}`);
  const { findings, records, summary } = JSON.parse(stdout) as Report;
  expect(records.map((record) => record.id)).toEqual([id]);
  const { failed, unknown, suppressed } = summary;
  expect(Object.values(failed).reduce((sum, count) => sum + count, unknown + suppressed)).toBe(findings.length);
  expect(stderr).toContain(`: ${findings.length + records.length} to create, 0 to update,`);
});

test('saved files of the account are delivered with its credentials', async () => {
  const hub = aHub();
  const { code, stderr } = await withHub(hub, [...deliver, '--snapshot', acquiredFolder]);
  expect([code, stderr]).toEqual([0, expect.stringMatching(/^Security Hub: \d+ created or updated/m)]);
});

test('if Security Hub is not enabled, the report is still printed, and what to run; exit code 3', async () => {
  const { code, stdout, stderr } = await withHub(aHub(), ['scan', '--security-hub', '--region', 'eu-west-3']);
  expect(code).toBe(3);
  expect(stdout).toContain(`account ${ACCOUNT}`);
  expect(stderr).toMatch(
    /^no findings were delivered to Security Hub: Security Hub is not enabled in account 555566667777, Region eu-west-3\..*aws securityhub enable-security-hub --no-enable-default-standards --region eu-west-3\n$/,
  );
});

test('if access is denied, the missing actions are named', async () => {
  const { code, stderr } = await withHub(aHub(), deliver, { deny: ['securityhub:GetFindings'] });
  expect([code, stderr]).toEqual([3, expect.stringMatching(/securityhub:BatchImportFindings, .*securityhub:GetFindings/)]);
});

test('rejected findings are printed, the rest is delivered; exit code 3', async () => {
  const hub = aHub({
    refuse: (id) => (id.includes('/policy-allows-everything/') ? 'InvalidInput: no such\u001b[2J thing' : undefined),
  });
  const { code, stderr } = await withHub(hub, deliver);
  expect(code).toBe(3);
  expect(stderr).toContain('1 finding was not delivered. The next delivery tries again:\n');
  expect(stderr).toMatch(/\/policy-allows-everything\/\S+: InvalidInput: InvalidInput: no such\\u\{1b\}\[2J thing\n/);
  expect(hub.findings.size).toBeGreaterThan(10);
});

test('a failure at or above --fail-on ends with exit code 1, delivered or not', async () => {
  expect((await withHub(aHub({ disabledAfter: 0 }), [...deliver, '--fail-on', 'low'])).code).toBe(1);
});

describe('options that would make Security Hub show wrong results are rejected without a call', () => {
  test.each<[name: string, args: readonly string[], says: RegExp, env?: Readonly<Record<string, string>>]>([
    ['a dry run of nothing', ['scan', '--dry-run'], /--dry-run needs --security-hub/],
    ['a part of the checks', [...deliver, '--checks', 'admin-user'], /Remove --checks, or disable checks in iam-vigil\.yaml/],
    ['another day', [...deliver, '--now', '2026-11-20T03:00:00Z'], /Remove --now/],
    [
      'the files of other accounts',
      [...deliver, '--snapshot', path.join(acme, 'production')],
      /the findings belong to account \d{12}, but the credentials belong to account 555566667777\..* Use credentials of the scanned account, for example with --profile/,
    ],
    ['no Region', ['scan', '--security-hub'], /Set it, for example --region eu-west-1/, { AWS_REGION: '' }],
  ])('%s', async (_name, args, says, env = {}) => {
    const hub = aHub();
    const { code, stdout, stderr } = await withHub(hub, args, {}, env);
    expect([code, stdout, stderr]).toEqual([2, '', expect.stringMatching(says)]);
    expect(stderr).toMatch(/^no scan was performed: /);
    expect(hub.calls).toEqual([]);
  });

  test('nothing is rejected for a scan that is not delivered', async () => {
    expect((await iamVigil(['scan', ...sample, '--checks', 'root-without-mfa'])).code).toBe(0);
  });
});
