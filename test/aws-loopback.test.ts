import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { AccountClient, GetAlternateContactCommand, GetContactInformationCommand } from '@aws-sdk/client-account';
import {
  GenerateCredentialReportCommand,
  GetAccessKeyLastUsedCommand,
  GetAccountAuthorizationDetailsCommand,
  GetAccountPasswordPolicyCommand,
  GetAccountSummaryCommand,
  GetCredentialReportCommand,
  GetMFADeviceCommand,
  GetOpenIDConnectProviderCommand,
  GetSAMLProviderCommand,
  IAMClient,
  ListAccessKeysCommand,
  ListMFADevicesCommand,
  ListOpenIDConnectProvidersCommand,
  ListOrganizationsFeaturesCommand,
  ListSAMLProvidersCommand,
  ListSSHPublicKeysCommand,
  ListServerCertificatesCommand,
  ListServiceSpecificCredentialsCommand,
  ListSigningCertificatesCommand,
  ListVirtualMFADevicesCommand,
  paginateGetAccountAuthorizationDetails,
  paginateListAccessKeys,
} from '@aws-sdk/client-iam';
import { DescribeOrganizationCommand, OrganizationsClient } from '@aws-sdk/client-organizations';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { RawFactName } from '../lambda/scanner/facts/index.ts';
import type { SnapshotFile } from '../lambda/scanner/facts/snapshot-file.ts';
import { collected, unavailable } from '../lambda/scanner/model/observed.ts';
import { environmentFor } from './support/aws/environment.ts';
import { type LoopbackAws, startLoopbackAws } from './support/aws/loopback-aws.ts';
import type { Quirks } from './support/aws/quirks.ts';
import {
  ANN,
  BOB,
  DOCUMENT,
  FIDO_SERIAL,
  KEYS,
  OIDC_ARN,
  REPORT,
  SAML_ARN,
  SAML_METADATA,
  smallAccount,
} from './support/aws/small-account.ts';

interface Clients {
  readonly aws: LoopbackAws;
  readonly iam: IAMClient;
  readonly sts: STSClient;
  readonly account: AccountClient;
  readonly organizations: OrganizationsClient;
}

/** A name that is markup, which IAM does not allow. */
const MARKUP = '<img onerror=x>&"';
/** The small account with that name, and with markup in a tag. */
const markedUp = JSON.parse(
  JSON.stringify(smallAccount).replaceAll(BOB, JSON.stringify(MARKUP).slice(1, -1)).replaceAll('a / b', 'a & b'),
) as SnapshotFile;

/** Starts a server, opens the SDK's clients to it, and stops all of them at the end. */
async function withAws<T>(
  quirks: Quirks,
  use: (clients: Clients) => Promise<T>,
  { snapshot = markedUp, maxAttempts = 1 }: { readonly snapshot?: SnapshotFile; readonly maxAttempts?: number } = {},
): Promise<T> {
  const aws = await startLoopbackAws(snapshot, quirks);
  const credentials = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'secret' };
  const settings = { endpoint: aws.endpoint, region: 'us-east-1', credentials, maxAttempts };
  const clients = {
    iam: new IAMClient(settings),
    sts: new STSClient(settings),
    account: new AccountClient(settings),
    organizations: new OrganizationsClient(settings),
  };
  try {
    return await use({ aws, ...clients });
  } finally {
    for (const client of Object.values(clients)) client.destroy();
    await aws.stop();
  }
}

const withFacts = (facts: Partial<SnapshotFile['facts']>): SnapshotFile => ({
  ...markedUp,
  facts: { ...markedUp.facts, ...facts },
});

/** The names in the account's details, as the SDK's paginator gives them. */
async function namesIn(client: IAMClient): Promise<readonly (string | undefined)[]> {
  const names = [];
  for await (const page of paginateGetAccountAuthorizationDetails({ client, pageSize: 1000 }, {}))
    names.push(
      ...(page.UserDetailList ?? []).map(({ UserName }) => UserName),
      ...(page.GroupDetailList ?? []).map(({ GroupName }) => GroupName),
      ...(page.RoleDetailList ?? []).map(({ RoleName }) => RoleName),
      ...(page.Policies ?? []).map(({ PolicyName }) => PolicyName),
    );
  return names;
}

