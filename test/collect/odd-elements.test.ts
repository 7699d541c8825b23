import { checks } from '../../lambda/scanner/checks/index.ts';
import { defaultConfig } from '../../lambda/scanner/config.ts';
import type { RawFactName } from '../../lambda/scanner/facts/index.ts';
import { parseSnapshot } from '../../lambda/scanner/facts/snapshot.ts';
import type { Finding } from '../../lambda/scanner/model/finding.ts';
import type { Json } from '../../lambda/scanner/model/json.ts';
import { collected } from '../../lambda/scanner/model/observed.ts';
import { scan } from '../../lambda/scanner/scan.ts';
import { smallAccount } from '../support/aws/small-account.ts';
import { ACCOUNT, NOW } from '../support/builders.ts';
import { oddFields, withOddField } from '../support/odd-fields.ts';

const OLD = '2024-03-01T10:20:30Z';
const arn = (resource: string) => `arn:aws:iam::${ACCOUNT}:${resource}`;

const user = (name: string) => ({ Path: '/', UserName: name, UserId: `AIDA${name}`, Arn: arn(`user/${name}`), CreateDate: OLD });
const everything = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };
const trust = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` }, Action: 'sts:AssumeRole' }],
};
const role = (name: string, more: Readonly<Record<string, Json>> = {}) => ({
  ...{ Path: '/', RoleName: name, RoleId: `AROA${name}`, Arn: arn(`role/${name}`), CreateDate: OLD },
  ...{ AssumeRolePolicyDocument: trust, RolePolicyList: [{ PolicyName: 'all', PolicyDocument: everything }] },
  ...{ RoleLastUsed: { LastUsedDate: OLD } },
  ...more,
});
const identities = (...roles: readonly Json[]): Json => ({
  ...{ UserDetailList: [user('ann'), user('bob')], GroupDetailList: [], Policies: [] },
  RoleDetailList: roles.length > 0 ? roles : [role('one'), role('two')],
});

const certificate = (name: string) => ({
  ...{ ServerCertificateName: name, ServerCertificateId: `ASCA${name}`, Arn: arn(`server-certificate/${name}`), Path: '/' },
  Expiration: OLD,
});
const credential = (name: string) => ({
  ...{ UserName: name, Status: 'Active', CreateDate: OLD, ServiceSpecificCredentialId: `ACCA${name}` },
  ...{ ServiceName: 'bedrock.amazonaws.com', ExpirationDate: '2029-01-01T00:00:00Z' },
});
const device = (serial: string, owner: string) => ({ SerialNumber: arn(`mfa/${serial}`), User: { Arn: arn(owner) } });
const session = (name: string) => ({ RoleName: name, MaxSessionDuration: 43_200 });

const columns =
  'user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,password_next_rotation,mfa_active,access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date,access_key_1_last_used_region,access_key_1_last_used_service,access_key_2_active,access_key_2_last_rotated,access_key_2_last_used_date,access_key_2_last_used_region,access_key_2_last_used_service,cert_1_active,cert_1_last_rotated,cert_2_active,cert_2_last_rotated';
const noKeys = 'false,N/A,N/A,N/A,N/A,false,N/A,N/A,N/A,N/A,false,N/A,false,N/A';
const reportRow = (name: string, owner: string, mfa: boolean) =>
  `${name},${arn(owner)},${OLD},false,N/A,N/A,N/A,${mfa},${noKeys}`;
const credentialReport: Json = {
  Content: [
    columns,
    reportRow('<root_account>', 'root', true),
    reportRow('ann', 'user/ann', true),
    reportRow('bob', 'user/bob', false),
  ].join('\n'),
  GeneratedTime: '2026-11-20T01:00:00Z',
};

/** Answers of AWS in which the first element fails a check, and so does the second. */
const answers: Partial<Readonly<Record<RawFactName, Json>>> = {
  serverCertificates: { ServerCertificateMetadataList: [certificate('a'), certificate('b')] },
  serviceCredentials: { ServiceSpecificCredentials: [credential('ann'), credential('bob')] },
  virtualMfaDevices: {
    VirtualMFADevices: [
      { SerialNumber: `arn:aws:iam::${ACCOUNT}:mfa/r`, User: { Arn: `arn:aws:iam::${ACCOUNT}:root` } },
      device('ann', 'user/ann'),
    ],
  },
  roleSessions: { Roles: [session('one'), session('two')] },
  accountSummary: {
    SummaryMap: {
      AccountAccessKeysPresent: 1,
      AccountMFAEnabled: 1,
      AccountPasswordPresent: 1,
      AccountSigningCertificatesPresent: 1,
      Users: 2,
      MFADevicesInUse: 1,
      ServerCertificates: 2,
      Providers: 0,
    },
  },
  organization: {
    Organization: {
      Id: 'o-exampleorgid',
      Arn: `arn:aws:organizations::${ACCOUNT}:organization/o-exampleorgid`,
      MasterAccountId: ACCOUNT,
      FeatureSet: 'ALL',
    },
  },
};

function judge(changed: Partial<Readonly<Record<RawFactName, Json>>>) {
  const facts = Object.entries({ identities: identities(), credentialReport, ...answers, ...changed }).map(([name, value]) => [
    name,
    collected(value),
  ]);
  const snapshot = parseSnapshot({ ...smallAccount, facts: { ...smallAccount.facts, ...(Object.fromEntries(facts) as object) } });
  return { snapshot, report: scan([snapshot], { checks, config: defaultConfig, now: NOW, version: '0.0.0' }) };
}

const failuresOf = ({ report }: ReturnType<typeof judge>) => report.findings.filter(({ status }) => status === 'FAILED');

const cases = Object.entries(answers).flatMap(([name, answer]) =>
  oddFields(answer)
    .filter(({ path }) => path.length > 1)
    .map((odd) => ({ name: name as RawFactName, odd, answer, says: `${name}.${odd.path.join('.')} ${odd.how}` })),
);

test.each(cases)('$says costs itself, and is UNKNOWN where a finding is gone', ({ name, odd, answer }) => {
  const sound = judge({});
  const changed = judge({ [name]: withOddField(answer, odd) });
  expect(changed.snapshot.facts[name].status).toBe('collected');
  // A certificate or a credential without its own id has another one.
  const keyOf = ({ checkId, resource }: Finding) => `${checkId} ${resource.arn}`;
  const still = new Set(changed.report.findings.flatMap((finding) => [finding.id, keyOf(finding)]));
  const unknown = new Set(changed.report.findings.flatMap(({ status, checkId }) => (status === 'UNKNOWN' ? checkId : [])));
  // A device that is not assigned has no user, so without it the device protects nothing.
  const isUnassigned = odd.path.at(-1) === 'User' && odd.how !== 'of another type';
  const gone = failuresOf(sound).filter(
    (finding) => !still.has(finding.id) && !still.has(keyOf(finding)) && !unknown.has(finding.checkId),
  );
  expect(isUnassigned ? [] : gone.map(({ id }) => id)).toEqual([]);
});

describe('the last use of a role', () => {
  const unusedOf = (RoleLastUsed: Json) =>
    judge({ identities: identities(role('one', { RoleLastUsed }), role('two')) }).report.findings.filter(
      ({ checkId, resource }) => checkId === 'admin-unused' && resource.name === 'one',
    );

  test.each<[string, Json]>([
    ['null', null],
    ['a text', 'odd'],
    ['a list', []],
    ['an odd date', { LastUsedDate: 'yesterday' }],
    ['a null date', { LastUsedDate: null }],
  ])('that is %s is unknown, and not never', (_name, odd) => {
    expect(unusedOf(odd).map(({ status, message }) => [status, message])).toEqual([
      ['UNKNOWN', expect.stringContaining('RoleLastUsed cannot be read')],
    ]);
  });

  test('that AWS leaves empty is never', () => {
    expect(unusedOf({}).map(({ status }) => status)).toEqual(['FAILED']);
  });
});

test.each(['RolePolicyList', 'AttachedManagedPolicies', 'Tags', 'InstanceProfileList'])(
  'a %s that is null is unread, and not empty',
  (list) => {
    const { findings } = judge({ identities: identities(role('one', { [list]: null }), role('two')) }).report;
    const unread = findings.filter(
      ({ checkId, resource }) => checkId === 'policy-document-unreadable' && resource.name === 'one',
    );
    expect(unread.map(({ status, message }) => [status, message])).toEqual([['UNKNOWN', expect.stringContaining(list)]]);
  },
);
