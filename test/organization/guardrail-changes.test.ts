import { type AccountSpec, ADMINISTRATOR, allow, deny, trusts, when } from '../escalation/support.ts';
import { MANAGEMENT, ORGANIZATION, type OrganizationSpec, ROOT, anOrganization, arnOf } from '../support/organization.ts';
import { correlateAccounts, routeTo } from './support.ts';

const MEMBER = '222233334444';
const OU = 'ou-ab12-workunit';
const ANN = `arn:aws:iam::${MANAGEMENT}:user/ann`;
const BOSS = `arn:aws:iam::${MEMBER}:role/boss`;
const entity = (name: string) => `arn:aws:organizations::${MANAGEMENT}:${name}`;
const assume = allow('sts:AssumeRole', BOSS);
const detach = allow('organizations:DetachPolicy');
const attach = allow('organizations:AttachPolicy');
const moveAny = allow('organizations:MoveAccount');
const sealed = (...more: readonly ReturnType<typeof deny>[]): OrganizationSpec => ({
  accounts: { [MEMBER]: [OU] },
  scps: { seal: [more.length > 0 ? more : [deny('*')], OU] },
});
const member: AccountSpec = { roles: { boss: { attached: [ADMINISTRATOR], trust: [trusts({ AWS: ANN })] } } };

/** How ann of the management account becomes admin of the member, and whether for certain. */
function reachOf(
  can: readonly ReturnType<typeof allow>[],
  organization = sealed(),
  accounts: Readonly<Record<string, AccountSpec>> = { [MEMBER]: member },
) {
  const correlation = correlateAccounts({ [MANAGEMENT]: { users: { ann: { can } } }, ...accounts }, anOrganization(organization));
  const reach = correlation.reaches.find(({ principal }) => principal.arn === ANN);
  return {
    certain: reach?.accounts.includes(MEMBER) ?? false,
    possible: reach?.ifConditions.includes(MEMBER) ?? false,
    route: routeTo(correlation, ANN, MEMBER),
    steps: reach === undefined ? [] : correlation.pathsOf(reach, 10).flatMap(({ path }) => path),
  };
}

const none = { certain: false, possible: false, route: undefined, steps: [] };

test('a principal of the management account detaches the SCP that blocks an administrator, and assumes its role', () => {
  const { certain, route, steps } = reachOf([detach, assume]);
  expect(certain).toBe(true);
  expect(route).toEqual([
    `detach-scp ${MANAGEMENT}:policy/${ORGANIZATION}/service_control_policy/seal`,
    `assume-role ${MEMBER}:role/boss`,
    `allows-everything ${MEMBER}:role/boss`,
  ]);
  expect(steps.map(({ actions }) => actions)).toEqual([['organizations:DetachPolicy'], ['sts:AssumeRole'], ['*']]);
  expect(steps[0]).toMatchObject({ from: ANN, to: arnOf('seal'), statements: [{ index: 0 }] });
  expect(steps[1]?.statements.map(({ policy }) => policy)).toContain(`trust:${BOSS}`);
});

test.each<[name: string, can: readonly ReturnType<typeof allow>[]]>([
  ['it may not assume a role', [detach]],
  ['it may not change the SCP', [assume]],
  ['it may detach another SCP only', [allow('organizations:DetachPolicy', arnOf('other')), assume]],
  [
    'it may detach the SCP from another target only',
    [allow('organizations:DetachPolicy', [arnOf('seal'), entity(`ou/${ORGANIZATION}/ou-ab12-other`)]), assume],
  ],
  ['it may delete the SCP, which is still attached', [allow('organizations:DeletePolicy'), assume]],
  ['it is denied the change', [detach, assume, deny('organizations:*')]],
])('not where %s', (_name, can) => {
  expect(reachOf(can)).toEqual(none);
});

