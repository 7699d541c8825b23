import { checks } from '../lambda/scanner/checks/index.ts';
import { type Config, defaultConfig, parseConfig } from '../lambda/scanner/config.ts';
import { type Check, defineCheck, fail, pass } from '../lambda/scanner/check.ts';
import { DAY } from '../lambda/scanner/model/instant.ts';
import type { Json } from '../lambda/scanner/model/json.ts';
import type { Report } from '../lambda/scanner/model/report.ts';
import { type Snapshot, parseSnapshot } from '../lambda/scanner/facts/snapshot.ts';
import { type Observed, collected } from '../lambda/scanner/model/observed.ts';
import type { SnapshotFile } from '../lambda/scanner/facts/snapshot-file.ts';
import type { ResourceIndex } from '../lambda/scanner/report/asff/resources.ts';
import { formats } from '../lambda/scanner/report/formats.ts';
import { renderText } from '../lambda/scanner/report/text.ts';
import { type ScanOptions, scan } from '../lambda/scanner/scan.ts';
import { exitCode } from '../bin/commands/exit-code.ts';
import { ADMINISTRATOR, allow, deny, when } from './escalation/support.ts';
import { snapshotIn } from './organization/support.ts';
import { smallAccount } from './support/aws/small-account.ts';
import { ACCOUNT, NOW, aUser } from './support/builders.ts';
import { ROOT, anOrganization } from './support/organization.ts';

const judge = (snapshots: readonly Snapshot[], options: Partial<ScanOptions> = {}): Report =>
  scan(snapshots, { checks, config: defaultConfig, now: NOW, version: '1.2.3', ...options });

const arn = (resource: string) => `arn:aws:iam::${ACCOUNT}:${resource}`;
const CREATED = '2024-03-01T10:20:30+00:00';

/** A user as the AWS CLI prints one. */
const user = (name: string, more: Readonly<Record<string, Json>> = {}) => ({
  Path: '/',
  UserName: name,
  UserId: `AIDA${name}`,
  Arn: arn(`user/${name}`),
  CreateDate: CREATED,
  ...more,
});

/** The account with these users, roles and policies in place of its own, and the report rows of the users. */
function accountOf(details: Readonly<Record<string, Json>>, facts: Partial<SnapshotFile['facts']> = {}): Snapshot {
  const all = { UserDetailList: [], GroupDetailList: [], RoleDetailList: [], Policies: [], ...details };
  return parseSnapshot({ ...smallAccount, facts: { ...smallAccount.facts, identities: collected(all), ...facts } });
}

const findingsOf = (report: Report, checkId: string) => report.findings.filter((finding) => finding.checkId === checkId);

