import check from '../../lambda/scanner/checks/access-assertion-broken.ts';
import type { Assertion } from '../../lambda/scanner/model/assertion.ts';
import { collected, unavailable } from '../../lambda/scanner/model/observed.ts';
import type { PrincipalReach } from '../../lambda/scanner/model/reach.ts';
import type { Verdict } from '../../lambda/scanner/model/verdict.ts';
import { ACCOUNT, aRole, aUser, identities } from '../support/builders.ts';
import { describeCheck, judgementsOf } from '../support/check-tester.ts';
import { aTrustingRole, keepingOut, letting } from '../support/trust.ts';
import { aReach, aVerdict, accessOf } from '../support/verdicts.ts';

const [OTHER, OUTSIDE, VENDOR] = ['444455556666', '555566667777', '666677778888'];
const ci = aUser('ci');
const platform = aRole('platform-deploy');
const step = {
  ...{ rule: 'assume-role', title: 'assume the role', aliases: [], actions: ['sts:AssumeRole'] },
  ...{ from: ci.arn, to: `arn:aws:iam::${OTHER}:role/deploy`, statements: [] },
};

const reaching = (accounts: readonly string[], ifConditions: readonly string[] = []): PrincipalReach =>
  aReach(ci.arn, accounts, {
    ifConditions,
    paths: () =>
      accounts
        .filter((account) => account !== ACCOUNT)
        .map((account) => ({ account, path: [step], conditions: [], asAdmin: false })),
  });

const given = (verdict: Verdict, reach?: PrincipalReach) => ({
  identities: identities({ users: [ci], roles: [platform] }),
  access: accessOf(
    aVerdict(ci.arn, verdict, verdict === 'conditional' ? { would: 'admin' } : {}),
    aVerdict(platform.arn, 'admin'),
  ),
  crossAccountReach: new Map(reach === undefined ? [] : [[ci.arn, reach]]),
});

const onlyPlatform: Assertion = { name: 'only platform', onlyAdmins: ['arn:aws:iam::*:role/platform-*'] };

describe('onlyAdmins, in all accounts', () => {
  describeCheck(check, {
    asserted: { assertions: [onlyPlatform], isAmong: () => collected(true) },
    passes: { 'a user without administrator access, beside a role that is named': given('none') },
    fails: {
      'an administrator that is not named': {
        given: given('admin'),
        says: /^IAM user ci breaks the assertion "only platform"\nIt has administrator access in account \d{12}: sts:AssumeRole role\/ops\.$/,
        on: 'ci',
        severity: 'HIGH',
      },
      'one that can become it': { given: given('can-become-admin'), says: 'It can escalate to administrator in account' },
      'one that can make others administrator': { given: given('can-grant-admin'), says: 'can grant administrator access' },
      'one that is it if conditions hold': {
        given: given('conditional'),
        says: `in account ${ACCOUNT} if conditions hold, which breaks it too: sts:`,
      },
      'one that becomes it in another account': {
        given: given('none', reaching([OTHER])),
        says: `It is, or can become, administrator in account ${OTHER}. Path to account ${OTHER}: sts:AssumeRole role/deploy`,
      },
      'one that becomes it in another account if conditions hold': {
        given: given('none', reaching([], [OTHER])),
        says: `If conditions hold, it can become administrator in account ${OTHER}.`,
      },
      'both here and there, in one finding': {
        given: given('admin', reaching([ACCOUNT, OTHER])),
        says: new RegExp(
          `in account ${ACCOUNT}: [^.]+\\. It is, or can become, administrator in account ${OTHER}\\. Path to account ${OTHER}`,
        ),
      },
    },
  });
});

const evidenceOf = (reach: PrincipalReach) =>
  judgementsOf(check, given('none', reach), {
    asserted: { assertions: [onlyPlatform], isAmong: () => collected(true) },
  }).findings.map(({ resource, evidence }) => [resource.name, evidence]);

// Without them a finding is archived as fixed in a night in which only an account on the way could not be read.
test('the evidence names the accounts on the way, which other findings of access to other accounts name too', () => {
  const through = { accounts: [ACCOUNT, OTHER, VENDOR].sort(), count: 3 };
  const [, evidence] = evidenceOf({ ...reaching([OTHER]), through })[0] ?? [];
  expect(evidence).toMatchObject({ accounts: [OTHER], through: through.accounts });
  expect(evidence).not.toHaveProperty('throughCount');
});

test('the evidence of access to very many accounts has the first of them, and their number', () => {
  const many = Array.from({ length: 60 }, (_, index) => String(700_000_000_000 + index));
  const first = many.slice(0, 50);
  const reach = { ...reaching(many), through: { accounts: first, count: 62 } };
  expect(evidenceOf(reach)[0]).toEqual([
    'ci',
    expect.objectContaining({ accounts: first, accountCount: 60, through: first, throughCount: 62 }),
  ]);
});

