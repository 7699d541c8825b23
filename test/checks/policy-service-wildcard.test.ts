import check from '../../lambda/scanner/checks/policy-service-wildcard.ts';
import { describeCheck } from '../support/check-tester.ts';
import { granting, mfa } from '../check-support/policies/granting.ts';

describeCheck(check, {
  passes: {
    'what allows everything, which is reported as that': granting({}),
    'NotAction, which is reported as that': granting({ NotAction: 'iam:*' }),
    'every action on one bucket': granting({ Action: 's3:*', Resource: ['arn:aws:s3:::a', 'arn:aws:s3:::a/*'] }),
    'every action on buckets of one prefix': granting({ Action: 's3:*', Resource: 'arn:aws:s3:::acme-*' }),
    'every action in one account, which is another': granting({
      Action: 'lambda:*',
      Resource: 'arn:aws:lambda:*:999988887777:*',
    }),
    'every reading action': granting({ Action: ['s3:Get*', 's3:List*'] }),
    'a service that is not sensitive': granting({ Action: 'cloudwatch:*' }),
    'all but one, which is reported as that': granting({ Action: 's3:*', NotResource: 'arn:aws:s3:::a' }),
    'the one action that tells, without the rest': granting({ Action: ['sts:Assume*', 'eks:Create*'] }),
    'every action with MFA': granting({ Action: 'kms:*', Condition: mfa }),
    'every action on what has a tag': granting({
      Action: 'ec2:*',
      Condition: { StringEquals: { 'aws:ResourceTag/team': 'shop' } },
    }),
    'all of it denied again, which others never subtract': granting({ Action: 's3:*' }, { Effect: 'Deny', Action: 's3:*' }),
    'all but reading denied again': granting({ Action: 's3:*' }, { Effect: 'Deny', NotAction: 's3:Get*' }),
    'IAM in a Region where it does not answer': granting({
      Action: 'iam:*',
      Condition: { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } },
    }),
  },
  fails: {
    'all of IAM': {
      given: granting({ Action: 'iam:*' }),
      says: 'IAM policy Broad allows all actions of iam on all resources\nWith all actions of iam, a principal can make any principal administrator. Attached to role app.',
      on: 'Broad',
      severity: 'HIGH',
    },
    'all of IAM but for one role, which others take for harmless': {
      given: granting(
        { Action: 'iam:*' },
        { Effect: 'Deny', Action: 'iam:*', Resource: 'arn:aws:iam::111122223333:role/break-glass' },
      ),
      says: 'all actions of iam',
    },
    'all of S3 by its ARNs': {
      given: granting({ Action: 'S3:*', Resource: ['arn:aws:s3:::*', 'arn:aws:s3:::*/*'] }),
      says: 'all actions of s3 on',
      severity: 'MEDIUM',
    },
    'buckets and objects in two statements': {
      given: granting({ Action: 's3:*', Resource: 'arn:aws:s3:::q*' }, { Action: 's3:**', Resource: 'arn:*:s3:::*' }),
      says: 'all actions of s3 on',
    },
    'all of KMS, in one Region: the caller picks it': {
      given: granting({ Action: 'kms:*', Condition: { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } } }),
      says: 'all actions of kms on',
    },
    'several services rank by the worst': {
      given: granting({ Action: ['glue:*', 'organizations:*'] }),
      says: 'all actions of organizations and glue on all resources\nWith all actions of organizations, a principal can remove',
      severity: 'HIGH',
    },
    'a service of little harm': { given: granting({ Action: 'codebuild:*' }), says: 'codebuild', severity: 'LOW' },
    'a service that the owner accepts, and one more': {
      given: granting({ Action: ['s3:*', 'codebuild:*'] }),
      params: { ignoredServices: ['s3'] },
      says: 'all actions of codebuild on',
      severity: 'LOW',
    },
  },
});
