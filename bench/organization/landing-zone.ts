import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type RawFactName, rawFactNames } from '../../lambda/scanner/facts/index.ts';
import type { OrganizationFile } from '../../lambda/scanner/facts/organization-parts/organization-snapshot.ts';
import { SNAPSHOT_SCHEMA_VERSION, type SnapshotFile } from '../../lambda/scanner/facts/snapshot-file.ts';
import type { Json } from '../../lambda/scanner/model/json.ts';
import { type Observed, collected } from '../../lambda/scanner/model/observed.ts';
import { columns } from '../account/credentials.ts';
import { awsPolicyArn } from '../account/names.ts';
import { document } from '../account/statements.ts';

const TAKEN_AT = '2026-11-20T03:00:00Z';
const CREATED = '2025-03-01T10:20:30+00:00';
const ORGANIZATION = 'o-benchexample';
const ROOT = 'r-ab12';
const UNITS = 40;
const [ADMIN_USERS, ADMIN_ROLES, WORKLOADS] = [5, 15, 20];

const idOf = (number: number): string => String(100_000_000_000 + number * 7919);
const [MANAGEMENT, PIPELINES] = [idOf(0), idOf(1)];

const trusts = (principal: Json, more: Readonly<Record<string, Json>> = {}): Json =>
  document([{ Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole', ...more }]);
const withMfa = { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } };
const attached = (...names: readonly string[]): Json =>
  names.map((name) => ({ PolicyName: name, PolicyArn: awsPolicyArn(name) }));
const inline = (statement: Readonly<Record<string, Json>>): Json => [
  { PolicyName: 'own', PolicyDocument: document([statement]) },
];

/**
 * Writes the folder of an organization as a landing zone makes it: a management account, an account whose pipelines deploy to every
 * account, and twenty admins in each.
 */
export async function writeLandingZone(folder: string, accounts: number): Promise<void> {
  await mkdir(folder, { recursive: true });
  const ids = landingZoneIds(accounts);
  await writeFile(path.join(folder, 'organization.json'), JSON.stringify(landingZoneOrganization(accounts)));
  for (const id of ids) await writeFile(path.join(folder, `${id}.json`), JSON.stringify(landingZoneAccount(id)));
}

const unitOf = (index: number): string => `ou-ab12-unit${index % UNITS}`;

/** The numbers of its accounts: the management account, the one with the pipelines, and the rest. */
export const landingZoneIds = (accounts: number): readonly string[] =>
  Array.from({ length: accounts }, (_, number) => idOf(number));

/** The organization itself, with so many accounts. */
export function landingZoneOrganization(accounts: number): OrganizationFile {
  const ids = landingZoneIds(accounts);
  const arn = (resource: string) => `arn:aws:organizations::${MANAGEMENT}:${resource}`;
  const units = Array.from({ length: UNITS }, (_, index) => unitOf(index));
  return {
    Organization: { Id: ORGANIZATION, FeatureSet: 'ALL', MasterAccountId: MANAGEMENT },
    Accounts: ids.map((id, index) => ({
      ...{ Id: id, Arn: arn(`account/${ORGANIZATION}/${id}`), Email: `${id}@acme.example`, Name: `account-${index}` },
      ...{ State: 'ACTIVE', Status: 'ACTIVE', JoinedMethod: 'CREATED', JoinedTimestamp: CREATED },
      Paths: [`${ORGANIZATION}/${ROOT}/${index === 0 ? '' : `${unitOf(index)}/`}${id}/`],
    })),
    Roots: [
      {
        ...{ Id: ROOT, Arn: arn(`root/${ORGANIZATION}/${ROOT}`), Name: 'Root' },
        PolicyTypes: [{ Type: 'SERVICE_CONTROL_POLICY', Status: 'ENABLED' }],
      },
    ],
    OrganizationalUnits: units.map((Id) => ({ Id, Arn: arn(`ou/${ORGANIZATION}/${Id}`), Name: Id, ParentId: ROOT })),
    Policies: [
      {
        PolicySummary: {
          Id: 'p-FullAWSAccess',
          Arn: 'arn:aws:organizations::aws:policy/service_control_policy/p-FullAWSAccess',
          ...{ Name: 'FullAWSAccess', Type: 'SERVICE_CONTROL_POLICY', AwsManaged: true },
        },
        Content: document([{ Effect: 'Allow', Action: '*', Resource: '*' }]),
        Targets: [
          { TargetId: ROOT, Type: 'ROOT' },
          ...units.map((TargetId) => ({ TargetId, Type: 'ORGANIZATIONAL_UNIT' })),
          ...ids.map((TargetId) => ({ TargetId, Type: 'ACCOUNT' })),
        ],
      },
    ],
    ...{ AiOptOutPolicies: [], ResourcePolicy: null, DelegatedAdministrators: [], EnabledServicePrincipals: [] },
  };
}

/** A snapshot of one of its accounts. */
export function landingZoneAccount(account: string): SnapshotFile {
  // The entries are built from the list of names, which is what the type says.
  const facts = Object.fromEntries(rawFactNames.map((name) => [name, collected({})])) as Record<RawFactName, Observed<Json>>;
  const users = Array.from({ length: ADMIN_USERS }, (_, index) => `admin.${index}`);
  return {
    ...{ schemaVersion: SNAPSHOT_SCHEMA_VERSION, takenAt: TAKEN_AT, partition: 'aws', accountId: account, calls: 0 },
    facts: {
      ...facts,
      identities: collected(identities(account, users)),
      accountSummary: collected({ SummaryMap: summary(users) }),
      credentialReport: collected({ Content: credentialReport(account, users), GeneratedTime: TAKEN_AT }),
      virtualMfaDevices: collected({ VirtualMFADevices: users.map((name) => mfaDevice(account, name)) }),
      serviceCredentials: collected({ ServiceSpecificCredentials: [] }),
      serverCertificates: collected({ ServerCertificateMetadataList: [] }),
      passwordPolicy: collected({ PasswordPolicy: { MinimumPasswordLength: 16, ExpirePasswords: false } }),
      mfaDevices: ofEach(users, (name) => ({ MFADevices: [mfaDevice(account, name)] })),
      sshPublicKeys: ofEach(users, () => ({ SSHPublicKeys: [] })),
      roleSessions: collected({ Roles: roleNames(account).map((RoleName) => ({ RoleName, MaxSessionDuration: 3600 })) }),
      organization: collected({ Organization: { Id: ORGANIZATION, MasterAccountId: MANAGEMENT, FeatureSet: 'ALL' } }),
      ...Object.fromEntries(
        ['securityContact', 'contactDetails', 'rootFeatures', 'compute'].map((name) => [
          name,
          { status: 'unavailable', reason: 'the benchmark does not make it' },
        ]),
      ),
    },
  };
}

const ofEach = (names: readonly string[], answer: (name: string) => Json): Observed<Json> =>
  collected(Object.fromEntries(names.map((name) => [name, collected(answer(name))])));

const summary = (users: readonly string[]): Json => ({
  ...{ AccountMFAEnabled: 1, AccountAccessKeysPresent: 0, AccountPasswordPresent: 0, AccountSigningCertificatesPresent: 0 },
  ...{ Users: users.length, MFADevices: users.length, MFADevicesInUse: users.length },
});

const mfaDevice = (account: string, name: string): Json => ({
  SerialNumber: `arn:aws:iam::${account}:mfa/${name}`,
  User: { UserName: name, UserId: `AIDA${account}${name}`.toUpperCase(), Arn: `arn:aws:iam::${account}:user/${name}` },
  EnableDate: CREATED,
});

const adminRoles = Array.from({ length: ADMIN_ROLES - 3 }, (_, index) => `admin-${index}`);
const workloadRoles = Array.from({ length: WORKLOADS }, (_, index) => `app-${index}`);
const roleNames = (account: string): readonly string[] => [
  ...['OrganizationAccountAccessRole', 'AWSControlTowerExecution', 'deploy', ...(account === PIPELINES ? ['pipeline'] : [])],
  ...[...adminRoles, ...workloadRoles],
];

function identities(account: string, users: readonly string[]): Json {
  const arn = (resource: string) => `arn:aws:iam::${account}:${resource}`;
  const role = (name: string, trust: Json, more: Readonly<Record<string, Json>> = {}): Json => ({
    ...{
      Path: '/',
      RoleName: name,
      RoleId: `AROA${account}${name}`.toUpperCase(),
      Arn: arn(`role/${name}`),
      CreateDate: CREATED,
    },
    ...{ AssumeRolePolicyDocument: trust, InstanceProfileList: [], RolePolicyList: [], AttachedManagedPolicies: [], Tags: [] },
    ...{ RoleLastUsed: { LastUsedDate: '2026-11-19T10:00:00+00:00', Region: 'eu-west-1' }, ...more },
  });
  const admin = { AttachedManagedPolicies: attached('AdministratorAccess') };
  const rootOf = (id: string): Json => ({ AWS: `arn:aws:iam::${id}:root` });
  return {
    UserDetailList: users.map((name) => ({
      ...{ Path: '/', UserName: name, UserId: `AIDA${account}${name}`.toUpperCase(), Arn: arn(`user/${name}`) },
      ...{ CreateDate: CREATED, GroupList: ['administrators'], AttachedManagedPolicies: [], Tags: [] },
    })),
    GroupDetailList: [
      {
        ...{ Path: '/', GroupName: 'administrators', GroupId: `AGPA${account}`, Arn: arn('group/administrators') },
        ...{ CreateDate: CREATED, GroupPolicyList: [], ...admin },
      },
    ],
    RoleDetailList: [
      role('OrganizationAccountAccessRole', trusts(rootOf(MANAGEMENT)), admin),
      role('AWSControlTowerExecution', trusts(rootOf(MANAGEMENT)), admin),
      role('deploy', trusts({ AWS: `arn:aws:iam::${PIPELINES}:role/pipeline` }), admin),
      ...(account === PIPELINES
        ? [
            role('pipeline', trusts({ Service: 'codebuild.amazonaws.com' }), {
              RolePolicyList: inline({ Effect: 'Allow', Action: 'sts:AssumeRole', Resource: 'arn:aws:iam::*:role/deploy' }),
            }),
          ]
        : []),
      ...adminRoles.map((name) => role(name, trusts(rootOf(account), withMfa), admin)),
      ...workloadRoles.map((name) =>
        role(name, trusts({ Service: 'lambda.amazonaws.com' }), {
          RolePolicyList: inline({
            Effect: 'Allow',
            Action: ['s3:GetObject', 's3:PutObject'],
            Resource: `arn:aws:s3:::${name}/*`,
          }),
        }),
      ),
    ],
    Policies: [
      {
        ...{ PolicyName: 'AdministratorAccess', PolicyId: 'ANPAIWMBCKSKIEE64ZLYK', Arn: awsPolicyArn('AdministratorAccess') },
        ...{ Path: '/', DefaultVersionId: 'v1', AttachmentCount: 17, PermissionsBoundaryUsageCount: 0, IsAttachable: true },
        PolicyVersionList: [
          {
            ...{ VersionId: 'v1', IsDefaultVersion: true, CreateDate: CREATED },
            Document: document([{ Effect: 'Allow', Action: '*', Resource: '*' }]),
          },
        ],
      },
    ],
  };
}

const NOTHING_MORE = 'false,N/A,N/A,N/A,N/A,false,N/A,N/A,N/A,N/A,false,N/A,false,N/A';

function credentialReport(account: string, users: readonly string[]): string {
  const arn = `arn:aws:iam::${account}`;
  return [
    columns,
    `<root_account>,${arn}:root,${CREATED},not_supported,no_information,not_supported,not_supported,true,${NOTHING_MORE}`,
    ...users.map((name) => `${name},${arn}:user/${name},${CREATED},true,${CREATED},${CREATED},N/A,true,${NOTHING_MORE}`),
    '',
  ].join('\n');
}
