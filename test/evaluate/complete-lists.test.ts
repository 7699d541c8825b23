import { incompleteLists } from '../../lambda/scanner/evaluate/complete-lists.ts';
import type { AccountSummary } from '../../lambda/scanner/facts/account-summary.ts';
import type { CredentialReport, CredentialReportRow } from '../../lambda/scanner/facts/credential-report.ts';
import type { Identities, ManagedPolicy } from '../../lambda/scanner/facts/identity.ts';
import type { Snapshot } from '../../lambda/scanner/facts/snapshot.ts';
import { collected, unavailable } from '../../lambda/scanner/model/observed.ts';
import {
  ACCOUNT,
  NOW,
  aGroup,
  aPolicy,
  aReport,
  aReportedKey,
  aRole,
  aRow,
  aUser,
  attached,
  daysAgo,
  identities,
  rootRow,
} from '../support/builders.ts';
import { observedFacts } from '../support/observed-facts.ts';

/** The lists that are not complete, with what they lack. */
const shortIn = (facts: Partial<Snapshot['facts']>) =>
  Object.fromEntries([...incompleteLists(observedFacts(facts))].filter(([, elements]) => elements.length > 0));

const counted = (counts: AccountSummary) => ({ accountSummary: collected(counts) });
const listed = (some: Partial<Identities>) => ({ identities: collected(identities(some)) });
const noReport = { credentialReport: unavailable('denied') };

const document = { Version: '2012-10-17', Statement: [] };
const own = aPolicy('own', document, { attachmentCount: 0 });
/** IAM allows colons in a path. */
const hostile = aPolicy('own', document, { path: '/arn:aws:iam::aws:/', attachmentCount: 0 });
const ofAws = (partition: string) =>
  aPolicy('Billing', document, { arn: `arn:${partition}:iam::aws:policy/Billing`, attachmentCount: 0 });

test('every list of an account is looked at, and one that has nothing lacks nothing', () => {
  expect(incompleteLists(observedFacts())).toEqual(
    new Map([
      ['identities', []],
      ['credentialReport', []],
      ['serverCertificates', []],
      ['samlProviders', []],
      ['oidcProviders', []],
    ]),
  );
});

describe('AWS counts more identities than it lists', () => {
  test.each<[name: string, counts: AccountSummary, some: Partial<Identities>, lacks: string]>([
    ['users', { users: 2 }, { users: [aUser('ann')] }, 'AWS counts 2 users, and 1 are listed'],
    ['groups', { groups: 2 }, { groups: [aGroup('ops')] }, 'AWS counts 2 groups, and 1 are listed'],
    ['roles', { roles: 2 }, { roles: [aRole('app')] }, 'AWS counts 2 roles, and 1 are listed'],
    ['policies', { policies: 2 }, { policies: [own] }, 'AWS counts 2 customer managed policies, and 1 are listed'],
    [
      'policies: those of AWS are not counted',
      { policies: 1 },
      { policies: [ofAws('aws')] },
      'AWS counts 1 customer managed policies, and 0 are listed',
    ],
    [
      'policies: those of AWS are not counted, in China either',
      { policies: 1 },
      { policies: [ofAws('aws-cn')] },
      'AWS counts 1 customer managed policies, and 0 are listed',
    ],
  ])('%s', (_name, counts, some, lacks) => {
    expect(shortIn({ ...noReport, ...counted(counts), ...listed(some) })).toEqual({ identities: [lacks] });
  });

  test.each<[name: string, counts: AccountSummary, some: Partial<Identities>]>([
    ['as many as are listed', { users: 1, roles: 1 }, { users: [aUser('ann')], roles: [aRole('app')] }],
    ['fewer: one is new', { users: 0 }, { users: [aUser('ann')] }],
    ['no number of them', {}, { users: [aUser('ann')] }],
    ['an own policy whose path reads like the ARN of one of AWS', { policies: 1 }, { policies: [hostile] }],
    // Those are told as such.
    ['elements that could not be read', { users: 2 }, { users: [aUser('ann')], unread: ['UserDetailList[1]'] }],
  ])('not so: %s', (_name, counts, some) => {
    expect(shortIn({ ...noReport, ...counted(counts), ...listed(some) })).toEqual({});
  });

  test('an element of another list that could not be read stands for none of this one', () => {
    const some = { users: [aUser('ann')], unread: ['RoleDetailList[0]', 'Policies[0]'] };
    expect(shortIn({ ...noReport, ...counted({ users: 2, roles: 1 }), ...listed(some) })).toEqual({
      identities: ['AWS counts 2 users, and 1 are listed'],
    });
  });
});

