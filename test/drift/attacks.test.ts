import { readFileSync } from 'node:fs';
import { collected } from '../../lambda/scanner/model/observed.ts';
import { DAY } from '../../lambda/scanner/model/instant.ts';
import { ACCOUNT, NOW, aReportedKey, aRole, aUser, attached, seen } from '../support/builders.ts';
import { type Attack, OIDC, SAML, adminPolicy, all, allow, newFindings, reportAfter, trust } from './nights.ts';
import { withIdentities, withKey, withNewUser, withRow, withUser } from './nights.ts';

const DAWN = NOW - DAY / 2;
const password = { passwordEnabled: true, passwordLastChanged: DAWN };

const withRole = (name: string, change: (role: ReturnType<typeof aRole>) => Partial<ReturnType<typeof aRole>>): Attack =>
  withIdentities(({ roles }) => ({ roles: roles.map((role) => (role.name === name ? { ...role, ...change(role) } : role)) }));
const withNewRole = (role: ReturnType<typeof aRole>): Attack =>
  withIdentities(({ roles }) => ({ roles: [...roles, { ...role, createdAt: DAWN }] }));
const withoutKey =
  (user: string, id: string): Attack =>
  (facts) => {
    const listed = facts.accessKeys.get(user);
    const left = listed?.status === 'collected' ? listed.value.filter((key) => key.id !== id) : [];
    return { ...facts, accessKeys: new Map([...facts.accessKeys, [user, collected(left)]]) };
  };

const anywhere = {
  trustAnchors: [
    {
      arn: 'arn:aws:rolesanywhere:us-east-1:111122223333:trust-anchor/a',
      id: 'a',
      name: 'anchor',
      enabled: true,
      source: 'CERTIFICATE_BUNDLE',
    },
  ],
  crls: [],
  profiles: [
    {
      arn: 'arn:aws:rolesanywhere:us-east-1:111122223333:profile/p',
      id: 'p',
      name: 'profile',
      enabled: true,
      roleArns: [`arn:aws:iam::${ACCOUNT}:role/x`],
      narrowsSessions: false,
    },
  ],
};

interface Caught {
  readonly attack: Attack;
  /** The check that reports it. */
  readonly check: string;
  readonly severity: string;
  readonly says: RegExp;
}