test.each<[name: string, can: ReturnType<typeof allow>, rule: string]>([
  [
    'the SCP and its target by their ARNs',
    allow('organizations:DetachPolicy', [arnOf('seal'), entity(`ou/${ORGANIZATION}/${OU}`)]),
    'detach-scp',
  ],
  ['the SCP by its ARN, to rewrite it', allow('organizations:UpdatePolicy', arnOf('seal')), 'update-scp'],
  [
    'the policy type of the root',
    allow('organizations:DisablePolicyType', entity(`root/${ORGANIZATION}/${ROOT}`)),
    'disable-scps',
  ],
])('where it may change %s', (_name, can, rule) => {
  const { certain, steps } = reachOf([can, assume]);
  expect([certain, steps[0]?.rule]).toEqual([true, rule]);
});

test.each([
  ['SCPs', 'SERVICE_CONTROL_POLICY', true],
  ['tag policies', 'TAG_POLICY', false],
])('a permission for %s alone', (_name, type, expected) => {
  const detachType = allow('organizations:DetachPolicy', '*', when('StringEquals', 'organizations:PolicyType', type));
  expect(reachOf([detachType, assume]).certain).toBe(expected);
});

test('through a role of the management account that may do both', () => {
  const trust = [trusts({ AWS: `arn:aws:iam::${MANAGEMENT}:role/ops` })];
  const correlation = correlateAccounts(
    {
      [MANAGEMENT]: {
        users: { ann: { can: [allow('sts:AssumeRole', `arn:aws:iam::${MANAGEMENT}:role/ops`)] } },
        roles: { ops: { can: [detach, assume], trust: [trusts({ AWS: ANN })] } },
      },
      [MEMBER]: { roles: { boss: { attached: [ADMINISTRATOR], trust } } },
    },
    anOrganization(sealed()),
  );
  expect(routeTo(correlation, ANN, MEMBER)?.map((step) => step.split(' ')[0])).toEqual([
    'assume-role',
    'detach-scp',
    'assume-role',
    'allows-everything',
  ]);
});

test('depends on the account of the role on the way, and on the one whose SCP is taken off', () => {
  const hop = '555566667777';
  const { reaches } = correlateAccounts(
    {
      [MANAGEMENT]: { users: { ann: { can: [detach, allow('sts:AssumeRole')] } } },
      [hop]: { roles: { hop: { can: [assume], trust: [trusts({ AWS: ANN })] } } },
      [MEMBER]: { roles: { boss: { attached: [ADMINISTRATOR], trust: [trusts({ AWS: `arn:aws:iam::${hop}:role/hop` })] } } },
    },
    anOrganization(sealed()),
  );
  expect(reaches.map(({ principal, through }) => [principal.arn, through.accounts])).toEqual([[ANN, [MEMBER, hop, MANAGEMENT]]]);
});

test('only if the conditions on the change hold', () => {
  const { certain, possible } = reachOf([
    allow('organizations:DetachPolicy', '*', when('IpAddress', 'aws:SourceIp', '203.0.113.0/24')),
    assume,
  ]);
  expect([certain, possible]).toEqual([false, true]);
});

test('a level that allows too little is opened by rewriting its SCP, not by detaching it', () => {
  const list: OrganizationSpec = {
    accounts: { [MEMBER]: [OU] },
    scps: { list: [[allow('s3:*')], OU] },
    withoutFullAccess: [OU],
  };
  expect(reachOf([detach, assume], list)).toEqual(none);
  expect(reachOf([allow('organizations:UpdatePolicy'), assume], list).certain).toBe(true);
});

test('a level that allows too little is opened by attaching the SCP of AWS that allows everything', () => {
  const list: OrganizationSpec = {
    accounts: { [MEMBER]: [OU] },
    scps: { list: [[allow('s3:*')], OU] },
    withoutFullAccess: [OU],
  };
  const { certain, steps } = reachOf([attach, assume], list);
  expect([certain, steps[0]?.rule, steps[0]?.to]).toEqual([true, 'attach-full-access', entity(`ou/${ORGANIZATION}/${OU}`)]);
  expect(reachOf([attach, assume, deny('organizations:AttachPolicy', entity(`ou/${ORGANIZATION}/${OU}`))], list)).toEqual(none);
  expect(reachOf([attach, assume])).toEqual(none);
  const both = { ...list, scps: { list: [[allow('s3:*'), deny('iam:*')], OU] } } satisfies OrganizationSpec;
  expect(reachOf([attach, assume], both)).toEqual(none);
  expect(reachOf([attach, detach, assume], both).steps.map(({ rule }) => rule)).toContain('detach-scp');
});

