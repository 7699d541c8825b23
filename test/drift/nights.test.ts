import { type RawFactName, rawFactNames } from '../../lambda/scanner/facts/index.ts';
import { unavailable } from '../../lambda/scanner/model/observed.ts';
import { DAY } from '../../lambda/scanner/model/instant.ts';
import { NOW, aGroup, aKey, aPolicy, aReport, aRole, aRow, aUser, attached, daysAgo, seen } from '../support/builders.ts';
import { type Attack, adminPolicy, all, allow, line, morningAfter, newFindings, quietNight, reportAfter } from './nights.ts';
import { snapshotOf, trust, withIdentities, withKey, withNewUser, withRow, withUser } from './nights.ts';

const DAWN = NOW - DAY / 2;

test('an unchanged pair gives nothing, and the same findings as without an earlier snapshot', () => {
  const { changes, notCompared, findings } = reportAfter((facts) => facts);
  expect(changes).toEqual([]);
  expect(notCompared).toEqual([]);
  expect(findings.filter(({ openUntil }) => openUntil !== undefined)).toEqual([]);
});

/** Uses that a night leaves in the facts, and that change nothing. */
const ordinaryUse: Attack = (facts) => ({
  ...facts,
  identities: { ...facts.identities, roles: facts.identities.roles.map((role) => ({ ...role, lastUsedAt: DAWN })) },
  credentialReport: { ...withRow(facts, 'ann', { passwordLastUsed: DAWN }), generatedAt: NOW },
  accessKeyLastUsed: seen({ AKIACI: DAWN }),
});

test('that people and programs worked is no change', () => {
  expect(reportAfter(ordinaryUse).changes).toEqual([]);
});

test('the same policies in another form are no change', () => {
  const rewritten = withIdentities(({ users, roles, groups }) => ({
    users: users.toReversed(),
    groups: groups.toReversed(),
    roles: roles.map((role) =>
      role.name === 'app'
        ? {
            ...role,
            inlinePolicies: [
              {
                name: 'app',
                document: {
                  Version: '2012-10-17',
                  Statement: [
                    { Sid: 'New', Effect: 'Allow', Action: 'iam:createuser', Resource: ['*'] },
                    { Effect: 'Allow', Action: ['s3:GetObject'], Resource: '*' },
                  ],
                },
              },
            ],
          }
        : role,
    ),
  }));
  expect(reportAfter(rewritten).changes).toEqual([]);
});

const role = (name: string, change: (found: ReturnType<typeof aRole>) => Partial<ReturnType<typeof aRole>>): Attack =>
  withIdentities(({ roles }) => ({
    roles: roles.map((found) => (found.name === name ? { ...found, ...change(found) } : found)),
  }));

