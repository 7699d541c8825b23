import type { Json } from '../../../lambda/scanner/model/json.ts';
import { type Observed, collected } from '../../../lambda/scanner/model/observed.ts';
import type { SnapshotFile } from '../../../lambda/scanner/facts/snapshot-file.ts';

const ACCOUNT = '111122223333';
const CREATED = '2024-03-01T10:20:30+00:00';

/** A user whose name holds a comma, as IAM allows, and who has a hardware token and a FIDO key. */
export const ANN = 'ann,ops';
/** A user with a policy that cannot be read, and a virtual MFA device. */
export const BOB = 'bob';
/** The serial number of a FIDO key of {@link ANN}. */
export const FIDO_SERIAL = `arn:aws:iam::${ACCOUNT}:u2f/user/ann/key-AAAA`;
/** The key of {@link ANN}, which was used, and the one that never was. */
export const KEYS = ['AKIAANN00000000USED1', 'AKIAANN0000000NEVER1'] as const;
/** The ARN of the SAML provider. */
export const SAML_ARN = `arn:aws:iam::${ACCOUNT}:saml-provider/okta`;
/** The metadata of that provider: AWS takes 1,000 characters and more. */
export const SAML_METADATA = `<xml a="b">\n${'<!-- x -->'.repeat(100)}</xml>`;
/** The ARN of the OpenID Connect provider. */
export const OIDC_ARN = `arn:aws:iam::${ACCOUNT}:oidc-provider/token.actions.githubusercontent.com`;

/** A policy document with everything that URL encoding must not lose. */
export const DOCUMENT = {
  Version: '2012-10-17',
  Statement: [{ Sid: "it's (odd)!", Effect: 'Allow', Action: '*', Resource: 'arn:aws:s3:::é+%20/*', Condition: {} }],
};

const arn = (resource: string) => `arn:aws:iam::${ACCOUNT}:${resource}`;

const user = (name: string, id: string, more: Readonly<Record<string, Json>> = {}) => ({
  Path: '/',
  UserName: name,
  UserId: id,
  Arn: arn(`user/${name}`),
  CreateDate: CREATED,
  GroupList: [],
  AttachedManagedPolicies: [],
  Tags: [],
  ...more,
});

const identities = {
  UserDetailList: [
    user(ANN, 'AIDAANNEXAMPLEANNEXAM', {
      GroupList: ['ops'],
      UserPolicyList: [{ PolicyName: 'inline', PolicyDocument: DOCUMENT }],
      Tags: [{ Key: 'team', Value: 'a / b' }],
    }),
    user(BOB, 'AIDABOBEXAMPLEBOBEXAM', { UserPolicyList: [{ PolicyName: 'broken', PolicyDocument: '{"Version": 100%' }] }),
  ],
  GroupDetailList: [
    {
      Path: '/',
      GroupName: 'ops',
      GroupId: 'AGPAOPSEXAMPLEOPSEXAM',
      Arn: arn('group/ops'),
      CreateDate: CREATED,
      GroupPolicyList: [],
      AttachedManagedPolicies: [{ PolicyName: 'own', PolicyArn: arn('policy/own') }],
    },
  ],
  RoleDetailList: [
    {
      Path: '/',
      RoleName: 'deploy',
      RoleId: 'AROADEPLOYEXAMPLEDEPL',
      Arn: arn('role/deploy'),
      CreateDate: CREATED,
      AssumeRolePolicyDocument: DOCUMENT,
      InstanceProfileList: [],
      RolePolicyList: [],
      AttachedManagedPolicies: [],
      RoleLastUsed: { LastUsedDate: '2026-11-01T00:00:00Z', Region: 'eu-west-1' },
    },
  ],
  Policies: [
    {
      PolicyName: 'own',
      PolicyId: 'ANPAOWNEXAMPLEOWNEXAM',
      Arn: arn('policy/own'),
      Path: '/',
      DefaultVersionId: 'v1',
      AttachmentCount: 1,
      PermissionsBoundaryUsageCount: 0,
      IsAttachable: true,
      PolicyVersionList: [{ VersionId: 'v1', IsDefaultVersion: true, Document: DOCUMENT, CreateDate: CREATED }],
    },
  ],
};

const virtualDevice = (name: string, owner: Json) => ({
  SerialNumber: arn(`mfa/${name}`),
  ...(owner === null ? {} : { User: owner, EnableDate: CREATED }),
});

const seen = (items: Readonly<Record<string, Json>>): Observed<Json> =>
  collected(Object.fromEntries(Object.entries(items).map(([name, value]) => [name, collected(value)])));

/** The analyzer of the account. */
export const EXTERNAL_ANALYZER = {
  arn: `arn:aws:access-analyzer:us-east-1:${ACCOUNT}:analyzer/external`,
  name: 'external',
  type: 'ACCOUNT',
  createdAt: CREATED,
  status: 'ACTIVE',
};

/** The report as AWS writes it: names with a comma are quoted. */
export const REPORT = `user,arn,mfa_active\n<root_account>,${arn('root')},true\n"${ANN}",${arn(`user/${ANN}`)},true\n`;

