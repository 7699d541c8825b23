import { DAY } from '../../lambda/scanner/model/instant.ts';
import { collected } from '../../lambda/scanner/model/observed.ts';
import { ACCOUNT, NOW, aKey, aPolicy, aRole, aUser, attached, seen } from '../support/builders.ts';
import { type Attack, type RawFacts, adminPolicy, all, allow, deployPolicy, line, morningAfter, quietNight } from './nights.ts';
import { snapshotOf, trust, withIdentities, withKey, withNewUser, withRow, withUser } from './nights.ts';

const DAWN = NOW - DAY / 2;
const OTHER = '222233334444';
const quiet: Attack = (facts) => facts;
type Role = ReturnType<typeof aRole>;
const role = (name: string, change: Partial<Role>): Attack =>
  withIdentities(({ roles }) => ({ roles: roles.map((found) => (found.name === name ? { ...found, ...change } : found)) }));
const newRole = (found: Role): Attack => withIdentities(({ roles }) => ({ roles: [...roles, found] }));
const deploy = (change: Partial<typeof deployPolicy>): Attack =>
  withIdentities(({ policies }) => ({
    policies: policies.map((found) => (found.name === 'deploy' ? { ...found, ...change } : found)),
  }));
const version = (id: string, document: ReturnType<typeof allow>) => ({ versions: [{ id, isDefault: true, document }] });
const fromNetwork = (vpc: string) => allow('s3:*', '*', { Condition: { StringEquals: { 'aws:SourceVpc': vpc } } });
const inline = (document: ReturnType<typeof allow>): Attack =>
  withUser('dora', () => ({ inlinePolicies: [{ name: 'own', document }] }));
const detached = withUser('legacy', () => ({ attachedPolicies: [] }));
const any = aPolicy('any', allow('*'));
const withAny = withIdentities(({ policies }) => ({ policies: [...policies, any] }));
const trusted = (Principal: Parameters<typeof trust>[0]): Attack =>
  newRole(aRole('AWSServiceRoleForSupport', { path: '/aws-service-role/support.amazonaws.com/', trustPolicy: trust(Principal) }));
const { createdAt: _, ...undated } = aRole('undated');
const mfa =
  (user: string, ...devices: readonly string[]): Attack =>
  (facts) => ({ ...facts, mfaDevices: new Map([...facts.mfaDevices, [user, collected(devices)]]) });
const root =
  (summary: Partial<RawFacts['accountSummary']>, ...devices: readonly string[]): Attack =>
  (facts) => ({
    ...facts,
    accountSummary: { ...facts.accountSummary, ...summary },
    virtualMfaDevices: [
      ...facts.virtualMfaDevices,
      ...devices.map((serialNumber) => ({ serialNumber, userArn: `arn:aws:iam::${ACCOUNT}:root` })),
      { serialNumber: 'a device that is assigned to no one' },
    ],
  });
const keysOfAnn =
  (key: ReturnType<typeof aKey>): Attack =>
  (facts) => ({ ...facts, accessKeys: new Map([...facts.accessKeys, ...seen({ ann: [key] })]) });
const row =
  (user: string, change: Parameters<typeof withRow>[2]): Attack =>
  (facts) => ({ ...facts, credentialReport: withRow(facts, user, change) });
const withoutRow = (facts: RawFacts): RawFacts => ({
  ...facts,
  credentialReport: {
    ...facts.credentialReport,
    rows: new Map([...facts.credentialReport.rows].filter(([name]) => name !== 'legacy')),
  },
});

interface Told {
  readonly nights: readonly [Attack, Attack];
  readonly forward: readonly string[];
  /** With the two nights changed places. */
  readonly back: readonly string[];
}