const ALL_NAMES = [ANN, MARKUP, 'ops', 'deploy', 'own'];
const security = new GetAlternateContactCommand({ AlternateContactType: 'SECURITY' });

describe('what the snapshot holds arrives through the SDK', () => {
  const answers: Readonly<Record<string, { readonly ask: (clients: Clients) => Promise<unknown>; readonly answer: object }>> = {
    GetCallerIdentity: {
      ask: ({ sts }) => sts.send(new GetCallerIdentityCommand({})),
      answer: { Account: '111122223333', Arn: 'arn:aws:sts::111122223333:assumed-role/iam-vigil/scan' },
    },
    GetAccountAuthorizationDetails: {
      ask: ({ iam }) => iam.send(new GetAccountAuthorizationDetailsCommand({})),
      answer: {
        IsTruncated: false,
        UserDetailList: [
          {
            UserName: ANN,
            GroupList: ['ops'],
            Tags: [{ Key: 'team', Value: 'a & b' }],
            CreateDate: new Date('2024-03-01T10:20:30Z'),
          },
          { UserName: MARKUP, GroupList: [], Tags: [] },
        ],
        GroupDetailList: [{ AttachedManagedPolicies: [{ PolicyName: 'own' }] }],
        RoleDetailList: [{ RoleName: 'deploy', RoleLastUsed: { LastUsedDate: new Date('2026-11-01T00:00:00Z') } }],
        Policies: [{ AttachmentCount: 1, IsAttachable: true, PolicyVersionList: [{ VersionId: 'v1', IsDefaultVersion: true }] }],
      },
    },
    'GetAccountAuthorizationDetails, filtered': {
      ask: ({ iam }) => iam.send(new GetAccountAuthorizationDetailsCommand({ Filter: ['Role', 'LocalManagedPolicy'] })),
      answer: { UserDetailList: [], GroupDetailList: [], RoleDetailList: [{}], Policies: [{}] },
    },
    GetAccountSummary: {
      ask: ({ iam }) => iam.send(new GetAccountSummaryCommand({})),
      answer: { SummaryMap: { AccountMFAEnabled: 1, AccountAccessKeysPresent: 0, Users: 2 } },
    },
    GetCredentialReport: {
      ask: ({ iam }) => iam.send(new GetCredentialReportCommand({})),
      answer: { Content: Uint8Array.from(Buffer.from(REPORT)), GeneratedTime: new Date('2026-11-20T01:00:00Z') },
    },
    'ListVirtualMFADevices, assigned': {
      ask: ({ iam }) => iam.send(new ListVirtualMFADevicesCommand({ AssignmentStatus: 'Assigned' })),
      answer: { VirtualMFADevices: [{ User: { Arn: 'arn:aws:iam::111122223333:root' } }, { User: { UserName: MARKUP } }] },
    },
    'ListVirtualMFADevices, unassigned': {
      ask: ({ iam }) => iam.send(new ListVirtualMFADevicesCommand({ AssignmentStatus: 'Unassigned' })),
      answer: { VirtualMFADevices: [{ SerialNumber: 'arn:aws:iam::111122223333:mfa/spare' }] },
    },
    ListMFADevices: {
      ask: ({ iam }) => iam.send(new ListMFADevicesCommand({ UserName: ANN })),
      answer: { MFADevices: [{ SerialNumber: 'GAHT12345678' }, { SerialNumber: FIDO_SERIAL }] },
    },
    'ListMFADevices of a user that the snapshot did not ask about': {
      ask: ({ iam }) => iam.send(new ListMFADevicesCommand({ UserName: MARKUP })),
      answer: { MFADevices: [{ UserName: MARKUP, SerialNumber: 'arn:aws:iam::111122223333:mfa/phone' }] },
    },
    GetMFADevice: {
      ask: ({ iam }) => iam.send(new GetMFADeviceCommand({ SerialNumber: FIDO_SERIAL })),
      answer: { UserName: ANN, Certifications: { FIDO: 'L1', 'FIPS-140-2': 'L2' } },
    },
    ListAccessKeys: {
      ask: ({ iam }) => iam.send(new ListAccessKeysCommand({ UserName: ANN })),
      answer: { AccessKeyMetadata: KEYS.map((AccessKeyId) => ({ AccessKeyId, Status: 'Active' })) },
    },
    'GetAccessKeyLastUsed, used': {
      ask: ({ iam }) => iam.send(new GetAccessKeyLastUsedCommand({ AccessKeyId: KEYS[0] })),
      answer: { UserName: ANN, AccessKeyLastUsed: { ServiceName: 's3', LastUsedDate: new Date('2026-11-19T23:45:00Z') } },
    },
    'GetAccessKeyLastUsed, never': {
      ask: ({ iam }) => iam.send(new GetAccessKeyLastUsedCommand({ AccessKeyId: KEYS[1] })),
      answer: { UserName: ANN, AccessKeyLastUsed: { ServiceName: 'N/A', Region: 'N/A' } },
    },
    ListServiceSpecificCredentials: {
      ask: ({ iam }) => iam.send(new ListServiceSpecificCredentialsCommand({ AllUsers: true })),
      answer: { ServiceSpecificCredentials: [{ ServiceName: 'bedrock.amazonaws.com' }, {}], IsTruncated: false },
    },
    ListSSHPublicKeys: {
      ask: ({ iam }) => iam.send(new ListSSHPublicKeysCommand({ UserName: ANN })),
      answer: { SSHPublicKeys: [{ SSHPublicKeyId: 'APKAEXAMPLEEXAMPLEEX1' }] },
    },
    ListSigningCertificates: {
      ask: ({ iam }) => iam.send(new ListSigningCertificatesCommand({ UserName: ANN })),
      answer: { Certificates: [{ CertificateId: 'CERTEXAMPLECERTEXAMPLE01' }] },
    },
    ListServerCertificates: {
      ask: ({ iam }) => iam.send(new ListServerCertificatesCommand({})),
      answer: { ServerCertificateMetadataList: [{ ServerCertificateName: 'web', Expiration: new Date('2024-03-01T10:20:30Z') }] },
    },
    GetAccountPasswordPolicy: {
      ask: ({ iam }) => iam.send(new GetAccountPasswordPolicyCommand({})),
      answer: { PasswordPolicy: { MinimumPasswordLength: 14, RequireSymbols: true, ExpirePasswords: false } },
    },
    ListSAMLProviders: {
      ask: ({ iam }) => iam.send(new ListSAMLProvidersCommand({})),
      answer: { SAMLProviderList: [{ Arn: SAML_ARN, ValidUntil: new Date('2030-01-01T00:00:00Z') }] },
    },
    GetSAMLProvider: {
      ask: ({ iam }) => iam.send(new GetSAMLProviderCommand({ SAMLProviderArn: SAML_ARN })),
      answer: { SAMLMetadataDocument: SAML_METADATA },
    },
    ListOpenIDConnectProviders: {
      ask: ({ iam }) => iam.send(new ListOpenIDConnectProvidersCommand({})),
      answer: { OpenIDConnectProviderList: [{ Arn: OIDC_ARN }] },
    },
    GetOpenIDConnectProvider: {
      ask: ({ iam }) => iam.send(new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: OIDC_ARN })),
      answer: { Url: 'token.actions.githubusercontent.com', ClientIDList: ['sts.amazonaws.com'], ThumbprintList: [] },
    },
    ListOrganizationsFeatures: {
      ask: ({ iam }) => iam.send(new ListOrganizationsFeaturesCommand({})),
      answer: { OrganizationId: 'o-exampleorg1', EnabledFeatures: ['RootSessions'] },
    },
    GetAlternateContact: {
      ask: ({ account }) => account.send(security),
      answer: { AlternateContact: { EmailAddress: 'sec@example.com' } },
    },
    GetContactInformation: {
      ask: ({ account }) => account.send(new GetContactInformationCommand({})),
      answer: { ContactInformation: { FullName: 'Jane Doe', PhoneNumber: '+12065550100' } },
    },
    DescribeOrganization: {
      ask: ({ organizations }) => organizations.send(new DescribeOrganizationCommand({})),
      answer: { Organization: { Id: 'o-exampleorg1', MasterAccountId: '999988887777' } },
    },
  };

  test.each(Object.entries(answers))('%s', async (_name, { ask, answer }) => {
    expect(await withAws({}, ask)).toMatchObject(answer);
  });

  test('policy documents arrive URL-encoded, and what is not JSON as it is', async () => {
    const details = await withAws({}, ({ iam }) => iam.send(new GetAccountAuthorizationDetailsCommand({})));
    const sent = details.UserDetailList?.map((user) => user.UserPolicyList?.[0]?.PolicyDocument ?? '');
    expect(sent?.[0]).toMatch(/^[\w.~%-]+$/);
    expect(sent?.map(decodeURIComponent)).toEqual([JSON.stringify(DOCUMENT), '{"Version": 100%']);
    expect(decodeURIComponent(details.RoleDetailList?.[0]?.AssumeRolePolicyDocument ?? '')).toBe(JSON.stringify(DOCUMENT));
  });

  test('a process of its own reaches it through AWS_ENDPOINT_URL', async () => {
    const script = `
      import { IAMClient, GetAccountSummaryCommand } from '@aws-sdk/client-iam';
      import { STSClient, GetCallerIdentityCommand } from '@aws-sdk/client-sts';
      const { Account } = await new STSClient().send(new GetCallerIdentityCommand({}));
      const { SummaryMap } = await new IAMClient().send(new GetAccountSummaryCommand({}));
      console.log(Account, SummaryMap.Users);`;
    const { output, calls } = await withAws({}, async ({ aws }) => {
      const options = { env: environmentFor(aws.endpoint) };
      const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], options);
      return { output: stdout, calls: aws.calls };
    });
    expect(output).toBe('111122223333 2\n');
    expect(calls).toEqual([
      { service: 'sts', action: 'GetCallerIdentity' },
      { service: 'iam', action: 'GetAccountSummary' },
    ]);
  });
});

