import type { CheckContext } from '../../lambda/scanner/check.ts';
import { type Account, compileAccount } from '../../lambda/scanner/iam/account.ts';
import type { PermissionLimit } from '../../lambda/scanner/iam/principal.ts';
import type { CredentialReport, CredentialReportRow, ReportedKey } from '../../lambda/scanner/facts/credential-report.ts';
import type { AccessKey } from '../../lambda/scanner/facts/access-keys.ts';
import type { Group, Identities, ManagedPolicy, Role, User } from '../../lambda/scanner/facts/identity.ts';
import { DAY, type Instant } from '../../lambda/scanner/model/instant.ts';
import type { Json } from '../../lambda/scanner/model/json.ts';
import type { Facts, ObservedFacts } from '../../lambda/scanner/facts/snapshot.ts';
import { type Observed, collected } from '../../lambda/scanner/model/observed.ts';
import type { Access } from '../../lambda/scanner/model/verdict.ts';
import { isFull } from './volume.ts';

/** The time at which tests judge. */
export const NOW: Instant = Date.parse('2026-11-20T03:00:00Z');

/** The account of the tests. */
export const ACCOUNT = '111122223333';

/** The partitions that AWS has. */
export const allPartitions = ['aws', 'aws-cn', 'aws-us-gov', 'aws-eusc'];

/** The partitions that a whole table of cases runs in, where the partition only goes into ARNs: the usual one, and one other. */
export const partitions = isFull ? allPartitions : ['aws', 'aws-cn'];

/** So many days before {@link NOW}. */
export const daysAgo = (days: number): Instant => NOW - days * DAY;

/** A user, three years old, with nothing attached. */
export const aUser = (name: string, user: Partial<User> = {}): User => ({
  name,
  id: `AIDA${name.toUpperCase()}`,
  arn: `arn:aws:iam::${ACCOUNT}:user${user.path ?? '/'}${name}`,
  path: '/',
  createdAt: daysAgo(1095),
  inlinePolicies: [],
  attachedPolicies: [],
  groups: [],
  tags: new Map(),
  ...user,
});