describe('the report', () => {
  const snapshot = (accountId: string, takenAt = NOW): Snapshot => ({
    ...parseSnapshot({ ...smallAccount, accountId, calls: 7 }),
    takenAt,
  });

  test('of one account speaks for it', () => {
    expect(judge([snapshot(ACCOUNT, NOW - DAY)])).toMatchObject({
      schemaVersion: 1,
      tool: { name: 'iam-vigil', version: '1.2.3' },
      account: ACCOUNT,
      takenAt: '2026-11-19T03:00:00Z',
      calls: 7,
      changes: [],
      notices: [],
      summary: { checks: checks.length },
    });
  });

  test.each([
    ['the management account', '222233334444', '222233334444'],
    ['the first, where the management account is not there', '999999999999', ACCOUNT],
    ['the first, where none is named', undefined, ACCOUNT],
  ])('of several accounts speaks for %s', (_name, managementAccountId, account) => {
    const options = managementAccountId === undefined ? {} : { managementAccountId };
    const report = judge([snapshot(ACCOUNT), snapshot('222233334444')], options);
    expect([report.account, report.calls]).toEqual([account, 14]);
    expect(report.accounts.map((line) => line.account)).toEqual([ACCOUNT, '222233334444']);
  });

  test('tells the checks which accounts have the same owner', () => {
    const told: unknown[] = [];
    const spy = defineCheck({
      id: 'spying-check',
      title: 'Nothing is wrong',
      severity: 'LOW',
      rationale: 'r',
      remediation: 'r',
      standards: {},
      needs: ['identities'],
      select: (_facts, { own }) => {
        told.push([[...own.ids], own.complete]);
        return [];
      },
      judge: () => pass,
    });
    const two = [snapshot(ACCOUNT), snapshot('222233334444')];
    judge(two, { checks: [spy] });
    judge(two.slice(0, 1), { checks: [spy], organizationAccounts: [{ id: '333344445555', active: true }] });
    const both = [[ACCOUNT, '222233334444'], false];
    expect(told).toEqual([both, both, [[ACCOUNT, '333344445555'], true]]);
  });

  test('has the people behind an admin role of IAM Identity Center, where the Organization says who they are', () => {
    const roleName = 'AWSReservedSSO_Ops_0123456789abcdef';
    const role = {
      ...{ Path: '/aws-reserved/sso.amazonaws.com/', RoleName: roleName, RoleId: 'AROAOPS', CreateDate: CREATED },
      ...{ Arn: arn(`role/aws-reserved/sso.amazonaws.com/${roleName}`), AssumeRolePolicyDocument: {} },
      RolePolicyList: [{ PolicyName: 'all', PolicyDocument: { Statement: { Effect: 'Allow', Action: '*', Resource: '*' } } }],
    };
    const account = accountOf({ RoleDetailList: [role], UserDetailList: [] });
    const organization = anOrganization({
      accounts: { [ACCOUNT]: [] },
      parts: {
        PermissionSets: [{ PermissionSetArn: 'ps-ops', Name: 'Ops' }],
        AccountAssignments: [{ AccountId: ACCOUNT, PermissionSetArn: 'ps-ops', PrincipalType: 'USER', PrincipalId: 'u-ann' }],
        Users: [{ UserId: 'u-ann', UserName: 'ann' }],
        ...{ Groups: [], GroupMemberships: [] },
      },
    });
    const admins = (options: Partial<ScanOptions>) => judge([account], options).admins.filter(({ type }) => type === 'role');
    expect(admins({ organization })).toMatchObject([
      { account: ACCOUNT, verdict: 'admin', people: { permissionSet: 'Ops', people: [{ person: 'ann', groups: [] }] } },
    ]);
    expect(admins({})).toMatchObject([{ account: ACCOUNT, verdict: 'admin' }]);
    expect(admins({})[0]).not.toHaveProperty('people');
  });

  test('has who makes itself admin of one account, and goes on from there as a role that another trusts by name', () => {
    const [home, other] = ['222233334444', '333344445555'];
    const ann = `arn:aws:iam::${home}:user/ann`;
    const deploy = `arn:aws:iam::${home}:role/deploy`;
    const ops = `arn:aws:iam::${other}:role/ops`;
    const own = snapshotIn(home, {
      users: { ann: { can: [allow('iam:PutUserPolicy', ann)] } },
      roles: { deploy: { can: [allow('sts:AssumeRole', ops)], trust: [`arn:aws:iam::${home}:user/other`] } },
    });
    const theirs = snapshotIn(other, { roles: { ops: { attached: [ADMINISTRATOR], trust: [deploy] } } });
    const found = findingsOf(judge([own, theirs]), 'cross-account-admin-reach');
    expect(found.map(({ resource }) => resource.name).toSorted()).toEqual([home, 'deploy']);
    const finding = found.find(({ resource }) => resource.name === home);
    expect(finding).toMatchObject({
      status: 'FAILED',
      severity: 'HIGH',
      resource: { name: home },
      evidence: {
        principals: [ann],
        paths: [
          {
            path: [
              { rule: 'put-user-policy', to: ann },
              { rule: 'update-trust-policy', to: deploy },
              { rule: 'assume-role', to: ops },
              { rule: 'allows-everything', to: ops },
            ],
          },
        ],
      },
    });
  });

  test('names the one admin to whom a guardrail leaves it to act as root of the members, so that it can be allowed', () => {
    const delegated = '222233334444';
    const ops = `arn:aws:iam::${delegated}:role/root-ops`;
    const all = { attached: [ADMINISTRATOR] };
    const account = snapshotIn(delegated, { users: { ann: all }, roles: { 'root-ops': all } });
    const root = 'iam.amazonaws.com';
    const organization = anOrganization({
      accounts: { [delegated]: [] },
      scps: { guard: [[deny('sts:AssumeRoot', '*', when('ArnNotLike', 'aws:PrincipalArn', ops))], ROOT] },
      parts: {
        EnabledServicePrincipals: [{ ServicePrincipal: root }],
        DelegatedAdministrators: [{ Id: delegated, DelegatedServices: [{ ServicePrincipal: root }] }],
      },
    });
    const failed = (config: Config) => findingsOf(judge([account], { organization, config }), 'assume-root-reachable');
    expect(failed(defaultConfig)).toMatchObject([{ status: 'FAILED', evidence: { principals: [ops], everyAdmin: false } }]);
    expect(failed(parseConfig(`checks: { assume-root-reachable: { allowed: ['${ops}'] } }`, checks))).toEqual([]);
  });

  test('of no account is empty', () => {
    expect(judge([])).toMatchObject({ account: '', accounts: [], takenAt: '2026-11-20T03:00:00Z', findings: [], complete: true });
  });

  test('counts each account by itself, and is complete only where all are', () => {
    const whole: Check = defineCheck({
      id: 'a-check',
      title: 'It holds',
      severity: 'LOW',
      rationale: 'None.',
      standards: {},
      needs: ['passwordPolicy'],
      select: (_facts, { accountId }) => [{ resource: { type: 'AwsAccount', arn: accountId, name: accountId, id: accountId } }],
      judge: ({ resource }) => (resource.name === ACCOUNT ? fail('It does not.') : pass),
      remediation: 'Mend it.',
    });
    const blind = snapshot('222233334444');
    const unseen: Snapshot = { ...blind, facts: { ...blind.facts, passwordPolicy: { status: 'unavailable', reason: 'denied' } } };
    const report = judge([snapshot(ACCOUNT), unseen, snapshot('333344445555')], { checks: [whole] });
    expect(report.complete).toBe(false);
    expect(report.accounts).toMatchObject([
      { account: ACCOUNT, complete: true, failed: 1 },
      { account: '222233334444', complete: false, failed: 0 },
      { account: '333344445555', complete: true, failed: 0 },
    ]);
    expect(report.summary).toEqual({
      failed: { INFORMATIONAL: 0, LOW: 1, MEDIUM: 0, HIGH: 0, CRITICAL: 0 },
      unknown: 1,
      suppressed: 0,
      passed: 1,
      checks: 1,
    });
  });

  test('orders failures before what is unknown, and the worst first', () => {
    const { findings } = judge([snapshot(ACCOUNT), snapshot('222233334444')]);
    const rank = ({ status, severity }: (typeof findings)[number]) =>
      ['FAILED', 'UNKNOWN', 'SUPPRESSED'].indexOf(status) * 10 +
      ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'INFORMATIONAL'].indexOf(severity);
    const ranks = findings.map(rank);
    expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
    expect(judge([snapshot('222233334444'), snapshot(ACCOUNT)]).findings).toEqual(findings);
  });
});