describe('an account is moved out of the organizational unit whose SCPs block', () => {
  const open = 'ou-ab12-openunit';
  const account = entity(`account/${ORGANIZATION}/${MEMBER}`);
  const unit = (id: string) => entity(`ou/${ORGANIZATION}/${id}`);
  const units: OrganizationSpec = { ...sealed(), accounts: { [MEMBER]: [OU], '444455556666': [open] } };
  const move = (resource: string | readonly string[]) => reachOf([allow('organizations:MoveAccount', resource), assume], units);

  test.each([
    ['to the root', [account, unit(OU), entity(`root/${ORGANIZATION}/${ROOT}`)]],
    ['to a unit without SCPs', [account, unit(OU), unit(open)]],
    ['anywhere', '*'],
  ])('%s', (_name, resource) => {
    const { certain, steps } = move(resource);
    expect([certain, steps[0]?.rule, steps[0]?.to]).toEqual([true, 'move-account', account]);
  });

  test.each([
    ['it may not take the account out of its unit', move([account, unit(open)])],
    ['it may move it into its own unit only', move([account, unit(OU)])],
    ['it may move another account only', move([entity(`account/${ORGANIZATION}/444455556666`), unit('*'), entity('root/*')])],
    ['the SCP is on the account', reachOf([moveAny, assume], { ...units, scps: { seal: [[deny('*')], MEMBER] } })],
    ['the SCP is on the root', reachOf([moveAny, assume], { ...units, scps: { seal: [[deny('*')], ROOT] } })],
    [
      'every other place has an SCP that blocks too',
      reachOf([allow('organizations:MoveAccount', [account, unit('*')]), assume], {
        ...units,
        scps: { seal: [[deny('*')], OU, open] },
      }),
    ],
  ])('not where %s', (_name, reach) => {
    expect(reach).toEqual(none);
  });
});

describe('an account is moved below SCPs that it does not have today', () => {
  const target = 'ou-ab12-target';
  const below = (...there: readonly ReturnType<typeof deny>[]): OrganizationSpec => ({
    accounts: { [MEMBER]: [OU], '444455556666': [target] },
    scps: { seal: [[deny('*')], OU], there: [there, target] },
  });
  const account = entity(`account/${ORGANIZATION}/${MEMBER}`);
  const unit = (id: string) => entity(`ou/${ORGANIZATION}/${id}`);
  const move = allow('organizations:MoveAccount', [account, unit(OU), unit(target)]);
  const may = (...more: readonly ReturnType<typeof allow>[]) => [move, assume, ...more];
  const detachThere = allow('organizations:DetachPolicy', [arnOf('there'), unit(target)]);

  test('which deny nothing that an administrator needs', () => {
    const { certain, steps } = reachOf(may(), below(deny('ec2:*')));
    expect([certain, steps.map(({ rule }) => rule)]).toEqual([true, ['move-account', 'assume-role', 'allows-everything']]);
    expect(steps[0]?.to).toBe(account);
  });

  test.each([
    ['they block it too', reachOf(may(), below(deny('iam:*')))],
    ['it may detach those only, and not move the account', reachOf([detachThere, assume], below(deny('iam:*')))],
    [
      'it may not move it there',
      reachOf([allow('organizations:MoveAccount', [account, unit(OU)]), assume], below(deny('ec2:*'))),
    ],
  ])('not where %s', (_name, reach) => {
    expect(reach).toEqual(none);
  });

  test('perhaps, where they cannot be read', () => {
    const { certain, possible } = reachOf(may(), {
      ...below(),
      scps: { seal: [[deny('*')], OU], there: [{ status: 'unavailable', reason: 'access was denied' }, target] },
    });
    expect([certain, possible]).toEqual([false, true]);
  });

  test('which the same principal takes off there', () => {
    const { certain, steps } = reachOf(may(detachThere), below(deny('iam:*')));
    expect([certain, steps.map(({ rule, to }) => [rule, to])]).toEqual([
      true,
      [
        ['detach-scp', arnOf('there')],
        ['move-account', account],
        ['assume-role', BOSS],
        ['allows-everything', BOSS],
      ],
    ]);
  });

  test('where another path leads to administrator than without SCPs', () => {
    const climber: AccountSpec = {
      roles: {
        boss: { can: [allow(['iam:PutRolePolicy', 'iam:AttachRolePolicy'], BOSS)], trust: [trusts({ AWS: ANN })] },
      },
    };
    const rulesThere = (...actions: readonly string[]) =>
      reachOf(may(), below(deny(actions)), { [MEMBER]: climber }).steps.map(({ rule }) => rule);
    expect(rulesThere('iam:PutRolePolicy')).toEqual(['move-account', 'assume-role', 'attach-role-policy']);
    expect(rulesThere('iam:AttachRolePolicy')).toEqual(['move-account', 'assume-role', 'put-role-policy']);
    expect(rulesThere('iam:PutRolePolicy', 'iam:AttachRolePolicy')).toEqual([]);
  });
});