describe('AWS counts more uses of a policy than the identities name', () => {
  const used = (counts: Partial<ManagedPolicy>) => aPolicy('own', document, { attachmentCount: 0, ...counts });
  const boundaryArn = own.arn;

  test.each<[name: string, some: Partial<Identities>, lacks: string]>([
    [
      'attached to nothing that is listed',
      { policies: [used({ attachmentCount: 1 })] },
      `AWS counts 1 attachments of ${own.arn}, and 0 are listed`,
    ],
    [
      'attached to a user, a group, a role and something else',
      {
        users: [aUser('ann', attached(own))],
        groups: [aGroup('ops', attached(own))],
        roles: [aRole('app', attached(own))],
        policies: [used({ attachmentCount: 4 })],
      },
      `AWS counts 4 attachments of ${own.arn}, and 3 are listed`,
    ],
    [
      'a boundary of nothing that is listed',
      { policies: [used({ boundaryUsageCount: 1 })] },
      `AWS counts 1 uses of ${own.arn} as a permissions boundary, and 0 are listed`,
    ],
    [
      'the boundary of a user, a role and something else',
      {
        users: [aUser('ann', { boundaryArn }), aUser('bob')],
        roles: [aRole('app', { boundaryArn })],
        policies: [used({ boundaryUsageCount: 3 })],
      },
      `AWS counts 3 uses of ${own.arn} as a permissions boundary, and 2 are listed`,
    ],
    [
      'attached, and a boundary of something else',
      { users: [aUser('ann', attached(own))], policies: [used({ attachmentCount: 1, boundaryUsageCount: 1 })] },
      `AWS counts 1 uses of ${own.arn} as a permissions boundary, and 0 are listed`,
    ],
  ])('%s', (_name, some, lacks) => {
    expect(shortIn({ ...noReport, ...listed(some) })).toEqual({ identities: [lacks] });
  });

  test('not so: all of them are named', () => {
    const some = {
      users: [aUser('ann', { ...attached(own), boundaryArn })],
      roles: [aRole('app', { boundaryArn })],
      policies: [used({ attachmentCount: 1, boundaryUsageCount: 2 })],
    };
    expect(shortIn({ ...noReport, ...listed(some) })).toEqual({});
  });
});