describe('what AWS says when there is nothing to answer', () => {
  const none = (...names: readonly RawFactName[]) => withFacts(Object.fromEntries(names.map((name) => [name, collected(null)])));
  const refusals: Readonly<
    Record<
      string,
      { readonly snapshot?: SnapshotFile; readonly ask: (clients: Clients) => Promise<unknown>; readonly error: object }
    >
  > = {
    'no password policy': {
      snapshot: none('passwordPolicy'),
      ask: ({ iam }) => iam.send(new GetAccountPasswordPolicyCommand({})),
      error: { name: 'NoSuchEntityException', $metadata: { httpStatusCode: 404 } },
    },
    'not the management account': {
      snapshot: none('rootFeatures'),
      ask: ({ iam }) => iam.send(new ListOrganizationsFeaturesCommand({})),
      error: { name: 'AccountNotManagementOrDelegatedAdministratorException' },
    },
    'no security contact': {
      snapshot: none('securityContact'),
      ask: ({ account }) => account.send(security),
      error: { name: 'ResourceNotFoundException', $metadata: { httpStatusCode: 404 } },
    },
    'no primary contact': {
      snapshot: none('contactDetails'),
      ask: ({ account }) => account.send(new GetContactInformationCommand({})),
      error: { name: 'ResourceNotFoundException', $metadata: { httpStatusCode: 404 } },
    },
    'no contact of another kind': {
      ask: ({ account }) => account.send(new GetAlternateContactCommand({ AlternateContactType: 'BILLING' })),
      error: { name: 'ResourceNotFoundException' },
    },
    'no Organization': {
      snapshot: none('organization'),
      ask: ({ organizations }) => organizations.send(new DescribeOrganizationCommand({})),
      error: { name: 'AWSOrganizationsNotInUseException' },
    },
    'no such user': {
      ask: ({ iam }) => iam.send(new ListAccessKeysCommand({ UserName: 'nobody' })),
      error: { name: 'NoSuchEntityException', message: 'The user with name nobody cannot be found.' },
    },
    'no such key': {
      ask: ({ iam }) => iam.send(new GetAccessKeyLastUsedCommand({ AccessKeyId: 'AKIANOBODY0000000000' })),
      error: { name: 'NoSuchEntityException' },
    },
    'no such provider': {
      ask: ({ iam }) => iam.send(new GetSAMLProviderCommand({ SAMLProviderArn: 'arn:aws:iam::111122223333:saml-provider/x' })),
      error: { name: 'NoSuchEntityException' },
    },
    'an MFA device that is not FIDO': {
      ask: ({ iam }) => iam.send(new GetMFADeviceCommand({ SerialNumber: 'GAHT12345678' })),
      error: { name: 'ValidationError' },
    },
    'an impossible page size': {
      ask: ({ iam }) => iam.send(new GetAccountAuthorizationDetailsCommand({ MaxItems: 1001 })),
      error: { name: 'ValidationError' },
    },
    'a fact that the snapshot could not see': {
      snapshot: withFacts({ accountSummary: unavailable('access was denied') }),
      ask: ({ iam }) => iam.send(new GetAccountSummaryCommand({})),
      error: { name: 'AccessDenied', $metadata: { httpStatusCode: 403 } },
    },
    'an item that the snapshot could not see': {
      snapshot: withFacts({ accessKeys: collected({ [ANN]: unavailable('access was denied') }) }),
      ask: ({ iam }) => iam.send(new ListAccessKeysCommand({ UserName: ANN })),
      error: { name: 'AccessDenied' },
    },
  };

  test.each(Object.entries(refusals))('%s', async (_name, { snapshot = markedUp, ask, error }) => {
    await expect(withAws({}, ask, { snapshot })).rejects.toMatchObject(error);
  });

  test('an unsigned request is refused', async () => {
    const status = await withAws({}, async ({ aws }) => (await fetch(aws.endpoint, { method: 'POST' })).status);
    expect(status).toBe(403);
  });
});

