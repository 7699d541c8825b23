import path from 'node:path';
import { checks } from '../../lambda/scanner/checks/index.ts';
import { readSnapshots } from '../../lambda/scanner/collect/read-snapshot.ts';
import { defaultConfig } from '../../lambda/scanner/config.ts';
import { printable } from '../../lambda/scanner/report/printable.ts';
import { renderText } from '../../lambda/scanner/report/text.ts';
import { scan } from '../../lambda/scanner/scan.ts';
import { ACCOUNT, NOW } from '../support/builders.ts';
import { LONG, hostile, isQuiet, reportNaming } from './hostile.ts';
import { aFinding, aReport } from './report-builder.ts';

const plain = (...report: Parameters<typeof aReport>) =>
  renderText(aReport(...report), { color: false, by: 'check', details: true });
const names = ['ann', 'bob', 'carol', 'dave', 'eve', 'frank', 'grace'];

test('the sample, by some of the checks', async () => {
  const { accounts, managementAccountId } = await readSnapshots(path.join(__dirname, '../../examples/acme'));
  // Only some checks, and no verdicts: a new check, or a new escalation technique, should not change this.
  const ids = [
    'root-access-key-active',
    'access-key-unrotated',
    'security-contact-missing',
    'root-signing-certificate',
    'sms-mfa-device',
  ];
  const options = { checks: checks.filter(({ id }) => ids.includes(id)), config: defaultConfig, now: NOW, version: '1.2.3' };
  const report = scan(accounts, { ...options, ...(managementAccountId === undefined ? {} : { managementAccountId }) });
  expect(renderText({ ...report, admins: [] }, { color: false })).toMatchSnapshot();
  expect(renderText({ ...report, admins: [] }, { color: false, all: true, details: true })).toMatchSnapshot();
  expect(renderText({ ...report, admins: [] }, { color: false, width: 80 })).toMatchSnapshot();
});

test('failures, UNKNOWN findings and exceptions', () => {
  const report = aReport(
    [
      aFinding('root', {
        checkId: 'root-without-mfa',
        title: 'MFA should be enabled for the root user',
        headline: `Root user of account ${ACCOUNT} has no MFA device`,
        severity: 'CRITICAL',
        message: 'A stolen password is enough to sign in.',
      }),
      ...names.map((name) => aFinding(name)),
      aFinding('ann', { status: 'UNKNOWN', message: 'Not evaluated: accessKeys: denied' }),
      aFinding('ann', { status: 'UNKNOWN', checkId: 'access-key-unrotated', message: 'Not evaluated: accessKeys: denied' }),
      aFinding('bob', { status: 'SUPPRESSED' }),
    ],
    { notices: ['Exception for check a, principal b (owner c) expires on 2026-11-30.'] },
  );
  expect(renderText(report, { color: false })).toMatchSnapshot();
  expect(renderText(report, { color: true })).toMatchSnapshot();
});

test('no findings', () => {
  expect(plain([])).toBe(
    `iam-vigil  account 111122223333  2026-11-20 03:00 UTC  complete
No check failed.

2 checks, 3 passed, 0 failed, 0 unknown, 0 suppressed; 12 AWS API calls
`,
  );
});

test('several accounts are named, and each failure has its account', () => {
  const line = { takenAt: '2026-11-20T03:00:00Z', complete: true, failed: 0 };
  const accounts = [
    { account: '111122223333', ...line },
    { account: '222233334444', ...line },
  ];
  const text = plain([aFinding('ann', { account: '222233334444' })], { accounts });
  expect(text).toContain('iam-vigil  2 accounts (111122223333, 222233334444)  ');
  expect(text).toContain('\n  222233334444  A key of IAM user ann was last used 50 days ago\n');
});

test.each([1, 4, 5, 6, 7])('with %i resources some are shown, and the others counted', (count) => {
  const text = plain(names.slice(0, count).map((name) => aFinding(name)));
  const [, shown = ''] = text.split(/^MEDIUM .*$/m);
  const lines = shown.match(/^ {2}A key of IAM user/gm) ?? [];
  expect(lines.length).toBeGreaterThan(0);
  expect(lines.length + Number(/… and (\d) more/.exec(text)?.[1] ?? 0)).toBe(count);
  expect(text).toMatch(new RegExp(`^MEDIUM +access-key-unused .*\\b${count}\\b.*Unused access keys should be removed$`, 'm'));
});

