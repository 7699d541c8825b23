import check from '../../lambda/scanner/checks/support-role-missing.ts';
import { policyOf } from '../policy/support.ts';
import { ACCOUNT, aPolicy, aRole, aUser, attached, identities } from '../support/builders.ts';
import { describeCheck } from '../support/check-tester.ts';

const support = aPolicy('AWSSupportAccess', policyOf({ Action: ['support:*', 'support-console:*'] }), {
  arn: 'arn:aws:iam::aws:policy/AWSSupportAccess',
});
const roleWith = (document: ReturnType<typeof policyOf>, path = '/') => ({
  identities: identities({ roles: [aRole('app', { path, inlinePolicies: [{ name: 'p', document }] })] }),
});

describeCheck(check, {
  passes: {
    'a role with AWSSupportAccess': {
      identities: identities({ policies: [support], roles: [aRole('support', attached(support))] }),
    },
    'a role with a policy of its own': roleWith(policyOf({ Action: ['support:CreateCase', 'support:DescribeCases'] })),
    'a role of IAM Identity Center': roleWith(policyOf({ Action: 'support:*' }), '/aws-reserved/sso.amazonaws.com/'),
  },
  fails: {
    'an empty account': {
      given: {},
      says: `Account ${ACCOUNT} has no role for AWS Support\nIn an incident`,
      on: ACCOUNT,
      severity: 'LOW',
    },
    'an admin, who is needed for other things in an incident': { given: roleWith(policyOf({})), says: 'no role' },
    'a role that only reads cases': { given: roleWith(policyOf({ Action: 'support:Describe*' })), says: 'no role' },
    'a user, where a role is asked for': {
      given: { identities: identities({ policies: [support], users: [aUser('ann', attached(support))] }) },
      says: 'no role',
    },
    'a policy that is attached to nothing': { given: { identities: identities({ policies: [support] }) }, says: 'no role' },
    'the service-linked role of AWS Support': {
      given: roleWith(policyOf({ Action: 'support:*' }), '/aws-service-role/support.amazonaws.com/'),
      says: 'no role',
    },
    'a Deny': {
      given: roleWith(policyOf({ Action: 'support:*' }, { Effect: 'Deny', Action: 'support:CreateCase' })),
      says: 'no role',
    },
  },
  unknowns: {
    'the policy of a role that cannot be read': {
      given: { identities: identities({ roles: [aRole('app', { inlinePolicies: [{ name: 'p', document: 'x' }] })] }) },
      says: 'Inline policy p of role app cannot be read',
    },
  },
});
