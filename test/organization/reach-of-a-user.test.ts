import { readSnapshots } from '../../lambda/scanner/collect/read-snapshot.ts';
import { checks } from '../../lambda/scanner/checks/index.ts';
import { defaultConfig, parseConfig } from '../../lambda/scanner/config.ts';
import type { Snapshot } from '../../lambda/scanner/facts/snapshot.ts';
import { analyzeAccounts } from '../../lambda/scanner/organization/analyze-accounts.ts';
import { explainPrincipal } from '../../lambda/scanner/organization/explain-principal.ts';
import { renderAdmins } from '../../lambda/scanner/report/admins.ts';
import { toAsff } from '../../lambda/scanner/report/asff.ts';
import { noResources } from '../../lambda/scanner/report/asff/resources.ts';
import { renderExplanation } from '../../lambda/scanner/report/explain-principal.ts';
import { scan } from '../../lambda/scanner/scan.ts';
import { type AccountSpec, ADMINISTRATOR, allow, deny, trusts } from '../escalation/support.ts';
import { NOW } from '../support/builders.ts';
import { anOrganization } from '../support/organization.ts';
import { snapshotIn } from './support.ts';

const DEVELOPMENT = '222233334444';
const PRODUCTION = '333344445555';
const DANA = `arn:aws:iam::${DEVELOPMENT}:user/dana`;
const DEPLOY = `arn:aws:iam::${PRODUCTION}:role/deploy`;

/** What a plain user of development has to have to become admin of production, one support each. */
interface Supports {
  readonly may?: AccountSpec;
  readonly role?: AccountSpec;
}

const mayAssume: AccountSpec = { users: { dana: { can: [allow('sts:AssumeRole', DEPLOY)] } } };
const adminRole: AccountSpec = { roles: { deploy: { attached: [ADMINISTRATOR], trust: [trusts({ AWS: DANA })] } } };

const accountsOf = ({ may = mayAssume, role = adminRole }: Supports = {}): readonly Snapshot[] => [
  snapshotIn(DEVELOPMENT, may),
  snapshotIn(PRODUCTION, role),
];

const named = anOrganization({
  accounts: { [DEVELOPMENT]: [], [PRODUCTION]: [] },
  names: { [DEVELOPMENT]: 'development', [PRODUCTION]: 'production' },
});

const scanned = (accounts: readonly Snapshot[], organization?: typeof named, config = defaultConfig) =>
  scan(accounts, {
    ...{ checks, config, now: NOW, version: '0.0.0' },
    ...(organization === undefined ? {} : { organization, organizationAccounts: [] }),
  });

const ofDana = (report: ReturnType<typeof scanned>) =>
  report.findings.filter(({ checkId, resource }) => checkId === 'cross-account-admin-reach' && resource.arn === DANA);

const bothSides = [
  {
    rule: 'assume-role',
    from: DANA,
    to: DEPLOY,
    statements: [
      { policy: 'inline:own', index: 0 },
      { policy: `trust:${DEPLOY}`, index: 0 },
    ],
  },
  { rule: 'allows-everything', from: DEPLOY, statements: [{ policy: ADMINISTRATOR, index: 0 }] },
];