describe('onlyAdmins, in other accounts', () => {
  describeCheck(check, {
    asserted: {
      assertions: [{ ...onlyPlatform, in: ['production'] }],
      isAmong: (account) => (account === VENDOR ? unavailable('the environment is not known') : collected(account === OTHER)),
    },
    passes: {
      'an administrator of this account': given('admin'),
      'one of a third account': given('none', reaching([OUTSIDE])),
    },
    fails: {
      'an administrator there': { given: given('admin', reaching([OTHER])), says: /"only platform"\nIt is, or can become, adm/ },
      'there, and in an account of which it is not known': { given: given('none', reaching([OTHER, VENDOR])), says: OTHER },
    },
    unknowns: {
      'an administrator of an account of which it is not known': {
        given: given('none', reaching([VENDOR])),
        says: 'the environment is not known',
        on: 'ci',
      },
    },
  });
});

const role = (principal: Parameters<typeof letting>[0], ...more: readonly ReturnType<typeof keepingOut>[]) => ({
  organization: { id: 'o-acmeexample', managementAccountId: OTHER },
  identities: identities({ roles: [aTrustingRole('deploy', [letting(principal), ...more])] }),
});
const root = (account: string) => ({ AWS: `arn:aws:iam::${account}:root` });
const kept: Assertion = { name: 'no outsider', noOutsideAssume: ['arn:aws:iam::*:role/dep*'], except: [VENDOR] };

describe('noOutsideAssume', () => {
  describeCheck(check, {
    asserted: { assertions: [kept], isAmong: () => collected(true) },
    passes: {
      'an account of the organization': role(root(OTHER)),
      'an outside account that is named': role(root(VENDOR)),
      'an outside account that a Deny keeps out': role(
        root(OUTSIDE),
        keepingOut({ StringNotEquals: { 'aws:PrincipalAccount': ACCOUNT } }),
      ),
    },
    fails: {
      'an outside account': {
        given: role(root(OUTSIDE)),
        says: /^IAM role deploy breaks the assertion "no outsider"\nIt can be assumed from unknown account 555566667777\.$/,
        on: 'deploy',
        severity: 'HIGH',
      },
      'any account': { given: role('*'), says: 'It can be assumed from any AWS account.' },
    },
    ignores: {
      'a role that is not named': { identities: identities({ roles: [aTrustingRole('app', [letting(root(OUTSIDE))])] }) },
      'a role for a service': role({ Service: 'ec2.amazonaws.com' }),
    },
    unknowns: {
      'a trust policy that cannot be read': {
        given: { identities: identities({ roles: [aRole('deploy', { trustPolicy: 'nonsense' })] }) },
        says: 'its trust policy cannot be read',
        on: 'deploy',
      },
    },
  });

  test.each([
    ['passes', collected(false), []],
    ['is UNKNOWN', unavailable('the environment is not known'), ['UNKNOWN']],
  ])('%s where the account is not meant, or that is not known', (_name, answer, expected) => {
    const asserted = { assertions: [kept], isAmong: () => answer };
    const { findings } = judgementsOf(check, role(root(OUTSIDE)), { asserted });
    expect(findings.map(({ status }) => status)).toEqual(expected);
  });
});

describe('noOutsideAssume, where the organization could not be listed', () => {
  describeCheck(check, {
    asserted: { assertions: [kept], isAmong: () => collected(true) },
    own: { ids: new Set([ACCOUNT]), complete: false },
    passes: { 'this account': role(root(ACCOUNT)) },
    fails: { 'any account': { given: role('*'), says: 'any AWS account' } },
    unknowns: { 'an account that may be outside': { given: role(root(OUTSIDE)), says: 'could not be listed', on: 'deploy' } },
  });
});

test('each assertion that a principal breaks is a finding of its own', () => {
  const assertions = [onlyPlatform, { name: 'no admin at all / anywhere', onlyAdmins: [] }];
  const { findings } = judgementsOf(check, given('admin'), { asserted: { assertions, isAmong: () => collected(true) } });
  expect(findings.map(({ id }) => id)).toEqual([
    `iam-vigil/v1/${ACCOUNT}/access-assertion-broken/${ci.id}/only%20platform`,
    `iam-vigil/v1/${ACCOUNT}/access-assertion-broken/${ci.id}/no%20admin%20at%20all%20%2F%20anywhere`,
    `iam-vigil/v1/${ACCOUNT}/access-assertion-broken/${platform.id}/no%20admin%20at%20all%20%2F%20anywhere`,
  ]);
});

test('without assertions there is nothing to judge', () => {
  expect(judgementsOf(check, given('admin'))).toMatchObject({ passed: 0, findings: [] });
});