const policies: Readonly<Record<string, Told>> = {
  'a managed policy that says the same in another order': {
    nights: [deploy(version('v3', allow(['s3:a', 's3:b']))), deploy(version('v4', allow(['s3:b', 's3:a'])))],
    ...{ forward: [], back: [] },
  },
  'a managed policy that allows under another condition': {
    nights: [
      all(detached, deploy(version('v3', fromNetwork('vpc-1')))),
      all(detached, deploy(version('v4', fromNetwork('vpc-2')))),
    ],
    forward: ['INFORMATIONAL policy-narrowed: IAM policy deploy allows other things than before'],
    back: ['INFORMATIONAL policy-narrowed: IAM policy deploy allows other things than before'],
  },
  'a managed policy that is attached to no one and set back': {
    nights: [
      all(detached, deploy({ attachmentCount: 0 })),
      all(
        detached,
        deploy({ attachmentCount: 0, versions: deployPolicy.versions.map((one) => ({ ...one, isDefault: one.id === 'v1' })) }),
      ),
    ],
    forward: ['LOW policy-rolled-back: IAM policy deploy was set back to version v1, which allows more'],
    back: ['INFORMATIONAL policy-narrowed: IAM policy deploy allows less than before'],
  },
  'a managed policy without its default version': {
    nights: [detached, all(detached, deploy({ versions: deployPolicy.versions.slice(0, 1) }))],
    forward: ['not compared: policies: its document cannot be read in both snapshots'],
    back: ['not compared: policies: its document cannot be read in both snapshots'],
  },
  'a user with a policy under another condition': {
    nights: [inline(fromNetwork('vpc-1')), inline(fromNetwork('vpc-2'))],
    forward: ['INFORMATIONAL permissions-changed: IAM user dora has other permissions than before'],
    back: ['INFORMATIONAL permissions-changed: IAM user dora has other permissions than before'],
  },
  'a boundary that allows everything': {
    nights: [withAny, all(withAny, role('ops', { boundaryArn: any.arn }))],
    forward: ['INFORMATIONAL boundary-set: IAM role ops has a permissions boundary'],
    back: ['MEDIUM boundary-removed: IAM role ops no longer has a permissions boundary'],
  },
  'a trust policy that says the same in another order': {
    nights: [
      role('reports', { trustPolicy: trust({ AWS: [OTHER, '333344445555'] }) }),
      role('reports', { trustPolicy: trust({ AWS: ['arn:aws:iam::333344445555:root', OTHER] }) }),
    ],
    ...{ forward: [], back: [] },
  },
  'the trust policy of a service-linked role': {
    nights: [trusted({ Service: 'support.amazonaws.com' }), trusted({ Service: 'support.amazonaws.com', AWS: OTHER })],
    forward: ['LOW trust-widened: The trust policy of IAM role AWSServiceRoleForSupport allows more than before'],
    back: ['INFORMATIONAL trust-narrowed: The trust policy of IAM role AWSServiceRoleForSupport allows less than before'],
  },
};

const credentials: Readonly<Record<string, Told>> = {
  'credentials of root': {
    nights: [quiet, root({ rootHasAccessKey: true, rootHasPassword: true, rootHasSigningCertificate: true })],
    forward: ['an access key', 'a password', 'a signing certificate'].map(
      (what) => `HIGH root-credential-added: Root user of account ${ACCOUNT} now has ${what}`,
    ),
    back: ['an access key', 'a password', 'a signing certificate'].map(
      (what) => `INFORMATIONAL root-credential-removed: Root user of account ${ACCOUNT} no longer has ${what}`,
    ),
  },
  'root without the hardware device that it had': {
    nights: [root({ rootHasMfa: true }), root({ rootHasMfa: false })],
    forward: ['HIGH mfa-device-removed: Root user has lost an MFA device'],
    back: [],
  },
  'the first device of root': {
    nights: [root({ rootHasMfa: false }), root({ rootHasMfa: true }, 'new')],
    forward: ['MEDIUM mfa-device-added: Root user has its first MFA device'],
    back: ['HIGH mfa-device-removed: Root user has lost an MFA device'],
  },
  'a further device of root': {
    nights: [root({ rootHasMfa: true }), root({ rootHasMfa: true }, 'new')],
    forward: ['HIGH mfa-device-added: Root user has another MFA device'],
    back: ['HIGH mfa-device-removed: Root user has lost an MFA device'],
  },
  'the first device of an admin': {
    nights: [mfa('ann'), mfa('ann', 'arn:aws:iam::1:u2f/a')],
    forward: ['MEDIUM mfa-device-added: IAM user ann has its first MFA device'],
    back: ['HIGH mfa-device-removed: IAM user ann has lost an MFA device'],
  },
  'the first device of another user': {
    nights: [mfa('ci'), mfa('ci', 'arn:aws:iam::1:u2f/a')],
    forward: ['INFORMATIONAL mfa-device-added: IAM user ci has its first MFA device'],
    back: ['INFORMATIONAL mfa-device-removed: IAM user ci has lost an MFA device'],
  },
  'another key of an admin': {
    nights: [keysOfAnn(aKey('ann', 'AKIAOLD')), keysOfAnn(aKey('ann', 'AKIANEW', { createdAt: DAWN }))],
    forward: [
      'HIGH access-key-replaced: Access key AKIANEW of IAM user ann replaces AKIAOLD',
      'INFORMATIONAL access-key-removed: Access key AKIAOLD of IAM user ann was deleted',
    ],
    back: [
      'HIGH access-key-replaced: Access key AKIAOLD of IAM user ann replaces AKIANEW',
      'INFORMATIONAL access-key-removed: Access key AKIANEW of IAM user ann was deleted',
    ],
  },
  'a key of an admin that is active again': {
    nights: [keysOfAnn(aKey('ann', 'AKIAOLD', { active: false })), keysOfAnn(aKey('ann', 'AKIAOLD'))],
    forward: [
      'CRITICAL access-key-reactivated: Access key AKIAOLD of IAM user ann was inactive on 2026-11-19 and is active again',
    ],
    back: ['INFORMATIONAL access-key-deactivated: Access key AKIAOLD of IAM user ann was deactivated'],
  },
  'a password of a user that the earlier credential report does not have': {
    nights: [withoutRow, row('legacy', { passwordEnabled: true, passwordLastChanged: DAWN })],
    forward: [
      'MEDIUM password-added: IAM user legacy now has a console password',
      'not compared: access-keys: the user is newer than the credential report, and its keys were not listed',
    ],
    back: [
      'not compared: access-keys: the user is newer than the credential report, and its keys were not listed',
      'not compared: passwords: the credential report does not have the user',
    ],
  },
};