describe('pages', () => {
  test.each(Array.from({ length: 20 }, (_, seed) => seed))('nothing is lost or repeated at seed %i', async (seed) => {
    const { names, calls } = await withAws({ seed, randomPages: true, emptyPages: 0.4 }, async ({ aws, iam }) => ({
      names: await namesIn(iam),
      calls: aws.calls.length,
    }));
    expect(names).toEqual(ALL_NAMES);
    expect(calls).toBeLessThanOrEqual(ALL_NAMES.length * 4);
  });

  test('a page may be empty but for the marker', async () => {
    const pages = await withAws({ emptyPages: 1 }, async ({ iam }) => {
      const sizes = [];
      for await (const page of paginateListAccessKeys({ client: iam, pageSize: 1 }, { UserName: ANN }))
        sizes.push(page.AccessKeyMetadata?.length);
      return sizes;
    });
    expect(pages).toEqual([0, 0, 0, 1, 0, 0, 0, 1]);
  });

  test('the same seed gives the same calls, and another seed others', async () => {
    const run = (seed: number) =>
      withAws({ seed, randomPages: true, emptyPages: 0.3 }, async ({ aws, iam }) => (await namesIn(iam), aws.calls.length));
    const lengths = await Promise.all([1, 2, 3, 4, 5, 6].map(run));
    expect(await Promise.all([1, 2, 3, 4, 5, 6].map(run))).toEqual(lengths);
    expect(new Set(lengths).size).toBeGreaterThan(1);
  });
});

