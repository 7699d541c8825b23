import { analyzeAccounts } from '../../lambda/scanner/organization/analyze-accounts.ts';
import { type AccountSpec, ADMINISTRATOR, type Statement, allow, deny, trusts, when } from '../escalation/support.ts';
import { rcpDenying, scpDenying } from '../support/guardrails.ts';
import { type OrganizationSpec, anOrganization } from '../support/organization.ts';
import { correlateAccounts, snapshotIn } from './support.ts';

const [DEVELOPMENT, SHARED, PRODUCTION] = ['222233334444', '333344445555', '444455556666'] as const;
const DANA = `arn:aws:iam::${DEVELOPMENT}:user/dana`;
const HOP = `arn:aws:iam::${SHARED}:role/hop`;
const ADMIN = `arn:aws:iam::${PRODUCTION}:role/admin`;

const dana = (can: readonly Statement[], tags: Readonly<Record<string, string>> = {}): AccountSpec => ({
  users: { dana: { can, tags } },
});
const hop = (
  trust: readonly Statement[],
  can: readonly Statement[],
  tags: Readonly<Record<string, string>> = {},
): AccountSpec => ({
  roles: { hop: { can, trust, tags } },
});
const admin = (...trust: readonly Statement[]): AccountSpec => ({ roles: { admin: { attached: [ADMINISTRATOR], trust } } });

/** How dana gets to other accounts. */
function reachOf(specs: Readonly<Record<string, AccountSpec>>, guardrails: OrganizationSpec = {}) {
  const organization = anOrganization({
    accounts: { [DEVELOPMENT]: ['ou-dev'], [SHARED]: ['ou-shared'], [PRODUCTION]: ['ou-prod'] },
    ...guardrails,
  });
  const accounts = analyzeAccounts(
    Object.entries(specs).map(([id, spec]) => snapshotIn(id, spec)),
    organization,
  );
  const home = accounts.find(({ snapshot }) => snapshot.accountId === DEVELOPMENT);
  if (home?.crossAccountReach.status !== 'collected') throw new Error('the accounts were not correlated');
  return home.crossAccountReach.value?.get(DANA);
}

/** The accounts in which dana gets to admin. */
const reached = (...given: Parameters<typeof reachOf>): readonly string[] | undefined => reachOf(...given)?.accounts;

const assume = allow('sts:AssumeRole');
const tagMyself = allow('iam:TagUser', DANA);
const wantsTag = (principal: string, value = 'core') =>
  trusts({ AWS: principal }, when('StringEquals', 'aws:PrincipalTag/project', value));
const rcp: OrganizationSpec = {
  rcps: {
    perimeter: [[rcpDenying('sts:AssumeRole', { StringNotEquals: { 'aws:PrincipalTag/trusted': 'yes' } })], 'ou-prod'],
  },
};
const scp: OrganizationSpec = {
  scps: {
    perimeter: [[scpDenying('sts:AssumeRole', { StringNotEquals: { 'aws:PrincipalTag/trusted': 'yes' } })], 'ou-dev'],
  },
};

