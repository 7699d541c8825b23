import check from '../../lambda/scanner/checks/roles-anywhere-unscoped.ts';
import type { AnywhereProfile, Crl, RolesAnywhere, TrustAnchor } from '../../lambda/scanner/facts/roles-anywhere.ts';
import type { Json } from '../../lambda/scanner/model/json.ts';
import { type Observed, collected, unavailable } from '../../lambda/scanner/model/observed.ts';
import { ACCOUNT, aContext, aRole, emptyAccount, identities, partitions } from '../support/builders.ts';
import { type Given, describeCheck } from '../support/check-tester.ts';
import { type Conditions, aTrustingRole, keepingOut, letting } from '../support/trust.ts';
import { aVerdict, accessOf } from '../support/verdicts.ts';

const principal = { Service: 'rolesanywhere.amazonaws.com' };
const actions = { Action: ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'] };
const says =
  'IAM role backup can be assumed with any certificate of a trusted authority\nNo condition of its trust policy restricts';

describe.each(partitions)('in partition %s', (partition) => {
  const anchor = `arn:${partition}:rolesanywhere:eu-west-1:${ACCOUNT}:trust-anchor/3c1f0a52-0000-4000-8000-000000000000`;
  const trusting = (...statements: readonly Json[]) => ({
    identities: identities({ roles: [aTrustingRole('backup', statements)] }),
  });
  const given = (conditions?: Conditions) => trusting(letting(principal, conditions, actions));

  describeCheck(check, {
    partition,
    passes: {
      'the common name of one certificate': given({ StringEquals: { 'aws:PrincipalTag/x509Subject/CN': 'backup.example.com' } }),
      'the common name and the anchor': given({
        StringEquals: { 'aws:PrincipalTag/x509Subject/CN': 'backup.example.com' },
        ArnEquals: { 'aws:SourceArn': anchor },
      }),
      'an organizational unit': given({ StringEquals: { 'aws:PrincipalTag/x509Subject/OU': 'Backup' } }),
      'names under one domain': given({ StringLike: { 'aws:PrincipalTag/x509SAN/DNS': '*.backup.example.com' } }),
      'the source identity, which is the common name': given({ StringLike: { 'sts:SourceIdentity': 'CN=backup*' } }),
      'by a Deny': trusting(
        letting(principal, undefined, actions),
        keepingOut({ StringNotEquals: { 'aws:PrincipalTag/x509Subject/CN': 'backup.example.com' } }),
      ),
    },
    fails: {
      'no condition': { given: given(), says, on: 'backup', severity: 'MEDIUM' },
      'the anchor alone, whose authority also signs other certificates': {
        given: given({ ArnEquals: { 'aws:SourceArn': anchor } }),
        says,
      },
      'the service with the name that some services have in China': {
        given: trusting(letting({ Service: `${principal.Service}.cn` }, undefined, actions)),
        says,
      },
      'the account alone': { given: given({ StringEquals: { 'aws:SourceAccount': ACCOUNT } }), says },
      'any name': { given: given({ StringLike: { 'aws:PrincipalTag/x509Subject/CN': '*' } }), says },
      'a name, if there is one': {
        given: given({ StringEqualsIfExists: { 'aws:PrincipalTag/x509SAN/DNS': 'backup.example.com' } }),
        says,
      },
      'on a role with a path to admin': {
        given: { ...given(), access: accessOf(aVerdict(aRole('backup').arn, 'admin')) },
        says,
        severity: 'HIGH',
      },
    },
    ignores: {
      'a role for another service': trusting(letting({ Service: 'ec2.amazonaws.com' })),
      'a role for the account': trusting(letting({ AWS: ACCOUNT })),
    },
    unknowns: {
      'a trust policy that cannot be read': {
        given: { identities: identities({ roles: [aRole('backup', { trustPolicy: [] })] }) },
        says: 'its trust policy cannot be read',
      },
    },
  });
});

/** A role that accepts one certificate only, so that it passes. */
const scoped = (name: string) =>
  aTrustingRole(name, [
    letting(principal, { StringEquals: { 'aws:PrincipalTag/x509Subject/CN': 'backup.example.com' } }, actions),
  ]);

const arnOf = (resource: string, region = 'eu-west-1') => `arn:aws:rolesanywhere:${region}:${ACCOUNT}:${resource}`;

const anAnchor = (name: string, anchor: Partial<TrustAnchor> = {}): TrustAnchor => ({
  arn: arnOf(`trust-anchor/${name}`),
  id: name,
  name,
  enabled: true,
  source: 'CERTIFICATE_BUNDLE',
  ...anchor,
});

const aCrlFor = (anchor: string, crl: Partial<Crl> = {}): Crl => ({
  arn: arnOf(`crl/of-${anchor}`),
  id: `of-${anchor}`,
  name: `of ${anchor}`,
  enabled: true,
  trustAnchorArn: arnOf(`trust-anchor/${anchor}`),
  ...crl,
});

const aProfileOf = (roles: readonly string[], profile: Partial<AnywhereProfile> = {}): AnywhereProfile => ({
  arn: arnOf('profile/machines'),
  id: 'machines',
  name: 'machines',
  enabled: true,
  roleArns: roles.map((role) => aRole(role).arn),
  narrowsSessions: false,
  ...profile,
});

const seen = (lists: Partial<RolesAnywhere>): Observed<RolesAnywhere> =>
  collected({ trustAnchors: [], crls: [], profiles: [], ...lists });

/** What there is in each Region, for an account with two roles for certificates and one that is for EC2. */
const inRegions = (
  regions: Readonly<Record<string, Observed<RolesAnywhere>>>,
  roles = ['backup', 'report'].map(scoped),
): Given => ({
  identities: identities({ roles: [...roles, aRole('server')] }),
  certificateTrust: collected(new Map(Object.entries(regions))),
});
const having = (lists: Partial<RolesAnywhere>) => inRegions({ 'eu-west-1': seen(lists) });

const denied = (action: string) => unavailable(`access to ${action} was denied`, action);
const unrevocable =
  'IAM Roles Anywhere trust anchor laptops in eu-west-1 accepts revoked certificates\nNo certificate revocation list (CRL) is enabled for it.';
const wide =
  'IAM Roles Anywhere profile machines in eu-west-1 has no session policy\nIts sessions get all permissions of role backup.';

describe('trust anchors and profiles', () => {
  const anchor = anAnchor('laptops');
  const narrow = aProfileOf(['backup'], { narrowsSessions: true });
  const elsewhere = aCrlFor('laptops', { trustAnchorArn: arnOf('trust-anchor/laptops', 'us-east-1') });

  describeCheck(check, {
    passes: {
      'only the roles': inRegions({}),
      'an anchor with a revocation list, and a profile with a session policy': having({
        trustAnchors: [anchor],
        crls: [aCrlFor('laptops')],
        profiles: [narrow],
      }),
      'an enabled list next to a disabled one': having({
        trustAnchors: [anchor],
        crls: [aCrlFor('laptops', { enabled: false }), aCrlFor('laptops')],
      }),
      'a disabled anchor': having({ trustAnchors: [anAnchor('laptops', { enabled: false })] }),
      'a disabled profile': having({ profiles: [aProfileOf(['backup'], { enabled: false })] }),
      'a profile of a role that accepts no certificates': having({ profiles: [aProfileOf(['server'])] }),
      'a profile of a deleted role': having({ profiles: [aProfileOf(['gone'])] }),
    },
    fails: {
      'an anchor without a revocation list': {
        given: having({ trustAnchors: [anchor] }),
        says: 'No certificate revocation list (CRL) is enabled for it.',
        on: 'laptops',
        severity: 'MEDIUM',
      },
      'an anchor of AWS Private CA without one': {
        given: having({ trustAnchors: [anAnchor('laptops', { source: 'AWS_ACM_PCA' })] }),
        says: unrevocable,
      },
      'a list for another anchor': {
        given: having({ trustAnchors: [anchor, anAnchor('servers')], crls: [aCrlFor('servers')] }),
        says: unrevocable,
      },
      'a disabled list': {
        given: having({ trustAnchors: [anchor], crls: [aCrlFor('laptops', { enabled: false })] }),
        says: unrevocable,
      },
      'a list for an anchor in another Region': {
        given: inRegions({ 'eu-west-1': seen({ trustAnchors: [anchor] }), 'us-east-1': seen({ crls: [elsewhere] }) }),
        says: unrevocable,
      },
      'in the second Region only': {
        given: inRegions({
          'eu-west-1': seen({ trustAnchors: [anchor], crls: [aCrlFor('laptops')] }),
          'us-east-1': seen({ trustAnchors: [anAnchor('servers', { arn: arnOf('trust-anchor/servers', 'us-east-1') })] }),
        }),
        says: 'IAM Roles Anywhere trust anchor servers in us-east-1',
      },
      'a profile without a session policy': {
        given: having({ profiles: [aProfileOf(['server', 'backup'])] }),
        says: wide,
        on: 'machines',
        severity: 'MEDIUM',
      },
      'a profile of a role with a path to admin': {
        given: {
          ...having({ profiles: [aProfileOf(['backup', 'report'])] }),
          access: accessOf(aVerdict(aRole('backup').arn, 'none'), aVerdict(aRole('report').arn, 'can-become-admin')),
        },
        says: 'Its sessions get all permissions of roles backup and report.',
        severity: 'HIGH',
      },
      'a profile of an admin role that accepts no certificates': {
        given: {
          ...having({ profiles: [aProfileOf(['server', 'backup'])] }),
          access: accessOf(aVerdict(aRole('server').arn, 'admin')),
        },
        says: wide,
        severity: 'MEDIUM',
      },
    },
    ignores: {
      'anchors and profiles that no role trusts': inRegions(
        { 'eu-west-1': seen({ trustAnchors: [anchor], profiles: [aProfileOf(['server'])] }) },
        [],
      ),
      'anchors and profiles that could not be collected, if no role trusts them': {
        ...inRegions({}, []),
        certificateTrust: unavailable('it is not in the snapshot'),
      },
      'a Region that could not be collected, if no role trusts it': inRegions(
        { 'eu-west-1': denied('rolesanywhere:ListCrls') },
        [],
      ),
    },
    unknowns: {
      'an older snapshot, once for all roles': {
        given: { ...inRegions({}), certificateTrust: unavailable('it is not in the snapshot') },
        says: 'Not evaluated: trust anchors and profiles: it is not in the snapshot',
        on: ACCOUNT,
      },
      'one Region denied': {
        given: inRegions({
          'eu-west-1': denied('rolesanywhere:ListCrls'),
          'us-east-1': seen({ trustAnchors: [anchor], crls: [aCrlFor('laptops')] }),
        }),
        says: 'trust anchors and profiles in eu-west-1: access to rolesanywhere:ListCrls was denied',
        on: ACCOUNT,
      },
      'two Regions denied, as one finding': {
        given: inRegions({ 'eu-west-1': denied('rolesanywhere:ListCrls'), 'us-east-1': denied('rolesanywhere:ListCrls') }),
        says: 'trust anchors and profiles in eu-west-1 and us-east-1: access',
      },
    },
  });
});

/** The result of each subject, with the next step of those that fail. */
const judge = (given: Given) =>
  [...check.run({ ...emptyAccount, ...given }, aContext())].map(({ subject: { resource }, judgement, remediation }) => ({
    id: resource.id,
    status: judgement.status,
    step: judgement.status === 'fail' ? remediation() : '',
  }));

test('a Region that could not be collected hides neither the roles nor the other Regions', () => {
  const open = aTrustingRole('open', [letting(principal, undefined, actions)]);
  const { certificateTrust } = inRegions({
    'eu-west-1': denied('rolesanywhere:ListCrls'),
    'us-east-1': seen({ trustAnchors: [anAnchor('laptops')] }),
  });
  const found = judge({
    identities: identities({ roles: [open] }),
    ...(certificateTrust ? { certificateTrust } : {}),
  });
  expect(found.map(({ id, status }) => `${status} ${id}`)).toEqual([
    'fail AROAOPEN',
    `fail ${arnOf('trust-anchor/laptops')}`,
    `unknown ${ACCOUNT}`,
  ]);
});

test.each<[name: string, lists: Partial<RolesAnywhere>, step: string]>([
  [
    'an anchor',
    { trustAnchors: [anAnchor('laptops')] },
    `aws rolesanywhere import-crl --enabled --region eu-west-1 --name laptops --trust-anchor-arn ${arnOf('trust-anchor/laptops')} --crl-data fileb://crl.pem`,
  ],
  [
    'an anchor of AWS Private CA, whose list is not in PEM format',
    { trustAnchors: [anAnchor('laptops', { source: 'AWS_ACM_PCA' })] },
    'openssl crl -inform DER -in crl.der -out crl.pem && aws rolesanywhere import-crl --enabled --region eu-west-1',
  ],
  [
    'an anchor with a disabled list',
    { trustAnchors: [anAnchor('laptops')], crls: [aCrlFor('laptops', { enabled: false })] },
    'aws rolesanywhere enable-crl --region eu-west-1 --crl-id of-laptops',
  ],
  [
    'a profile',
    { profiles: [aProfileOf(['backup'])] },
    'aws rolesanywhere update-profile --region eu-west-1 --profile-id machines --session-policy file://session-policy.json',
  ],
  [
    'an anchor with a hostile name',
    { trustAnchors: [anAnchor("$(reboot) 'x", { arn: 'arn; reboot' })] },
    `--name '$(reboot) '\\''x' --trust-anchor-arn 'arn; reboot' --crl-data`,
  ],
  [
    'a profile with a hostile ID',
    { profiles: [aProfileOf(['backup'], { id: '-x`id`' })] },
    "--profile-id='-x`id`' --session-policy",
  ],
])('the next step for %s', (_name, lists, step) => {
  expect(judge(having(lists)).map(({ step: found }) => found)).toContainEqual(expect.stringContaining(step));
});
