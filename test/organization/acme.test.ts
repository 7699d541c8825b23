import { readSnapshots } from '../../lambda/scanner/collect/read-snapshot.ts';
import type { Identities } from '../../lambda/scanner/facts/identity.ts';
import type { Json } from '../../lambda/scanner/model/json.ts';
import type { GuardrailPolicy } from '../../lambda/scanner/facts/organization-parts/policies.ts';
import type { OrganizationSnapshot } from '../../lambda/scanner/facts/organization-parts/organization-snapshot.ts';
import type { Snapshot } from '../../lambda/scanner/facts/snapshot.ts';
import { collected } from '../../lambda/scanner/model/observed.ts';
import { type Correlation, correlate } from '../../lambda/scanner/organization/correlate/correlate.ts';
import { edgesOfAll, routeTo } from './support.ts';

const DEVELOPMENT = '777788889999';
const PRODUCTION = '444455556666';
const CI_DEPLOYER = `arn:aws:iam::${DEVELOPMENT}:user/ci/ci-deployer`;
const CI_DEPLOY = `arn:aws:iam::${DEVELOPMENT}:role/ci-deploy`;
const DEPLOY_PRODUCTION = `arn:aws:iam::${PRODUCTION}:role/deploy-production`;
const NIGHTLY = `arn:aws:iam::${PRODUCTION}:role/nightly-maintenance`;
const BOUNDARY = `arn:aws:iam::${DEVELOPMENT}:policy/ci-boundary`;

interface Acme {
  readonly accounts: readonly Snapshot[];
  readonly organization: OrganizationSnapshot;
}

async function acme(): Promise<Acme> {
  const { accounts, organization } = await readSnapshots('examples/acme');
  if (organization === undefined) throw new Error('the sample has no Organization');
  // Without the other way from development to production, by stack sets.
  return { accounts, organization: { ...organization, EnabledServicePrincipals: collected([]) } };
}

const correlated = ({ accounts, organization }: Acme): Correlation => correlate(edgesOfAll(accounts, organization));

const withIdentities = (account: string, change: (identities: Identities) => Identities) => (sample: Acme) => ({
  ...sample,
  accounts: sample.accounts.map((snapshot) =>
    snapshot.accountId === account && snapshot.facts.identities.status === 'collected'
      ? { ...snapshot, facts: { ...snapshot.facts, identities: collected(change(snapshot.facts.identities.value)) } }
      : snapshot,
  ),
});

const withRole = (
  account: string,
  arn: string,
  change: (role: Identities['roles'][number]) => Partial<Identities['roles'][number]>,
) =>
  withIdentities(account, (identities) => ({
    ...identities,
    roles: identities.roles.map((role) => (role.arn === arn ? { ...role, ...change(role) } : role)),
  }));

const document = (...statements: readonly Json[]): Json => ({ Version: '2012-10-17', Statement: statements });
const allow = (...actions: readonly string[]): Json => ({ Effect: 'Allow', Action: actions, Resource: '*' });

/** CI roles below a boundary, as many have them; it allows these actions. */
const belowBoundary = (...actions: readonly string[]) => {
  const place = withRole(DEVELOPMENT, CI_DEPLOY, () => ({ boundaryArn: BOUNDARY }));
  const write = withIdentities(DEVELOPMENT, (identities) => ({
    ...identities,
    policies: [
      ...identities.policies,
      {
        name: 'ci-boundary',
        id: 'ANPAEXAMPLECIBOUNDARY',
        arn: BOUNDARY,
        path: '/',
        attachmentCount: 0,
        boundaryUsageCount: 1,
        versions: [{ id: 'v1', isDefault: true, document: document(allow(...actions)) }],
      },
    ],
  }));
  return (sample: Acme) => write(place(sample));
};

/** Another service control policy on development. */
const withScp =
  (content: Json) =>
  (sample: Acme): Acme => {
    const policy: GuardrailPolicy = {
      kind: 'scp',
      id: 'p-acme3',
      arn: 'arn:aws:organizations::111122223333:policy/o-acmeexample/service_control_policy/p-acme3',
      name: 'AcmeDevelopment',
      isAwsManaged: false,
      document: collected(content),
      targets: ['ou-ac3e-development'],
    };
    const { Policies } = sample.organization;
    return Policies.status === 'unavailable'
      ? sample
      : { ...sample, organization: { ...sample.organization, Policies: collected([...Policies.value, policy]) } };
  };

const PLANTED = [
  `assume-role ${DEVELOPMENT}:role/ci-deploy`,
  `assume-role ${PRODUCTION}:role/deploy-production`,
  `lambda-create-function-and-invoke ${PRODUCTION}:role/nightly-maintenance`,
  `allows-everything ${PRODUCTION}:role/nightly-maintenance`,
];

const route = (sample: Acme) => routeTo(correlated(sample), CI_DEPLOYER, PRODUCTION);