test('a principal that SCPs keep from becoming administrator counts as blocked too', () => {
  const climber: AccountSpec = { roles: { boss: { can: [allow('iam:PutRolePolicy', BOSS)], trust: [trusts({ AWS: ANN })] } } };
  const { certain, steps } = reachOf([detach, assume], sealed(deny('iam:*')), { [MEMBER]: climber });
  expect(certain).toBe(true);
  expect(steps.map(({ rule }) => rule)).toEqual(['detach-scp', 'assume-role', 'put-role-policy']);
  expect(reachOf([assume], sealed(deny('iam:*')), { [MEMBER]: climber })).toEqual(none);
});

describe('an RCP that keeps callers from a role is taken off', () => {
  const rcpArn = `arn:aws:organizations::${MANAGEMENT}:policy/${ORGANIZATION}/resource_control_policy/fence`;
  const fenced: OrganizationSpec = {
    accounts: { [MEMBER]: [OU] },
    rcps: { fence: [[{ ...deny('sts:AssumeRole', BOSS), Principal: '*' }], OU] },
  };

  test.each([
    ['detached', detach, 'detach-rcp'],
    ['rewritten', allow('organizations:UpdatePolicy', rcpArn), 'update-rcp'],
    ['disabled', allow('organizations:DisablePolicyType'), 'disable-rcps'],
    ['left behind by a move', moveAny, 'move-account'],
  ])('%s', (_name, can, rule) => {
    const { certain, steps } = reachOf([can, assume], fenced);
    expect([certain, steps.map((step) => step.rule)]).toEqual([true, [rule, 'assume-role', 'allows-everything']]);
    expect(steps[1]?.statements.map(({ policy }) => policy)).toContain(`trust:${BOSS}`);
  });

  test('by a principal that may change SCPs alone', () => {
    const ofScps = allow(
      'organizations:DetachPolicy',
      '*',
      when('StringEquals', 'organizations:PolicyType', 'SERVICE_CONTROL_POLICY'),
    );
    expect(reachOf([ofScps, assume], fenced)).toEqual(none);
  });

  test('so that a role of the same account assumes it', () => {
    const ops = `arn:aws:iam::${MEMBER}:role/ops`;
    const within: AccountSpec = {
      roles: {
        boss: { attached: [ADMINISTRATOR], trust: [trusts({ AWS: ops })] },
        ops: { can: [assume], trust: [trusts({ AWS: ANN })] },
      },
    };
    const { certain, steps } = reachOf([detach, allow('sts:AssumeRole', ops)], fenced, { [MEMBER]: within });
    expect([certain, steps.map(({ rule }) => rule)]).toEqual([true, ['detach-rcp', 'assume-role', 'assume-role']]);
  });
});