describe('a principal that tags itself before it assumes a role of another account', () => {
  const reaches: Readonly<Record<string, readonly [Readonly<Record<string, AccountSpec>>, OrganizationSpec?]>> = {
    'the trust policy asks for the tag': [{ [DEVELOPMENT]: dana([assume, tagMyself]), [PRODUCTION]: admin(wantsTag(DANA)) }],
    'the tag has another value today': [
      { [DEVELOPMENT]: dana([assume, tagMyself], { project: 'web' }), [PRODUCTION]: admin(wantsTag(DANA)) },
    ],
    'the RCP spares those with the tag': [
      { [DEVELOPMENT]: dana([assume, tagMyself]), [PRODUCTION]: admin(trusts({ AWS: DANA })) },
      rcp,
    ],
    'the SCP of its own account spares those with the tag': [
      { [DEVELOPMENT]: dana([assume, tagMyself]), [PRODUCTION]: admin(trusts({ AWS: DANA })) },
      scp,
    ],
    'it may set that value of that tag alone': [
      {
        [DEVELOPMENT]: dana([assume, allow('iam:TagUser', DANA, when('StringEquals', 'aws:RequestTag/project', 'core'))]),
        [PRODUCTION]: admin(wantsTag(DANA)),
      },
    ],
    'its own policy asks for the tag': [
      {
        [DEVELOPMENT]: dana([
          allow('sts:AssumeRole', ADMIN, when('StringEquals', 'aws:PrincipalTag/project', 'core')),
          tagMyself,
        ]),
        [PRODUCTION]: admin(trusts({ AWS: DANA })),
      },
    ],
    'a role on the way tags itself': [
      {
        [DEVELOPMENT]: dana([assume]),
        [SHARED]: hop([trusts({ AWS: DANA })], [assume, allow('iam:TagRole', HOP)]),
        [PRODUCTION]: admin(wantsTag(HOP)),
      },
    ],
  };
  test.each(Object.entries(reaches))('reaches admin: %s', (_what, [specs, guardrails]) => {
    expect(reached(specs, guardrails)).toEqual([PRODUCTION]);
  });

  const stays: typeof reaches = {
    'it may not tag itself': [{ [DEVELOPMENT]: dana([assume]), [PRODUCTION]: admin(wantsTag(DANA)) }],
    'it may tag others only': [
      {
        [DEVELOPMENT]: dana([assume, allow('iam:TagUser', `arn:aws:iam::${DEVELOPMENT}:user/bob`)]),
        [PRODUCTION]: admin(wantsTag(DANA)),
      },
    ],
    'a Deny names the tag': [
      {
        [DEVELOPMENT]: dana([
          ...[assume, tagMyself],
          deny('iam:TagUser', '*', { Condition: { 'ForAnyValue:StringEquals': { 'aws:TagKeys': ['project'] } } }),
        ]),
        [PRODUCTION]: admin(wantsTag(DANA)),
      },
    ],
    'it may set another value of the tag': [
      {
        [DEVELOPMENT]: dana([assume, allow('iam:TagUser', DANA, when('StringEquals', 'aws:RequestTag/project', 'web'))]),
        [PRODUCTION]: admin(wantsTag(DANA)),
      },
    ],
    'it may not assume the role': [{ [DEVELOPMENT]: dana([tagMyself]), [PRODUCTION]: admin(wantsTag(DANA)) }],
    'the role trusts somebody else': [{ [DEVELOPMENT]: dana([assume, tagMyself]), [PRODUCTION]: admin(wantsTag(HOP)) }],
    'an SCP denies to tag': [
      { [DEVELOPMENT]: dana([assume, tagMyself]), [PRODUCTION]: admin(wantsTag(DANA)) },
      { scps: { noTags: [[scpDenying('iam:TagUser')], 'ou-dev'] } },
    ],
    'the RCP denies all the same': [
      { [DEVELOPMENT]: dana([assume, tagMyself]), [PRODUCTION]: admin(wantsTag(DANA)) },
      { rcps: { closed: [[rcpDenying('sts:AssumeRole')], 'ou-prod'] } },
    ],
  };
  test.each(Object.entries(stays))('does not: %s', (_what, [specs, guardrails]) => {
    expect(reached(specs, guardrails)).toBeUndefined();
  });
});

