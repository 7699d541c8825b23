import { DAY } from '../../lambda/scanner/model/instant.ts';
import { collected, unavailable } from '../../lambda/scanner/model/observed.ts';
import type { aRole } from '../support/builders.ts';
import { ACCOUNT, NOW, aKey, aPolicy, aReportedKey, aUser, attached, daysAgo, seen } from '../support/builders.ts';
import {
  type Attack,
  type RawFacts,
  adminPolicy,
  all,
  allow,
  boundary,
  deployPolicy,
  line,
  morningAfter,
  quietNight,
} from './nights.ts';
import { snapshotOf, trust, withIdentities, withNewUser, withRow, withUser } from './nights.ts';

const DAWN = NOW - DAY / 2;
const OTHER = 'arn:aws:iam::222233334444:root';
const SAML = `arn:aws:iam::${ACCOUNT}:saml-provider/okta`;
const GITHUB = `arn:aws:iam::${ACCOUNT}:oidc-provider/token.actions.githubusercontent.com`;
const ANCHOR = 'arn:aws:rolesanywhere:us-east-1:111122223333:trust-anchor/a';

const quiet: Attack = (facts) => facts;
type Role = ReturnType<typeof aRole>;
type Policy = ReturnType<typeof aPolicy>;
const role = (name: string, change: (found: Role) => Role): Attack =>
  withIdentities(({ roles }) => ({ roles: roles.map((found) => (found.name === name ? change(found) : found)) }));
const policy = (name: string, change: Partial<Policy>): Attack =>
  withIdentities(({ policies }) => ({
    policies: policies.map((found) => (found.name === name ? { ...found, ...change } : found)),
  }));
const withBoundary = (boundaryArn?: string) =>
  role('app', ({ boundaryArn: _, ...rest }) => ({ ...rest, ...(boundaryArn === undefined ? {} : { boundaryArn }) }));
const trusting = (document: Role['trustPolicy']) => role('reports', (found) => ({ ...found, trustPolicy: document }));
const withPolicies = (...policies: readonly Policy[]): Attack =>
  withIdentities((before) => ({ policies: [...before.policies, ...policies] }));
const versions = (...[first, ...rest]: readonly ReturnType<typeof allow>[]): Pick<Policy, 'versions'> => ({
  versions: [first, ...rest].map((document, index) => ({
    id: `v${index + 3}`,
    isDefault: index === 0,
    document: document ?? {},
  })),
});
const firstIsDefault = deployPolicy.versions.map((version) => ({ ...version, isDefault: version.id === 'v1' }));
const wide = aPolicy('wide-boundary', allow(['s3:*', 'logs:*', 'iam:*']), { boundaryUsageCount: 1, attachmentCount: 0 });
const credential = { id: 'ACCA1', userName: 'ann', service: 'codecommit.amazonaws.com', active: true, createdAt: DAWN };
const withCredentials =
  (...serviceCredentials: RawFacts['serviceCredentials']): Attack =>
  (facts) => ({
    ...facts,
    serviceCredentials,
  });
const anchor = { arn: ANCHOR, id: 'a', name: 'anchor', enabled: true, source: 'CERTIFICATE_BUNDLE', authority: 'PEM of ours' };
const crl = { arn: 'crl', id: 'c', name: 'revoked', enabled: true, trustAnchorArn: ANCHOR };
const profile = { arn: 'profile', id: 'p', name: 'builds', enabled: true, roleArns: ['r1'], narrowsSessions: true };
type Anywhere = Extract<ReturnType<RawFacts['rolesAnywhere']['get']>, { readonly status: 'collected' }>['value'];
const anywhere =
  (change: Partial<Anywhere> = {}): Attack =>
  (facts) => ({
    ...facts,
    rolesAnywhere: seen({ 'us-east-1': { trustAnchors: [anchor], crls: [crl], profiles: [profile], ...change } }),
  });
const row =
  (name: string, change: Parameters<typeof withRow>[2]): Attack =>
  (facts) => ({
    ...facts,
    credentialReport: withRow(facts, name, change),
  });