/** Fifty ordinary changes: new roles for services, narrower policies, a rotated key, a new colleague, tags, more Deny statements. */
const busy: readonly Attack[] = [
  ...Array.from({ length: 20 }, (_, index) =>
    withIdentities(({ roles }) => ({
      roles: [
        ...roles,
        aRole(`service-${index}`, {
          createdAt: DAWN,
          inlinePolicies: [{ name: 'p', document: allow('s3:GetObject', `arn:aws:s3:::b${index}/*`) }],
        }),
      ],
    })),
  ),
  ...Array.from({ length: 15 }, (_, index) =>
    withIdentities(({ policies }) => ({
      policies: [...policies, aPolicy(`new-${index}`, allow('logs:*'), { attachmentCount: 0 })],
    })),
  ),
  withIdentities(({ groups }) => ({ groups: [...groups, aGroup('auditors')] })),
  withIdentities(({ groups }) => ({
    groups: groups.map((group) =>
      group.name === 'developers'
        ? {
            ...group,
            inlinePolicies: [
              {
                name: 'read',
                document: allow(
                  ['s3:GetObject', 's3:ListBucket', 'sqs:SendMessage'],
                  ['arn:aws:s3:::app/*', 'arn:aws:sqs:*:*:app'],
                ),
              },
            ],
          }
        : group,
    ),
  })),
  withUser('dora', () => ({ groups: ['developers', 'auditors'] })),
  withUser('ci', () => ({ tags: new Map([['team', 'build']]) })),
  withNewUser(aUser('eve', { groups: ['developers'] }), { passwordEnabled: true, passwordLastChanged: DAWN, mfaActive: true }),
  (facts) => ({ ...facts, credentialReport: withRow(facts, 'dora', { passwordLastChanged: DAWN }) }),
  role('reports', () => ({
    trustPolicy: trust(
      { AWS: 'arn:aws:iam::222233334444:role/reader' },
      { Condition: { StringEquals: { 'sts:ExternalId': 'x' } } },
    ),
  })),
  role('guarded', ({ inlinePolicies }) => ({
    inlinePolicies: [
      ...inlinePolicies,
      { name: 'deny', document: { Version: '2012-10-17', Statement: { Effect: 'Deny', Action: 'iam:*', Resource: '*' } } },
    ],
  })),
  role('app', () => ({ tags: new Map([['owner', 'x']]) })),
  role('ops', () => ({ instanceProfiles: [] })),
  (facts) => ({
    ...facts,
    accessKeys: seen({ ci: [aKey('ci', 'AKIANEW', { createdAt: DAWN })] }),
    accessKeyLastUsed: seen({ AKIANEW: DAWN }),
  }),
  withIdentities(({ users }) => ({ users: users.filter(({ name }) => name !== 'legacy') })),
  (facts) => ({ ...facts, credentialReport: withRow(facts, 'ann', { passwordLastUsed: DAWN }) }),
  ordinaryUse,
  (facts) => ({ ...facts, passwordPolicy: facts.passwordPolicy }),
];

test('a benign busy night raises nothing HIGH', () => {
  expect(busy.length).toBeGreaterThanOrEqual(50);
  const found = newFindings(all(...busy)).filter(({ openUntil }) => openUntil !== undefined);
  expect(found.filter(({ severity }) => severity === 'HIGH' || severity === 'CRITICAL').map(({ headline }) => headline)).toEqual(
    [],
  );
  expect(reportAfter(all(...busy)).notCompared).toEqual([]);
});

/** The facts whose changes are compared. */
const compared: readonly RawFactName[] = [
  ...([
    'identities',
    'accountSummary',
    'credentialReport',
    'virtualMfaDevices',
    'mfaDevices',
    'accessKeys',
    'accessKeyLastUsed',
  ] as const),
  ...(['serviceCredentials', 'samlProviders', 'oidcProviders', 'rolesAnywhere'] as const),
];

describe.each(compared)('%s', (name) => {
  const hidden = { [name]: unavailable('access was denied') };

  test('that the earlier snapshot does not have is compared with nothing', () => {
    const { changes, notCompared = [] } = morningAfter(snapshotOf(quietNight, NOW - DAY, hidden), snapshotOf(quietNight, NOW));
    expect(changes).toEqual([]);
    expect(notCompared.length).toBeGreaterThan(0);
    for (const { reason } of notCompared) expect(reason).toContain('access was denied');
  });

  test('that the later snapshot does not have is not gone', () => {
    const { changes, notCompared = [] } = morningAfter(snapshotOf(quietNight, NOW - DAY), snapshotOf(quietNight, NOW, hidden));
    expect(changes).toEqual([]);
    expect(notCompared.length).toBeGreaterThan(0);
  });
});

test('facts that are not compared are not asked for', () => {
  const others = rawFactNames.filter((name) => !compared.includes(name));
  const hidden = Object.fromEntries(others.map((name) => [name, unavailable('access was denied')]));
  const { changes, notCompared } = morningAfter(snapshotOf(quietNight, NOW - DAY, hidden), snapshotOf(quietNight, NOW));
  expect({ changes, notCompared }).toEqual({ changes: [], notCompared: [] });
});

test('keys of one user that could not be listed hide that user alone', () => {
  const before = { ...quietNight, accessKeys: new Map([...quietNight.accessKeys, ['ci', unavailable('throttled')] as const]) };
  const after = withKey('ann', 'AKIAEVIL')(quietNight);
  const { changes, notCompared = [] } = morningAfter(snapshotOf(before, NOW - DAY), snapshotOf(after, NOW));
  expect(changes.map(line)).toEqual(['HIGH access-key-added: Access key AKIAEVIL of IAM user ann is new']);
  expect(notCompared).toMatchObject([{ part: 'access-keys', reason: 'throttled', resource: { name: 'ci' } }]);
});

