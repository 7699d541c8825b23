import check from '../../lambda/scanner/checks/policy-inverted-allow.ts';
import { describeCheck } from '../support/check-tester.ts';
import { granting, grantingInline, mfa } from '../check-support/policies/granting.ts';

describeCheck(check, {
  passes: {
    'Deny with NotAction, the usual guard, which others flag as well': granting({
      Effect: 'Deny',
      NotAction: 'iam:*',
      Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } },
    }),
    'what allows everything, which is reported as that': granting({ NotAction: 'iam:*' }, { Action: 'iam:*' }),
    'NotAction on one bucket': granting({ NotAction: 's3:DeleteBucket', Resource: 'arn:aws:s3:::a' }),
    'NotAction of everything': granting({ NotAction: '*' }),
    'NotAction with MFA': granting({ NotAction: 'iam:*', Condition: mfa }),
    'NotAction, and everything denied': granting({ NotAction: 'iam:*' }, { Effect: 'Deny' }),
    'NotResource for reading the names of things': granting({ Action: 'ec2:Describe*', NotResource: 'arn:aws:ec2:*:*:vpc/*' }),
    'everything by name': granting({ Action: 's3:*' }),
  },
  fails: {
    'a power user': {
      given: granting({ NotAction: ['iam:*', 'organizations:*', 'account:*', 'sso:*'] }),
      says: 'IAM policy Broad uses Allow with NotAction or NotResource\nThis allows every action of sts, kms, secretsmanager, s3, ssm and 13 more. Attached to role app.',
      on: 'Broad',
      severity: 'MEDIUM',
    },
    'NotAction in an inline policy, from which a Deny takes most': {
      given: grantingInline(
        { NotAction: 'iam:*' },
        { Effect: 'Deny', NotAction: ['kms:*', 's3:*', 'secretsmanager:*'], Resource: '*' },
        { Effect: 'Deny', Action: 's3:DeleteObject', Resource: '*' },
        { Effect: 'Deny', Action: 'secretsmanager:*', Resource: 'arn:aws:secretsmanager:*:*:secret:payroll-*' },
      ),
      says: /^Inline policy broad of role app uses .+\nThis allows every action of kms and secretsmanager\.$/,
      on: 'app',
    },
    'NotResource: every bucket but one, objects included': {
      given: granting({ Action: 's3:*', NotResource: ['arn:aws:s3:::payroll', 'arn:aws:s3:::payroll/*'] }),
      says: 'This allows every action of s3.',
    },
    'NotResource with a variable: all that is not its own': {
      given: granting({ Action: 's3:*', NotResource: 'arn:aws:s3:::${aws:username}/*' }),
      says: 'This allows every action of s3.',
    },
  },
});
