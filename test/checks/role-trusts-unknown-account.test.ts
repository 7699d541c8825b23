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
      'the own account': one({ AWS: [ACCOUNT, root(ACCOUNT)] }),
      'the account that manages the Organization': one({ AWS: root(MANAGEMENT) }),
      'what is left of a deleted principal': one({ AWS: 'AROAEXAMPLE' }),
      'another account, if it is in the own Organization': other({ StringEquals: { 'aws:PrincipalOrgID': organization.id } }),
      'everybody of the own Organization': one('*', { StringEquals: { 'aws:PrincipalOrgID': organization.id } }),
      'everybody, which is the business of another check': one('*'),
      'another account that a Deny keeps out': trusting(
        letting({ AWS: root(OTHER) }),
        keepingOut({ StringNotEquals: { 'aws:PrincipalAccount': ACCOUNT } }),
      ),
    },
    fails: {
      'another account': {
        given: other(),
        says: `Role app lets in account ${OTHER}, unknown here.`,
        on: 'app',
        severity: 'HIGH',
      },
      'another account as a bare id (peers want an ARN)': { given: one({ AWS: OTHER }), says: OTHER },
      'one role of another account (peers look at root alone)': {
        given: one({ AWS: `arn:${partition}:iam::${OTHER}:role/ops` }),
        says: OTHER,
      },
      'a role of another account that has the own number in its name (peers look for the number)': {
        given: one({ AWS: `arn:${partition}:iam::${OTHER}:role/for-${ACCOUNT}` }),
        says: OTHER,
      },
      'a session of another account': { given: one({ AWS: `arn:${partition}:sts::${OTHER}:assumed-role/ops/ann` }), says: OTHER },
      'another account beside the own': { given: one({ AWS: [root(ACCOUNT), root(OTHER)] }), says: OTHER },
      'an external id, which the other account knows (peers take it for a guard)': {
        given: other({ StringEquals: { 'sts:ExternalId': 'x' } }),
        says: OTHER,
      },
      'MFA, which the other account has': { given: other({ Bool: { 'aws:MultiFactorAuthPresent': 'true' } }), says: OTHER },
      'everybody of one account, by condition': {
        given: one('*', { StringEquals: { 'aws:PrincipalAccount': OTHER } }),
        says: `account ${OTHER}`,
      },
      'everybody of one role, by condition': {
        given: one('*', { ArnLike: { 'aws:PrincipalArn': `arn:${partition}:iam::${OTHER}:role/*` } }),
        says: `account ${OTHER}`,
      },
      'everybody of another Organization': {
        given: one('*', { StringEquals: { 'aws:PrincipalOrgID': 'o-zzzzzzzzzz' } }),
        says: 'every account of Organization o-zzzzzzzzzz',
      },
      'everybody who knows an external id': {
        given: one('*', { StringEquals: { 'sts:ExternalId': '4d1f7c0ab93e' } }),
        says: 'every account that knows the external id',
      },
      'the own Organization, where there is none': {
        given: { ...other({ StringLike: { 'aws:PrincipalOrgID': '*' } }), organization: undefined },
        says: OTHER,
      },
      'on a role that leads to admin': {
        given: { ...other(), access: accessOf(aVerdict(aRole('app').arn, 'can-become-admin')) },
        says: OTHER,
        severity: 'CRITICAL',
      },
      'another account than the one that the configuration allows': {
        given: other(),
        says: OTHER,
        params: { allowedAccounts: ['123412341234'] },
      },
      'of two, only the one that the configuration does not allow': {
        given: one({ AWS: [root(OTHER), root('123412341234')] }),
        says: /lets in account 555566667777, unknown/,
        params: { allowedAccounts: ['123412341234'] },
      },
      ...(partition === 'aws'
        ? {}
        : {
            'the number of a vendor, which is another account in this partition': {
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

describe('with the accounts of the Organization', () => {
  const trusting = (account: string) => ({
    organization,
    identities: identities({ roles: [aTrustingRole('app', [letting({ AWS: account })])] }),
    access: accessOf(aVerdict(aRole('app').arn, 'admin')),
  });

  describeCheck(check, {
    own: { ids: new Set([ACCOUNT, OTHER]), complete: true },
    passes: { 'a sister account': trusting(OTHER) },
    fails: {
      'an account that is none of them': { given: trusting('123412341234'), says: 'unknown here.', severity: 'CRITICAL' },
    },
  });

  describeCheck(check, {
    own: { ids: new Set([ACCOUNT, OTHER]), complete: false },
    passes: { 'an account that is scanned together with it': trusting(OTHER) },
    fails: {
      'an account that may be one of those that were not listed, which is less bad': {
        given: trusting('123412341234'),
        says: 'the accounts of Organization o-acmeexample were not listed, and it may be one of them',
        severity: 'HIGH',
      },
      'a stranger, where there is no Organization': {
        given: { ...trusting('123412341234'), organization: undefined },
        says: /unknown here\.$/,
        severity: 'CRITICAL',
      },
    },
  });
});

test('what the configuration allows is known', () => {
  const context = aContext({ params: { allowedAccounts: [OTHER] } });
  const facts = {
    ...emptyAccount,
    identities: identities({ roles: [aTrustingRole('app', [letting({ AWS: OTHER })])] }),
  };
  expect([...check.run(facts, context)].map(({ judgement }) => judgement.status)).toEqual(['pass']);
});