/** Each persistence technique of Stratus Red Team, and each step of the incidents, as a pair of nights. */
const caught: Readonly<Record<string, Caught>> = {
  'stratus: an IAM user with AdministratorAccess and a key': {
    attack: all(
      withNewUser(aUser('malicious', attached(adminPolicy)), { keys: [aReportedKey(), aReportedKey()] }),
      withKey('malicious', 'AKIAEVIL'),
    ),
    check: 'new-admin',
    severity: 'HIGH',
    says: /^IAM user malicious is new and has administrator access$/,
  },
  'stratus: the key of that user': {
    attack: all(withNewUser(aUser('malicious', attached(adminPolicy))), withKey('malicious', 'AKIAEVIL')),
    check: 'new-credential-on-admin',
    severity: 'HIGH',
    says: /^Access key AKIAEVIL of IAM user malicious is new$/,
  },
  'stratus: a role that an outside account can assume': {
    attack: withNewRole(
      aRole('backdoor', { ...attached(adminPolicy), trustPolicy: trust({ AWS: 'arn:aws:iam::193672423079:root' }) }),
    ),
    check: 'new-admin',
    severity: 'HIGH',
    says: /^IAM role backdoor is new and has administrator access$/,
  },
  'stratus: a role without admin access that an outside account can assume': {
    attack: withNewRole(aRole('backdoor', { trustPolicy: trust({ AWS: 'arn:aws:iam::193672423079:root' }) })),
    check: 'new-identity',
    severity: 'LOW',
    says: /^IAM role backdoor is new$/,
  },
  'stratus: a login profile created on an admin': {
    attack: all(
      withUser('ci', () => attached(adminPolicy)),
      (facts) => ({ ...facts, credentialReport: withRow(facts, 'ci', password) }),
    ),
    check: 'new-credential-on-admin',
    severity: 'HIGH',
    says: /^IAM user ci now has a console password$/,
  },
  'stratus: a login profile created on a service user': {
    attack: (facts) => ({ ...facts, credentialReport: withRow(facts, 'legacy', password) }),
    check: 'new-identity',
    severity: 'MEDIUM',
    says: /^IAM user legacy now has a console password$/,
  },
  'stratus: the login profile of an admin updated': {
    attack: (facts) => ({ ...facts, credentialReport: withRow(facts, 'ann', { passwordLastChanged: DAWN }) }),
    check: 'new-credential-on-admin',
    severity: 'MEDIUM',
    says: /^The console password of IAM user ann was changed$/,
  },
  'stratus: an access key on an admin user': {
    attack: withKey('ann', 'AKIAEVIL'),
    check: 'new-credential-on-admin',
    severity: 'HIGH',
    says: /^Access key AKIAEVIL of IAM user ann is new$/,
  },
  'stratus: a Roles Anywhere trust anchor with a role': {
    attack: all(withNewRole(aRole('x', { trustPolicy: trust({ Service: 'rolesanywhere.amazonaws.com' }) })), (facts) => ({
      ...facts,
      rolesAnywhere: seen({ 'us-east-1': anywhere }),
    })),
    check: 'identity-provider-changed',
    severity: 'HIGH',
    says: /^IAM Roles Anywhere (trust anchor anchor|profile profile) in us-east-1 is in effect now$/,
  },
  'stratus: the trust policy of an admin role opened': {
    attack: withRole('ops', () => ({
      trustPolicy: trust({ AWS: [`arn:aws:iam::${ACCOUNT}:user/ann`, 'arn:aws:iam::193672423079:root'] }),
    })),
    check: 'trust-policy-changed',
    severity: 'HIGH',
    says: /^The trust policy of IAM role ops allows more than before$/,
  },
  'incident: a second key on an existing user': {
    attack: withKey('ci', 'AKIAEVIL'),
    check: 'access-key-planted',
    severity: 'HIGH',
    says: /^Access key AKIAEVIL of IAM user ci was created \d+ days after the user$/,
  },
  'incident: the old key is replaced': {
    attack: all(withoutKey('ci', 'AKIACI'), withKey('ci', 'AKIAEVIL')),
    check: 'access-key-replaced',
    severity: 'MEDIUM',
    says: /^Access key AKIAEVIL of IAM user ci replaces AKIACI$/,
  },
  'incident: a key on a user who had neither key nor password': {
    attack: withKey('legacy', 'AKIAEVIL'),
    check: 'new-identity',
    severity: 'MEDIUM',
    says: /^Access key AKIAEVIL of IAM user legacy is new$/,
  },
  'incident: a user that may send mail (TruffleNet)': {
    attack: all(
      withNewUser(aUser('mailer', { inlinePolicies: [{ name: 'm', document: allow('ses:*') }] })),
      withKey('mailer', 'AKIAEVIL'),
    ),
    check: 'new-identity',
    severity: 'MEDIUM',
    says: /^Access key AKIAEVIL of IAM user mailer is new$/,
  },
  'incident: a key that can start instances (mining)': {
    attack: all(
      withNewUser(aUser('miner', { inlinePolicies: [{ name: 'm', document: allow(['ec2:RunInstances', 'ecs:*']) }] })),
      withKey('miner', 'AKIAEVIL'),
    ),
    check: 'new-identity',
    severity: 'MEDIUM',
    says: /^Access key AKIAEVIL of IAM user miner is new$/,
  },
  'incident: a key that can call models (LLMjacking)': {
    attack: withUser('ci', () => ({ inlinePolicies: [{ name: 'x', document: allow('bedrock:InvokeModel') }] })),
    check: 'access-key-can-destroy',
    severity: 'MEDIUM',
    says: /^Access key AKIACI of IAM user ci can start model invocations and training$/,
  },
  'incident: a key that can encrypt or expire every object (Codefinger)': {
    attack: withUser('ci', () => ({
      inlinePolicies: [{ name: 'x', document: allow(['s3:GetObject', 's3:PutObject', 's3:PutLifecycleConfiguration']) }],
    })),
    check: 'access-key-can-destroy',
    severity: 'MEDIUM',
    says: /^Access key AKIACI of IAM user ci can destroy all S3 objects$/,
  },
  'incident: permission to share snapshots (Crimson Collective)': {
    attack: withUser('dora', () => ({
      inlinePolicies: [{ name: 'share', document: allow(['ec2:ModifySnapshotAttribute', 'rds:ModifyDBSnapshotAttribute']) }],
    })),
    check: 'policy-shares-resources',
    severity: 'MEDIUM',
    says: /^Inline policy share of user dora allows sharing all disks and images/,
  },
  'incident: an admin role with a name of the landing zone, for an outside account': {
    attack: withNewRole(
      aRole('aws-controltower-x', { ...attached(adminPolicy), trustPolicy: trust({ AWS: 'arn:aws:iam::999900001111:root' }) }),
    ),
    check: 'role-trusts-unknown-account',
    severity: 'CRITICAL',
    says: /^IAM role aws-controltower-x trusts unknown account 999900001111$/,
  },
  'incident: a role that every GitHub repository can assume (UNC6426)': {
    attack: withNewRole(
      aRole('gh', {
        ...attached(adminPolicy),
        trustPolicy: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Principal: { Federated: OIDC }, Action: 'sts:AssumeRoleWithWebIdentity' }],
        },
      }),
    ),
    check: 'oidc-trust-unscoped',
    severity: 'CRITICAL',
    says: /^IAM role gh can be assumed/,
  },
  'incident: a Bedrock API key on an existing user (LLMjacking)': {
    attack: (facts) => ({
      ...facts,
      serviceCredentials: [{ id: 'ACCA1', userName: 'legacy', service: 'bedrock.amazonaws.com', active: true, createdAt: DAWN }],
    }),
    check: 'new-identity',
    severity: 'MEDIUM',
    says: /^IAM user legacy has a new credential for bedrock.amazonaws.com$/,
  },
  'incident: a user joins the admins': {
    attack: withUser('dora', ({ groups }) => ({ groups: [...groups, 'admins'] })),
    check: 'new-admin',
    severity: 'HIGH',
    says: /^IAM user dora now has administrator access$/,
  },
  'incident: an old policy version is restored': {
    attack: withIdentities(({ policies }) => ({
      policies: policies.map((policy) =>
        policy.name === 'deploy'
          ? { ...policy, versions: policy.versions.map((version) => ({ ...version, isDefault: version.id === 'v1' })) }
          : policy,
      ),
    })),
    check: 'guardrail-weakened',
    severity: 'HIGH',
    says: /^IAM policy deploy was set back to version v1, which allows more$/,
  },
  'incident: a permissions boundary is removed': {
    attack: withRole('app', (role) => {
      const { boundaryArn: _, ...rest } = role;
      return { ...rest, boundaryArn: undefined as never };
    }),
    check: 'guardrail-weakened',
    severity: 'HIGH',
    says: /^IAM role app no longer has a permissions boundary$/,
  },
  'incident: a permissions boundary allows more': {
    attack: withIdentities(({ policies }) => ({
      policies: policies.map((policy) =>
        policy.name === 'workload-boundary'
          ? { ...policy, versions: [{ id: 'v2', isDefault: true, document: allow(['s3:*', 'logs:*', 'iam:*']) }] }
          : policy,
      ),
    })),
    check: 'guardrail-weakened',
    severity: 'HIGH',
    says: /^IAM policy workload-boundary, a permissions boundary, allows more than before$/,
  },
  'incident: a Deny is dropped': {
    attack: withRole('guarded', ({ inlinePolicies }) => ({
      inlinePolicies: inlinePolicies.filter(({ name }) => name !== 'no-delete'),
    })),
    check: 'guardrail-weakened',
    severity: 'HIGH',
    says: /^IAM role guarded is no longer denied what a Deny statement denied it$/,
  },
  'incident: the MFA device of an admin is swapped (Scattered Spider)': {
    attack: (facts) => ({
      ...facts,
      mfaDevices: new Map([...facts.mfaDevices, ['ann', collected([`arn:aws:iam::${ACCOUNT}:u2f/user/ann/evil`])]]),
    }),
    check: 'mfa-device-changed',
    severity: 'HIGH',
    says: /^IAM user ann has another MFA device in the place of an earlier one$/,
  },
  'incident: the MFA device of an admin is removed': {
    attack: (facts) => ({ ...facts, mfaDevices: new Map([...facts.mfaDevices, ['ann', collected([])]]) }),
    check: 'mfa-device-changed',
    severity: 'HIGH',
    says: /^IAM user ann has lost an MFA device$/,
  },
  'incident: a second MFA device of an admin (Scattered Spider)': {
    attack: (facts) => ({
      ...facts,
      mfaDevices: new Map([
        ...facts.mfaDevices,
        ['ann', collected([`arn:aws:iam::${ACCOUNT}:u2f/user/ann/key`, `arn:aws:iam::${ACCOUNT}:u2f/user/ann/evil`])],
      ]),
    }),
    check: 'new-credential-on-admin',
    severity: 'HIGH',
    says: /^IAM user ann has another MFA device$/,
  },
  'incident: a virtual MFA device of root': {
    attack: (facts) => ({
      ...facts,
      virtualMfaDevices: [
        ...facts.virtualMfaDevices,
        { serialNumber: `arn:aws:iam::${ACCOUNT}:mfa/evil`, userArn: `arn:aws:iam::${ACCOUNT}:root` },
      ],
    }),
    check: 'new-credential-on-admin',
    severity: 'HIGH',
    says: /^Root user has another MFA device$/,
  },
  'incident: an access key of root': {
    attack: (facts) => ({ ...facts, accountSummary: { ...facts.accountSummary, rootHasAccessKey: true } }),
    check: 'new-credential-on-admin',
    severity: 'HIGH',
    says: /^Root user of account \d+ now has an access key$/,
  },
  'incident: a password of root': {
    attack: (facts) => ({ ...facts, accountSummary: { ...facts.accountSummary, rootHasPassword: true } }),
    check: 'new-credential-on-admin',
    severity: 'HIGH',
    says: /^Root user of account \d+ now has a password$/,
  },
  'incident: a signing certificate of root': {
    attack: (facts) => ({ ...facts, accountSummary: { ...facts.accountSummary, rootHasSigningCertificate: true } }),
    check: 'new-credential-on-admin',
    severity: 'HIGH',
    says: /^Root user of account \d+ now has a signing certificate$/,
  },
  'incident: a new identity provider': {
    attack: (facts) => ({
      ...facts,
      samlProviders: new Map([
        ...facts.samlProviders,
        [`arn:aws:iam::${ACCOUNT}:saml-provider/evil`, collected({ metadata: '<x/>' })],
      ]),
    }),
    check: 'identity-provider-changed',
    severity: 'HIGH',
    says: /^Identity provider evil is new$/,
  },
  'incident: other metadata of a SAML provider': {
    attack: (facts) => ({ ...facts, samlProviders: seen({ [SAML]: { metadata: '<EntityDescriptor evil="yes"/>' } }) }),
    check: 'identity-provider-changed',
    severity: 'HIGH',
    says: /^Identity provider okta was changed$/,
  },
  'incident: another password of a break-glass user': {
    attack: (facts) => ({ ...facts, credentialReport: withRow(facts, 'sealed', { passwordLastChanged: DAWN }) }),
    check: 'new-credential-on-admin',
    severity: 'HIGH',
    says: /^The console password of IAM user sealed was changed$/,
  },
  'incident: a key on a break-glass user that is no admin': {
    attack: withKey('vault', 'AKIAEVIL'),
    check: 'new-credential-on-admin',
    severity: 'HIGH',
    says: /^Access key AKIAEVIL of IAM user vault is new$/,
  },
  'incident: another password of a break-glass user that is no admin': {
    attack: (facts) => ({ ...facts, credentialReport: withRow(facts, 'vault', { passwordLastChanged: DAWN }) }),
    check: 'new-credential-on-admin',
    severity: 'HIGH',
    says: /^The console password of IAM user vault was changed$/,
  },
  'incident: another MFA device on a break-glass user that is no admin': {
    attack: (facts) => ({
      ...facts,
      mfaDevices: new Map([
        ...facts.mfaDevices,
        ['vault', collected([1, 2].map((key) => `arn:aws:iam::${ACCOUNT}:u2f/user/vault/key${key === 1 ? '' : key}`))],
      ]),
    }),
    check: 'new-credential-on-admin',
    severity: 'HIGH',
    says: /^IAM user vault has another MFA device$/,
  },
  'incident: the MFA device of a break-glass user that is no admin, replaced': {
    attack: (facts) => ({
      ...facts,
      mfaDevices: new Map([...facts.mfaDevices, ['vault', collected([`arn:aws:iam::${ACCOUNT}:u2f/user/vault/evil`])]]),
    }),
    check: 'mfa-device-changed',
    severity: 'HIGH',
    says: /^IAM user vault has another MFA device in the place of an earlier one$/,
  },
  'incident: break-glass used': {
    attack: (facts) => ({ ...facts, credentialReport: withRow(facts, 'sealed', { passwordLastUsed: DAWN }) }),
    check: 'break-glass-used',
    severity: 'HIGH',
    says: /^Break-glass IAM user sealed was used$/,
  },
};

