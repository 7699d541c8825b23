import { checks } from '../../lambda/scanner/checks/index.ts';
import type { Organization } from '../../lambda/scanner/facts/organization.ts';
import type { Facts } from '../../lambda/scanner/facts/snapshot.ts';
import type { PermissionLimit } from '../../lambda/scanner/iam/principal.ts';
import type { Json } from '../../lambda/scanner/model/json.ts';
import { ACCOUNT, aKey, aReport, aReportedKey, aRow, aUser, identities, seen } from '../support/builders.ts';
import { type Given, judgementsOf } from '../support/check-tester.ts';
import { rcpDenying, scpDenying, underRcp, underScp, unseen } from '../support/guardrails.ts';
import { MANAGEMENT, ORGANIZATION } from '../support/organization.ts';
import { aTrustingRole, letting } from '../support/trust.ts';
import { aVerdict, accessOf } from '../support/verdicts.ts';

const organization: Organization = { id: ORGANIZATION, managementAccountId: MANAGEMENT };
const provider = (kind: string, name: string) => `arn:aws:iam::${ACCOUNT}:${kind}-provider/${name}`;
const github = 'token.actions.githubusercontent.com';

/** A role with one statement in its trust policy, admin or not. */
function trusting(principal: Json, more: Readonly<Record<string, Json>> = {}, facts: Partial<Facts> = {}): Given {
  const role = aTrustingRole('app', [letting(principal, undefined, more)]);
  const access = accessOf(aVerdict(role.arn, 'admin'));
  return { identities: identities({ roles: [role], users: [aUser('ann')] }), organization, access, ...facts };
}

/** A user with an access key and this statement, and another user with an MFA device. */
function userWith(statement: Json): Given {
  const document = { Version: '2012-10-17', Statement: [statement] };
  return {
    identities: identities({ users: [aUser('ann', { inlinePolicies: [{ name: 'own', document }] }), aUser('bob')] }),
    credentialReport: aReport(aRow('ann', { mfaActive: true, keys: [aReportedKey(), aReportedKey()] }), aRow('bob')),
    accessKeys: seen({ ann: [aKey('ann', 'AKIA1')] }),
    mfaDevices: seen({ ann: ['GAHT1'], bob: ['GAHT2'] }),
    access: accessOf(aVerdict(aUser('ann').arn, 'admin')),
    organization,
  };
}
const everything = { Effect: 'Allow', Action: '*', Resource: '*' };

const identityPerimeter = rcpDenying('sts:AssumeRole', {
  StringNotEqualsIfExists: { 'aws:PrincipalOrgID': ORGANIZATION },
  BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
});
const confusedDeputy = rcpDenying('sts:*', {
  StringNotEqualsIfExists: { 'aws:SourceOrgID': ORGANIZATION },
  Null: { 'aws:SourceAccount': 'false' },
  Bool: { 'aws:PrincipalIsAWSService': 'true' },
});
const trustedTenant = rcpDenying('sts:AssumeRoleWithWebIdentity', {
  StringNotLikeIfExists: { [`${github}:sub`]: 'repo:acme/shop:*' },
});
const samlAudience = rcpDenying('sts:AssumeRoleWithSAML', {
  StringNotEquals: { 'SAML:aud': 'https://signin.aws.amazon.com/saml' },
});
const oneCertificate = rcpDenying('sts:AssumeRole', {
  StringNotEquals: { 'aws:PrincipalTag/x509Subject/CN': 'backup.example.com' },
  Bool: { 'aws:PrincipalIsAWSService': 'true' },
});
const namedAdmins = rcpDenying('sts:AssumeRole', {
  ArnNotLike: { 'aws:PrincipalArn': `arn:aws:iam::${ACCOUNT}:role/admins` },
  BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
});
const withMfa = scpDenying(['iam:*MFADevice', 'sts:GetFederationToken'], {
  BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' },
});
const certified = scpDenying('iam:EnableMFADevice', { StringNotEquals: { 'iam:FIDO-certification': 'L2' } });
const withToken = trusting(
  { Federated: provider('oidc', github) },
  { Action: 'sts:AssumeRoleWithWebIdentity' },
  { oidcProviders: seen({ [provider('oidc', github)]: { url: github, clientIds: ['sts.amazonaws.com'], thumbprints: [] } }) },
);
const vendorRole = { AWS: 'arn:aws:iam::464622532012:root' };

