import { readFile, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Report } from '../../lambda/scanner/model/report.ts';
import { withFolder } from '../collect/folders.ts';
import { environmentFor } from '../support/aws/environment.ts';
import { type LoopbackAws, startLoopbackAws } from '../support/aws/loopback-aws.ts';
import type { Quirks } from '../support/aws/quirks.ts';
import { smallAccount } from '../support/aws/small-account.ts';
import { MANAGEMENT, organizationFile } from '../support/organization.ts';
import { type Outcome, iamVigil } from './run.ts';

// Each case starts the command line in a process of its own.
jest.setTimeout(60_000);

const own = smallAccount.accountId;
const members = ['200000000001', '200000000002', '200000000003'] as const;
const [first, second, third] = members;
const everyone = [own, ...members, MANAGEMENT].sort();
const organization = organizationFile({
  accounts: { [own]: [], ...Object.fromEntries(members.map((id) => [id, ['ou-ab12-workunit']])) },
});

let aws: LoopbackAws;
afterEach(() => aws.stop());

async function scan(args: readonly string[], quirks: Quirks = {}): Promise<Outcome> {
  aws = await startLoopbackAws(smallAccount, { organization, ...quirks });
  const common = ['scan', '--organization', '--format', 'json', '--now', '2026-11-20T03:00:00Z'];
  return iamVigil([...common, ...args], { env: environmentFor(aws.endpoint) });
}

const report = ({ stdout }: Outcome) => JSON.parse(stdout) as Report;
const notScanned = (outcome: Outcome) =>
  report(outcome)
    .findings.filter(({ checkId }) => checkId === 'account-not-scanned')
    .map(({ resource }) => resource.name)
    .sort();
const assumed = () => aws.calls.filter(({ action }) => action === 'AssumeRole').length;

test('every account is scanned, its own by its own credentials and the others by a role', async () => {
  const outcome = await scan([]);
  expect(outcome.stderr).toBe('');
  expect(report(outcome).accounts.map(({ account }) => account)).toEqual(everyone);
  expect(assumed()).toBe(everyone.length - 1);
  expect(notScanned(outcome)).toEqual([]);
});

test('an account whose role cannot be assumed is a finding, and every planned account is in the report or a finding', async () => {
  const outcome = await scan([], { accountsWithoutRole: [second, third] });
  expect(notScanned(outcome)).toEqual([second, third]);
  const scanned = report(outcome).accounts.map(({ account }) => account);
  expect([...scanned, ...notScanned(outcome)].sort()).toEqual(everyone);
});

test('an interrupted scan resumes, and its folder can be scanned again', async () => {
  await withFolder({}, async (folder) => {
    const kept = path.join(folder, 'kept');
    await scan(['--save-snapshot', kept]);
    await aws.stop();
    expect((await readdir(kept)).sort()).toEqual([...everyone.map((id) => `${id}.json`), 'organization.json']);
    // One account was not begun, another was being written.
    await rm(path.join(kept, `${first}.json`));
    await writeFile(path.join(kept, `${third}.json`), '{"schemaVersion": 1, "takenAt": "20');
    const again = await scan(['--save-snapshot', kept]);
    expect(assumed()).toBe(2);
    const replayed = await iamVigil(['scan', '--snapshot', kept, '--format', 'json', '--now', '2026-11-20T03:00:00Z']);
    expect(report(replayed).findings).toEqual(report(again).findings);
  });
});

test('a scan that resumes collects anew what was denied before', async () => {
  await withFolder({}, async (folder) => {
    const kept = path.join(folder, 'kept');
    await scan(['--save-snapshot', kept], { deny: ['iam:GetAccountPasswordPolicy'] });
    await aws.stop();
    const again = await scan(['--save-snapshot', kept]);
    expect(assumed()).toBe(everyone.length - 1);
    expect(
      report(again).findings.filter(
        ({ checkId, resource }) => checkId === 'fact-unavailable' && resource.name === 'passwordPolicy',
      ),
    ).toEqual([]);
  });
});

test('a file of another account in the folder is an error, and is not overwritten', async () => {
  const foreign = JSON.stringify({ ...smallAccount, accountId: second });
  await withFolder({ [`${first}.json`]: foreign }, async (folder) => {
    const { code, stderr } = await scan(['--save-snapshot', folder]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^no scan was performed: .* contains account \d+, and not \d+\. Move it out of the folder/);
    expect(await readFile(path.join(folder, `${first}.json`), 'utf8')).toBe(foreign);
  });
});

test('without the list of accounts there is nothing to scan', async () => {
  const { code, stdout, stderr } = await scan([], { deny: ['organizations:ListAccounts'] });
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(
    /^no scan was performed: the accounts of the organization could not be listed: access to organizations:ListAccounts was denied/,
  );
});