/** Stratus Red Team's techniques of persistence in AWS: the cases above, or the row of docs/changes.md that says why it cannot be seen. */
const stratus: Readonly<Record<string, string>> = {
  'aws.persistence.iam-backdoor-role': 'stratus: the trust policy of an admin role opened',
  'aws.persistence.iam-backdoor-user': 'stratus: an access key on an admin user',
  'aws.persistence.iam-create-admin-user': 'stratus: an IAM user with AdministratorAccess and a key',
  'aws.persistence.iam-create-backdoor-role': 'stratus: a role that an outside account can assume',
  'aws.persistence.iam-create-user-login-profile': 'stratus: a login profile created on a service user',
  'aws.persistence.lambda-backdoor-function': 'The resource policy of a Lambda function opened to another account',
  'aws.persistence.lambda-layer-extension': 'Code of a Lambda function replaced, or a layer added to it',
  'aws.persistence.lambda-overwrite-code': 'Code of a Lambda function replaced, or a layer added to it',
  'aws.persistence.rolesanywhere-create-trust-anchor': 'stratus: a Roles Anywhere trust anchor with a role',
  'aws.persistence.sts-federation-token': '`sts:GetFederationToken` and other temporary sessions of a stolen credential',
  'aws.privilege-escalation.iam-update-user-login-profile': 'stratus: the login profile of an admin updated',
};