describe('a principal that tags another one of its account, and then acts as it', () => {
  const LOCAL = `arn:aws:iam::${DEVELOPMENT}:role/hop`;
  const ROB = `arn:aws:iam::${DEVELOPMENT}:user/rob`;
  const tagHop = allow('iam:TagRole', LOCAL);
  const local = (danas: readonly Statement[], hops: readonly Statement[] = [assume]): AccountSpec => ({
    users: { dana: { can: danas } },
    roles: { hop: { trust: [trusts({ AWS: DANA })], can: hops } },
  });
  const withRob = (danas: readonly Statement[]): AccountSpec => ({
    users: { dana: { can: danas }, rob: { can: [assume] } },
  });
  const production = admin(wantsTag(LOCAL));

  const reaches: Readonly<Record<string, readonly [Readonly<Record<string, AccountSpec>>, OrganizationSpec?]>> = {
    'a role that it may assume': [{ [DEVELOPMENT]: local([assume, tagHop]), [PRODUCTION]: production }],
    'a user for whom it may create an access key': [
      { [DEVELOPMENT]: withRob([allow(['iam:CreateAccessKey', 'iam:TagUser'], ROB)]), [PRODUCTION]: admin(wantsTag(ROB)) },
    ],
    'a role of which the own policies ask for the tag': [
      {
        [DEVELOPMENT]: local(
          [assume, tagHop],
          [allow('sts:AssumeRole', ADMIN, when('StringEquals', 'aws:PrincipalTag/project', 'core'))],
        ),
        [PRODUCTION]: admin(trusts({ AWS: LOCAL })),
      },
    ],
    'a role whose account has an SCP that spares those with the tag': [
      {
        [DEVELOPMENT]: {
          users: { dana: { can: [allow('lambda:*'), allow('iam:PassRole'), allow('iam:TagRole', LOCAL)] } },
          roles: { hop: { trust: [trusts({ Service: 'lambda.amazonaws.com' })], can: [assume] } },
        },
        [PRODUCTION]: admin(trusts({ AWS: LOCAL })),
      },
      scp,
    ],
    'after it became another principal, which may': [
      {
        [DEVELOPMENT]: {
          users: { dana: { can: [assume] } },
          roles: {
            tagger: { trust: [trusts({ AWS: DANA })], can: [assume, tagHop] },
            hop: { trust: [trusts({ AWS: `arn:aws:iam::${DEVELOPMENT}:role/tagger` })], can: [assume] },
          },
        },
        [PRODUCTION]: production,
      },
    ],
  };
  test.each(Object.entries(reaches))('reaches admin: %s', (_what, [specs, guardrails]) => {
    expect(reached(specs, guardrails)).toEqual([PRODUCTION]);
  });

  const stays: typeof reaches = {
    'it may not tag the role': [{ [DEVELOPMENT]: local([assume]), [PRODUCTION]: production }],
    'it may tag the role and not act as it': [
      {
        [DEVELOPMENT]: {
          users: { dana: { can: [assume, tagHop] } },
          roles: { hop: { trust: [trusts({ AWS: ROB })], can: [assume] } },
        },
        [PRODUCTION]: production,
      },
    ],
    'the role may not assume the other': [{ [DEVELOPMENT]: local([assume, tagHop], []), [PRODUCTION]: production }],
    'it may set another value of the tag': [
      {
        [DEVELOPMENT]: local([assume, allow('iam:TagRole', LOCAL, when('StringEquals', 'aws:RequestTag/project', 'web'))]),
        [PRODUCTION]: production,
      },
    ],
    'it may create no access key for the user': [
      { [DEVELOPMENT]: withRob([allow('iam:TagUser', ROB)]), [PRODUCTION]: admin(wantsTag(ROB)) },
    ],
  };
  test.each(Object.entries(stays))('does not: %s', (_what, [specs, guardrails]) => {
    expect(reached(specs, guardrails)).toBeUndefined();
  });

  test('the path tells who tags it, and how it is taken over', () => {
    const reach = reachOf({ [DEVELOPMENT]: local([assume, tagHop]), [PRODUCTION]: production });
    const [found] = reach?.paths(1) ?? [];
    expect(found?.path.slice(0, 3).map(({ actions, from, to }) => [actions.join(), from, to])).toEqual([
      ['iam:TagRole', DANA, LOCAL],
      ['sts:AssumeRole', DANA, LOCAL],
      ['sts:AssumeRole', LOCAL, ADMIN],
    ]);
  });
});