describe('an SCP that keeps a role from assuming roles of other accounts', () => {
  const SOURCE = '555566667777';
  const HOP = `arn:aws:iam::${SOURCE}:role/hop`;
  const toHop = allow('sts:AssumeRole', HOP);
  const accounts: Readonly<Record<string, AccountSpec>> = {
    [SOURCE]: { roles: { hop: { can: [assume], trust: [trusts({ AWS: ANN })] } } },
    [MEMBER]: { roles: { boss: { attached: [ADMINISTRATOR], trust: [trusts({ AWS: HOP })] } } },
  };
  const kept: OrganizationSpec = {
    accounts: { [SOURCE]: [OU], [MEMBER]: [] },
    scps: { inside: [[deny('sts:AssumeRole', '', { NotResource: `arn:aws:iam::${SOURCE}:*` })], OU] },
  };
  const bySource = (can: readonly ReturnType<typeof allow>[], organization = kept) => reachOf(can, organization, accounts);

  test.each([
    ['detached', detach, 'detach-scp'],
    ['rewritten', allow('organizations:UpdatePolicy', arnOf('inside')), 'update-scp'],
    ['disabled', allow('organizations:DisablePolicyType'), 'disable-scps'],
    ['left behind by a move of its account', moveAny, 'move-account'],
  ])('is %s', (_name, can, rule) => {
    const { certain, steps } = bySource([can, toHop]);
    expect([certain, steps.map((step) => step.rule)]).toEqual([true, [rule, 'assume-role', 'assume-role', 'allows-everything']]);
    expect(steps[2]?.statements.map(({ policy }) => policy)).toEqual(['inline:own', `trust:${BOSS}`]);
  });

  test.each([
    ['no principal may change it', bySource([toHop])],
    ['a principal that may change it cannot act as the role', bySource([detach])],
    [
      'another account may be moved only',
      bySource([
        allow('organizations:MoveAccount', [entity(`account/${ORGANIZATION}/${MEMBER}`), entity('ou/*'), entity('root/*')]),
        toHop,
      ]),
    ],
    [
      'a second one of the same kind stays',
      bySource([allow('organizations:UpdatePolicy', arnOf('inside')), toHop], {
        ...kept,
        scps: { ...kept.scps, second: [[deny('sts:*')], ROOT] },
      }),
    ],
  ])('stays where %s', (_name, reach) => {
    expect(reach).toEqual(none);
  });

  test('is not in the way where it denies other roles only', () => {
    const elsewhere = { ...kept, scps: { inside: [[deny('sts:AssumeRole', HOP)], OU] } } satisfies OrganizationSpec;
    expect(bySource([toHop], elsewhere).steps.map(({ rule }) => rule)).toEqual([
      'assume-role',
      'assume-role',
      'allows-everything',
    ]);
  });

  test('is changed alone where others of its level deny something else', () => {
    const baseline = [[deny('organizations:LeaveOrganization'), deny('sts:AssumeRole', HOP)], OU] as const;
    const beside = { ...kept, scps: { ...kept.scps, baseline } } satisfies OrganizationSpec;
    expect(bySource([allow('organizations:UpdatePolicy', arnOf('inside')), toHop], beside).certain).toBe(true);
  });

  test('which allows too little is rewritten, or opened by FullAWSAccess', () => {
    const list = { ...kept, scps: { inside: [[allow('s3:*')], OU] }, withoutFullAccess: [OU] } satisfies OrganizationSpec;
    expect(bySource([toHop, detach], list)).toEqual(none);
    expect(bySource([toHop, attach], list).certain).toBe(true);
    expect(bySource([toHop, allow('organizations:UpdatePolicy', arnOf('inside'))], list).certain).toBe(true);
  });

  test('and an RCP that keeps callers from the role have to go both', () => {
    const both: OrganizationSpec = {
      ...kept,
      accounts: { [SOURCE]: [OU], [MEMBER]: ['ou-ab12-fenced'] },
      rcps: { fence: [[{ ...deny('sts:AssumeRole', BOSS), Principal: '*' }], 'ou-ab12-fenced'] },
    };
    const ofType = (type: string) =>
      allow('organizations:DetachPolicy', '*', when('StringEquals', 'organizations:PolicyType', type));
    expect(bySource([toHop, ofType('SERVICE_CONTROL_POLICY')], both)).toEqual(none);
    expect(bySource([toHop, ofType('RESOURCE_CONTROL_POLICY')], both)).toEqual(none);
    expect(
      bySource([toHop, detach], both)
        .steps.map(({ rule }) => rule)
        .sort(),
    ).toEqual(['allows-everything', 'assume-role', 'assume-role', 'detach-rcp', 'detach-scp']);
  });
});