interface Case {
  readonly given: Given;
  /** Limits that prevent what the check reports. */
  readonly prevents: readonly PermissionLimit[];
  /** Limits on something else. */
  readonly spares: readonly PermissionLimit[];
  /** Limits that cannot be read. */
  readonly unread: readonly PermissionLimit[];
}

const byRcp = (given: Given, statement: Readonly<Record<string, Json>>): Case => ({
  given,
  prevents: underRcp([statement]),
  spares: underRcp([rcpDenying('s3:*', statement['Condition'])]),
  unread: underRcp(unseen),
});
const byScp = (given: Given, statement: Readonly<Record<string, Json>>): Case => ({
  given,
  prevents: underScp([statement]),
  spares: underScp([scpDenying('organizations:LeaveOrganization')]),
  unread: underScp(unseen),
});

const cases: Readonly<Record<string, Case>> = {
  'role-trusts-anyone': byRcp(trusting({ AWS: '*' }), identityPerimeter),
  'role-trusts-unknown-account': byRcp(trusting({ AWS: '555566667777' }), identityPerimeter),
  'role-trusts-vendor-without-external-id': byRcp(trusting(vendorRole), identityPerimeter),
  'oidc-trust-unscoped': byRcp(withToken, trustedTenant),
  'oidc-trust-unscoped, by an RCP that trusts one tenant of an issuer': byRcp(
    withToken,
    rcpDenying('sts:AssumeRoleWithWebIdentity', {
      StringNotEqualsIfExists: { [`${github}:sub`]: 'repo:acme/shop:ref:refs/heads/main', 'aws:ResourceTag/perimeter': 'open' },
      Null: { [`${github}:sub`]: 'false' },
    }),
  ),
  'oidc-trust-unscoped, by an RCP that trusts another issuer': byRcp(
    withToken,
    rcpDenying('sts:AssumeRoleWithWebIdentity', { Null: { 'gitlab.com:sub': 'true' } }),
  ),
  'saml-trust-unscoped': byRcp(
    trusting({ Federated: provider('saml', 'okta') }, { Action: 'sts:AssumeRoleWithSAML' }),
    samlAudience,
  ),
  'roles-anywhere-unscoped': byRcp(trusting({ Service: 'rolesanywhere.amazonaws.com' }), oneCertificate),
  'service-trust-confused-deputy': byRcp(trusting({ Service: 'states.amazonaws.com' }), confusedDeputy),
  'admin-role-trusts-whole-account': byRcp(trusting({ AWS: ACCOUNT }), namedAdmins),
  'admin-role-without-mfa': byRcp(
    trusting({ AWS: aUser('ann').arn }),
    rcpDenying('sts:AssumeRole', {
      BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false', 'aws:PrincipalIsAWSService': 'false' },
    }),
  ),
  'mfa-removable-without-mfa': byScp(userWith(everything), withMfa),
  'federation-token-by-admin': byScp(userWith(everything), withMfa),
  'mfa-enrolment-unguarded': byScp(userWith(everything), certified),
};

describe.each(Object.entries(cases))('%s', (name, { given, prevents, spares, unread }) => {
  const check = checks.find(({ id }) => id === name.split(',')[0]);
  if (check === undefined) throw new Error(`there is no check ${name}`);
  const statuses = (limits: readonly PermissionLimit[]) =>
    judgementsOf(check, given, { limits }).findings.map(({ status }) => status);

  test('fails without guardrails, and with those about something else', () => {
    expect(statuses([])).toContain('FAILED');
    expect(statuses(spares)).toEqual(statuses([]));
  });
  test('passes where a guardrail prevents it', () => {
    expect(statuses(prevents)).toEqual([]);
  });
  test('does not know where a guardrail cannot be read', () => {
    expect(statuses(unread)).toContain('UNKNOWN');
    expect(statuses(unread)).not.toContain('FAILED');
  });
});

test('a role that a service of the account assumes stays assumable where an RCP stops confused deputies', () => {
  const check = checks.find(({ id }) => id === 'admin-role-on-compute');
  if (check === undefined) throw new Error('there is no such check');
  const given = trusting({ Service: 'lambda.amazonaws.com' });
  const headlines = (limits: readonly PermissionLimit[]) =>
    judgementsOf(check, given, { limits }).findings.map(({ headline }) => headline);
  expect(headlines(underRcp([confusedDeputy]))).toEqual(headlines([]));
  expect(headlines(underRcp([rcpDenying('sts:AssumeRole')]))).not.toEqual(headlines([]));
});
