import check from '../../lambda/scanner/checks/policy-exposes-data.ts';
import { describeCheck } from '../support/check-tester.ts';
import { granting, grantingInline, mfa } from '../check-support/policies/granting.ts';

describeCheck(check, {
  passes: {
    'what allows everything, which is reported as that': granting({}),
    'one bucket': granting({ Action: 's3:GetObject', Resource: 'arn:aws:s3:::a/*' }),
    'listing and describing': granting({ Action: ['s3:List*', 'ec2:Describe*', 'secretsmanager:ListSecrets', 'logs:*'] }),
    'parameters below a path': granting({ Action: 'ssm:GetParameter*', Resource: 'arn:aws:ssm:*:*:parameter/app/*' }),
    'secrets with a tag': granting({
      Action: 'secretsmanager:GetSecretValue',
      Condition: { StringEquals: { 'secretsmanager:ResourceTag/app': 'shop' } },
    }),
    'objects with MFA': granting({ Action: 's3:GetObject', Condition: mfa }),
    'objects, which are denied again': granting({ Action: 's3:Get*' }, { Effect: 'Deny', Action: 's3:GetObject*' }),
    'buckets without their objects': granting({ Action: 's3:GetObject', Resource: 'arn:aws:s3:::bucket-?' }),
  },
  fails: {
    'every secret and parameter': {
      given: granting({ Action: ['secretsmanager:GetSecretValue', 'ssm:GetParameter'] }),
      says: 'IAM policy Broad allows reading all secrets and parameters\nActions: secretsmanager:GetSecretValue, ssm:GetParameter. Attached to role app.',
      on: 'Broad',
      severity: 'MEDIUM',
    },
    'every object, by the ARN of all buckets': {
      given: grantingInline({ Action: 's3:GetObject', Resource: 'arn:aws:s3:::*' }),
      says: /^Inline policy broad of role app allows reading all S3 objects\nActions: s3:GetObject\.$/,
      on: 'app',
    },
    'every object but those of one bucket, which others take for none': {
      given: granting({ Action: 's3:GetObject' }, { Effect: 'Deny', Action: 's3:*', Resource: 'arn:aws:s3:::payroll/*' }),
      says: 'allows reading all S3 objects',
    },
    'a whole service': {
      given: granting({ Action: 'dynamodb:*' }),
      says: 'Actions: dynamodb:Scan, dynamodb:PartiQLSelect, dynamodb:ExportTableToPointInTime.',
    },
    'a condition that excludes no caller, for which other tools drop the statement': {
      given: granting({
        Action: 's3:GetObject',
        Condition: { StringEquals: { 'aws:ResourceAccount': '111122223333', 'aws:PrincipalOrgID': 'o-acme' } },
      }),
      says: 'allows reading all S3 objects',
    },
    'NotResource, which others do not read': {
      given: granting({ Action: 'ebs:GetSnapshotBlock', NotResource: 'arn:aws:ec2:*::snapshot/snap-1' }),
      says: 'allows reading all disks of instances',
    },
  },
});
