import check from '../../lambda/scanner/checks/role-trusts-unknown-account.ts';
import type { Json } from '../../lambda/scanner/model/json.ts';
import { ACCOUNT, aContext, aRole, emptyAccount, identities, partitions } from '../support/builders.ts';
import { describeCheck } from '../support/check-tester.ts';
import { type Conditions, aTrustingRole, keepingOut, letting } from '../support/trust.ts';
import { aVerdict, accessOf } from '../support/verdicts.ts';

const OTHER = '555566667777';
const MANAGEMENT = '999988887777';
const organization = { id: 'o-acmeexample', managementAccountId: MANAGEMENT };

describe.each(partitions)('in partition %s', (partition) => {
  const root = (account: string) => `arn:${partition}:iam::${account}:root`;
  const trusting = (...statements: readonly Json[]) => ({
    organization,
    identities: identities({ roles: [aTrustingRole('app', statements)] }),
  });
  const one = (principal: Json, conditions?: Conditions) => trusting(letting(principal, conditions));
  const other = (conditions?: Conditions) => one({ AWS: root(OTHER) }, conditions);

  describeCheck(check, {
    partition,
    ignores: {
      'a role for a service': one({ Service: 'ec2.amazonaws.com' }),
      'a role for an identity provider': one({ Federated: 'accounts.google.com' }),
    },
    passes: {
      'the account itself': one({ AWS: [ACCOUNT, root(ACCOUNT)] }),
      'the management account of the organization': one({ AWS: root(MANAGEMENT) }),
      'the ID of a deleted principal': one({ AWS: 'AROAEXAMPLE' }),
      'another account, if it is in the same organization': other({ StringEquals: { 'aws:PrincipalOrgID': organization.id } }),
      'all principals of the same organization': one('*', { StringEquals: { 'aws:PrincipalOrgID': organization.id } }),
      'all principals, which another check reports': one('*'),
      'another account that a Deny blocks': trusting(
        letting({ AWS: root(OTHER) }),
        keepingOut({ StringNotEquals: { 'aws:PrincipalAccount': ACCOUNT } }),
      ),
    },
    fails: {
      'another account': {
        given: other(),
        says: new RegExp(`^IAM role app trusts unknown account ${OTHER}\n(?!The accounts of organization|It trusts)`),
        on: 'app',
        severity: 'HIGH',
      },
      'another account as a bare ID (other tools expect an ARN)': { given: one({ AWS: OTHER }), says: OTHER },
      'one role of another account (other tools look at root alone)': {
        given: one({ AWS: `arn:${partition}:iam::${OTHER}:role/ops` }),
        says: OTHER,
      },
      'a role of another account with the ID of this account in its name (other tools search for the ID)': {
        given: one({ AWS: `arn:${partition}:iam::${OTHER}:role/for-${ACCOUNT}` }),
        says: OTHER,
      },
      'a session of another account': { given: one({ AWS: `arn:${partition}:sts::${OTHER}:assumed-role/ops/ann` }), says: OTHER },
      'another account next to the account itself': { given: one({ AWS: [root(ACCOUNT), root(OTHER)] }), says: OTHER },
      'an external ID, which the other account knows (other tools count it as a restriction)': {
        given: other({ StringEquals: { 'sts:ExternalId': 'x' } }),
        says: OTHER,
      },
      'MFA, which the other account has': { given: other({ Bool: { 'aws:MultiFactorAuthPresent': 'true' } }), says: OTHER },
      'all principals of one account, by condition': {
        given: one('*', { StringEquals: { 'aws:PrincipalAccount': OTHER } }),
        says: `account ${OTHER}`,
      },
      'all roles of one account, by condition': {
        given: one('*', { ArnLike: { 'aws:PrincipalArn': `arn:${partition}:iam::${OTHER}:role/*` } }),
        says: `account ${OTHER}`,
      },
      'all principals of another organization': {
        given: one('*', { StringEquals: { 'aws:PrincipalOrgID': 'o-zzzzzzzzzz' } }),
        says: 'IAM role app trusts every account of unknown organization o-zzzzzzzzzz',
      },
      'all callers that know an external ID': {
        given: one('*', { StringEquals: { 'sts:ExternalId': '4d1f7c0ab93e' } }),
        says: 'IAM role app trusts every account that knows the external ID, which is not a secret',
      },
      'any organization, if the account has none': {
        given: { ...other({ StringLike: { 'aws:PrincipalOrgID': '*' } }), organization: undefined },
        says: OTHER,
      },
      'on a role with a path to admin': {
        given: { ...other(), access: accessOf(aVerdict(aRole('app').arn, 'can-become-admin')) },
        says: OTHER,
        severity: 'CRITICAL',
      },
      'another account than the one that the configuration allows': {
        given: other(),
        says: OTHER,
        params: { allowedAccounts: ['123412341234'] },
      },
      'of two accounts, only the one that the configuration does not allow': {
        given: one({ AWS: [root(OTHER), root('123412341234')] }),
        says: /^IAM role app trusts unknown account 555566667777$/m,
        params: { allowedAccounts: ['123412341234'] },
      },
      'two unknown accounts': {
        given: one({ AWS: [root(OTHER), root('123412341234')] }),
        says: `IAM role app trusts several unknown accounts\nIt trusts unknown account ${OTHER} and unknown account 123412341234.`,
      },
      ...(partition === 'aws'
        ? {}
        : {
            'the ID of a vendor, which is a different account in this partition': {
              given: one({ AWS: root('464622532012') }),
              says: '464622532012',
            },
          }),
    },
    unknowns: {
      'a trust policy that cannot be read': {
        given: { identities: identities({ roles: [aRole('app', { trustPolicy: [] })] }) },
        says: 'its trust policy cannot be read',
      },
    },
  });
});