describe('a role that an RCP keeps callers from, and that SCPs keep from being administrator', () => {
  const both: OrganizationSpec = {
    ...sealed(),
    rcps: { fence: [[{ ...deny('sts:AssumeRole', BOSS), Principal: '*' }], OU] },
  };
  const ofType = (type: string) =>
    allow('organizations:DetachPolicy', '*', when('StringEquals', 'organizations:PolicyType', type));

  test('is reached by who takes both off', () => {
    const { certain, steps } = reachOf([detach, assume], both);
    expect([certain, steps.map(({ rule }) => rule)]).toEqual([
      true,
      ['detach-scp', 'detach-rcp', 'assume-role', 'allows-everything'],
    ]);
  });

  test('is reached by who moves its account, once', () => {
    expect(reachOf([moveAny, assume], both).steps.map(({ rule }) => rule)).toEqual([
      'move-account',
      'assume-role',
      'allows-everything',
    ]);
  });

  test.each(['SERVICE_CONTROL_POLICY', 'RESOURCE_CONTROL_POLICY'])('is not reached by who may change a %s only', (type) => {
    expect(reachOf([ofType(type), assume], both)).toEqual(none);
  });
});

describe('SCPs that block an administrator only together', () => {
  const climber: AccountSpec = {
    roles: {
      boss: { can: [allow(['iam:PutRolePolicy', 'iam:AttachRolePolicy'], BOSS)], trust: [trusts({ AWS: ANN })] },
    },
  };
  const together: OrganizationSpec = {
    ...sealed(),
    scps: { put: [[deny('iam:PutRolePolicy')], ROOT], attach: [[deny('iam:AttachRolePolicy')], OU] },
  };

  test.each(['put', 'attach'])('are overcome by who may change the one with the name %s', (name) => {
    const { certain } = reachOf([allow('organizations:UpdatePolicy', arnOf(name)), assume], together, { [MEMBER]: climber });
    expect(certain).toBe(true);
  });

  test('stay where neither may be changed', () => {
    const other = allow('organizations:UpdatePolicy', arnOf('other'));
    expect(reachOf([other, assume], together, { [MEMBER]: climber })).toEqual(none);
  });
});

test('of the SCPs of one level those have to go that block', () => {
  const beside: OrganizationSpec = { ...sealed(), scps: { ...sealed().scps, baseline: [[deny('ec2:*')], OU] } };
  expect(reachOf([allow('organizations:UpdatePolicy', arnOf('seal')), assume], beside).certain).toBe(true);
  expect(reachOf([allow('organizations:UpdatePolicy', arnOf('baseline')), assume], beside)).toEqual(none);
});

test('every SCP that blocks has to go', () => {
  const two: OrganizationSpec = { ...sealed(), scps: { ...sealed().scps, second: [[deny('iam:*')], ROOT] } };
  expect(reachOf([allow('organizations:UpdatePolicy', arnOf('seal')), assume], two)).toEqual(none);
  expect(reachOf([allow('organizations:UpdatePolicy'), assume], two).certain).toBe(true);
});

test('what no SCP blocks is reached without it', () => {
  expect(reachOf([detach, assume], sealed(deny('organizations:LeaveOrganization'))).route).toEqual([
    `assume-role ${MEMBER}:role/boss`,
    `allows-everything ${MEMBER}:role/boss`,
  ]);
});

test('a role that is no administrator without SCPs is not made one', () => {
  const weak: AccountSpec = { roles: { boss: { can: [allow('s3:*')], trust: [trusts({ AWS: ANN })] } } };
  expect(reachOf([detach, assume], sealed(), { [MEMBER]: weak })).toEqual(none);
});

test('every admin of the management account detaches SCPs too', () => {
  const correlation = correlateAccounts(
    {
      [MANAGEMENT]: { users: { ann: { attached: [ADMINISTRATOR] } } },
      [MEMBER]: member,
    },
    anOrganization(sealed()),
  );
  expect(routeTo(correlation, ANN, MEMBER)?.[0]).toMatch(/^disable-scps /);
});

