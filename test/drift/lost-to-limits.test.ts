import { lostToLimits } from '../../lambda/scanner/drift/lost-to-limits.ts';
import type { Json } from '../../lambda/scanner/model/json.ts';
import { unavailable } from '../../lambda/scanner/model/observed.ts';
import { withPolicy } from '../../lambda/scanner/planned/organization-policy.ts';
import { ACCOUNT, NOW, aRole, aUser, identities } from '../support/builders.ts';
import { MANAGEMENT, ROOT, anOrganization } from '../support/organization.ts';
import { adminPolicy, allow, boundary, quietNight, snapshotOf } from './nights.ts';

const role = (name: string, document: Json) => aRole(name, { inlinePolicies: [{ name: 'own', document }] });
const UNIT = 'ou-ab12-prod';
const before = anOrganization({ accounts: { [ACCOUNT]: [UNIT] } });
const account = snapshotOf(
  {
    ...quietNight,
    identities: identities({
      users: [aUser('reader', { inlinePolicies: [{ name: 'own', document: allow('s3:GetObject') }] })],
      roles: [
        role('admin', allow('*')),
        role('bound', allow('iam:*')),
        {
          ...role('batch', allow('*')),
          boundaryArn: boundary.arn,
          trustPolicy: {
            Version: '2012-10-17',
            Statement: [
              { Effect: 'Deny', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' },
              { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com', AWS: '222233334444' }, Action: 'sts:AssumeRole' },
              { Effect: 'Allow', Action: 'sts:AssumeRole' },
            ],
          },
        },
        { ...role('linked', allow('*')), path: '/aws-service-role/x.amazonaws.com/' },
      ],
      policies: [adminPolicy, boundary],
    }),
  },
  NOW,
);
const deny = (more: Readonly<Record<string, Json>>): Json => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Deny', Resource: '*', ...more }],
});

const lossesBy = (document: Json, target = UNIT, snapshot = account) =>
  lostToLimits([snapshot], [before, withPolicy(before, { name: 'new.json', document, target })]).map(
    ({ arn, actions, conditionalActions }) => [arn.slice(arn.lastIndexOf('/') + 1), actions, conditionalActions],
  );

test.each<[name: string, losses: unknown, expected: unknown]>([
  [
    'an action that is denied',
    lossesBy(deny({ Action: 'iam:CreateUser' })),
    [
      ['admin', ['iam:CreateUser'], []],
      ['bound', ['iam:CreateUser'], []],
    ],
  ],
  [
    'all but one role',
    lossesBy(deny({ Action: 'iam:*', Condition: { ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/admin' } } })),
    [['bound', ['iam:*'], []]],
  ],
  [
    'calls from elsewhere',
    lossesBy(deny({ Action: 's3:*', Condition: { StringNotEquals: { 'aws:SourceVpc': 'vpc-1' } } })),
    [
      ['admin', [], ['s3:*']],
      ['batch', [], ['s3:*']],
      ['reader', [], ['s3:GetObject']],
    ],
  ],
  ['the management account', lossesBy(deny({ Action: '*' }), MANAGEMENT), []],
  ['an RCP, which limits resources', lossesBy(deny({ Principal: '*', Action: '*' }), ROOT), []],
])('tells who can do less under a new policy: %s', (_name, losses, expected) => {
  expect(losses).toEqual(expected);
});

test('names the services that can assume the role', () => {
  const after = withPolicy(before, { name: 'new.json', document: deny({ Action: 's3:*' }), target: UNIT });
  expect(lostToLimits([account], [before, after]).map(({ arn, services }) => [arn.split('/').at(-1), services])).toEqual([
    ['admin', ['ec2.amazonaws.com']],
    ['batch', ['lambda.amazonaws.com']],
    ['reader', []],
  ]);
});

test('tells no losses where identities or an SCP could not be read', () => {
  const unread = { ...account, facts: { ...account.facts, identities: unavailable('access was denied') } };
  expect(lossesBy(deny({ Action: '*' }), UNIT, unread)).toEqual([]);
  const unreadScp = anOrganization({
    accounts: { [ACCOUNT]: [UNIT] },
    scps: { hidden: [unavailable('access was denied'), UNIT] },
  });
  expect(lostToLimits([account], [before, unreadScp])).toEqual([]);
});

test('a policy of a kind that the organization has not enabled is refused', () => {
  const disabled = anOrganization({
    accounts: { [ACCOUNT]: [] },
    parts: { Roots: [{ Id: ROOT, Name: 'Root', PolicyTypes: [{ Type: 'SERVICE_CONTROL_POLICY', Status: 'ENABLED' }] }] },
  });
  const document = deny({ Principal: '*', Action: '*' });
  expect(() => withPolicy(disabled, { name: 'rcp.json', document, target: ROOT })).toThrow(
    'has not enabled RESOURCE_CONTROL_POLICY',
  );
});