test('an identity is not new where the earlier snapshot has one that could not be read', () => {
  const withUnread = { ...quietNight, identities: { ...quietNight.identities, unread: ['UserDetailList.3'] } };
  const older = aUser('old', attached(adminPolicy));
  const after = all(
    withIdentities(({ users }) => ({ users: [...users, older] })),
    (facts) => ({ ...facts, credentialReport: withRow(facts, 'old', { passwordEnabled: true }) }),
    withKey('old', 'AKIAOLD', { createdAt: daysAgo(90) }),
  )(quietNight);
  const { changes, notCompared = [] } = morningAfter(snapshotOf(withUnread, NOW - DAY), snapshotOf(after, NOW));
  expect(changes.filter(({ kind }) => kind !== 'policy-widened').map(line)).toEqual([]);
  expect(notCompared.map(({ part, reason }) => `${part}: ${reason}`)).toEqual([
    'identities: the earlier snapshot has elements that could not be read: UserDetailList.3',
  ]);
});

test('a user that was deleted and created again is another one', () => {
  const again = withUser('ci', () => ({ id: 'AIDAOTHER', createdAt: DAWN }));
  expect(reportAfter(again).changes.map(line)).toEqual(
    expect.arrayContaining(['LOW identity-added: IAM user ci is new', 'INFORMATIONAL identity-removed: IAM user ci was deleted']),
  );
});

test('what became better is told, and is no finding', () => {
  const better = all(
    withUser('ann', () => ({ groups: [] })),
    (facts) => ({ ...facts, accessKeys: seen({ ci: [aKey('ci', 'AKIACI', { createdAt: daysAgo(60), active: false })] }) }),
  );
  expect(reportAfter(better).changes.map(line)).toEqual([
    'INFORMATIONAL access-key-deactivated: Access key AKIACI of IAM user ci was deactivated',
    'INFORMATIONAL access-lost: IAM user ann has less administrator access',
    'INFORMATIONAL permissions-lost: IAM user ann has fewer permissions than before',
  ]);
  expect(newFindings(better).filter(({ openUntil }) => openUntil !== undefined)).toEqual([]);
});

test('a device that is first seen because the others were listed is not new', () => {
  const before = {
    ...quietNight,
    mfaDevices: new Map(),
    credentialReport: aReport(...[...quietNight.credentialReport.rows.values()], aRow('x')),
  };
  const { changes } = morningAfter(snapshotOf(before, NOW - DAY), snapshotOf(quietNight, NOW));
  expect(changes.filter(({ kind }) => kind.startsWith('mfa-'))).toEqual([]);
});

test('MFA as the only condition does not make a new administrator harmless', () => {
  const guarded = allow('*', '*', { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } });
  const attack = withNewUser(aUser('eve', { inlinePolicies: [{ name: 'all', document: guarded }] }));
  expect(reportAfter(attack).changes.map(line)).toContain(
    'HIGH access-gained: IAM user eve is new and can get administrator access with MFA',
  );
});

test('a condition on the time is evaluated again, although nothing changed', () => {
  const timed = withUser('dora', () => ({
    inlinePolicies: [
      {
        name: 'later',
        document: allow('*', '*', {
          Condition: { DateGreaterThan: { 'aws:CurrentTime': new Date(NOW - DAY / 3).toISOString() } },
        }),
      },
    ],
  }))(quietNight);
  const { changes } = morningAfter(snapshotOf(timed, NOW - DAY), snapshotOf(timed, NOW));
  expect(changes.map(line)).toContain('HIGH access-gained: IAM user dora now has administrator access');
});

test('a finding about a change stays open for seven days, and its parameter decides', () => {
  const [found] = newFindings(withKey('ann', 'AKIAEVIL')).filter(({ checkId }) => checkId === 'new-credential-on-admin');
  expect(found?.openUntil).toBe('2026-11-28T00:00:00Z');
});
