import { readFile, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { checks } from '../../lambda/scanner/checks/index.ts';
import type { Report } from '../../lambda/scanner/model/report.ts';
import { severities } from '../../lambda/scanner/model/severity.ts';
import { smallAccount } from '../support/aws/small-account.ts';
import { developmentAccount } from '../collect/busy-account.ts';
import { withFolder } from '../collect/folders.ts';
import { acme, cli, iamVigil, iamVigilProcess, run, sample } from './run.ts';

const production = ['--snapshot', path.join(acme, 'production'), '--now', '2026-11-20T03:00:00Z'];

/** The checks that a scan makes where nothing says otherwise. */
const usual = checks.filter(({ enabledByDefault }) => enabledByDefault !== false);

const scanJson = async (args: readonly string[], cwd?: string): Promise<Report> => {
  const { code, stdout, stderr } = await iamVigil(['scan', '--format', 'json', ...args], cwd === undefined ? {} : { cwd });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(stdout) as Report;
};

describe('scan --format json', () => {
  const report = scanJson(sample);

  test('has the fields that are promised', async () => {
    const { schemaVersion, tool, account, takenAt, complete, calls, changes, ...rest } = await report;
    expect({ schemaVersion, tool, account, complete, calls, changes }).toEqual({
      schemaVersion: 1,
      tool: { name: 'iam-vigil', version: expect.stringMatching(/^\d+\.\d+\.\d+/) as string },
      account: '111122223333',
      complete: true,
      calls: 0,
      changes: [],
    });
    expect(takenAt).toMatch(/^2026-11-20T\d\d:\d\d:\d\dZ$/);
    expect(Object.keys(rest)).toEqual(expect.arrayContaining(['summary', 'admins', 'findings']));
  });

  test('has findings with the fields that are promised, each about one resource, with why and the next step', async () => {
    const { findings } = await report;
    expect(findings.length).toBeGreaterThan(30);
    for (const finding of findings) {
      expect(Object.keys(finding)).toEqual(
        expect.arrayContaining([
          'id',
          'checkId',
          'severity',
          'status',
          'resource',
          'message',
          'evidence',
          'remediation',
          'standards',
        ]),
      );
      expect(Object.keys(finding.resource)).toEqual(['type', 'arn', 'name']);
      expect(finding.id).toMatch(new RegExp(`^iam-vigil/v1/${finding.account}/${finding.checkId}/.`));
      expect(severities).toContain(finding.severity);
      expect(['FAILED', 'UNKNOWN', 'SUPPRESSED']).toContain(finding.status);
      for (const words of [finding.message, finding.remediation, finding.resource.arn, finding.resource.name])
        expect(words).toMatch(/\S/);
      expect(finding.message).toMatch(/[.?!]$/);
    }
    expect(new Set(findings.map(({ id }) => id)).size).toBe(findings.length);
  });

  test('counts what it lists', async () => {
    const { findings, summary, accounts } = await report;
    const failed = findings.filter(({ status }) => status === 'FAILED');
    for (const severity of severities)
      expect(summary.failed[severity]).toBe(failed.filter((finding) => finding.severity === severity).length);
    expect(summary).toMatchObject({ unknown: 0, suppressed: 0, checks: usual.length });
    expect(accounts.reduce((sum, line) => sum + line.failed, 0)).toBe(failed.length);
    expect(accounts.map(({ account }) => account).toSorted()).toEqual([
      '111122223333',
      '444455556666',
      '555566667777',
      '777788889999',
    ]);
  });
});

describe('what is asked for', () => {
  const exitCases: Readonly<Record<string, { args: readonly string[]; code: number }>> = {
    'without a threshold nothing fails': { args: [], code: 0 },
    'a threshold that is met': { args: ['--fail-on', 'low'], code: 1 },
    'in capitals': { args: ['--fail-on', 'LOW'], code: 1 },
    'in between': { args: ['--fail-on', 'Low'], code: 1 },
    'a threshold that nothing reaches': { args: ['--fail-on', 'critical', '--checks', 'console-password-unused'], code: 0 },
    'a threshold below which nothing is printed': { args: ['--fail-on', 'low', '--min-severity', 'critical'], code: 1 },
  };

  test.each(Object.entries(exitCases))('--fail-on: %s', async (_name, { args, code }) => {
    const outcome = await iamVigil(['scan', ...production, ...args]);
    expect([outcome.code, outcome.stderr]).toEqual([code, '']);
    expect(outcome.stdout).toMatch(/^iam-vigil {2}account 444455556666 {2}2026-11-20 \d\d:\d\d UTC {2}complete\n/);
  });

  test.each([
    ['high', ['CRITICAL', 'HIGH']],
    ['MEDIUM', ['CRITICAL', 'HIGH', 'MEDIUM']],
  ])('--min-severity %s prints that and worse, and counts all', async (threshold, printed) => {
    const report = await scanJson([...sample, '--min-severity', threshold]);
    expect([...new Set(report.findings.map(({ severity }) => severity))]).toEqual(printed);
    expect(report.summary.failed.LOW).toBeGreaterThan(0);
  });

  test('--min-severity hides no UNKNOWN finding', async () => {
    await withFolder({ 'mine.json': smallAccount }, async (folder) => {
      const { code, stdout } = await iamVigil(['scan', '--snapshot', folder, '--format', 'json', '--min-severity', 'critical']);
      expect(code).toBe(3);
      expect((JSON.parse(stdout) as Report).findings.map(({ status }) => status)).toContain('UNKNOWN');
    });
  });

  test('--checks runs these and no others, once each', async () => {
    const report = await scanJson([...sample, '--checks', ' root-without-mfa,access-key-unused, root-without-mfa']);
    expect([...new Set(report.findings.map(({ checkId }) => checkId))].toSorted()).toEqual([
      'access-key-unused',
      'root-without-mfa',
    ]);
    expect(report.summary.checks).toBe(2);
  });

  test('--now decides how old things are', async () => {
    const { findings } = await scanJson([
      ...production.slice(0, 2),
      '--now',
      '2027-11-20T05:00:00+02:00',
      '--checks',
      'access-key-unused',
    ]);
    expect(findings.map(({ evidence }) => evidence['unusedDays'])).toContainEqual(365);
  });

  test.each(['Asia/Tokyo', 'America/Los_Angeles'])('a time is that of UTC unless it says otherwise, in %s', async (TZ) => {
    const args = ['scan', ...production.slice(0, 2), '--format', 'json', '--now'];
    const there = await iamVigilProcess([...args, '2026-11-20T23:30:00'], { env: { TZ } });
    expect(there).toEqual(await iamVigil([...args, '2026-11-20T23:30:00Z']));
  });

  test('--output writes the file, in place of the terminal, without colours', async () => {
    await withFolder({ old: 'a longer text than what comes'.repeat(1000) }, async (folder) => {
      const file = path.join(folder, 'old');
      const outcome = await iamVigil(['scan', ...production, '--format', 'json', '--output', file]);
      expect(outcome).toEqual({ code: 0, stdout: '', stderr: '' });
      expect((JSON.parse(await readFile(file, 'utf8')) as Report).account).toBe('444455556666');
    });
  });

  test('--output writes several files in one run, each in the format of its ending, and only their owner can read them', async () => {
    await withFolder({}, async (folder) => {
      const files = ['report.json', 'REPORT.JSON', 'report.txt', 'report'].map((name) => path.join(folder, name));
      const outcome = await iamVigil(['scan', ...production, ...files.flatMap((file) => ['--output', file])]);
      expect(outcome).toEqual({ code: 0, stdout: '', stderr: '' });
      const [json = '', capitals, text = '', noEnding] = await Promise.all(files.map((file) => readFile(file, 'utf8')));
      expect((JSON.parse(json) as Report).account).toBe('444455556666');
      expect(capitals).toBe(json);
      expect(text).toMatch(/^iam-vigil {2}account 444455556666 /);
      expect(noEnding).toBe(text);
      for (const file of files) expect((await stat(file)).mode & 0o777).toBe(0o600);
    });
  });

  test('--output knows every format by its ending', async () => {
    await withFolder({}, async (folder) => {
      const starts: Readonly<Record<string, RegExp>> = {
        'r.json': /^\{\n {2}"schemaVersion": 1,/,
        'r.md': /^# iam-vigil: account 444455556666, /,
        'r.csv': /^account,account_name,severity,/,
        'r.principals.csv': /^account,principal_name,/,
        'r.sarif': /^\{\n {2}"\$schema": "[^"]*sarif-2\.1\.0/,
        'r.sarif.json': /^\{\n {2}"\$schema": "[^"]*sarif-2\.1\.0/,
        'r.ocsf.jsonl': /^\{"activity_id":1,/,
        'r.asff.json': /^\{\n {2}"Findings": \[\n {4}\{"SchemaVersion":"2018-10-08"/,
      };
      const outputs = Object.keys(starts).flatMap((name) => ['--output', path.join(folder, name)]);
      const outcome = await iamVigil(['scan', ...production, '--region', 'eu-west-1', ...outputs]);
      expect(outcome).toEqual({ code: 0, stdout: '', stderr: '' });
      for (const [name, start] of Object.entries(starts)) expect(await readFile(path.join(folder, name), 'utf8')).toMatch(start);
    });
  });

  test('findings in ASFF need a Region', async () => {
    const { code, stdout, stderr } = await iamVigil(['scan', ...production, '--format', 'asff']);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(
      'findings in ASFF belong to a Region. Set the one that they are for, for example --region eu-west-1',
    );
  });

  test('--format decides, if it is given, whatever the ending of the file says', async () => {
    await withFolder({}, async (folder) => {
      const file = path.join(folder, 'report.json');
      await iamVigil(['scan', ...production, '--format', 'text', '--output', file]);
      expect(await readFile(file, 'utf8')).toMatch(/^iam-vigil {2}account 444455556666 /);
    });
  });

  test('no file is written if one of them cannot be', async () => {
    await withFolder({}, async (folder) => {
      const args = ['--output', path.join(folder, 'report.json'), '--output', path.join(folder, 'none/report.txt')];
      const { code, stderr } = await iamVigil(['scan', ...production, ...args]);
      expect([code, stderr]).toEqual([2, expect.stringContaining('none does not exist')]);
      expect(await readdir(folder)).toEqual([]);
    });
  });
});

describe('iam-vigil.yaml', () => {
  const accept = (until: string) => `
exceptions:
  - check: console-password-unused
    principal: arn:aws:iam::444455556666:user/*
    reason: on parental leave
    owner: people@acme.example
    expires: ${until}
`;

  test('is read where it is, without being named', async () => {
    await withFolder({ 'iam-vigil.yaml': accept('2027-06-01') }, async (folder) => {
      const { findings, summary } = await scanJson([...production, '--checks', 'console-password-unused'], folder);
      expect(findings.map(({ status }) => status)).toEqual(['SUPPRESSED']);
      expect(summary.suppressed).toBe(1);
    });
  });

  test('under another name is read when it is named, and that alone', async () => {
    const files = {
      'iam-vigil.yaml': 'nonsense: true',
      'other.yaml': 'checks:\n  console-password-unused: { enabled: false }\n',
    };
    await withFolder(files, async (folder) => {
      const report = await scanJson([...production, '--config', 'other.yaml'], folder);
      expect(report.summary.checks).toBe(usual.length - 1);
    });
  });

  test('that is not valid stops the scan', async () => {
    await withFolder({ 'iam-vigil.yaml': 'checks:\n  console-pasword-unused: {}\n' }, async (folder) => {
      const { code, stdout, stderr } = await iamVigil(['scan', ...production], { cwd: folder });
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).toMatch(/^no scan was performed: iam-vigil\.yaml is not valid:\n/);
      expect(stderr).toContain('console-pasword-unused');
    });
  });

  test('that has no permission to be read, or is a folder, stops the scan', async () => {
    await withFolder({ 'iam-vigil.yaml': null }, async (folder) => {
      const { code, stderr } = await iamVigil(['scan', ...production], { cwd: folder });
      expect([code, stderr]).toEqual([
        2,
        expect.stringMatching(/^no scan was performed: iam-vigil\.yaml cannot be read: EISDIR/),
      ]);
    });
  });

  test('tells of an exception that expired', async () => {
    await withFolder({ 'iam-vigil.yaml': accept('2026-11-01') }, async (folder) => {
      const { findings, notices } = await scanJson([...production, '--checks', 'console-password-unused'], folder);
      expect(findings.map(({ status }) => status)).toEqual(['FAILED']);
      expect(notices).toEqual([expect.stringContaining('expired on 2026-11-01')]);
    });
  });
});

describe('the streams', () => {
  const escape = '\u001B';

  test.each([{}, { NO_COLOR: '1' }, { FORCE_COLOR: '1' }])(
    'carry no colours where there is no terminal, with %p',
    async (env) => {
      const { stdout, stderr } = await iamVigil(['scan', ...production], { env: { ...env } });
      expect(stdout).not.toContain(escape);
      expect(stderr).toBe('');
    },
  );

  const inTerminal = (env: Readonly<Record<string, string>>) =>
    run('script', ['-qec', `${process.execPath} ${cli} scan ${production.join(' ')}`, '/dev/null'], {
      env: { TERM: 'xterm', ...env },
    });

  test('carry colours in a terminal, unless NO_COLOR says no', async () => {
    expect((await inTerminal({})).stdout).toContain(escape);
    expect((await inTerminal({ NO_COLOR: '1' })).stdout).not.toContain(escape);
  });

  const hostile = `${escape}[31m${escape}]0;title\u0007{`;
  test.each([
    ['a snapshot', ['scan', '--snapshot', 'hostile.json']],
    ['a configuration', ['scan', ...production, '--config', 'hostile.yaml']],
    ['an argument', ['explain', `arn:aws:iam::444455556666:user/${escape}[31m`, ...production]],
  ])('carry no control characters from %s, even where it cannot be read', async (_name, args) => {
    await withFolder({ 'hostile.json': hostile, 'hostile.yaml': `a: [b ${hostile}` }, async (folder) => {
      const { code, stderr } = await iamVigil(args, { cwd: folder });
      expect([code, stderr]).toEqual([2, expect.stringMatching(/^no scan was performed: .*\\u\{1b\}\[31m/s)]);
      expect(stderr).not.toContain(escape);
    });
  });

  test('can lead to a full disk, which is an error and not a finding', async () => {
    const command = `'${process.execPath}' '${cli}' scan ${production.join(' ')} > /dev/full`;
    const { code, stderr } = await run('bash', ['-c', command]);
    expect([code, stderr]).toEqual([2, 'the result could not be written: ENOSPC: no space left on device, write\n']);
  });

  test('can be closed early by the reader', async () => {
    const command = `set -o pipefail; '${process.execPath}' '${cli}' scan ${sample.join(' ')} --format json | head -n 1`;
    expect(await run('bash', ['-c', command])).toEqual({ code: 0, stdout: '{\n', stderr: '' });
  });
});

test('with an earlier snapshot it reports which keys were reactivated', async () => {
  const today = JSON.stringify(await developmentAccount());
  const key = 'AKIA2UE3OLST7EXAMPLE';
  const yesterday = today.replace(`"AccessKeyId":"${key}","Status":"Active"`, `"AccessKeyId":"${key}","Status":"Inactive"`);
  expect(yesterday).not.toBe(today);
  await withFolder({ 'today.json': today, 'yesterday.json': yesterday }, async (cwd) => {
    const found = async (...more: readonly string[]) =>
      (await scanJson(['--snapshot', 'today.json', '--checks', 'access-key-reactivated', ...more], cwd)).findings;
    expect(await found()).toEqual([]);
    expect(await found('--baseline', 'today.json')).toEqual([]);
    expect(await found('--baseline', 'yesterday.json')).toMatchObject([{ status: 'FAILED', resource: { name: key } }]);
  });
});
