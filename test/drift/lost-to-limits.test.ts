import { lostToLimits } from '../../lambda/scanner/drift/lost-to-limits.ts';
import type { Json } from '../../lambda/scanner/model/json.ts';
import { withPolicy } from '../../lambda/scanner/planned/organization-policy.ts';
import { ACCOUNT, NOW, aRole, identities } from '../support/builders.ts';
import { MANAGEMENT, ROOT, anOrganization } from '../support/organization.ts';
import { adminPolicy, allow, quietNight, snapshotOf } from './nights.ts';

const role = (name: string, document: Json) => aRole(name, { inlinePolicies: [{ name: 'own', document }] });
const UNIT = 'ou-ab12-prod';
const before = anOrganization({ accounts: { [ACCOUNT]: [UNIT] } });
const account = snapshotOf(
  {
    ...quietNight,
    identities: identities({
      roles: [
        role('admin', allow('*')),
        role('reader', allow('s3:GetObject')),
        role('bound', allow('iam:*')),
        { ...role('linked', allow('*')), path: '/aws-service-role/x.amazonaws.com/' },
      ],
      policies: [adminPolicy],
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
      ['reader', [], ['s3:GetObject']],
    ],
  ],
  ['the management account', lossesBy(deny({ Action: '*' }), MANAGEMENT), []],
  ['an RCP, which limits resources', lossesBy(deny({ Principal: '*', Action: '*' }), ROOT), []],
])('tells who can do less under a new policy: %s', (_name, losses, expected) => {
  expect(losses).toEqual(expected);
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