/** Two nights, and what each tells after the other: forward, and with the two changed places. */
const pairs: Readonly<Record<string, readonly [Attack, Attack]>> = {
  'a boundary is removed': [quiet, withBoundary()],
  'a boundary is replaced by one that allows more': [withPolicies(wide), all(withPolicies(wide), withBoundary(wide.arn))],
  'a boundary is replaced by one that cannot be read': [quiet, withBoundary(`arn:aws:iam::${ACCOUNT}:policy/gone`)],
  'a boundary allows more': [quiet, policy(boundary.name, versions(allow(['s3:*', 'logs:*', 'iam:*'])))],
  'a managed policy allows more': [quiet, policy('deploy', versions(allow(['cloudformation:*', 's3:ListBucket'])))],
  'a managed policy allows something else': [quiet, policy('deploy', versions(allow('sqs:*')))],
  'a managed policy is set back to its first version': [quiet, policy('deploy', { versions: firstIsDefault })],
  'a managed policy cannot be read': [quiet, policy('deploy', versions('{'))],
  'a policy of AWS allows more': [policy(adminPolicy.name, versions(allow('s3:*'))), quiet],
  'a role trusts one more account': [quiet, trusting(trust({ AWS: ['222233334444', 'arn:aws:iam::333344445555:root'] }))],
  'a role trusts the same account without a condition': [quiet, trusting(trust({ AWS: OTHER }))],
  'a role trusts under another condition': [
    quiet,
    trusting(trust({ AWS: OTHER }, { Condition: { StringEquals: { 'sts:ExternalId': 'y' } } })),
  ],
  'a role trusts everyone': [quiet, trusting(trust('*'))],
  'a role trusts a service': [quiet, trusting(trust({ AWS: OTHER, Service: 'ec2.amazonaws.com' }))],
  'a role trusts all but one account': [
    quiet,
    trusting({
      Version: '2012-10-17',
      Statement: { Effect: 'Allow', NotPrincipal: { AWS: '333344445555' }, Action: 'sts:AssumeRole' },
    }),
  ],
  'a trust policy cannot be read': [quiet, trusting('{')],
  'an admin gets a service credential': [quiet, withCredentials(credential)],
  'a service credential is switched on': [withCredentials({ ...credential, active: false }), withCredentials(credential)],
  'a service credential of a user that is not there': [quiet, withCredentials({ ...credential, userName: 'zed' })],
  'a service credential cannot be read': [quiet, withCredentials({ ...credential, unread: ['ServiceUserName'] })],
  'a user gets a password': [quiet, row('legacy', { passwordEnabled: true, passwordLastChanged: DAWN })],
  'the password of a user that is no admin changes': [quiet, row('dora', { passwordLastChanged: DAWN })],
  'a new user has a password, and one that is there already has no row': [
    (facts) => ({ ...facts, credentialReport: { ...facts.credentialReport, rows: new Map() } }),
    withNewUser(aUser('eve'), { passwordEnabled: true, passwordLastChanged: DAWN }),
  ],
  'a trust anchor gets another authority': [anywhere(), anywhere({ trustAnchors: [{ ...anchor, authority: 'PEM of theirs' }] })],
  'a trust anchor gets an authority of another kind': [
    anywhere(),
    anywhere({ trustAnchors: [{ ...anchor, source: 'AWS_ACM_PCA', authority: 'arn:aws:acm-pca:…' }] }),
  ],
  'a snapshot of an earlier version does not have the authority of an anchor': [
    anywhere({ trustAnchors: [(({ authority: _, ...rest }) => rest)(anchor)] }),
    anywhere(),
  ],
  'a revocation list is switched off': [anywhere(), anywhere({ crls: [{ ...crl, enabled: false }] })],
  'a profile has one more role': [anywhere(), anywhere({ profiles: [{ ...profile, roleArns: ['r1', 'r2'] }] })],
  'a profile no longer limits its sessions': [anywhere(), anywhere({ profiles: [{ ...profile, narrowsSessions: false }] })],
  'a profile is switched on': [anywhere({ profiles: [{ ...profile, enabled: false }] }), anywhere()],
  'IAM Roles Anywhere of a Region is not seen': [
    anywhere(),
    (facts) => ({ ...facts, rolesAnywhere: new Map([['us-east-1', unavailable('access was denied')]]) }),
  ],
  'a SAML provider has other metadata': [
    quiet,
    (facts) => ({ ...facts, samlProviders: seen({ [SAML]: { metadata: '<EntityDescriptor id="x"/>' } }) }),
  ],
  'a SAML provider is removed': [quiet, (facts) => ({ ...facts, samlProviders: new Map() })],
  'a SAML provider is not seen': [
    quiet,
    (facts) => ({ ...facts, samlProviders: new Map([[SAML, unavailable('access was denied')]]) }),
  ],
  'an OIDC provider has other clients, certificates and issuer': [
    quiet,
    (facts) => ({ ...facts, oidcProviders: seen({ [GITHUB]: { url: 'evil.example', clientIds: ['x'], thumbprints: ['bb'] } }) }),
  ],
  'a key is deleted': [quiet, (facts) => ({ ...facts, accessKeys: new Map() })],
  'a key replaces one that was switched off': [
    quiet,
    (facts) => ({
      ...facts,
      accessKeys: seen({ ci: [aKey('ci', 'AKIACI', { active: false }), aKey('ci', 'AKIANEW', { createdAt: DAWN })] }),
    }),
  ],
  'keys are known by number only': [
    (facts) => ({ ...facts, accessKeys: new Map() }),
    all((facts) => ({ ...facts, accessKeys: new Map() }), row('ci', { keys: [aReportedKey(), aReportedKey()] })),
  ],
  'a new user has a key': [
    quiet,
    all(withNewUser(aUser('eve'), {}), (facts) => ({
      ...facts,
      accessKeys: new Map([...facts.accessKeys, ['eve', collected([aKey('eve', 'AKIAEVE', { createdAt: DAWN })])]]),
    })),
  ],
  'a user that was made long ago and was not there': [
    quiet,
    withIdentities(({ users }) => ({ users: [...users, aUser('old', { createdAt: daysAgo(900), ...attached(adminPolicy) })] })),
  ],
  'a break-glass user is used': [quiet, row('sealed', { passwordLastUsed: DAWN })],
  'a break-glass user is not one any more': [quiet, withUser('sealed', () => ({ tags: new Map() }))],
  'an admin behind an address is admin everywhere': [
    withUser('dora', () => ({
      inlinePolicies: [
        { name: 'a', document: allow('*', '*', { Condition: { IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } } }) },
      ],
    })),
    withUser('dora', () => ({ inlinePolicies: [{ name: 'a', document: allow('*') }] })),
  ],
};

const between = (before: Attack, after: Attack): readonly string[] => {
  const { changes, notCompared = [] } = morningAfter(
    snapshotOf(before(quietNight), NOW - DAY),
    snapshotOf(after(quietNight), NOW),
  );
  return [...changes.map(line), ...notCompared.map(({ part, reason }) => `not compared: ${part}: ${reason}`)];
};

test.each(Object.entries(pairs))('%s', (_name, [before, after]) => {
  expect({ forward: between(before, after), back: between(after, before) }).toMatchSnapshot();
});