describe('the configuration', () => {
  const contexts: unknown[] = [];
  const nosy: Check = defineCheck({
    id: 'nosy-check',
    title: 'It holds',
    severity: 'LOW',
    rationale: 'None.',
    standards: {},
    needs: ['identities'],
    params: { days: 30, other: 1 },
    select: () => [],
    judge: () => pass,
    remediation: 'Nothing.',
  });
  const spying: Check = {
    ...nosy,
    run: (_facts, context) => {
      contexts.push(context);
      return [];
    },
  };
  const contextWith = (config: Config) => {
    judge([parseSnapshot(smallAccount)], { checks: [spying], config });
    return contexts.at(-1) as Parameters<Check['run']>[1];
  };

  test('overrides parameters one by one', () => {
    const config = parseConfig('checks:\n  nosy-check: { days: 7 }\n', [nosy]);
    expect(contextWith(config)).toMatchObject({ now: NOW, accountId: ACCOUNT, partition: 'aws', params: { days: 7, other: 1 } });
    expect(contextWith(defaultConfig).params).toEqual({ days: 30, other: 1 });
  });

  test.each([
    ['by its ARN', { arns: [arn('user/glass')], tags: {} }, aUser('glass'), true],
    ['by a pattern', { arns: ['arn:aws:iam::*:user/gl*'], tags: {} }, aUser('glass'), true],
    ['by a tag', { arns: [], tags: { purpose: 'emergency' } }, aUser('x', { tags: new Map([['purpose', 'emergency']]) }), true],
    [
      'not by another value of the tag',
      { arns: [], tags: { purpose: 'emergency' } },
      aUser('x', { tags: new Map([['purpose', 'x']]) }),
      false,
    ],
    ['not where nothing names it', { arns: [arn('user/glass')], tags: { a: 'b' } }, aUser('x'), false],
    ['not by nothing', { arns: [], tags: {} }, aUser('x'), false],
  ])('knows who is for emergencies: %s', (_name, breakGlass, identity, expected) => {
    expect(contextWith({ ...defaultConfig, breakGlass }).isBreakGlass(identity)).toBe(expected);
  });

  test('suppresses no UNKNOWN, and an accepted failure leaves the report complete', () => {
    const config = parseConfig(
      'exceptions:\n  - { check: credential-report-stale, principal: "*", reason: r, owner: o, expires: 2027-06-01 }\n',
      checks,
    );
    const report = judge([parseSnapshot(smallAccount)], { config });
    expect(findingsOf(report, 'credential-report-stale').map(({ status }) => status)).toEqual(['UNKNOWN']);
    expect(report.complete).toBe(false);
  });
});

