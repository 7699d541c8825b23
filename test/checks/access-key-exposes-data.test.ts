import check from '../../lambda/scanner/checks/access-key-exposes-data.ts';
import { unavailable } from '../../lambda/scanner/model/observed.ts';
import { allow, deny, when } from '../escalation/support.ts';
import { ACCOUNT, aKey, aUser, daysAgo, seen } from '../support/builders.ts';
import { describeCheck, judgementsOf } from '../support/check-tester.ts';
import { rcpDenying, scpDenying, underRcp, underScp, unseen } from '../support/guardrails.ts';
import { givenKey } from '../support/key-with-policies.ts';
import { aReach, aVerdict, accessOf } from '../support/verdicts.ts';

const reads = allow('s3:GetObject');
const arn = aUser('ci').arn;

describeCheck(check, {
  passes: {
    'a key without permissions': givenKey([]),
    'reading one bucket': givenKey([allow('s3:GetObject', 'arn:aws:s3:::reports/*')]),
    'listing and describing': givenKey([allow(['s3:ListAllMyBuckets', 'dynamodb:DescribeTable', 'secretsmanager:ListSecrets'])]),
    'writing only': givenKey([allow('s3:PutObject')]),
    'everything denied again': givenKey([reads, deny('s3:*')]),
    'a boundary that allows nothing of it': givenKey([reads], { boundary: [allow('ec2:*')] }),
    'only with MFA, which a key alone has not': givenKey([
      allow('s3:GetObject', '*', when('Bool', 'aws:MultiFactorAuthPresent', 'true')),
    ]),
    'only from a network': givenKey([allow('s3:GetObject', '*', when('IpAddress', 'aws:SourceIp', '203.0.113.0/24'))]),
    'a Deny from elsewhere than the network': givenKey([
      reads,
      deny('*', '*', when('NotIpAddress', 'aws:SourceIp', '203.0.113.0/24')),
    ]),
    'from next year on': givenKey([
      allow('s3:GetObject', '*', when('DateGreaterThan', 'aws:CurrentTime', '2027-01-01T00:00:00Z')),
    ]),
    'only tagged objects': givenKey([allow('s3:GetObject', '*', when('StringEquals', 's3:ExistingObjectTag/open', 'yes'))]),
    'the key of an administrator (admin-access-key-unguarded reports it)': givenKey([reads], {
      access: accessOf(aVerdict(arn, 'admin')),
    }),
    'the key of an administrator of another account': {
      ...givenKey([reads]),
      crossAccountReach: new Map([[arn, aReach(arn, ['222233334444'])]]),
    },
  },
  fails: {
    'reading every object': {
      given: givenKey([reads]),
      says: 'Access key AKIA1 of IAM user ci can read all S3 objects\nIt can read all S3 objects (s3:GetObject). No policy limits it to single resources, MFA or a network.',
      on: 'AKIA1',
      severity: 'MEDIUM',
    },
    'by a pattern of all buckets': { given: givenKey([allow('s3:Get*', 'arn:aws:s3:::*')]), says: 's3:GetObject' },
    'every bucket but one': {
      given: givenKey([{ Effect: 'Allow', Action: 's3:GetObject', NotResource: 'arn:aws:s3:::payroll/*' }]),
      says: 'can read all S3 objects',
    },
    'every secret of one Region': {
      given: givenKey([allow('secretsmanager:GetSecretValue', 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:*')]),
      says: 'can read all secrets',
    },
    'several kinds, each with its actions': {
      given: givenKey([allow(['s3:GetObject', 'dynamodb:Scan', 'secretsmanager:GetSecretValue'])]),
      says: 'can read all S3 objects and 2 more kinds of resources\nIt can read all S3 objects (s3:GetObject), secrets (secretsmanager:GetSecretValue), DynamoDB tables (dynamodb:Scan).',
    },
    'through a boundary that allows it': {
      given: givenKey([reads], { boundary: [allow('s3:*')] }),
      says: 'can read all S3 objects',
    },
    'a key that is young': {
      given: givenKey([reads], { key: { createdAt: daysAgo(3) } }),
      says: 'The key is less than 30 days old.',
      severity: 'HIGH',
    },
    'a key of 30 days': { given: givenKey([reads], { key: { createdAt: daysAgo(30) } }), says: 'read all', severity: 'MEDIUM' },
    'a key that only the credential report shows': {
      given: { ...givenKey([reads]), accessKeys: new Map() },
      says: 'Access key 1 of IAM user ci can read all S3 objects',
      severity: 'MEDIUM',
    },
  },
  ignores: {
    'an inactive key': givenKey([reads], { key: { active: false } }),
  },
  unknowns: {
    'a policy that could not be read': {
      given: givenKey([], { unread: ['arn:aws:iam::111122223333:policy/secret'] }),
      says: 'policy/secret could not be read',
    },
    'keys that AWS refused to list, of a user that can read all': {
      given: { ...givenKey([reads]), accessKeys: new Map([['ci', unavailable('access denied', 'iam:ListAccessKeys')]]) },
      says: 'access denied',
    },
  },
});

test('two keys of one user are two findings', () => {
  const given = { ...givenKey([reads]), accessKeys: seen({ ci: [aKey('ci', 'AKIA1'), aKey('ci', 'AKIA2')] }) };
  expect(judgementsOf(check, given).findings.map(({ resource }) => resource.name)).toEqual(['AKIA1', 'AKIA2']);
});

test.each([
  ['an SCP', underScp([scpDenying('s3:GetObject')]), 0],
  ['an SCP for other Regions', underScp([scpDenying('s3:*', { StringNotEquals: { 'aws:RequestedRegion': 'eu-west-1' } })]), 1],
  ['an RCP', underRcp([rcpDenying('s3:GetObject')]), 0],
  ['an RCP about something else', underRcp([rcpDenying('s3:DeleteBucket')]), 1],
  ['an RCP for outsiders', underRcp([rcpDenying('s3:*', { StringNotEquals: { 'aws:PrincipalAccount': ACCOUNT } })]), 1],
  ['an RCP for networks', underRcp([rcpDenying('s3:*', { NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' } })]), 0],
] as const)('%s decides', (_name, limits, findings) => {
  expect(judgementsOf(check, givenKey([reads]), { limits }).findings).toHaveLength(findings);
});

test.each([
  ['an SCP', underScp(unseen)],
  ['an RCP', underRcp(unseen)],
])('%s that could not be read leaves it unknown', (_name, limits) => {
  expect(judgementsOf(check, givenKey([reads]), { limits }).findings.map(({ status }) => status)).toEqual(['UNKNOWN']);
});
