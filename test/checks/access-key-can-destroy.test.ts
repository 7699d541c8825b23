import check from '../../lambda/scanner/checks/access-key-can-destroy.ts';
import { allow, deny, when } from '../escalation/support.ts';
import { ACCOUNT, aUser, daysAgo } from '../support/builders.ts';
import { describeCheck, judgementsOf } from '../support/check-tester.ts';
import { rcpDenying, scpDenying, underRcp, underScp } from '../support/guardrails.ts';
import { givenKey } from '../support/key-with-policies.ts';
import { aVerdict, accessOf } from '../support/verdicts.ts';

const deletes = allow('s3:DeleteObject');

describeCheck(check, {
  passes: {
    'a key without permissions': givenKey([]),
    'reading all, which access-key-exposes-data reports': givenKey([allow('s3:GetObject')]),
    'deleting from one bucket': givenKey([allow('s3:DeleteObject', 'arn:aws:s3:::uploads/*')]),
    'mail from one address': givenKey([allow('ses:SendEmail', `arn:aws:ses:eu-west-1:${ACCOUNT}:identity/shop.example`)]),
    'instances in one subnet only': givenKey([
      allow('ec2:RunInstances', [
        ...['instance/*', 'network-interface/*', 'security-group/*', 'subnet/subnet-1'].map(
          (resource) => `arn:aws:ec2:*:${ACCOUNT}:${resource}`,
        ),
        'arn:aws:ec2:*::image/*',
      ]),
    ]),
    'keys that a tag opens': givenKey([
      allow('kms:ScheduleKeyDeletion', '*', when('StringEquals', 'aws:ResourceTag/team', 'ci')),
    ]),
    'everything denied again': givenKey([deletes, deny('s3:Delete*')]),
    'a boundary that allows nothing of it': givenKey([deletes], { boundary: [allow('ec2:Describe*')] }),
    'only with MFA': givenKey([allow('s3:DeleteObject', '*', when('Bool', 'aws:MultiFactorAuthPresent', 'true'))]),
    'the key of a user who can escalate to administrator (other checks report it)': givenKey([deletes], {
      access: accessOf(aVerdict(aUser('ci').arn, 'can-become-admin')),
    }),
  },
  fails: {
    'deleting every object': {
      given: givenKey([deletes]),
      says: 'Access key AKIA1 of IAM user ci can destroy all S3 objects\nIt can destroy all S3 objects (s3:DeleteObject). No policy limits it',
      on: 'AKIA1',
      severity: 'MEDIUM',
    },
    'overwriting every object, as a ransom with SSE-C does': {
      given: givenKey([allow(['s3:GetObject', 's3:PutObject'])]),
      says: 'can destroy all S3 objects',
    },
    'expiring all objects': { given: givenKey([allow('s3:PutLifecycleConfiguration')]), says: 's3:PutLifecycleConfiguration' },
    'deleting the keys of all data': { given: givenKey([allow('kms:*')]), says: 'can destroy all KMS keys' },
    'databases and secrets of one Region': {
      given: givenKey([
        allow('rds:DeleteDBInstance', `arn:aws:rds:eu-west-1:${ACCOUNT}:db:*`),
        allow('secretsmanager:DeleteSecret', `arn:aws:secretsmanager:eu-west-1:${ACCOUNT}:secret:*`),
      ]),
      says: 'can destroy all databases and secrets',
    },
    'starting instances': {
      given: givenKey([allow('ec2:RunInstances')]),
      says: 'Access key AKIA1 of IAM user ci can start instances\nIt can start instances (ec2:RunInstances).',
    },
    'using models': { given: givenKey([allow('bedrock:InvokeModel')]), says: 'can start model invocations and training' },
    'sending mail': {
      given: givenKey([allow('ses:SendRawEmail')]),
      says: 'Access key AKIA1 of IAM user ci can send mail\nIt can send mail (ses:SendRawEmail).',
    },
    'all of these, in one headline': {
      given: givenKey([allow(['s3:DeleteObject', 'kms:ScheduleKeyDeletion', 'ec2:RunInstances', 'ses:SendEmail'])]),
      says: 'can destroy data, start compute and send messages\nIt can destroy all S3 objects (s3:DeleteObject), KMS keys (kms:ScheduleKeyDeletion). It can start instances',
    },
    'a key that is young': { given: givenKey([deletes], { key: { createdAt: daysAgo(3) } }), says: 'destroy', severity: 'HIGH' },
  },
  ignores: { 'an inactive key': givenKey([deletes], { key: { active: false } }) },
  unknowns: {
    'a policy that could not be read': {
      given: givenKey([], { unread: ['arn:aws:iam::111122223333:policy/secret'] }),
      says: 'could not be read',
    },
  },
});

test.each([
  ['an SCP', underScp([scpDenying('s3:DeleteObject')]), 0],
  ['an SCP about something else', underScp([scpDenying('organizations:LeaveOrganization')]), 1],
  ['an RCP', underRcp([rcpDenying('s3:DeleteObject')]), 0],
] as const)('%s decides', (_name, limits, findings) => {
  expect(judgementsOf(check, givenKey([deletes]), { limits }).findings).toHaveLength(findings);
});