describe('a policy document that cannot be read', () => {
  const readable = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }] };
  const nested = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`;
  const spoiled: Readonly<Record<string, Json>> = {
    'is not JSON': '{"Version": "2012-10-17", "Stat',
    'is empty': '',
    'is null': null,
    'is a number': 5,
    'is a list': [],
    'is encoded badly': '%7B%zz',
    'has no statement': { Version: '2012-10-17' },
    'has an effect that there is not': { Statement: [{ Effect: 'Maybe', Action: '*', Resource: '*' }] },
    'has an element that there is not': { Statement: [{ Effect: 'Allow', Actions: '*', Resource: '*' }] },
    'is nested without end': JSON.parse(`{"Statement": ${nested(5_000)}}`) as Json,
  };

  const places: Readonly<Record<string, (document: Json) => Readonly<Record<string, Json>>>> = {
    'an inline policy of a user': (document) => ({
      UserDetailList: [user('ann', { UserPolicyList: [{ PolicyName: 'p', PolicyDocument: document }] }), user('bob')],
    }),
    'an inline policy of a group': (document) => ({
      UserDetailList: [user('ann', { GroupList: ['ops'] }), user('bob')],
      GroupDetailList: [
        {
          GroupName: 'ops',
          GroupId: 'AGPAOPS',
          Arn: arn('group/ops'),
          GroupPolicyList: [{ PolicyName: 'p', PolicyDocument: document }],
        },
      ],
    }),
    'a trust policy': (document) => ({
      UserDetailList: [user('ann'), user('bob')],
      RoleDetailList: [{ RoleName: 'r', RoleId: 'AROAR', Arn: arn('role/r'), AssumeRolePolicyDocument: document }],
    }),
    'a managed policy': (document) => ({
      UserDetailList: [user('ann', { AttachedManagedPolicies: [{ PolicyName: 'm', PolicyArn: arn('policy/m') }] }), user('bob')],
      Policies: [
        {
          PolicyName: 'm',
          PolicyId: 'ANPAM',
          Arn: arn('policy/m'),
          PolicyVersionList: [{ VersionId: 'v1', IsDefaultVersion: true, Document: document }],
        },
      ],
    }),
  };

  const cases = Object.entries(places).flatMap(([place, details]) =>
    Object.entries(spoiled).map(([what, document]) => [place, what, details(document), details(readable)] as const),
  );

  test.each(cases)('%s that %s is UNKNOWN, and the rest is judged', (_place, _what, details, before) => {
    const [report, sound] = [judge([accountOf(details)]), judge([accountOf(before)])];
    const unreadable = findingsOf(report, 'policy-document-unreadable');
    expect(unreadable.map(({ status }) => status)).toEqual(['UNKNOWN']);
    expect(unreadable[0]?.message.length).toBeLessThan(500);
    expect(findingsOf(sound, 'policy-document-unreadable')).toEqual([]);
    expect([report.complete, exitCode(report)]).toEqual([false, 3]);
    expect(findingsOf(report, 'console-user-without-mfa')).toEqual(findingsOf(sound, 'console-user-without-mfa'));
    const asff = { region: 'eu-west-1', partition: 'aws', checks, resources: new Map<string, ResourceIndex>() };
    expect(() => Object.values(formats).map(({ render }) => [...render(report, { color: true, asff })])).not.toThrow();
  });
});

test('the summary counts the checks that the configuration turns off', () => {
  const config = parseConfig('checks: { admin-user: { enabled: false }, root-without-mfa: { enabled: false } }', checks, 'x');
  expect(judge([accountOf({})], { config }).summary.switchedOff).toBe(2);
  expect(judge([accountOf({})]).summary).not.toHaveProperty('switchedOff');
});

describe('hostile names', () => {
  const ESCAPE = '\u001B';
  const names = [
    '=cmd()',
    'a,b',
    '<img onerror>',
    '__proto__',
    'constructor',
    '\u001B[31mred\u001B[0m',
    'two\nlines',
    '\u202Egnp',
    '"\'`$(x)',
  ];
  const seen = (items: Readonly<Record<string, Json>>): Observed<Json> =>
    collected(Object.fromEntries(Object.entries(items).map(([name, value]) => [name, collected(value)])));
  const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;
  const report = [
    'user,arn,password_enabled,password_last_used,mfa_active,access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date,access_key_2_active,access_key_2_last_rotated,access_key_2_last_used_date',
    `<root_account>,${arn('root')},false,N/A,true,false,N/A,N/A,false,N/A,N/A`,
    ...names.map(
      (name) => `${quoted(name)},${quoted(arn(`user/${name}`))},true,N/A,false,true,2020-01-01T00:00:00Z,N/A,false,N/A,N/A`,
    ),
  ].join('\n');
  const keys = names.map(
    (name, index) =>
      [
        name,
        {
          AccessKeyMetadata: [
            { UserName: name, AccessKeyId: `AKIA${index}`, Status: 'Active', CreateDate: '2020-01-01T00:00:00Z' },
          ],
        },
      ] as const,
  );
  const snapshot = accountOf(
    { UserDetailList: names.map((name, index) => user(name, { UserId: `AIDA${index}` })) },
    {
      credentialReport: collected({ Content: report, GeneratedTime: '2026-11-20T01:00:00Z' }),
      accessKeys: seen(Object.fromEntries(keys)),
      accessKeyLastUsed: seen({}),
      virtualMfaDevices: collected({ VirtualMFADevices: [] }),
      mfaDevices: seen({}),
    },
  );
  const result = judge([snapshot]);

  test('are found, each by its own name', () => {
    for (const id of ['console-user-without-mfa', 'access-key-unrotated', 'password-and-access-key']) {
      const found = findingsOf(result, id);
      expect(found.map(({ status }) => status)).toEqual(names.map(() => 'FAILED'));
      expect(new Set(found.map(({ resource }) => resource.arn))).toEqual(new Set(names.map((name) => arn(`user/${name}`))));
    }
    expect(new Set(result.findings.map(({ id }) => id)).size).toBe(result.findings.length);
  });

  test('come to a terminal without anything that it would obey', () => {
    const everything = { all: true, details: true };
    const plain = renderText(result, { ...everything, color: false });
    // The line ends and, with colours, the sequences that set them are ours.
    expect(plain.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(renderText(result, { ...everything, color: true }).replaceAll(new RegExp(`${ESCAPE}\\[\\d+m`, 'g'), '')).toBe(plain);
    expect(plain).not.toMatch(/^lines/m);
    expect(plain).toContain('\\u{1b}[31mred');
  });

  test('come through JSON as they are', () => {
    expect(JSON.parse([...formats.json.render(result)].join(''))).toEqual(result);
  });
});