/** A role that EC2 may assume, with nothing attached. */
export const aRole = (name: string, role: Partial<Role> = {}): Role => ({
  name,
  id: `AROA${name.toUpperCase()}`,
  arn: `arn:aws:iam::${ACCOUNT}:role${role.path ?? '/'}${name}`,
  path: '/',
  createdAt: daysAgo(1095),
  trustPolicy: {
    Version: '2012-10-17',
    Statement: { Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' },
  },
  inlinePolicies: [],
  attachedPolicies: [],
  instanceProfiles: [],
  tags: new Map(),
  ...role,
});

/** A group with nothing attached. */
export const aGroup = (name: string, group: Partial<Group> = {}): Group => ({
  name,
  id: `AGPA${name.toUpperCase()}`,
  arn: `arn:aws:iam::${ACCOUNT}:group${group.path ?? '/'}${name}`,
  path: '/',
  createdAt: daysAgo(1095),
  inlinePolicies: [],
  attachedPolicies: [],
  ...group,
});

/** A customer-managed policy whose only version is this document; what it is attached to is said there. */
export const aPolicy = (name: string, document: Json, policy: Partial<ManagedPolicy> = {}): ManagedPolicy => ({
  name,
  id: `ANPA${name.toUpperCase()}`,
  arn: `arn:aws:iam::${ACCOUNT}:policy${policy.path ?? '/'}${name}`,
  path: '/',
  attachmentCount: 1,
  boundaryUsageCount: 0,
  versions: [{ id: 'v1', isDefault: true, document }],
  ...policy,
});

/** What an identity that the policies are attached to says of it. */
export const attached = (...policies: readonly ManagedPolicy[]): Pick<User, 'attachedPolicies'> => ({
  attachedPolicies: policies.map(({ name, arn }) => ({ name, arn })),
});

/** Identities with the given users, roles, groups and policies, and no others. */
export const identities = (some: Partial<Identities>): Identities => ({
  users: [],
  groups: [],
  roles: [],
  policies: [],
  ...some,
});

const noKey: ReportedKey = { active: false, lastRotated: 'never', lastUsed: 'never' };

/** A row of the credential report: no password, no MFA, no keys. */
export const aRow = (user: string, row: Partial<CredentialReportRow> = {}): CredentialReportRow => ({
  user,
  arn: `arn:aws:iam::${ACCOUNT}:user/${user}`,
  isRoot: false,
  passwordEnabled: false,
  passwordLastUsed: 'never',
  passwordLastChanged: 'never',
  mfaActive: false,
  keys: [noKey, noKey],
  activeCertificates: 0,
  ...row,
});

/** The row of root: no credentials at all. */
export const rootRow = (row: Partial<CredentialReportRow> = {}): CredentialReportRow =>
  aRow('<root_account>', { arn: `arn:aws:iam::${ACCOUNT}:root`, isRoot: true, ...row });

/** A credential report of these rows, an hour old. */
export const aReport = (...rows: readonly CredentialReportRow[]): CredentialReport => {
  const root = rows.find(({ isRoot }) => isRoot);
  return {
    generatedAt: NOW - DAY / 24,
    rows: new Map(rows.filter(({ isRoot }) => !isRoot).map((row) => [row.user, row])),
    ...(root ? { root } : {}),
  };
};

/** A key as the report shows it: active, a month old, used yesterday. */
export const aReportedKey = (key: Partial<ReportedKey> = {}): ReportedKey => ({
  active: true,
  lastRotated: daysAgo(30),
  lastUsed: daysAgo(1),
  ...key,
});

/** A live access key: active, a month old. */
export const aKey = (userName: string, id: string, key: Partial<AccessKey> = {}): AccessKey => ({
  id,
  userName,
  active: true,
  createdAt: daysAgo(30),
  ...key,
});

/** A fact with one answer an item, all of them seen. */
export const seen = <T>(items: Readonly<Record<string, T>>): ReadonlyMap<string, Observed<T>> =>
  new Map(Object.entries(items).map(([name, value]) => [name, collected(value)]));

/** A verdict of "admin" for one principal, and none for others. */
export const adminAccess = (arn: string): Access =>
  new Map([[arn, { arn, type: 'user', verdict: 'admin', platform: false, conditions: [], blockedBy: [], path: [] }]]);

/** An account with these facts, opened as the analysis opens it. */
export function anAccount(facts: Facts, partition = 'aws', limits: readonly PermissionLimit[] = []): Account {
  const observed = Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, collected(value)]));
  // Each fact is collected under its own name, which is what the type says.
  const snapshot = { accountId: ACCOUNT, partition, takenAt: NOW, facts: observed as unknown as ObservedFacts };
  return compileAccount(snapshot, facts.identities, limits);
}

/** What a check knows besides its facts: a fixed time, the account and its owner, its own parameters. */
export const aContext = (context: Partial<CheckContext> = {}): CheckContext => ({
  now: NOW,
  accountId: ACCOUNT,
  partition: 'aws',
  own: { ids: new Set([ACCOUNT]), complete: true },
  account: () => anAccount(emptyAccount),
  environmentOf: () => undefined,
  ...{ assertions: [], isAmong: () => collected(true) },
  isBreakGlass: () => false,
  params: {},
  ...context,
});

/** The facts of an account that has nothing. */
export const emptyAccount: Facts = {
  identities: identities({}),
  accountSummary: { rootHasAccessKey: false, rootHasMfa: false, rootHasPassword: false, rootHasSigningCertificate: false },
  credentialReport: aReport(rootRow()),
  virtualMfaDevices: [],
  mfaDevices: new Map(),
  mfaCertifications: new Map(),
  accessKeys: new Map(),
  accessKeyLastUsed: new Map(),
  serviceCredentials: [],
  sshPublicKeys: new Map(),
  signingCertificates: new Map(),
  loginProfiles: new Map(),
  serverCertificates: [],
  passwordPolicy: undefined,
  samlProviders: new Map(),
  oidcProviders: new Map(),
  securityContact: undefined,
  contactDetails: true,
  rootFeatures: undefined,
  organization: undefined,
  roleSessions: new Map(),
  analyzers: new Map(),
  rolesAnywhere: new Map(),
  compute: { regions: [], kinds: [], items: [], unseen: [] },
  access: new Map(),
  certificateTrust: collected(new Map()),
  coverage: { facts: [] },
  listedAccounts: [],
  previous: undefined,
  drift: undefined,
  centralPowers: [],
  crossAccountReach: undefined,
  wholeOrganization: undefined,
};
