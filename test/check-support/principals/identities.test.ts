import { keysWithSiblings } from '../../../lambda/scanner/check-support/credentials/key-siblings.ts';
import { policiesInForce } from '../../../lambda/scanner/check-support/policies/policies-in-force.ts';
import { principals, severityFor } from '../../../lambda/scanner/check-support/principals/principals.ts';
import { canSignIn, hasActiveKey, isAdminOnceSignedIn } from '../../../lambda/scanner/check-support/credentials/sign-in.ts';
import { users } from '../../../lambda/scanner/check-support/credentials/users.ts';
import type { CredentialReportRow } from '../../../lambda/scanner/facts/credential-report.ts';
import type { Json } from '../../../lambda/scanner/model/json.ts';
import { unavailable } from '../../../lambda/scanner/model/observed.ts';
import type { PrincipalVerdict } from '../../../lambda/scanner/model/verdict.ts';
import {
  NOW,
  aGroup,
  aKey,
  aPolicy,
  aReport,
  aReportedKey,
  aRole,
  aRow,
  aUser,
  attached,
  emptyAccount,
  identities,
  seen,
} from '../../support/builders.ts';

const verdict = (arn: string, more: Partial<PrincipalVerdict> = {}): PrincipalVerdict => ({
  ...{ arn, type: 'user', verdict: 'none', platform: false, conditions: [], blockedBy: [], path: [] },
  ...more,
});

describe('the users, with their rows in the credential report', () => {
  const row = (user: Parameters<typeof aUser>[1], report = aReport(aRow('ann', { mfaActive: true }))) =>
    users({ identities: identities({ users: [aUser('ann', user)] }), credentialReport: report }).map(
      (subject) => subject.row?.mfaActive,
    );
  const { generatedAt: _, ...undated } = aReport(aRow('ann', { mfaActive: true }));
  const { createdAt: _created, ...ageless } = aUser('ann');

  test.each<[name: string, found: readonly (boolean | undefined)[], expected: boolean | undefined]>([
    ['a user in the report', row({}), true],
    ['a user newer than the report: the row belongs to a deleted user of the same name', row({ createdAt: NOW }), undefined],
    ['a user, and a report without a date', row({ createdAt: NOW }, undated), true],
    [
      'a user of unknown age',
      users({ identities: identities({ users: [ageless] }), credentialReport: undated }).map((subject) => subject.row?.mfaActive),
      true,
    ],
    ['a user that is not in the report', row({}, aReport(aRow('bob'))), undefined],
  ])('%s', (_name, found, expected) => {
    expect(found).toEqual([expected]);
  });
});

describe('who can sign in', () => {
  const subject = (row?: Partial<CredentialReportRow>) => {
    const [ann] = users({
      identities: identities({ users: [aUser('ann')] }),
      credentialReport: row ? aReport(aRow('ann', row)) : aReport(),
    });
    if (!ann) throw new Error('there is no ann');
    return ann;
  };
  const active = aReportedKey();
  const inactive = aReportedKey({ active: false });

  test.each<[name: string, row: Partial<CredentialReportRow> | undefined, hasKey: boolean, can: boolean]>([
    ['not a user without a password and keys', {}, false, false],
    ['a user with a password', { passwordEnabled: true }, false, true],
    ['a user who may have a password', { passwordEnabled: 'unsupported' }, false, true],
    ['a user with an active key', { keys: [inactive, active] }, true, true],
    ['not a user whose keys are inactive', { keys: [inactive, inactive] }, false, false],
    ['a user newer than the report', undefined, false, true],
  ])('%s', (_name, row, hasKey, can) => {
    expect([hasActiveKey(subject(row)), canSignIn(subject(row))]).toEqual([hasKey, can]);
  });
});

test.each<[name: string, verdict: Partial<PrincipalVerdict>, isAdmin: boolean]>([
  ['an administrator', { verdict: 'admin' }, true],
  ['a user without administrator access', { verdict: 'none' }, false],
  ...(
    [
      ['would be administrator with MFA', 'admin', ['aws:MultiFactorAuthPresent'], true],
      ['would be administrator with MFA and from a source IP', 'admin', ['aws:MultiFactorAuthPresent', 'aws:SourceIp'], true],
      ['would be administrator from a source IP', 'admin', ['aws:SourceIp'], true],
      ['would be administrator with MFA and a tag', 'admin', ['aws:MultiFactorAuthPresent', 'aws:PrincipalTag/team'], false],
      ['would be nothing with MFA', undefined, ['aws:MultiFactorAuthPresent'], false],
      ['depends on nothing but itself', 'admin', [], false],
    ] as const
  ).map(([name, would, keys, isAdmin]): [string, Partial<PrincipalVerdict>, boolean] => [
    `a user who ${name}`,
    {
      verdict: 'conditional',
      ...(would ? { would } : {}),
      conditions: [
        ...keys.map((key) => ({ key, controlledBy: 'environment' as const, text: key })),
        { key: 'aws:UserAgent', controlledBy: 'caller', text: 'the choice of the caller' },
      ],
    },
    isAdmin,
  ]),
])('whether MFA is the last condition before administrator access: %s', (_name, more, isAdmin) => {
  expect(isAdminOnceSignedIn(verdict('arn', more))).toBe(isAdmin);
});