describe('the credential report', () => {
  const get = new GetCredentialReportCommand({});
  const generate = new GenerateCredentialReportCommand({});

  test.each([
    ['absent', 'CredentialReportNotPresentException'],
    ['expired', 'CredentialReportExpiredException'],
  ] as const)('is %s, then in progress, then there', async (before, name) => {
    await withAws({ credentialReport: { before, inProgressPolls: 2 } }, async ({ iam }) => {
      await expect(iam.send(get)).rejects.toMatchObject({ name, $metadata: { httpStatusCode: 410 } });
      expect(await iam.send(generate)).toMatchObject({ State: 'STARTED' });
      expect(await iam.send(generate)).toMatchObject({ State: 'INPROGRESS' });
      await expect(iam.send(get)).rejects.toMatchObject({ name: 'CredentialReportNotReadyException' });
      expect(await iam.send(generate)).toMatchObject({ State: 'COMPLETE' });
      expect(await iam.send(get)).toMatchObject({ ReportFormat: 'text/csv' });
    });
  });

  test('may never be ready', async () => {
    await withAws({ credentialReport: { inProgressPolls: Infinity } }, async ({ iam }) => {
      await iam.send(generate);
      for (let poll = 0; poll < 20; poll += 1) expect(await iam.send(generate)).toMatchObject({ State: 'INPROGRESS' });
    });
  });

  test('may be stale', async () => {
    const report = await withAws({ credentialReportGeneratedAt: '2020-01-01T00:00:00Z' }, ({ iam }) => iam.send(get));
    expect(report.GeneratedTime).toEqual(new Date('2020-01-01T00:00:00Z'));
  });
});