describe('a service with access to every member account', () => {
  const stackSet = allow(['cloudformation:CreateStackSet', 'cloudformation:CreateStackInstances']);
  const trusted = { EnabledServicePrincipals: [{ ServicePrincipal: 'member.org.stacksets.cloudformation.amazonaws.com' }] };
  const under = (...scp: readonly ReturnType<typeof deny>[]) =>
    reachOf([stackSet], { ...sealed(...scp), parts: trusted }, { [MEMBER]: member });

  test.each([
    ['SCPs leave no principal admin', under(), false],
    ['an SCP denies what no admin needs', under(deny('organizations:LeaveOrganization')), true],
    [
      'an SCP exempts names',
      under(deny('*', '*', when('ArnNotLike', 'aws:PrincipalArn', 'arn:aws:iam::*:role/stacksets-exec-*'))),
      true,
    ],
  ])('where %s', (_name, { certain }, expected) => {
    expect(certain).toBe(expected);
  });
});

describe('a principal acts as one role to take the SCP off, and goes on from where it was', () => {
  const DEVELOPER = '333344445555';
  const DEVI = `arn:aws:iam::${DEVELOPER}:user/devi`;
  const HOP = `arn:aws:iam::${DEVELOPER}:role/hop`;
  const devi = (...can: readonly ReturnType<typeof allow>[]): AccountSpec => ({
    users: { devi: { can } },
    roles: { hop: { can: [allow('sts:AssumeRole')], trust: [trusts({ AWS: DEVI })] } },
  });
  const keeper = (trusted: string, ...can: readonly ReturnType<typeof allow>[]): AccountSpec => ({
    roles: { keeper: { can, trust: [trusts({ AWS: trusted })] } },
  });
  const boss = (trusted: string): AccountSpec => ({
    roles: { boss: { attached: [ADMINISTRATOR], trust: [trusts({ AWS: trusted })] } },
  });
  const may = allow('sts:AssumeRole');
  const list = allow('organizations:ListRoots');
  const both = { [MEMBER]: [OU], [DEVELOPER]: ['ou-ab12-dev'] };

  test.each<
    [name: string, home: AccountSpec, management: AccountSpec, member: AccountSpec, route: readonly string[] | undefined]
  >([
    [
      'as itself',
      devi(may),
      keeper(DEVI, detach),
      boss(DEVI),
      [`assume-role role/keeper`, `detach-scp seal`, `assume-role role/boss`, `allows-everything role/boss`],
    ],
    [
      'as another role of its account',
      devi(may),
      keeper(HOP, detach),
      boss(HOP),
      [
        `assume-role role/hop`,
        `assume-role role/keeper`,
        `detach-scp seal`,
        `assume-role role/boss`,
        `allows-everything role/boss`,
      ],
    ],
    ['not where the role may only look', devi(may), keeper(DEVI, list), boss(DEVI), undefined],
    ['not where it may not act as the role', devi(may), keeper(`${DEVI}-2`, detach), boss(DEVI), undefined],
    ['not where the member trusts another one', devi(may), keeper(DEVI, detach), boss(`${DEVI}-2`), undefined],
  ])('%s', (_name, home, management, target, route) => {
    const correlation = correlateAccounts(
      { [MANAGEMENT]: management, [DEVELOPER]: home, [MEMBER]: target },
      anOrganization({ ...sealed(), accounts: both }),
    );
    const found = routeTo(correlation, DEVI, MEMBER);
    expect(found?.map((step) => step.replace(/\d{12}:(?:policy.*\/)?/, ''))).toEqual(route);
  });

  test('where the SCP is on its own account', () => {
    const correlation = correlateAccounts(
      { [MANAGEMENT]: keeper(DEVI, detach), [DEVELOPER]: devi(may), [MEMBER]: boss(DEVI) },
      anOrganization({ accounts: both, scps: { seal: [[deny('sts:AssumeRole', BOSS)], 'ou-ab12-dev'] } }),
    );
    expect(correlation.reaches.find(({ principal }) => principal.arn === DEVI)?.accounts).toEqual([MEMBER]);
  });
});
