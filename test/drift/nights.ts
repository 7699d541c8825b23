import { checks } from '../../lambda/scanner/checks/index.ts';
import { type Config, defaultConfig } from '../../lambda/scanner/config.ts';
import { type RawFactName, rawFactNames } from '../../lambda/scanner/facts/index.ts';
import type { Identities, User } from '../../lambda/scanner/facts/identity.ts';
import type { Facts, Snapshot } from '../../lambda/scanner/facts/snapshot.ts';
import type { Change } from '../../lambda/scanner/model/change.ts';
import type { Finding } from '../../lambda/scanner/model/finding.ts';
import { DAY } from '../../lambda/scanner/model/instant.ts';
import type { Json } from '../../lambda/scanner/model/json.ts';
import { type Observed, collected } from '../../lambda/scanner/model/observed.ts';
import type { Report } from '../../lambda/scanner/model/report.ts';
import { scan } from '../../lambda/scanner/scan.ts';
import {
  ACCOUNT,
  NOW,
  aGroup,
  aKey,
  aPolicy,
  aReport,
  aReportedKey,
  aRole,
  aRow,
  aUser,
  attached,
  daysAgo,
} from '../support/builders.ts';
import { emptyAccount, identities, rootRow, seen } from '../support/builders.ts';

/** The facts that a scan collects. */
export type RawFacts = Pick<Facts, RawFactName>;

/** What happens between the two nights. */
export type Attack = (facts: RawFacts) => RawFacts;

export const allow = (Action: Json, Resource: Json = '*', more: Readonly<Record<string, Json>> = {}): Json => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action, Resource, ...more }],
});

/** A trust policy for these principals. */
export const trust = (Principal: Json, more: Readonly<Record<string, Json>> = {}): Json => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal, Action: 'sts:AssumeRole', ...more }],
});

export const adminPolicy = {
  ...aPolicy('AdministratorAccess', allow('*')),
  arn: 'arn:aws:iam::aws:policy/AdministratorAccess',
};
export const boundary = aPolicy('workload-boundary', allow(['s3:*', 'logs:*']), { boundaryUsageCount: 2, attachmentCount: 0 });
export const deployPolicy = aPolicy('deploy', allow(['cloudformation:*', 's3:*']), {
  versions: [
    { id: 'v1', isDefault: false, document: allow('*') },
    { id: 'v2', isDefault: true, document: allow(['cloudformation:DescribeStacks', 's3:ListBucket']) },
  ],
});

/** The identity provider of GitHub. */
export const OIDC = `arn:aws:iam::${ACCOUNT}:oidc-provider/token.actions.githubusercontent.com`;
export const SAML = `arn:aws:iam::${ACCOUNT}:saml-provider/okta`;

const ann = aUser('ann', { groups: ['admins'] });
const ci = aUser('ci', { inlinePolicies: [{ name: 'upload', document: allow('s3:PutObject', 'arn:aws:s3:::builds/*') }] });
const dora = aUser('dora', { groups: ['developers'] });
const legacy = aUser('legacy', { ...attached(deployPolicy) });
const tags = new Map([['break-glass', 'true']]);
const sealed = aUser('sealed', { groups: ['admins'], tags });
const vault = aUser('vault', { groups: ['developers'], tags });
const app = aRole('app', {
  boundaryArn: boundary.arn,
  inlinePolicies: [{ name: 'app', document: allow(['s3:GetObject', 'iam:CreateUser']) }],
});
const ops = aRole('ops', { ...attached(adminPolicy), trustPolicy: trust({ AWS: `arn:aws:iam::${ACCOUNT}:user/ann` }) });
const reports = aRole('reports', {
  trustPolicy: trust({ AWS: 'arn:aws:iam::222233334444:root' }, { Condition: { StringEquals: { 'sts:ExternalId': 'x' } } }),
});
const guarded = aRole('guarded', {
  inlinePolicies: [
    { name: 'all-s3', document: allow('s3:*') },
    {
      name: 'no-delete',
      document: { Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action: 's3:Delete*', Resource: '*' }] },
    },
  ],
});

const password = { passwordEnabled: true, passwordLastChanged: daysAgo(200), passwordLastUsed: daysAgo(1), mfaActive: true };