describe('trouble', () => {
  test('throttling has the error names of each service', async () => {
    await withAws({ throttling: { rate: 1, burst: 9 } }, async ({ iam, account, organizations }) => {
      await expect(namesIn(iam)).rejects.toMatchObject({
        name: 'Throttling',
        message: 'Rate exceeded',
        $metadata: { httpStatusCode: 400 },
      });
      await expect(account.send(security)).rejects.toMatchObject({ name: 'TooManyRequestsException' });
      await expect(organizations.send(new DescribeOrganizationCommand({}))).rejects.toMatchObject({
        name: 'TooManyRequestsException',
      });
    });
  });

  test('the SDK rides out throttling and cut connections', async () => {
    const quirks = { seed: 2, throttling: { rate: 1, burst: 1 }, cutConnections: 1 };
    const { names, calls } = await withAws(
      quirks,
      async ({ aws, iam }) => ({ names: await namesIn(iam), calls: aws.calls.length }),
      {
        maxAttempts: 5,
      },
    );
    expect(names).toEqual(ALL_NAMES);
    expect(calls).toBe(3);
  }, 20_000);

  test('connections are cut before the answer, and amid it', async () => {
    const run = (seed: number) =>
      withAws({ seed, cutConnections: 1 }, ({ iam }) => namesIn(iam)).then(String, (error: unknown) => String(error));
    const outcomes = await Promise.all([1, 2, 3, 4, 5, 6].map(run));
    expect(outcomes.map((outcome) => /socket hang up|aborted/.exec(outcome)?.[0])).toEqual(
      expect.arrayContaining(['socket hang up', 'aborted']),
    );
    expect(await Promise.all([1, 2, 3, 4, 5, 6].map(run))).toEqual(outcomes);
  });

  test('denied actions are refused in the words of AWS', async () => {
    const deny = ['iam:ListAccessKeys', 'account:GetAlternateContact', 'organizations:DescribeOrganization'];
    await withAws({ deny }, async ({ iam, account, organizations }) => {
      await expect(iam.send(new ListAccessKeysCommand({ UserName: ANN }))).rejects.toMatchObject({
        name: 'AccessDenied',
        message:
          'User: arn:aws:sts::111122223333:assumed-role/iam-vigil/scan is not authorized to perform: iam:ListAccessKeys on ' +
          'resource: user ann,ops because no identity-based policy allows the iam:ListAccessKeys action',
      });
      await expect(account.send(security)).rejects.toMatchObject({ name: 'AccessDeniedException' });
      await expect(organizations.send(new DescribeOrganizationCommand({}))).rejects.toMatchObject({
        name: 'AccessDeniedException',
      });
      expect(await iam.send(new ListMFADevicesCommand({ UserName: ANN }))).toMatchObject({ IsTruncated: false });
    });
  });

  test('expired credentials fail every call', async () => {
    await withAws({ expiredCredentials: true }, async ({ iam, sts, account }) => {
      await expect(sts.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({ name: 'ExpiredToken' });
      await expect(namesIn(iam)).rejects.toMatchObject({ name: 'ExpiredToken' });
      await expect(account.send(security)).rejects.toMatchObject({ name: 'ExpiredTokenException' });
    });
  });

  test('a vanished user is listed, and gone when asked about', async () => {
    await withAws({ vanishedUsers: [ANN] }, async ({ iam }) => {
      expect(await namesIn(iam)).toEqual(ALL_NAMES);
      await expect(iam.send(new ListMFADevicesCommand({ UserName: ANN }))).rejects.toMatchObject({
        name: 'NoSuchEntityException',
      });
      await expect(iam.send(new GetAccessKeyLastUsedCommand({ AccessKeyId: KEYS[0] }))).rejects.toMatchObject({
        name: 'NoSuchEntityException',
      });
    });
  });

  test('slowness delays the answer', async () => {
    const start = performance.now();
    await withAws({ slowness: 60 }, ({ iam }) => iam.send(new GetAccountSummaryCommand({})));
    expect(performance.now() - start).toBeGreaterThanOrEqual(55);
  });

  test('every request is counted, with the user that it is about', async () => {
    await withAws({ deny: ['iam:ListAccessKeys'] }, async ({ aws, iam }) => {
      await iam.send(new ListAccessKeysCommand({ UserName: MARKUP })).catch(() => undefined);
      expect(aws.calls).toEqual([{ service: 'iam', action: 'ListAccessKeys', user: MARKUP }]);
    });
  });
});
