import { groupedReaches } from '../../lambda/scanner/check-support/organization/platform-reach.ts';
import check from '../../lambda/scanner/checks/cross-account-admin-reach.ts';
import type { PrincipalReach, ReachPath } from '../../lambda/scanner/model/reach.ts';
import type { Verdict } from '../../lambda/scanner/model/verdict.ts';
import { ACCOUNT, aRole, aUser, identities } from '../support/builders.ts';
import { describeCheck, judgementsOf } from '../support/check-tester.ts';
import { aReach, aVerdict, accessOf } from '../support/verdicts.ts';

const OTHER = '444455556666';
const ci = aUser('ci');
const ops = aRole('ops');
const wayTo = (account: string, arn: string, asAdmin = false): ReachPath => ({
  account,
  asAdmin,
  conditions: [],
  path: [
    {
      rule: 'assume-role',
      title: 'assume the role',
      aliases: [],
      actions: ['sts:AssumeRole'],
      from: arn,
      to: `arn:aws:iam::${account}:role/deploy`,
      statements: [{ policy: 'inline:out', index: 0 }],
    },
  ],
});

const reach = (arn: string, accounts: readonly string[], more: Partial<PrincipalReach> & { readonly asAdmin?: boolean } = {}) => {
  const others = accounts.filter((account) => account !== ACCOUNT);
  const { asAdmin, ...rest } = more;
  const paths = (most: number) => others.map((account) => wayTo(account, arn, asAdmin)).slice(0, most);
  const entry = aReach(arn, accounts, { paths, ...rest });
  return [arn, entry] as const;
};

const given = (
  verdict: Verdict,
  reaches: readonly (readonly [string, PrincipalReach])[],
  ofOps: Verdict = 'admin',
  platform = false,
) => ({
  identities: identities({ users: [ci], roles: [ops] }),
  access: accessOf(aVerdict(ci.arn, verdict), aVerdict(ops.arn, ofOps, { platform })),
  crossAccountReach: new Map(reaches),
});

const THIRD = '555566667777';

/** Platform roles, and the accounts that each of them reaches. */
const platformRoles = (reached: Readonly<Record<string, readonly string[]>>) => {
  const roles = Object.keys(reached).map((name) => aRole(name));
  return {
    identities: identities({ roles }),
    access: accessOf(...roles.map(({ arn }) => aVerdict(arn, 'none', { platform: true }))),
    crossAccountReach: new Map(roles.map(({ arn, name }) => reach(arn, reached[name] ?? []))),
  };
};
const bootstrapped = (region: string) => `cdk-hnb659fds-deploy-role-${ACCOUNT}-${region}`;

describeCheck(check, {
  passes: {
    'an admin without access to other accounts': given('admin', []),
    'a break-glass identity': {
      ...given('none', [reach(ci.arn, [ACCOUNT, OTHER])]),
      identities: identities({ users: [aUser('ci', { tags: new Map([['break-glass', 'true']]) })] }),
    },
    'a principal that is admin of others only under conditions': given('none', [reach(ci.arn, [], { ifConditions: [OTHER] })]),
  },
  fails: {
    'a principal that is admin of one other account and not of its own': {
      given: given('none', [reach(ci.arn, [OTHER])]),
      says: `IAM user ci is, or can become, administrator in 1 other account\nOther account: ${OTHER}. Path to account ${OTHER}: sts`,
      on: 'ci',
      severity: 'HIGH',
    },
    'one with hardware MFA and no access key, less severely': {
      given: given('none', [reach(ci.arn, [OTHER], { hasHardwareMfa: true })]),
      says: 'administrator in 1 other account',
      severity: 'MEDIUM',
    },
    'a principal that can only make others admin of another account': {
      given: given('none', [reach(ci.arn, [OTHER], { paths: () => [{ ...wayTo(OTHER, ci.arn), grants: true }] })]),
      says: `Path by which it can make others administrator in account ${OTHER}: sts:AssumeRole`,
      severity: 'HIGH',
    },
    'a user who is admin of the management account': {
      given: {
        ...given('none', [reach(ci.arn, [OTHER])]),
        organization: { id: 'o-example', managementAccountId: OTHER },
      },
      says: 'administrator in 1 other account',
      severity: 'CRITICAL',
    },
    'a principal that can become admin here and in another account, with the path': {
      given: given('can-become-admin', [reach(ci.arn, [ACCOUNT, OTHER])]),
      says: `IAM user ci is, or can become, administrator in 1 other account\nIt also is, or can become, administrator in its own account. Other account: ${OTHER}. Path to account ${OTHER}: sts:AssumeRole role/deploy (account ${OTHER}).`,
      on: 'ci',
      severity: 'HIGH',
    },
    'a principal that is admin of two other accounts': {
      given: given('none', [reach(ci.arn, [OTHER, '555566667777'])]),
      says: `IAM user ci is, or can become, administrator in 2 other accounts\nOther accounts: ${OTHER} and 555566667777. Path`,
    },
    'a principal whose path is not known': {
      given: given('none', [reach(ci.arn, [ACCOUNT, OTHER], { paths: () => [] })]),
      says: /^Every admin of account \d+ is, or can become, administrator in 1 other account\nThis applies to 1 principal\. Other account: 444455556666\.$/,
    },
    'a principal that is admin of one other account, if the limit is none': {
      given: given('none', [reach(ci.arn, [OTHER])]),
      params: { maxAccounts: 0 },
      says: `administrator in 1 other account\nOther account: ${OTHER}.`,
    },
    'what every admin of the account can do, as one finding': {
      given: given('can-become-admin', [
        reach(ci.arn, [ACCOUNT, OTHER], { asAdmin: true }),
        reach(ops.arn, [ACCOUNT, OTHER], { asAdmin: true }),
      ]),
      says: `Every admin of account ${ACCOUNT} is, or can become, administrator in 1 other account\nThis applies to 2 principals. Other account: ${OTHER}.`,
      on: ACCOUNT,
      severity: 'HIGH',
    },
    'the same in the management account, which controls the others in any case': {
      given: {
        ...given('admin', [reach(ci.arn, [ACCOUNT, OTHER], { asAdmin: true })]),
        organization: { id: 'o-example', managementAccountId: ACCOUNT },
      },
      says: 'This applies to 1 principal.',
      severity: 'MEDIUM',
    },
    'a role of the landing zone, ranked low': {
      given: given('none', [reach(ops.arn, [ACCOUNT, OTHER])], 'none', true),
      says: 'IAM role ops is, or can become, administrator in 1 other account',
      severity: 'LOW',
    },
    'platform roles of one kind, as one finding': {
      given: platformRoles({ [bootstrapped('eu-west-1')]: [OTHER, THIRD], [bootstrapped('us-east-1')]: [OTHER, THIRD] }),
      says: `Roles of the AWS CDK in account ${ACCOUNT} are, or can become, administrator in 2 other accounts\nThese are ${bootstrapped('eu-west-1')} and ${bootstrapped('us-east-1')}. Other accounts: ${OTHER} and ${THIRD}. Path`,
      on: ACCOUNT,
      severity: 'LOW',
    },
    'those of them that reach less, by name': {
      given: platformRoles({ AWSControlTowerAdmin: [OTHER, THIRD], AWSControlTowerStackSetRole: [OTHER] }),
      says: `These are AWSControlTowerAdmin and AWSControlTowerStackSetRole. Not all of them reach all: AWSControlTowerStackSetRole only ${OTHER}. Other accounts: ${OTHER} and ${THIRD}.`,
      on: ACCOUNT,
    },
    'one platform role of a kind, by itself': {
      given: platformRoles({ AWSControlTowerAdmin: [OTHER] }),
      says: 'IAM role AWSControlTowerAdmin is, or can become, administrator in 1 other account',
      on: 'AWSControlTowerAdmin',
      severity: 'LOW',
    },
  },
  ignores: {
    'an account that was scanned alone': { ...given('admin', []), crossAccountReach: undefined },
  },
});