describe('a session with tags that its caller chooses, on the way to a role of another account', () => {
  const tagSession = (principal: string, more: Statement = {}): Statement => ({
    ...trusts({ AWS: principal }, more),
    Action: ['sts:AssumeRole', 'sts:TagSession'],
  });
  const both = allow(['sts:AssumeRole', 'sts:TagSession']);
  const production = admin(wantsTag(HOP));
  const localHop = (trust: readonly Statement[], can: readonly Statement[] = [assume]): AccountSpec => ({
    users: { dana: { can: [both] } },
    roles: { hop: { trust, can } },
  });
  const LOCAL_HOP = `arn:aws:iam::${DEVELOPMENT}:role/hop`;

  const reaches: Readonly<Record<string, Readonly<Record<string, AccountSpec>>>> = {
    'a role of a third account lets its callers tag the session': {
      [DEVELOPMENT]: dana([both]),
      [SHARED]: hop([tagSession(DANA)], [assume]),
      [PRODUCTION]: production,
    },
    'a role of the own account does': { [DEVELOPMENT]: localHop([tagSession(DANA)]), [PRODUCTION]: admin(wantsTag(LOCAL_HOP)) },
    'the trust policy lets it set that tag alone': {
      [DEVELOPMENT]: dana([both]),
      [SHARED]: hop([tagSession(DANA, when('StringEquals', 'aws:RequestTag/project', 'core'))], [assume]),
      [PRODUCTION]: production,
    },
    'the policies of the role ask for the tag': {
      [DEVELOPMENT]: dana([both]),
      [SHARED]: hop(
        [tagSession(DANA)],
        [allow('sts:AssumeRole', ADMIN, when('StringEquals', 'aws:PrincipalTag/project', 'core'))],
      ),
      [PRODUCTION]: admin(trusts({ AWS: HOP })),
    },
  };
  test.each(Object.entries(reaches))('reaches admin: %s', (_what, specs) => {
    expect(reached(specs)).toEqual([PRODUCTION]);
  });

  const stays: typeof reaches = {
    'the trust policy does not let it tag the session': {
      [DEVELOPMENT]: dana([both]),
      [SHARED]: hop([trusts({ AWS: DANA })], [assume]),
      [PRODUCTION]: production,
    },
    'it may not tag the session by its own policies': {
      [DEVELOPMENT]: dana([assume]),
      [SHARED]: hop([tagSession(DANA)], [assume]),
      [PRODUCTION]: production,
    },
    'the trust policy lets it set another value': {
      [DEVELOPMENT]: dana([both]),
      [SHARED]: hop(
        [
          trusts({ AWS: DANA }),
          { ...trusts({ AWS: DANA }, when('StringEquals', 'aws:RequestTag/project', 'web')), Action: 'sts:TagSession' },
        ],
        [assume],
      ),
      [PRODUCTION]: production,
    },
    'the role of the own account does not let it': {
      [DEVELOPMENT]: localHop([trusts({ AWS: DANA })]),
      [PRODUCTION]: admin(wantsTag(LOCAL_HOP)),
    },
    'a Deny of the role is on that tag': {
      [DEVELOPMENT]: dana([both]),
      [SHARED]: hop(
        [tagSession(DANA)],
        [assume, deny('sts:AssumeRole', '*', when('StringEquals', 'aws:PrincipalTag/project', 'core'))],
      ),
      [PRODUCTION]: production,
    },
  };
  test.each(Object.entries(stays))('does not: %s', (_what, specs) => {
    expect(reached(specs)).toBeUndefined();
  });
});

test('a tag whose key is a name of JavaScript is a tag like any other', () => {
  const wants = (principal: string) => trusts({ AWS: principal }, when('StringEquals', 'aws:PrincipalTag/constructor', 'core'));
  const only = (key: string): Statement => ({ Condition: { 'ForAllValues:StringEquals': { 'aws:TagKeys': [key] } } });
  const may = (key: string) => dana([assume, allow('iam:TagUser', DANA, only(key))]);
  expect(reached({ [DEVELOPMENT]: may('constructor'), [PRODUCTION]: admin(wants(DANA)) })).toEqual([PRODUCTION]);
  expect(reached({ [DEVELOPMENT]: may('project'), [PRODUCTION]: admin(wants(DANA)) })).toBeUndefined();
});

test('tags are tried for each role, however many roles ask for others', () => {
  // Before and after it in the order of the roles.
  const others = Array.from({ length: 80 }, (_, index) => {
    const name = `${index % 2 === 0 ? 'a' : 'z'}-team-${index}`;
    return [name, { trust: [wantsTag(HOP, name)] }];
  });
  const roles = { ...(Object.fromEntries(others) as AccountSpec['roles']), ...admin(wantsTag(HOP)).roles };
  const tagSession = { ...trusts({ AWS: DANA }), Action: ['sts:AssumeRole', 'sts:TagSession'] };
  const specs = {
    [DEVELOPMENT]: dana([allow(['sts:AssumeRole', 'sts:TagSession'])]),
    [SHARED]: hop([tagSession], [assume]),
    [PRODUCTION]: { roles },
  };
  expect(reached(specs)).toEqual([PRODUCTION]);
});