/** One of everything that the loopback AWS serves. */
export const smallAccount: SnapshotFile = {
  schemaVersion: 1,
  takenAt: '2026-11-20T03:00:00Z',
  partition: 'aws',
  accountId: ACCOUNT,
  calls: 0,
  facts: {
    identities: collected(identities),
    accountSummary: collected({
      SummaryMap: { AccountMFAEnabled: 1, AccountAccessKeysPresent: 0, AccountSigningCertificatesPresent: 0, Users: 2 },
    }),
    credentialReport: collected({ Content: REPORT, GeneratedTime: '2026-11-20T01:00:00+00:00' }),
    virtualMfaDevices: collected({
      VirtualMFADevices: [
        virtualDevice('root-account-mfa-device', { UserId: ACCOUNT, Arn: arn('root'), CreateDate: CREATED }),
        virtualDevice('phone', {
          UserName: BOB,
          UserId: 'AIDABOBEXAMPLEBOBEXAM',
          Arn: arn(`user/${BOB}`),
          Path: '/',
          CreateDate: CREATED,
        }),
        virtualDevice('spare', null),
      ],
    }),
    mfaDevices: seen({
      [ANN]: {
        MFADevices: ['GAHT12345678', FIDO_SERIAL].map((serial) => ({ UserName: ANN, SerialNumber: serial, EnableDate: CREATED })),
      },
    }),
    mfaCertifications: seen({
      [FIDO_SERIAL]: { UserName: ANN, SerialNumber: FIDO_SERIAL, Certifications: { FIDO: 'L1', 'FIPS-140-2': 'L2' } },
    }),
    accessKeys: seen({
      [ANN]: {
        AccessKeyMetadata: KEYS.map((id) => ({ UserName: ANN, AccessKeyId: id, Status: 'Active', CreateDate: CREATED })),
      },
    }),
    accessKeyLastUsed: seen({
      [KEYS[0]]: {
        UserName: ANN,
        AccessKeyLastUsed: { LastUsedDate: '2026-11-19T23:45:00+00:00', Region: 'eu-west-1', ServiceName: 's3' },
      },
    }),
    serviceCredentials: collected({
      ServiceSpecificCredentials: ['bedrock.amazonaws.com', 'codecommit.amazonaws.com'].map((service, index) => ({
        UserName: ANN,
        Status: 'Active',
        CreateDate: CREATED,
        ServiceSpecificCredentialId: `ACCAEXAMPLEEXAMPLEEX${index}`,
        ServiceName: service,
      })),
    }),
    sshPublicKeys: seen({
      [ANN]: {
        SSHPublicKeys: [{ UserName: ANN, SSHPublicKeyId: 'APKAEXAMPLEEXAMPLEEX1', Status: 'Active', UploadDate: CREATED }],
      },
    }),
    signingCertificates: seen({
      [ANN]: {
        Certificates: [
          {
            UserName: ANN,
            CertificateId: 'CERTEXAMPLECERTEXAMPLE01',
            CertificateBody: 'x',
            Status: 'Active',
            UploadDate: CREATED,
          },
        ],
      },
    }),
    loginProfiles: seen({ [ANN]: { LoginProfile: { UserName: ANN, MaxSigninSessionDuration: 7_776_000 } } }),
    serverCertificates: collected({
      ServerCertificateMetadataList: [
        {
          Path: '/',
          ServerCertificateName: 'web',
          ServerCertificateId: 'ASCAEXAMPLEEXAMPLE1',
          Arn: arn('server-certificate/web'),
          Expiration: CREATED,
        },
      ],
    }),
    passwordPolicy: collected({ PasswordPolicy: { MinimumPasswordLength: 14, RequireSymbols: true, ExpirePasswords: false } }),
    samlProviders: seen({ [SAML_ARN]: { SAMLMetadataDocument: SAML_METADATA, ValidUntil: '2030-01-01T00:00:00+00:00' } }),
    oidcProviders: seen({
      [OIDC_ARN]: { Url: 'token.actions.githubusercontent.com', ClientIDList: ['sts.amazonaws.com'], ThumbprintList: [] },
    }),
    securityContact: collected({
      AlternateContact: { AlternateContactType: 'SECURITY', EmailAddress: 'sec@example.com', Name: 'Sec' },
    }),
    contactDetails: collected({
      ContactInformation: {
        ...{ FullName: 'Jane Doe', AddressLine1: 'Any Street 1', City: 'Any Town', CountryCode: 'US' },
        ...{ PostalCode: '98101', PhoneNumber: '+12065550100' },
      },
    }),
    rootFeatures: collected({ OrganizationId: 'o-exampleorg1', EnabledFeatures: ['RootSessions'] }),
    organization: collected({ Organization: { Id: 'o-exampleorg1', MasterAccountId: '999988887777', FeatureSet: 'ALL' } }),
    roleSessions: collected({ Roles: [{ RoleName: 'deploy', MaxSessionDuration: 43_200, MaxSigninSessionDuration: 86_400 }] }),
    analyzers: seen({ 'us-east-1': { analyzers: [EXTERNAL_ANALYZER] } }),
    rolesAnywhere: seen({}),
    compute: collected({ regions: ['us-east-1'], kinds: [], items: [], unseen: [] }),
  },
};
