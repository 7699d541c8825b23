import check from '../../lambda/scanner/checks/policy-assumes-any-role.ts';
import { describeCheck } from '../support/check-tester.ts';
import { granting, mfa } from '../check-support/policies/granting.ts';

const assume = (more = {}) => granting({ Action: 'sts:AssumeRole', ...more });

describeCheck(check, {
  passes: {
    'what allows everything, which is reported as that': granting({}),
    'one role in every account': assume({ Resource: 'arn:aws:iam::*:role/audit' }),
    'every role with MFA': assume({ Condition: mfa }),
    'roles of another account': assume({ Resource: 'arn:aws:iam::999988887777:role/*' }),
    'denied again': granting({ Action: 'sts:*' }, { Effect: 'Deny', Action: 'sts:Assume*' }),
    'one role, by a policy whose name says any (peers read the name)': granting({
      Action: 'sts:AssumeRole',
      Resource: 'arn:aws:iam::111122223333:role/audit',
    }),
    'other actions of STS': granting({ Action: ['sts:GetCallerIdentity', 'sts:AssumeRoleWithSAML'] }),
  },
  fails: {
    'any role': {
      given: assume(),
      says: 'IAM policy Broad allows sts:AssumeRole on all roles\nAttached to role app.',
      on: 'Broad',
      severity: 'MEDIUM',
    },
    'any role, by all of STS': { given: granting({ Action: 'sts:*' }), says: 'sts:AssumeRole on all roles' },
    'any role, by NotAction': { given: granting({ NotAction: 'iam:*' }), says: 'sts:AssumeRole on all roles' },
    'any role of its account': {
      given: assume({ Resource: 'arn:aws:iam::111122223333:role/*' }),
      says: 'sts:AssumeRole on all roles',
    },
    'any role with an external id that the caller gives': {
      given: assume({ Condition: { StringEquals: { 'sts:ExternalId': 'x' } } }),
      says: 'sts:AssumeRole on all roles',
    },
    'any role of the Organization': {
      given: assume({ Condition: { StringEquals: { 'aws:ResourceOrgID': 'o-acme' } } }),
      says: 'sts:AssumeRole on all roles',
    },
  },
});