describe('a plain user of development who may assume an admin role of one production account', () => {
  test.each([
    ['with the organization', named],
    ['with two snapshots alone', undefined],
  ])('has a HIGH finding with the statements of both sides %s', (_name, organization) => {
    const [finding, ...others] = ofDana(scanned(accountsOf(), organization));
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      status: 'FAILED',
      severity: 'HIGH',
      headline: 'IAM user dana is, or can become, administrator in 1 other account',
      evidence: { accounts: [PRODUCTION], paths: [{ account: PRODUCTION, path: bothSides }] },
    });
  });

  test('has a record in Security Hub with both sides', () => {
    const [finding] = ofDana(scanned(accountsOf(), named));
    if (finding === undefined) throw new Error('there is no finding');
    const document = toAsff(finding, {
      ...{ account: DEVELOPMENT, partition: 'aws', region: 'eu-west-1', resources: noResources },
    });
    expect(document).toMatchObject({
      AwsAccountId: DEVELOPMENT,
      Title: 'IAM user dana is, or can become, administrator in 1 other account',
      FindingProviderFields: { Severity: { Label: 'HIGH' } },
      Compliance: { Status: 'FAILED' },
    });
    const told = Object.entries(document.ProductFields ?? {}).flatMap(([key, value]) => (key.includes('/Path/') ? [value] : []));
    expect(told[0]).toContain(`allowed by statement 1 of inline:own; statement 1 of trust:${DEPLOY}`);
    expect(told[1]).toContain(ADMINISTRATOR);
  });

  test('is among the admins, with the reach', () => {
    const { admins } = scanned(accountsOf(), named);
    const dana = admins.find(({ arn }) => arn === DANA);
    expect(dana).toMatchObject({
      ...{ account: DEVELOPMENT, verdict: 'none', path: [] },
      reach: [{ account: PRODUCTION, verdict: 'can-become-admin', conditions: [], asAdmin: false, path: bothSides }],
    });
    const text = renderAdmins(admins, { color: false });
    expect(text).toContain('Admin, or can become it, in other accounts only (1)');
    expect(text).toContain(`account ${PRODUCTION}: sts:AssumeRole role/deploy (account ${PRODUCTION})`);
  });

  test('is explained with the statements of both sides, and not as one without access', () => {
    const explanation = explainPrincipal(analyzeAccounts(accountsOf(), named), named, DANA);
    if (explanation === undefined) throw new Error('there is no explanation');
    const text = renderExplanation(explanation, { color: false });
    expect(text).toContain('is not admin of its own account and has no known path to it.');
    expect(text).toContain(`In account ${PRODUCTION} it can become admin:`);
    expect(text).toContain(`Allowed by statement 1 of the inline policy own of ${DANA}`);
    expect(text).toContain(`Allowed by statement 1 of the trust policy of ${DEPLOY}`);
    expect(text).toContain(`Allowed by statement 1 of ${ADMINISTRATOR}`);
    expect(text).not.toContain('no known path to admin.');
    expect(text).toContain(
      `Removing this breaks the paths to other accounts:\n  - statement 1 of the inline policy own of ${DANA}`,
    );
  });

  const removed: Readonly<Record<string, Supports>> = {
    'its sts:AssumeRole statement': { may: { users: { dana: { can: [allow('s3:GetObject')] } } } },
    'the statement of the trust policy': {
      role: { roles: { deploy: { attached: [ADMINISTRATOR], trust: ['ec2.amazonaws.com'] } } },
    },
    'the admin policy of the role': { role: { roles: { deploy: { trust: [trusts({ AWS: DANA })] } } } },
    'what a Deny leaves of it': {
      may: { users: { dana: { can: [allow('sts:AssumeRole', DEPLOY), deny('sts:AssumeRole', DEPLOY)] } } },
    },
  };

  test.each(Object.entries(removed))('is nothing of that without %s', (_name, change) => {
    const accounts = accountsOf(change);
    const report = scanned(accounts, named);
    expect(ofDana(report)).toEqual([]);
    expect(report.admins.filter(({ arn }) => arn === DANA)).toEqual([]);
    const explanation = explainPrincipal(analyzeAccounts(accounts, named), named, DANA);
    expect(explanation?.reach).toEqual([]);
  });
});

test('the configuration accepts administrators of one account', () => {
  const config = parseConfig('checks: { cross-account-admin-reach: { maxAccounts: 1 } }', checks);
  expect(ofDana(scanned(accountsOf(), named, config))).toEqual([]);
});

test('the configuration tells which account is which', () => {
  const config = parseConfig(`environments: { development: ['${DEVELOPMENT}'], production: ['${PRODUCTION}'] }`, checks);
  expect(ofDana(scanned(accountsOf(), undefined, config))[0]?.message).toContain(
    'Its own account belongs to a lower environment (development).',
  );
  expect(ofDana(scanned(accountsOf(), named))[0]?.message).toContain('lower environment (development)');
  expect(ofDana(scanned(accountsOf()))[0]?.message).not.toContain('environment');
});

test('a user who reaches one that can only make others admin of its account, reaches that account', () => {
  const can = [allow('iam:AttachUserPolicy', `arn:aws:iam::${PRODUCTION}:user/eve`)];
  const accounts = accountsOf({
    role: { roles: { deploy: { can, trust: [trusts({ AWS: DANA })] } }, users: { eve: {} } },
  });
  const report = scanned(accounts, named);
  expect(report.admins.find(({ arn }) => arn === DANA)).toMatchObject({
    reach: [{ account: PRODUCTION, verdict: 'can-grant-admin' }],
  });
  expect(ofDana(report)).toHaveLength(1);
});