const identities: Readonly<Record<string, Told>> = {
  'a user that is not among the identities that could be read': {
    nights: [
      quiet,
      withIdentities(({ users }) => ({ users: users.filter(({ name }) => name !== 'legacy'), unread: ['a user'] })),
    ],
    forward: ['not compared: identities: the snapshot has elements that could not be read: a user'],
    back: ['not compared: identities: the earlier snapshot has elements that could not be read: a user'],
  },
  'a role whose trust policy cannot be read, which may trust anyone': {
    nights: [quiet, newRole(aRole('odd', { trustPolicy: '{' }))],
    forward: ['LOW identity-added: IAM role odd is new'],
    back: ['INFORMATIONAL identity-removed: IAM role odd was deleted'],
  },
  'a role for a service, without its date of creation': {
    nights: [quiet, newRole(undated)],
    forward: ['INFORMATIONAL identity-added: IAM role undated is new'],
    back: ['INFORMATIONAL identity-removed: IAM role undated was deleted'],
  },
  'a break-glass user that is new and was used': {
    nights: [
      quiet,
      withNewUser(aUser('spare', { tags: new Map([['break-glass', 'true']]), ...attached(adminPolicy) }), {
        ...{ passwordEnabled: true, passwordLastChanged: 'never', passwordLastUsed: DAWN },
      }),
    ],
    forward: [
      'HIGH access-gained: IAM user spare is new and has administrator access',
      'HIGH break-glass-used: Break-glass IAM user spare was used',
      'HIGH password-added: IAM user spare now has a console password',
      'INFORMATIONAL identity-added: IAM user spare is new',
    ],
    back: ['INFORMATIONAL identity-removed: IAM user spare was deleted'],
  },
  'a user that is new, may do nothing and has a key': {
    nights: [quiet, all(withNewUser(aUser('eve')), withKey('eve', 'AKIAEVE'))],
    forward: ['LOW access-key-added: Access key AKIAEVE of IAM user eve is new', 'LOW identity-added: IAM user eve is new'],
    back: ['INFORMATIONAL identity-removed: IAM user eve was deleted'],
  },
  'the role by which the organization controls the account': {
    nights: [
      quiet,
      newRole(aRole('OrganizationAccountAccessRole', { ...attached(adminPolicy), trustPolicy: trust({ AWS: '999900001111' }) })),
    ],
    forward: [
      'LOW access-gained: IAM role OrganizationAccountAccessRole is new and has administrator access',
      'INFORMATIONAL identity-added: IAM role OrganizationAccountAccessRole is new',
    ],
    back: ['INFORMATIONAL identity-removed: IAM role OrganizationAccountAccessRole was deleted'],
  },
};

const between = (before: Attack, after: Attack): readonly string[] => {
  const { changes, notCompared = [] } = morningAfter(
    snapshotOf(before(quietNight), NOW - DAY),
    snapshotOf(after(quietNight), NOW),
  );
  return [...changes.map(line), ...notCompared.map(({ part, reason }) => `not compared: ${part}: ${reason}`)];
};

test.each(Object.entries({ ...policies, ...credentials, ...identities }))(
  'tells of %s, and of the way back',
  (_name, { nights: [before, after], forward, back }) => {
    expect({ forward: between(before, after), back: between(after, before) }).toEqual({ forward, back });
  },
);