test('where only the wanted tag has a condition that cannot be known, the path has it', () => {
  const office = {
    Condition: { 'ForAnyValue:StringEquals': { 'aws:TagKeys': ['project'] }, NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' } },
  };
  const specs = {
    [DEVELOPMENT]: dana([assume, tagMyself, deny('iam:TagUser', '*', office)]),
    [PRODUCTION]: admin(wantsTag(DANA)),
  };
  expect(reachOf(specs)).toMatchObject({ accounts: [], ifConditions: [PRODUCTION] });
});

test('a principal that is admin of its own account only under a condition tags itself without it', () => {
  const office = when('IpAddress', 'aws:SourceIp', '203.0.113.0/24');
  const specs = {
    [DEVELOPMENT]: dana([assume, tagMyself, allow('*', '*', office)]),
    [PRODUCTION]: admin(wantsTag(DANA)),
  };
  expect(reached(specs)).toContain(PRODUCTION);
});

test('a session with tags gets another session with tags', () => {
  const tagSession = (principal: string) => ({ ...trusts({ AWS: principal }), Action: ['sts:AssumeRole', 'sts:TagSession'] });
  const both = allow(['sts:AssumeRole', 'sts:TagSession']);
  const [FOURTH, LAST] = ['555566667777', `arn:aws:iam::555566667777:role/last`];
  const needs = when('StringEquals', 'aws:PrincipalTag/level', 'one');
  const specs = (second: Statement) => ({
    [DEVELOPMENT]: dana([both]),
    [SHARED]: hop([tagSession(DANA)], [both]),
    [FOURTH]: { roles: { last: { trust: [second], can: [assume] } } },
    [PRODUCTION]: admin(wantsTag(LAST)),
  });
  const organization = { accounts: { [DEVELOPMENT]: [], [SHARED]: [], [FOURTH]: [], [PRODUCTION]: [] } };
  expect(reached(specs({ ...tagSession(HOP), ...needs }), organization)).toEqual([PRODUCTION]);
  expect(reached(specs({ ...trusts({ AWS: HOP }), ...needs }), organization)).toBeUndefined();
});

describe('tags that an identity provider or a service gives to the session of a role', () => {
  const byTag = (key: string) => admin(trusts({ AWS: HOP }, when('StringEquals', `aws:PrincipalTag/${key}`, 'x')));
  const from = (principal: Statement, ...actions: readonly string[]): AccountSpec =>
    hop([{ ...trusts(principal), Action: ['sts:AssumeRole', ...actions] }], [assume]);
  const saml = { Federated: `arn:aws:iam::${SHARED}:saml-provider/corp` };
  const pods = { Service: 'pods.eks.amazonaws.com' };
  const anywhere = { Service: 'rolesanywhere.amazonaws.com' };
  const ofHop = (shared: AccountSpec, production: AccountSpec) =>
    correlateAccounts({ [SHARED]: shared, [PRODUCTION]: production }, undefined).reaches.flatMap(({ principal, ifConditions }) =>
      principal.arn === HOP ? ifConditions : [],
    );

  test.each<[name: string, shared: AccountSpec, key: string, reached: readonly string[]]>([
    ['any tag of an identity provider', from(saml, 'sts:TagSession'), 'team', [PRODUCTION]],
    ['none where the trust policy does not let it', from(saml), 'team', []],
    ['the namespace of a pod of EKS', from(pods, 'sts:TagSession'), 'kubernetes-namespace', [PRODUCTION]],
    ['no tag that EKS does not give', from(pods, 'sts:TagSession'), 'team', []],
    ['the subject of a certificate', from(anywhere, 'sts:TagSession'), 'x509Subject/CN', [PRODUCTION]],
    ['no such tag from another service', from({ Service: 'ec2.amazonaws.com' }, 'sts:TagSession'), 'kubernetes-namespace', []],
  ])('may be what the other account asks for: %s', (_name, shared, key, found) => {
    expect(ofHop(shared, byTag(key))).toEqual(found);
  });
});
