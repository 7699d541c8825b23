import type { Json } from '../../lambda/scanner/model/json.ts';
import type { SnapshotFile } from '../../lambda/scanner/facts/snapshot-file.ts';
import { collected } from '../../lambda/scanner/model/observed.ts';
import { ACCOUNT } from '../support/builders.ts';
import { smallAccount } from '../support/aws/small-account.ts';

const COUNT = 5_000;
const CREATED = '2024-03-01T10:20:30+00:00';

/** How many users of the big account have what takes calls of its own. */
export const special = { withHardwareMfa: 20, withKeys: 200, withTwoKeys: 20 } as const;

const arn = (resource: string) => `arn:aws:iam::${ACCOUNT}:${resource}`;
const times = <T>(count: number, make: (index: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, index) => make(index));
const all = (items: readonly (readonly [string, Json])[]) =>
  collected(Object.fromEntries(items.map(([name, value]) => [name, collected(value)])));

const userName = (index: number) => `user${index}`;
const fido = (index: number) => arn(`u2f/user/${userName(index)}/key`);
const keyId = (user: number, key: number) => `AKIA${String(user * 2 + key).padStart(16, '0')}`;

const policy = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }] };
const trust = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};
const common = { Path: '/', CreateDate: CREATED };

const identities = {
  UserDetailList: times(COUNT, (index) => ({
    ...common,
    UserName: userName(index),
    UserId: `AIDA${index}`,
    Arn: arn(`user/${userName(index)}`),
    GroupList: [],
    AttachedManagedPolicies: [{ PolicyName: `policy${index}`, PolicyArn: arn(`policy/policy${index}`) }],
  })),
  GroupDetailList: [
    { ...common, GroupName: 'all', GroupId: 'AGPA0', Arn: arn('group/all'), GroupPolicyList: [], AttachedManagedPolicies: [] },
  ],
  RoleDetailList: times(COUNT, (index) => ({
    ...common,
    RoleName: `role${index}`,
    RoleId: `AROA${index}`,
    Arn: arn(`role/role${index}`),
    AssumeRolePolicyDocument: trust,
    RolePolicyList: [],
    AttachedManagedPolicies: [],
    InstanceProfileList: [],
  })),
  Policies: times(COUNT, (index) => ({
    ...common,
    PolicyName: `policy${index}`,
    PolicyId: `ANPA${index}`,
    Arn: arn(`policy/policy${index}`),
    AttachmentCount: 1,
    PolicyVersionList: [{ VersionId: 'v1', IsDefaultVersion: true, Document: policy, CreateDate: CREATED }],
  })),
};

const header =
  'user,arn,password_enabled,password_last_used,mfa_active,access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date,access_key_2_active,access_key_2_last_rotated,access_key_2_last_used_date';

/** The status of the keys of those who have two has changed since they were made, so that the report tells neither apart. */
function row(index: number): string {
  const key = index < special.withKeys;
  const second = index < special.withTwoKeys;
  const rotated = second ? '2025-01-01T00:00:00+00:00' : CREATED;
  const cells = (exists: boolean) => (exists ? `true,${rotated},2026-11-19T00:00:00+00:00` : 'false,N/A,N/A');
  const user = `${userName(index)},${arn(`user/${userName(index)}`)}`;
  return `${user},true,2026-11-19T00:00:00+00:00,true,${cells(key)},${cells(second)}`;
}

const report = [header, `<root_account>,${arn('root')},false,N/A,true,false,N/A,N/A,false,N/A,N/A`, ...times(COUNT, row)].join(
  '\n',
);

const keysOf = (index: number) => times(index < special.withTwoKeys ? 2 : 1, (key) => keyId(index, key));

/**
 * An account of 5,000 users, as many roles and as many policies. Every user has MFA: a virtual device, or, a few, a security key.
 * What is rare it does not have: no provider, no server certificate and no credential for a single service.
 */
export const bigAccount = (): SnapshotFile => ({
  ...smallAccount,
  facts: {
    ...smallAccount.facts,
    identities: collected(identities),
    accountSummary: collected({
      SummaryMap: {
        AccountMFAEnabled: 1,
        AccountAccessKeysPresent: 0,
        AccountPasswordPresent: 0,
        Users: COUNT,
        MFADevicesInUse: COUNT + 1,
        ServerCertificates: 0,
        Providers: 0,
      },
    }),
    credentialReport: collected({ Content: report, GeneratedTime: '2026-11-20T01:00:00+00:00' }),
    virtualMfaDevices: collected({
      VirtualMFADevices: times(COUNT - special.withHardwareMfa, (index) => {
        const name = userName(index + special.withHardwareMfa);
        return { SerialNumber: arn(`mfa/${name}`), User: { UserName: name, Arn: arn(`user/${name}`) } };
      }),
    }),
    mfaDevices: all(
      times(special.withHardwareMfa, (index) => [
        userName(index),
        { MFADevices: [{ UserName: userName(index), SerialNumber: fido(index), EnableDate: CREATED }] },
      ]),
    ),
    mfaCertifications: all(
      times(special.withHardwareMfa, (index) => [
        fido(index),
        { UserName: userName(index), SerialNumber: fido(index), Certifications: { FIDO: 'L1' } },
      ]),
    ),
    accessKeys: all(
      times(special.withKeys, (index) => [
        userName(index),
        {
          AccessKeyMetadata: keysOf(index).map((AccessKeyId) => ({
            UserName: userName(index),
            AccessKeyId,
            Status: 'Active',
            CreateDate: CREATED,
          })),
        },
      ]),
    ),
    accessKeyLastUsed: all(
      times(special.withTwoKeys, keysOf)
        .flat()
        .map((id) => [id, { AccessKeyLastUsed: { LastUsedDate: CREATED, Region: 'eu-west-1', ServiceName: 's3' } }]),
    ),
    serviceCredentials: collected({ ServiceSpecificCredentials: [] }),
    sshPublicKeys: all([]),
    signingCertificates: all([]),
    serverCertificates: collected({ ServerCertificateMetadataList: [] }),
    samlProviders: all([]),
    oidcProviders: all([]),
  },
});