describe('size', () => {
  const megabytes = (count: number) => 'x'.repeat(count * 1024 * 1024);

  test('5 MB of tags cost nothing but their reading', () => {
    const tags = Array.from({ length: 5 * 1024 }, (_, index) => ({ Key: `key${index}`, Value: 'x'.repeat(1024) }));
    const snapshot = accountOf({ UserDetailList: [user('ann', { Tags: tags }), user('bob')] });
    const { identities } = snapshot.facts;
    expect(identities.status === 'collected' ? identities.value.users.map(({ tags: own }) => own.size) : []).toEqual([
      tags.length,
      0,
    ]);
    expect([...formats.json.render(judge([snapshot]))].join('').length).toBeLessThan(1024 * 1024);
  });

  test.each([
    [
      'of 9 MB',
      {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: '*', Resource: Array<string>(9 * 1024).fill(`arn:aws:s3:::${'x'.repeat(1010)}`) }],
      },
      0,
    ],
    ['of 11 MB', { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: [megabytes(11), '*'] }] }, 1],
    ['of 10 MB that is not JSON', `{"Version": "${megabytes(10)}`, 1],
  ])('a document %s hides nothing else', (_name, document, unreadable) => {
    const details = {
      UserDetailList: [user('ann', { UserPolicyList: [{ PolicyName: 'p', PolicyDocument: document }] }), user('bob')],
    };
    const report = judge([accountOf(details)]);
    expect(findingsOf(report, 'policy-document-unreadable')).toHaveLength(unreadable);
    expect(report.findings.length).toBeGreaterThan(5);
    expect(renderText(report, { color: false }).length).toBeLessThan(1024 * 1024);
  });
});