describeCheck(check, {
  passes: {
    'a well-known vendor': {
      identities: identities({ roles: [aTrustingRole('datadog', [letting({ AWS: 'arn:aws:iam::464622532012:root' })])] }),
    },
  },
  fails: {},
});

describe('with the accounts of the organization', () => {
  const trusting = (account: string) => ({
    organization,
    identities: identities({ roles: [aTrustingRole('app', [letting({ AWS: account })])] }),
    access: accessOf(aVerdict(aRole('app').arn, 'admin')),
  });

  describeCheck(check, {
    own: { ids: new Set([ACCOUNT, OTHER]), complete: true },
    passes: { 'an account of the same owner': trusting(OTHER) },
    fails: {
      'an account that is none of them': {
        given: trusting('123412341234'),
        says: /^IAM role app trusts unknown account 123412341234\n(?!The accounts of organization)/,
        severity: 'CRITICAL',
      },
    },
  });

  describeCheck(check, {
    own: { ids: new Set([ACCOUNT, OTHER]), complete: false },
    passes: { 'an account that is scanned together with it': trusting(OTHER) },
    fails: {
      'an account that may be one of those that were not listed, which is less severe': {
        given: trusting('123412341234'),
        says: 'The accounts of organization o-acmeexample could not be listed, so this may be one of them.',
        severity: 'HIGH',
      },
      'an unknown account, if there is no organization': {
        given: { ...trusting('123412341234'), organization: undefined },
        says: /^IAM role app trusts unknown account 123412341234\n(?!The accounts of organization)/,
        severity: 'CRITICAL',
      },
    },
  });
});

test('an account that the configuration allows is known', () => {
  const context = aContext({ params: { allowedAccounts: [OTHER] } });
  const facts = {
    ...emptyAccount,
    identities: identities({ roles: [aTrustingRole('app', [letting({ AWS: OTHER })])] }),
  };
  expect([...check.run(facts, context)].map(({ judgement }) => judgement.status)).toEqual(['pass']);
});