describe('keys with their siblings', () => {
  const keys = (accessKeys: typeof emptyAccount.accessKeys, report = aReport(aRow('ann'))) =>
    keysWithSiblings({
      ...emptyAccount,
      identities: identities({ users: [aUser('ann')] }),
      credentialReport: report,
      accessKeys,
    }).map((key) => key.unseen ?? [key.resource.name, key.siblings.map(({ resource }) => resource.name), key.row !== undefined]);

  test.each<[name: string, found: ReturnType<typeof keys>, expected: ReturnType<typeof keys>]>([
    ['of two', keys(seen({ ann: [aKey('ann', 'A'), aKey('ann', 'B', { active: false })] })), [['A', ['B'], true]]],
    ['of a user that is not in the report', keys(seen({ ann: [aKey('ann', 'A')] }), aReport()), [['A', [], false]]],
    ['that could not be listed', keys(new Map([['ann', unavailable('access denied')]])), ['access denied']],
  ])('%s', (_name, found, expected) => {
    expect(found).toEqual(expected);
  });
});

describe('the policies in use with a condition on MFA', () => {
  const asks = (key: string): Json => ({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Action: 's3:*', Resource: '*' },
      { Effect: 'Deny', Action: '*', Resource: '*', Condition: { Bool: { [key]: 'false' } } },
    ],
  });
  const mfa = asks('aws:MultiFactorAuthPresent');
  const inline = { inlinePolicies: [{ name: 'own', document: mfa }] };
  const unused = aPolicy('mfa', mfa);
  const dormant = aPolicy('mfa', asks('aws:SourceIp'), {
    versions: [
      { id: 'v2', isDefault: true, document: asks('aws:SourceIp') },
      { id: 'v1', isDefault: false, document: mfa },
    ],
  });

  test.each<[name: string, account: Parameters<typeof identities>[0], found: number]>([
    ['of a user', { users: [aUser('ann', inline)] }, 1],
    ['of a group', { groups: [aGroup('ops', inline)] }, 1],
    ['of a role', { roles: [aRole('app', inline)] }, 1],
    ['attached', { users: [aUser('ann', attached(unused))], policies: [unused] }, 1],
    ['as a boundary', { users: [aUser('ann', { boundaryArn: unused.arn })], policies: [unused] }, 1],
    ['not attached to any identity', { users: [aUser('ann')], policies: [unused] }, 0],
    ['in a version that is not the default', { users: [aUser('ann', attached(dormant))], policies: [dormant] }, 0],
    [
      'that cannot be read',
      { users: [aUser('ann', { inlinePolicies: [{ name: 'own', document: { MultiFactorAuth: 1 } }] })] },
      0,
    ],
    [
      'that name the key outside a condition',
      {
        users: [
          aUser('ann', {
            inlinePolicies: [{ name: 'own', document: { ...(asks('aws:SourceIp') as object), Id: 'MultiFactorAuth' } }],
          }),
        ],
      },
      0,
    ],
  ])('%s', (_name, account, found) => {
    const statements = policiesInForce(identities(account), /MultiFactorAuth/i);
    expect(statements.map(({ index }) => index)).toEqual(Array.from({ length: found }, () => 1));
  });
});

describe('the principals that are evaluated', () => {
  const linked = aRole('linked', { path: '/aws-service-role/x.amazonaws.com/' });
  const found = (...arns: readonly string[]) =>
    principals({
      identities: identities({ users: [aUser('ann')], roles: [aRole('app'), linked] }),
      access: new Map(arns.map((arn) => [arn, verdict(arn)])),
    }).map(({ label }) => label);

  test('are users and roles, except service-linked roles', () => {
    expect(found(aUser('ann').arn, aRole('app').arn, linked.arn)).toEqual(['IAM user ann', 'IAM role app']);
  });

  test('are only those that have a verdict', () => {
    expect(found(aRole('app').arn)).toEqual(['IAM role app']);
  });

  test('have severity LOW if the landing zone created them', () => {
    expect([severityFor(verdict('x', { platform: true }), 'HIGH'), severityFor(verdict('x'), 'HIGH')]).toEqual(['LOW', 'HIGH']);
  });
});