test.each(Object.entries(stratus))('%s is caught, or the documentation says that it cannot be seen', (_technique, place) => {
  const [, unseen = ''] = readFileSync('docs/changes.md', 'utf8').split('\n## What cannot be seen\n');
  expect(Object.hasOwn(caught, place) || unseen.includes(`| ${place} `)).toBe(true);
});

test.each(Object.entries(caught))('%s', (_name, { attack, check, severity, says }) => {
  const found = newFindings(attack).filter(({ checkId }) => checkId === check);
  expect(found.map((finding) => `${finding.status} ${finding.severity} ${finding.headline}`)).toContainEqual(
    expect.stringMatching(new RegExp(`^FAILED ${severity} ${says.source.slice(1)}`)),
  );
});

test.each(Object.entries(caught).filter(([, { check }]) => check !== 'access-key-planted'))(
  'the report tells the change: %s',
  (_name, { attack }) => {
    expect(reportAfter(attack).changes.filter(({ effect }) => effect !== 'better').length).toBeGreaterThan(0);
  },
);

test('what raised a verdict is told', () => {
  const [found] = newFindings(withUser('dora', ({ groups }) => ({ groups: [...groups, 'admins'] }))).filter(
    ({ checkId }) => checkId === 'new-admin',
  );
  expect(found?.message).toContain('IAM user dora has more permissions than before (it joined group admins)');
});