describe('the way from a user of development to admin of production', () => {
  test('is reported once, with the statements of every hop on both sides', async () => {
    const { reaches, pathsOf } = correlated(await acme());
    const [reach, ...others] = reaches.filter(({ principal }) => principal.arn === CI_DEPLOYER);
    expect(others).toEqual([]);
    expect(reach).toMatchObject({ account: DEVELOPMENT, accounts: [PRODUCTION, DEVELOPMENT], ifConditions: [] });
    const paths = reach ? pathsOf(reach, 10) : [];
    expect(paths).toHaveLength(1);
    expect(paths[0]?.path.map(({ from, to, statements }) => ({ from, to, statements }))).toEqual([
      { from: CI_DEPLOYER, to: CI_DEPLOY, statements: [{ policy: `trust:${CI_DEPLOY}`, index: 0 }] },
      {
        from: CI_DEPLOY,
        to: DEPLOY_PRODUCTION,
        statements: [
          { policy: 'inline:release-to-production', index: 0, sid: 'ReleaseToProduction' },
          { policy: `trust:${DEPLOY_PRODUCTION}`, index: 0 },
        ],
      },
      {
        from: DEPLOY_PRODUCTION,
        to: NIGHTLY,
        statements: [
          { policy: 'inline:release', index: 2, sid: 'PassRolesToWorkloads' },
          { policy: 'inline:release', index: 0, sid: 'ReleaseFunctions' },
        ],
      },
      { from: NIGHTLY, to: NIGHTLY, statements: [{ policy: 'arn:aws:iam::aws:policy/AdministratorAccess', index: 0 }] },
    ]);
  });

  test('has both keys of the user', async () => {
    const reach = correlated(await acme()).reaches.find(({ principal }) => principal.arn === CI_DEPLOYER);
    expect(reach?.principal.keys).toHaveLength(2);
  });

  const open: Readonly<Record<string, (sample: Acme) => Acme>> = {
    'as it is': (sample) => sample,
    'below a boundary that allows to assume roles': belowBoundary('sts:AssumeRole', 'cloudformation:*', 's3:*'),
    'below a service control policy that denies something else': withScp(
      document({ Effect: 'Deny', Action: ['iam:CreateUser', 'sts:GetFederationToken'], Resource: '*' }),
    ),
    'below a service control policy that spares CI': withScp(
      document({
        Effect: 'Deny',
        Action: 'sts:AssumeRole',
        NotResource: `arn:aws:iam::${DEVELOPMENT}:role/*`,
        Condition: { ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/ci-*' } },
      }),
    ),
  };

  test.each(Object.entries(open))('is open %s', async (_name, change) => {
    expect(route(change(await acme()))).toEqual(PLANTED);
  });

  const broken: Readonly<Record<string, (sample: Acme) => Acme>> = {
    'the trust of the deploy role': withRole(PRODUCTION, DEPLOY_PRODUCTION, () => ({
      trustPolicy: document({
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${PRODUCTION}:role/PlatformAdmin` },
        Action: 'sts:AssumeRole',
      }),
    })),
    'what the service control policies leave of it': withScp(
      document({ Effect: 'Deny', Action: 'sts:AssumeRole', NotResource: `arn:aws:iam::${DEVELOPMENT}:role/*` }),
    ),
  };

  /** Without the user that the deploy role trusts too. */
  const onlyCi = withRole(PRODUCTION, DEPLOY_PRODUCTION, () => ({
    trustPolicy: document({ Effect: 'Allow', Principal: { AWS: CI_DEPLOY }, Action: 'sts:AssumeRole' }),
  }));

  // ci-deployer also becomes admin of development, and every admin of it can give the role permissions.
  const longer: Readonly<Record<string, (sample: Acme) => Acme>> = {
    'the permission of the CI role': withRole(DEVELOPMENT, CI_DEPLOY, ({ inlinePolicies }) => ({
      inlinePolicies: inlinePolicies.filter(({ name }) => name !== 'release-to-production'),
    })),
    'what the boundary of the CI role leaves of it': belowBoundary('cloudformation:*', 's3:*'),
  };

  test.each(Object.entries(longer))('leads over admin of development without %s', async (_name, change) => {
    const [...steps] = route(change(onlyCi(await acme()))) ?? [];
    expect(steps.at(0)).toBe(PLANTED[0]);
    expect(steps).toContain(`put-role-policy ${DEVELOPMENT}:role/ci-deploy`);
    expect(steps.slice(-3)).toEqual(PLANTED.slice(-3));
  });

  test.each(Object.entries(broken))('breaks without %s', async (_name, change) => {
    const sample = change(await acme());
    expect(route(sample)).toBeUndefined();
  });

  test('is not the only one: the delegated administrator of stack sets has admin access to production', async () => {
    const { accounts, organization } = await readSnapshots('examples/acme');
    const correlation = correlate(edgesOfAll(accounts, organization));
    expect(routeTo(correlation, `arn:aws:iam::${DEVELOPMENT}:role/DevAdmin`, PRODUCTION)).toEqual([
      `create-service-managed-stack-set ${PRODUCTION}:root`,
    ]);
  });
});
