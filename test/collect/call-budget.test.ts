import { accountFactNames } from '../../lambda/scanner/collect/account-facts.ts';
import type { SnapshotFile } from '../../lambda/scanner/facts/snapshot-file.ts';
import { collected } from '../../lambda/scanner/model/observed.ts';
import type { Json } from '../../lambda/scanner/model/json.ts';
import { factsFor } from '../../lambda/scanner/permissions.ts';
import { EXTERNAL_ANALYZER, smallAccount } from '../support/aws/small-account.ts';
import { busyAccount } from './busy-account.ts';
import { bigAccount, special } from './big-account.ts';
import { type Collected, collectFrom } from './live.ts';

const perKey = ['ListAccessKeys', 'GetAccessKeyLastUsed'];
const perDevice = ['ListMFADevices', 'GetMFADevice'];

const countOf = ({ calls }: Collected, ...actions: readonly string[]) =>
  calls.filter(({ action }) => actions.includes(action)).length;

describe('an account of 5,000 users, 5,000 roles and 5,000 policies', () => {
  let all: Collected;

  beforeAll(async () => {
    all = await collectFrom(bigAccount());
  }, 60_000);

  test('is seen whole', () => {
    const { facts } = all.snapshot;
    expect(Object.entries(facts).flatMap(([name, { status }]) => (status === 'unavailable' ? [name] : []))).toEqual(['compute']);
    expect(facts.identities).toMatchObject({
      value: { users: { length: 5_000 }, roles: { length: 5_000 }, policies: { length: 5_000 } },
    });
  });

  test('takes at most 32 calls, those for further Regions, hardware MFA and for reported keys aside', () => {
    expect(all.calls.length - countOf(all, ...perKey, ...perDevice)).toBeLessThanOrEqual(32);
  });

  test('takes at most two calls for each user with hardware MFA', () => {
    expect(countOf(all, ...perDevice)).toBe(2 * special.withHardwareMfa);
  });

  test('takes at most two calls for each user with a reported key', () => {
    expect(countOf(all, 'ListAccessKeys')).toBe(special.withKeys);
    expect(countOf(all, 'GetAccessKeyLastUsed')).toBe(2 * special.withTwoKeys);
    expect(countOf(all, ...perKey)).toBeLessThanOrEqual(2 * special.withKeys);
  });
});

describe('what the account summary says there is none of', () => {
  const asked = ['ListServerCertificates', 'ListSAMLProviders', 'ListOpenIDConnectProviders'];
  const counting = (counts: Readonly<Record<string, number>>): SnapshotFile => ({
    ...smallAccount,
    facts: {
      ...smallAccount.facts,
      accountSummary: collected({ SummaryMap: { AccountMFAEnabled: 1, AccountAccessKeysPresent: 0, ...counts } }),
    },
  });

  test.each([
    ['is not asked for', { ServerCertificates: 0, Providers: 0 }, []],
    ['is asked for where there is some', { ServerCertificates: 1, Providers: 2 }, asked],
    ['is asked for where it does not say', {}, asked],
    ['is told apart', { ServerCertificates: 0, Providers: 2 }, asked.slice(1)],
  ])('%s', async (_name, counts, expected) => {
    const { calls, snapshot } = await collectFrom(counting(counts));
    expect(asked.filter((name) => calls.some(({ action }) => action === name))).toEqual(expected);
    for (const name of ['serverCertificates', 'samlProviders', 'oidcProviders'] as const)
      expect(snapshot.facts[name].status).toBe('collected');
  });

  test('is asked for where the summary is denied, or was not wanted', async () => {
    const served = counting({ ServerCertificates: 0, Providers: 0 });
    const denied = await collectFrom(served, { deny: ['iam:GetAccountSummary'] });
    const unwanted = await collectFrom(served, {}, { facts: accountFactNames.filter((name) => name !== 'accountSummary') });
    for (const { calls } of [denied, unwanted]) expect(calls.map(({ action }) => action)).toEqual(expect.arrayContaining(asked));
  });
});