/** A small company on an ordinary night: one admin, a pipeline with a key, a developer, a forgotten user, two sealed break-glass users. */
export const quietNight: RawFacts = {
  ...emptyAccount,
  accountSummary: { ...emptyAccount.accountSummary, rootHasMfa: true, users: 6, mfaDevicesInUse: 5 },
  identities: identities({
    users: [ann, ci, dora, legacy, sealed, vault],
    groups: [
      aGroup('admins', attached(adminPolicy)),
      aGroup('developers', {
        inlinePolicies: [{ name: 'read', document: allow(['s3:GetObject', 's3:ListBucket'], 'arn:aws:s3:::app/*') }],
      }),
    ],
    roles: [app, guarded, ops, reports],
    policies: [adminPolicy, boundary, deployPolicy],
  }),
  credentialReport: aReport(
    rootRow({ mfaActive: true }),
    aRow('ann', password),
    aRow('ci', {
      keys: [
        aReportedKey({ lastRotated: daysAgo(60) }),
        aReportedKey({ active: false, lastRotated: 'never', lastUsed: 'never' }),
      ],
    }),
    aRow('dora', password),
    aRow('legacy'),
    aRow('sealed', { ...password, passwordLastUsed: daysAgo(100) }),
    aRow('vault', { ...password, passwordLastUsed: daysAgo(100) }),
  ),
  accessKeys: seen({ ci: [aKey('ci', 'AKIACI', { createdAt: daysAgo(60) })] }),
  accessKeyLastUsed: seen({ AKIACI: daysAgo(1) }),
  virtualMfaDevices: [{ serialNumber: `arn:aws:iam::${ACCOUNT}:mfa/dora`, userArn: dora.arn }],
  mfaDevices: seen({
    ann: [`arn:aws:iam::${ACCOUNT}:u2f/user/ann/key`],
    sealed: [`arn:aws:iam::${ACCOUNT}:u2f/user/sealed/key`],
    vault: [`arn:aws:iam::${ACCOUNT}:u2f/user/vault/key`],
  }),
  oidcProviders: seen({
    [OIDC]: { url: 'token.actions.githubusercontent.com', clientIds: ['sts.amazonaws.com'], thumbprints: ['aa'] },
  }),
  samlProviders: seen({ [SAML]: { metadata: '<EntityDescriptor/>' } }),
};

/** Changes the identities. */
export const withIdentities =
  (change: (all: Identities) => Partial<Identities>): Attack =>
  (facts) => ({ ...facts, identities: { ...facts.identities, ...change(facts.identities) } });

/** Changes one user or role. */
export const withUser = (name: string, change: (user: User) => Partial<User>): Attack =>
  withIdentities(({ users }) => ({ users: users.map((user) => (user.name === name ? { ...user, ...change(user) } : user)) }));

/** Adds a user with a row in the credential report. */
export const withNewUser =
  (user: User, row: Parameters<typeof aRow>[1] = {}): Attack =>
  (facts) => ({
    ...facts,
    identities: { ...facts.identities, users: [...facts.identities.users, { ...user, createdAt: NOW - DAY / 2 }] },
    credentialReport: withRow(facts, user.name, row),
  });

/** The report with one other row. */
export const withRow = ({ credentialReport }: RawFacts, name: string, row: Parameters<typeof aRow>[1]) => ({
  ...credentialReport,
  rows: new Map([...credentialReport.rows, [name, { ...(credentialReport.rows.get(name) ?? aRow(name)), ...row }]]),
});

/** Adds an access key, created between the nights. */
export const withKey =
  (userName: string, id: string, key: Parameters<typeof aKey>[2] = {}): Attack =>
  (facts) => {
    const listed = facts.accessKeys.get(userName);
    const others = listed?.status === 'collected' ? listed.value : [];
    return {
      ...facts,
      accessKeys: new Map([
        ...facts.accessKeys,
        [userName, collected([...others, aKey(userName, id, { createdAt: NOW - DAY / 2, ...key })])],
      ]),
      accessKeyLastUsed: new Map([...facts.accessKeyLastUsed, [id, collected(undefined)]]),
    };
  };

/** Several attacks, one after the other. */
export const all =
  (...attacks: readonly Attack[]): Attack =>
  (facts) =>
    attacks.reduce((state, attack) => attack(state), facts);

/** A snapshot of these facts. */
export function snapshotOf(
  facts: RawFacts,
  takenAt: number,
  unseen: Partial<Record<RawFactName, Observed<never>>> = {},
): Snapshot {
  const entries = rawFactNames.map((name) => [name, unseen[name] ?? collected(facts[name])]);
  // Each fact is under its own name, which is what the type says.
  return { accountId: ACCOUNT, partition: 'aws', takenAt, calls: 0, facts: Object.fromEntries(entries) as Snapshot['facts'] };
}

export const config: Config = { ...defaultConfig, breakGlass: { arns: [], tags: { 'break-glass': 'true' } } };

/** The report of the second night. */
export const morningAfter = (before: Snapshot, after: Snapshot): Report =>
  scan([after], { baseline: [before], checks, config, now: NOW, version: '0.0.0' });

/** The report after an attack on the quiet night. */
export const reportAfter = (attack: Attack): Report =>
  morningAfter(snapshotOf(quietNight, NOW - DAY), snapshotOf(attack(quietNight), NOW));

/** The findings that the attack added or made worse. */
export function newFindings(attack: Attack): readonly Finding[] {
  const known = new Map(reportAfter((facts) => facts).findings.map((finding) => [finding.id, finding.severity]));
  return reportAfter(attack).findings.filter(({ id, severity }) => known.get(id) !== severity);
}

/** A change in one line: its severity, its kind and its headline. */
export const line = ({ severity, kind, headline }: Change): string => `${severity} ${kind}: ${headline}`;