test('findings of other checks on the user tell it too', () => {
  const { findings } = scanned(accountsOf(), named);
  const others = findings.filter(
    ({ checkId, status, resource }) => status === 'FAILED' && resource.arn === DANA && checkId !== 'cross-account-admin-reach',
  );
  expect(others.length).toBeGreaterThan(0);
  for (const finding of others) {
    expect(finding.message).toContain(`administrator in another account: ${PRODUCTION}.`);
    expect(finding.evidence).toMatchObject({ reach: [PRODUCTION] });
  }
});

test('a service with access to all member accounts reaches no account that is not in the organization', async () => {
  const { accounts, organization } = await readSnapshots('examples/acme');
  const development = analyzeAccounts(accounts, organization).find(({ snapshot }) => snapshot.accountId === '777788889999');
  const reaches = development?.crossAccountReach.status === 'collected' ? development.crossAccountReach.value : undefined;
  const greta = reaches?.get('arn:aws:iam::777788889999:user/greta.lind');
  expect(greta?.accounts).toEqual(['444455556666', '777788889999']);
});

test('the sample has a plain user of development who is admin of production', async () => {
  const { accounts, organization } = await readSnapshots('examples/acme');
  const arn = 'arn:aws:iam::777788889999:user/staff/mia.tanaka';
  const report = scan(accounts, {
    ...{ checks, config: defaultConfig, now: NOW, version: '0.0.0' },
    ...(organization === undefined ? {} : { organization }),
  });
  expect(report.admins.find((admin) => admin.arn === arn)).toMatchObject({
    verdict: 'none',
    reach: [{ account: '444455556666' }],
  });
  const found = report.findings.filter(
    ({ checkId, resource }) => checkId === 'cross-account-admin-reach' && resource.arn === arn,
  );
  expect(found).toMatchObject([{ severity: 'HIGH', evidence: { accounts: ['444455556666'] } }]);
});

describe('the smallest set of statements without which a user reaches no other account', () => {
  const SANDBOX = '444455556666';
  const roleIn = (account: string, name = 'deploy') => `arn:aws:iam::${account}:role/${name}`;
  const admins = (...names: readonly string[]): AccountSpec => ({
    roles: Object.fromEntries(names.map((name) => [name, { attached: [ADMINISTRATOR], trust: [trusts({ AWS: DANA })] }])),
  });
  const cutOf = (specs: Readonly<Record<string, AccountSpec>>) => {
    const accounts = Object.entries(specs).map(([id, spec]) => snapshotIn(id, spec));
    const explanation = explainPrincipal(analyzeAccounts(accounts, named), named, DANA);
    return explanation?.reachCut?.map(({ holder, policy, index }) => `${holder} ${policy} ${index}`);
  };
  const may = (...resources: readonly string[]): AccountSpec => ({
    users: { dana: { can: resources.map((resource) => allow('sts:AssumeRole', resource)) } },
  });
  const own = (index: number) => `${DANA} inline:own ${index}`;
  const trustOf = (role: string) => `${role} trust:${role} 0`;

  test.each([
    [
      'the one statement by which it reaches two accounts',
      { [DEVELOPMENT]: may('*'), [PRODUCTION]: admins('deploy'), [SANDBOX]: admins('deploy') },
      [own(0)],
    ],
    [
      'a statement for each of two accounts',
      { [DEVELOPMENT]: may(roleIn(PRODUCTION), roleIn(SANDBOX)), [PRODUCTION]: admins('deploy'), [SANDBOX]: admins('deploy') },
      [own(0), own(1)],
    ],
    [
      'the trust policy, where several statements allow the user to assume the role',
      { [DEVELOPMENT]: may('*', roleIn(PRODUCTION)), [PRODUCTION]: admins('deploy') },
      [trustOf(roleIn(PRODUCTION))],
    ],
    [
      'none, where there are more than four',
      {
        [DEVELOPMENT]: may(...['a', 'b', 'c', 'd', 'e'].map((name) => roleIn(PRODUCTION, name))),
        [PRODUCTION]: admins('a', 'b', 'c', 'd', 'e'),
      },
      undefined,
    ],
    ['none, where it reaches none', { [DEVELOPMENT]: may('*'), [PRODUCTION]: {} }, undefined],
  ])('%s', (_name, specs, cut) => {
    expect(cutOf(specs)).toEqual(cut);
  });
});