test('platform roles of several kinds, and others with such names, have findings of their own', () => {
  const given = platformRoles({
    AWSControlTowerAdmin: [OTHER],
    AWSControlTowerExecution: [OTHER],
    AWSAFTAdmin: [OTHER],
    AWSAFTService: [OTHER],
    'landing-zone': [OTHER],
  });
  const context = { accountId: ACCOUNT, isBreakGlass: () => false };
  expect(groupedReaches(given, context).map(({ label, resource }) => [label, resource.id])).toEqual([
    ['IAM role landing-zone', 'AROALANDING-ZONE'],
    [`Roles of AWS Control Tower in account ${ACCOUNT}`, `${ACCOUNT}/AWS-Control-Tower`],
    [`Roles of Account Factory for Terraform in account ${ACCOUNT}`, `${ACCOUNT}/Account-Factory-for-Terraform`],
  ]);
});

test('the evidence of several principals names the accounts on the paths of each', () => {
  const through = (account: string) => ({ accounts: [ACCOUNT, account], count: 2 });
  const byAdmins = given('admin', [
    reach(ci.arn, [ACCOUNT, OTHER], { asAdmin: true, through: through(OTHER) }),
    reach(ops.arn, [ACCOUNT, OTHER], { asAdmin: true, through: through(THIRD) }),
  ]);
  const evidenceOf = (facts: typeof byAdmins) => judgementsOf(check, facts).findings.map(({ evidence }) => evidence);
  const platform = platformRoles({ AWSControlTowerAdmin: [OTHER], AWSControlTowerExecution: [THIRD] });
  expect(evidenceOf(byAdmins)).toMatchObject([{ through: [ACCOUNT, OTHER, THIRD] }]);
  expect(evidenceOf(platform)).toMatchObject([{ through: [OTHER, THIRD] }]);
});

test('it says that accounts on the paths are left out, also if they are only of one of them', () => {
  const many = { accounts: [OTHER], count: 70 };
  const [finding] = judgementsOf(check, platformRoles({ AWSControlTowerAdmin: [OTHER], AWSControlTowerExecution: [] })).findings;
  expect(finding?.evidence).not.toHaveProperty('throughCount');
  const facts = given('admin', [reach(ci.arn, [ACCOUNT, OTHER]), reach(ops.arn, [ACCOUNT, OTHER], { through: many })]);
  expect(judgementsOf(check, facts).findings).toMatchObject([{ evidence: { through: [ACCOUNT, OTHER], throughCount: 70 } }]);
});

test('the limit is on the accounts of each platform role, not on those of all together', () => {
  const given = platformRoles({ AWSControlTowerAdmin: [OTHER], AWSControlTowerExecution: [THIRD] });
  expect(judgementsOf(check, given, { params: { maxAccounts: 1 } }).findings).toEqual([]);
  expect(judgementsOf(check, given).findings).toHaveLength(1);
});
