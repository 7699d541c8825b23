import check from '../../lambda/scanner/checks/policy-shares-resources.ts';
import { describeCheck } from '../support/check-tester.ts';
import { granting } from '../check-support/policies/granting.ts';

describeCheck(check, {
  passes: {
    'what allows everything, which is reported as that': granting({}),
    'one bucket': granting({ Action: 's3:PutBucketPolicy', Resource: 'arn:aws:s3:::a' }),
    'reading who may': granting({ Action: ['s3:GetBucketPolicy', 'kms:GetKeyPolicy', 'lambda:GetPolicy'] }),
    'grants of keys to AWS services, as AWS itself advises': granting({
      Action: 'kms:CreateGrant',
      Condition: { Bool: { 'kms:GrantIsForAWSResource': 'true' } },
    }),
    'snapshots, with accounts that are listed': granting({
      Action: 'ec2:ModifySnapshotAttribute',
      Condition: { StringEquals: { 'ec2:Add/userId': ['222233334444'] } },
    }),
    'sharing, denied again': granting(
      { Action: 'lambda:*' },
      { Effect: 'Deny', Action: ['lambda:*Permission', 'lambda:*Policy', 'lambda:*Url*'] },
    ),
  },
  fails: {
    'every disk': {
      given: granting({ Action: 'ec2:ModifySnapshotAttribute' }),
      says: 'IAM policy Broad allows sharing all disks and images\nActions: ec2:ModifySnapshotAttribute. Attached to role app.',
      on: 'Broad',
      severity: 'MEDIUM',
    },
    'every key, by a grant that its policy does not show': {
      given: granting({ Action: 'kms:CreateGrant', Resource: 'arn:aws:kms:*:111122223333:key/*' }),
      says: 'keys and secrets\nActions: kms:CreateGrant.',
    },
    'every kind, of which a few are named': {
      given: granting({ Action: ['*:*Policy', '*:*Permission', '*:Put*'] }),
      says: /allows sharing all S3 buckets and \d more kinds of resources\nKinds: S3 buckets; .+; file systems and backups\. Actions: s3:PutBucketPolicy, .+ and \d+ more\./,
    },
    'an action without a resource': {
      given: granting({ Action: 'ram:CreateResourceShare' }),
      says: 'resources through AWS RAM',
    },
    'every disk but the public: a Deny that its caller avoids': {
      given: granting(
        { Action: 'ec2:ModifySnapshotAttribute' },
        { Effect: 'Deny', Action: 'ec2:ModifySnapshotAttribute', Condition: { StringEquals: { 'ec2:Add/group': 'all' } } },
      ),
      says: 'disks',
    },
  },
});