test('grouped by resource, a key belongs to its user, and what concerns the account is named by its check', () => {
  const arn = `arn:aws:iam::${ACCOUNT}:user/ann`;
  const account = { type: 'AwsAccount', arn: `arn:aws:iam::${ACCOUNT}:root`, name: ACCOUNT } as const;
  const text = renderText(
    aReport([
      aFinding('ann', { headline: 'A', resource: { type: 'AwsIamAccessKey', arn, name: 'AKIAANN' } }),
      aFinding('ann', { headline: 'B', checkId: 'access-key-unrotated' }),
      aFinding('x', { headline: 'C', checkId: 'password-policy-weak', resource: account }),
    ]),
    { color: false, by: 'principal', details: true },
  );
  expect(text).toMatch(
    /^.*\bann {2}111122223333 {2}\(2\)\n {2}MEDIUM {2}A\n(.+\n)+ {2}MEDIUM {2}B\n {4}Check: access-key-unrotated$/m,
  );
  expect(text).toMatch(/^password-policy-weak {2}111122223333 {2}\(1\)\n {2}MEDIUM {2}C$/m);
});

test.each([
  [11, '… and 1 more resource (--all lists them)'],
  [12, '… and 2 more resources (--all lists them)'],
])('of %i resources ten are shown', (count, says) => {
  const report = aReport(Array.from({ length: count }, (_, index) => aFinding(`user${index}`)));
  expect(renderText(report, { color: false, by: 'principal' })).toContain(`\n${says}\n`);
  expect(renderText(report, { color: false, by: 'principal', all: true })).not.toContain('more resource');
});

test('grouped by account, three findings of each are shown', () => {
  const accounts = [ACCOUNT, '222233334444'].map((account) => ({
    ...{ account, takenAt: '2026-11-20T03:00:00Z', complete: true, failed: 4 },
  }));
  const findings = [...names.slice(0, 4), 'zoe'].map((name) => aFinding(name, name === 'zoe' ? { account: '222233334444' } : {}));
  const text = renderText(aReport(findings, { accounts }), { color: false, by: 'account' });
  expect(text).toMatch(/^111122223333 {2}\(4\)\n( {2}MEDIUM {2}A key of IAM user .*\n){3} {2}… and 1 more$/m);
  expect(text).toMatch(/^222233334444 {2}\(1\)$/m);
});

test('severities of one check are told apart', () => {
  const text = plain([aFinding('ann', { severity: 'HIGH' }), aFinding('bob')]);
  expect(text.match(/^(HIGH|MEDIUM) +access-key-unused .*\b1\b/gm)).toHaveLength(2);
  expect(text).toMatch(/\n1 high {2}1 medium\n/);
});

test.each(['2026-11-20T03:00:00Z', '2026-11-20T03:00:59Z', '2026-11-20T03:00:00.123Z'])(
  'the time %s is shown to the minute',
  (takenAt) => {
    expect(plain([], { takenAt })).toContain('  2026-11-20 03:00 UTC  ');
  },
);

test('text from AWS contains no control character', () => {
  const evil = 'x\u001B[2J\u009B31m\r\n\u202Eevil\u0007';
  const text = plain(
    [
      aFinding('ann', { headline: evil, message: evil, remediation: evil }),
      aFinding('bob', { status: 'UNKNOWN', message: evil }),
    ],
    { notices: [evil] },
  );
  expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  expect(text.match(/x\\u\{1b\}\[2J\\u\{9b\}31m\\u\{d\}\\u\{a\}\\u\{202e\}evil\\u\{7\}/g)?.length).toBeGreaterThanOrEqual(4);
});

test.each([...Object.entries(hostile), ['a long text', LONG]])('%s is text, and begins no line of its own', (_what, name) => {
  const written = (shown: string) => ({
    screen: renderText(reportNaming(shown), { color: false }),
    details: renderText(reportNaming(shown), { color: false, all: true, details: true }),
  });
  const [plainly, hostilely] = [written('x'), written(name)];
  expect(isQuiet(Object.values(hostilely).join(''))).toBe(true);
  for (const form of ['screen', 'details'] as const)
    expect(hostilely[form].split('\n')).toHaveLength(plainly[form].split('\n').length);
  expect(hostilely.details).toContain(printable(name));
  expect(isQuiet(renderText(reportNaming(name), { color: false, all: true, width: 80 }))).toBe(true);
});

test('accounts are named if they are few', () => {
  const lines = (count: number) =>
    Array.from({ length: count }, (_, index) => ({
      account: `${100_000_000_000 + index}`,
      takenAt: '2026-11-20T03:00:00Z',
      complete: true,
      failed: 0,
    }));
  expect(plain([], { accounts: lines(5) })).toContain('5 accounts (100000000000, ');
  expect(plain([], { accounts: lines(6) })).toContain('iam-vigil  6 accounts  2026');
});

test('a configuration that turns most checks off is the first thing that is said', () => {
  const summary = { ...aReport([]).summary, checks: 2 };
  const first = (switchedOff: number) => plain([], { summary: { ...summary, switchedOff } }).split('\n')[0];
  expect(first(3)).toContain('  MOST CHECKS ARE OFF: the configuration turns off 3 of 5; complete');
  expect(first(2)).not.toContain('CHECKS ARE OFF');
});