describe('an account of which more is asked only where something leaves it open', () => {
  const details = { UserDetailList: [], GroupDetailList: [], RoleDetailList: [], Policies: [] };
  const withFacts = (facts: Partial<SnapshotFile['facts']>): SnapshotFile => ({
    ...smallAccount,
    facts: { ...smallAccount.facts, ...facts },
  });
  const roles = (count: number, AttachedManagedPolicies: Json) =>
    collected({
      ...details,
      RoleDetailList: Array.from({ length: count }, (_, index) => ({
        Path: '/',
        RoleName: `role${index}`,
        RoleId: `AROA${index}`,
        CreateDate: '2024-03-01T10:20:30+00:00',
        Arn: `arn:aws:iam::111122223333:role/role${index}`,
        AssumeRolePolicyDocument: {
          Statement: [{ Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: 'sts:AssumeRole' }],
        },
        RolePolicyList: index === 0 ? AttachedManagedPolicies : [],
        AttachedManagedPolicies: [],
        InstanceProfileList: [],
      })),
    });
  const everything = { Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };

  test.each([
    ['are not asked for where no role is admin', [], 0],
    ['take a call for each thousand roles where one is', [{ PolicyName: 'all', PolicyDocument: everything }], 2],
  ])('the lengths of sessions %s', async (_name, policies, expected) => {
    const all = await collectFrom(withFacts({ identities: roles(1_500, policies) }));
    expect(countOf(all, 'ListRoles')).toBe(expected);
    expect(all.snapshot.facts.roleSessions).toMatchObject({ status: 'collected', value: { size: expected * 750 } });
  });

  test('analyzers are asked for in every enabled Region, as each covers one', async () => {
    const all = await collectFrom(
      withFacts({
        compute: collected({ regions: ['eu-west-1', 'eu-north-1', 'us-east-1'], kinds: [], items: [], unseen: [] }),
        analyzers: collected({ 'us-east-1': collected({ analyzers: [EXTERNAL_ANALYZER] }) }),
      }),
    );
    expect(countOf(all, 'ListAnalyzers')).toBe(3);
    expect(countOf(all, 'ListRegions')).toBe(1);
    expect(Object.keys(all.file.facts.analyzers.status === 'collected' ? (all.file.facts.analyzers.value ?? {}) : {})).toEqual([
      'eu-north-1',
      'eu-west-1',
      'us-east-1',
    ]);
  });

  test.each([
    ['are not asked for where no role trusts it', 'ec2.amazonaws.com', 1, 0],
    ['take three calls a Region where one does, and one for the Regions', 'rolesanywhere.amazonaws.com', 2, 2],
  ])('the anchors and profiles of IAM Roles Anywhere %s', async (_name, Service, lists, regions) => {
    const trust = { Statement: [{ Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole' }] };
    const role = {
      Path: '/',
      RoleName: 'r',
      RoleId: 'AROAR',
      Arn: 'arn:aws:iam::111122223333:role/r',
      AssumeRolePolicyDocument: trust,
    };
    const all = await collectFrom(
      withFacts({
        identities: collected({ ...details, RoleDetailList: [role] }),
        compute: collected({ regions: ['eu-west-1', 'us-east-1'], kinds: [], items: [], unseen: [] }),
      }),
    );
    // One of them is for the analyzers.
    expect(countOf(all, 'ListRegions')).toBe(lists);
    for (const action of ['ListTrustAnchors', 'ListCrls', 'ListProfiles'])
      expect([action, countOf(all, action)]).toEqual([action, regions]);
    expect(all.snapshot.facts.rolesAnywhere).toMatchObject({ status: 'collected', value: { size: regions } });
  });

  /** So many users with a virtual device each, and with so many more devices in use. */
  const virtualUsers = (count: number, more: number) => {
    const arn = (index: number) => `arn:aws:iam::111122223333:user/u${index}`;
    const indexes = Array.from({ length: count }, (_, index) => index);
    const rows = indexes.map((index) => `u${index},${arn(index)},true`);
    return withFacts({
      identities: collected({
        ...details,
        UserDetailList: indexes.map((index) => ({ Path: '/', UserName: `u${index}`, UserId: `AIDA${index}`, Arn: arn(index) })),
      }),
      accountSummary: collected({
        SummaryMap: { AccountMFAEnabled: 1, AccountAccessKeysPresent: 0, MFADevicesInUse: count + more },
      }),
      credentialReport: collected({ Content: ['user,arn,mfa_active', ...rows].join('\n') }),
      virtualMfaDevices: collected({
        VirtualMFADevices: indexes.map((index) => ({
          SerialNumber: `arn:aws:iam::111122223333:mfa/u${index}`,
          User: { Arn: arn(index) },
        })),
      }),
      mfaDevices: collected(Object.fromEntries(indexes.map((index) => [`u${index}`, collected({ MFADevices: [] })]))),
    });
  };

  test.each([
    ['are not asked for where the account has no others', 3, 0, 0],
    ['take a call a user where it has', 3, 1, 3],
    ['are not asked for where very many users have a virtual one', 101, 1, 0],
  ])('MFA devices beside virtual ones %s', async (_name, users, more, expected) => {
    expect(countOf(await collectFrom(virtualUsers(users, more)), 'ListMFADevices')).toBe(expected);
  });

  test.each([
    ['of the account that manages the Organization', '111122223333', 1],
    ['and of no other', '999988887777', 0],
  ])('the features of the Organization are asked %s', async (_name, MasterAccountId, expected) => {
    const served = withFacts({ organization: collected({ Organization: { Id: 'o-1', MasterAccountId } }) });
    expect(countOf(await collectFrom(served), 'ListOrganizationsFeatures')).toBe(expected);
  });
});

describe('asked for of the same users as in a whole scan', () => {
  const served = busyAccount();
  const whole = served.then((account) => collectFrom(account));

  test.each(['mfaDevices', 'accessKeys', 'sshPublicKeys', 'loginProfiles'] as const)('%s alone', async (fact) => {
    const alone = await collectFrom(await served, {}, { facts: factsFor([{ needs: [fact] }]) });
    expect(alone.file.facts[fact]).toEqual((await whole).file.facts[fact]);
  });
});