describe('a credential report', () => {
  const MADE = NOW - 1_000;
  const made = (...rows: readonly CredentialReportRow[]): CredentialReport => ({ ...aReport(...rows), generatedAt: MADE });
  const undated = (...rows: readonly CredentialReportRow[]): CredentialReport => {
    const { generatedAt: _generated, ...report } = aReport(...rows);
    return report;
  };
  const { createdAt: _, ...undatedUser } = aUser('ann');
  const ann = (createdAt: number) => aUser('ann', { createdAt });
  const keyUsedAt = (lastUsed: number) =>
    aRow('bob', { keys: [aReportedKey({ lastUsed }), aReportedKey({ active: false, lastUsed: 'never' })] });

  test.each<[name: string, rows: CredentialReport, users: Identities['users'], lacks: readonly string[]]>([
    ['has all rows', made(rootRow(), aRow('ann')), [ann(MADE - 1)], []],
    ['lacks the row of a user', made(rootRow(), aRow('bob')), [ann(MADE - 1)], ['the row of user ann']],
    ['lacks the row of root', made(aRow('ann')), [ann(MADE - 1)], ['the row of the root user']],
    ['lacks both', made(aRow('bob')), [ann(MADE - 1)], ['the row of the root user', 'the row of user ann']],
    ['is older than the user', made(rootRow()), [ann(MADE + 1)], []],
    ['was made when the user was created', made(rootRow()), [ann(MADE)], []],
    ['lacks a user whose age is not known', made(rootRow()), [undatedUser], []],
    ['has a user who was deleted since', made(rootRow(), aRow('gone')), [], []],
    ['has no date, and tells later ones', undated(rootRow(), keyUsedAt(daysAgo(1))), [ann(daysAgo(2))], ['the row of user ann']],
    ['has no date, and tells no later ones', undated(rootRow(), keyUsedAt(daysAgo(31))), [ann(daysAgo(29))], []],
  ])('that %s', (_name, rows, users, lacks) => {
    const expected = lacks.length === 0 ? {} : { credentialReport: lacks };
    expect(shortIn({ ...listed({ users }), credentialReport: collected(rows) })).toEqual(expected);
  });
});

describe('certificates and identity providers', () => {
  const serverCertificates = collected([{ arn: `arn:aws:iam::${ACCOUNT}:server-certificate/web`, name: 'web', id: 'ASCAWEB' }]);
  const both = {
    samlProviders: collected(new Map([[`arn:aws:iam::${ACCOUNT}:saml-provider/okta`, unavailable('denied')]])),
    oidcProviders: collected(new Map([[`arn:aws:iam::${ACCOUNT}:oidc-provider/example.com`, unavailable('denied')]])),
  };
  const lacking = 'AWS counts 3 identity providers, and 2 are listed';

  test('AWS counts more certificates than it lists', () => {
    expect(shortIn({ ...counted({ serverCertificates: 2 }), serverCertificates })).toEqual({
      serverCertificates: ['AWS counts 2 server certificates, and 1 are listed'],
    });
    expect(shortIn({ ...counted({ serverCertificates: 1 }), serverCertificates })).toEqual({});
  });

  test('AWS counts providers of both kinds together: either list may lack one', () => {
    expect(shortIn({ ...counted({ identityProviders: 3 }), ...both })).toEqual({
      samlProviders: [lacking],
      oidcProviders: [lacking],
    });
    expect(shortIn({ ...counted({ identityProviders: 2 }), ...both })).toEqual({});
  });
});

test.each<[name: string, facts: Partial<Snapshot['facts']>, left: readonly string[]]>([
  ['identities', { identities: unavailable('denied') }, ['serverCertificates', 'samlProviders', 'oidcProviders']],
  [
    'credentialReport',
    { credentialReport: unavailable('denied') },
    ['identities', 'serverCertificates', 'samlProviders', 'oidcProviders'],
  ],
  [
    'serverCertificates',
    { serverCertificates: unavailable('denied') },
    ['identities', 'credentialReport', 'samlProviders', 'oidcProviders'],
  ],
  ['samlProviders', { samlProviders: unavailable('denied') }, ['identities', 'credentialReport', 'serverCertificates']],
  ['oidcProviders', { oidcProviders: unavailable('denied') }, ['identities', 'credentialReport', 'serverCertificates']],
])('nothing is said of a list that was not collected, nor of what is compared with it: %s', (_name, facts, left) => {
  expect([...incompleteLists(observedFacts(facts)).keys()]).toEqual(left);
});

test('AWS did not say how many there are: nothing is missing', () => {
  const some = { users: [aUser('ann')], policies: [own] };
  expect(shortIn({ ...noReport, ...listed(some), accountSummary: unavailable('denied') })).toEqual({});
});
