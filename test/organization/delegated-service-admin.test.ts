import { collected } from '../../lambda/scanner/model/observed.ts';
import { analyzeAccount } from '../../lambda/scanner/escalation/analyze.ts';
import { type AdminLevel, orgWideServiceAccess } from '../../lambda/scanner/organization/delegated-service-admin.ts';
import { createPlacement } from '../../lambda/scanner/organization/placement.ts';
import { type AccountSpec, ADMINISTRATOR, allow, deny, when } from '../escalation/support.ts';
import { MANAGEMENT, ORGANIZATION, type OrganizationSpec, ROOT, anOrganization } from '../support/organization.ts';
import { correlateAccounts, snapshotIn } from './support.ts';

const MEMBER = '222233334444';
const trusted = (...services: readonly string[]) => services.map((ServicePrincipal) => ({ ServicePrincipal }));
const IAM = 'iam.amazonaws.com';

/** The access of the principals of an account to all others, by each technique. */
function accessTo(
  account: AccountSpec,
  id = MANAGEMENT,
  services = trusted(IAM),
  administrators = [MEMBER],
  scps: OrganizationSpec['scps'] = {},
  level: AdminLevel = 'certain',
  rootFeatures?: readonly string[],
  delegated = [IAM],
) {
  const organization = anOrganization({
    scps,
    accounts: { [MEMBER]: [] },
    parts: {
      EnabledServicePrincipals: services,
      DelegatedAdministrators: administrators.map((Id) => ({ Id, DelegatedServices: trusted(...delegated) })),
    },
  });
  const { snapshot, limits: guardrails } = createPlacement(organization)(snapshotIn(id, account));
  const facts = { ...snapshot.facts, ...(rootFeatures === undefined ? {} : { rootFeatures: collected(rootFeatures) }) };
  const analysis = analyzeAccount({ ...snapshot, facts }, guardrails);
  if (analysis.status === 'unavailable') throw new Error(analysis.reason);
  return orgWideServiceAccess(analysis.value, level).map(({ from, step, conditions }) => ({
    ...{ rule: step.rule, who: from?.split('/').at(-1) ?? 'every admin', conditions: conditions.map(({ key }) => key) },
  }));
}

/** The principals of an account that may act as root of the others, by name; `every admin`, or none. */
const mayAssumeRoot = (...given: Parameters<typeof accessTo>) =>
  accessTo(...given).flatMap(({ rule, who }) => (rule === 'assume-root' ? who : []));

const may = (more = {}): AccountSpec => ({ users: { ann: { can: [allow('sts:AssumeRoot', '*', more)] } } });
const task = (policy: string) => when('ArnEquals', 'sts:TaskPolicyArn', `arn:aws:iam::aws:policy/root-task/${policy}`);

test.each([
  ['a principal that is allowed to', may(), ['ann']],
  ['a principal that may restore the root password', may(task('IAMCreateRootUserPassword')), ['ann']],
  ['not one that may only audit', may(task('IAMAuditRootUserCredentials')), []],
  ['not one that may do something else', { users: { ann: { can: [allow('sts:AssumeRole')] } } }, []],
  [
    'every admin, told once',
    { users: { ann: { attached: [ADMINISTRATOR] }, bob: { attached: [ADMINISTRATOR] } } },
    ['every admin'],
  ],
])('as root of a member acts %s', (_name, account, expected) => {
  expect(mayAssumeRoot(account)).toEqual(expected);
});

test('from the management account and a delegated administrator, and from nowhere else', () => {
  expect(mayAssumeRoot(may(), MEMBER)).toEqual(['ann']);
  expect(mayAssumeRoot(may(), MEMBER, trusted(IAM), [])).toEqual([]);
});

test('not from a delegated administrator over which a service control policy denies it', () => {
  const admins: AccountSpec = { users: { ann: { attached: [ADMINISTRATOR] } } };
  expect(mayAssumeRoot(admins, MEMBER)).toEqual(['every admin']);
  const guard = { guard: [[deny('sts:AssumeRoot')], ROOT] } as const;
  expect(mayAssumeRoot(admins, MEMBER, trusted(IAM), [MEMBER], guard)).toEqual([]);
});

const becoming = (more = {}): AccountSpec => ({ users: { ann: { can: [allow('iam:*', '*', more)] } } });
const FROM_OFFICE = when('IpAddress', 'aws:SourceIp', '203.0.113.0/24');
const admin = { attached: [ADMINISTRATOR] };
const serviceLinked = { ...admin, path: '/aws-service-role/x.amazonaws.com/' };

test.each<[name: string, account: AccountSpec, certain: readonly string[], possible: readonly string[]]>([
  ['by a user who can become it', becoming(), ['every admin'], ['every admin']],
  ['by a user who can become it if something else holds', becoming(FROM_OFFICE), [], ['every admin']],
  [
    'by one who is allowed to anyway',
    { users: { ...may().users, bob: { can: [allow('iam:*')] } } },
    ['every admin', 'ann'],
    ['every admin', 'ann'],
  ],
  ['by no principal where none can become it', { users: { ann: { can: [allow('iam:Get*')] } } }, [], []],
  ['by no principal where only a service-linked role is', { roles: { linked: serviceLinked } }, [], []],
  [
    'by the role that the landing zone made',
    { roles: { OrganizationAccountAccessRole: admin } },
    ['every admin'],
    ['every admin'],
  ],
])('where no principal needs to be admin yet, the access is held %s', (_name, account, certain, possible) => {
  expect(mayAssumeRoot(account)).toEqual(certain);
  expect(mayAssumeRoot(account, MANAGEMENT, trusted(IAM), [], {}, 'possible')).toEqual(possible);
});

describe('of a delegated administrator under a service control policy', () => {
  const under = (account: AccountSpec, more = {}) =>
    mayAssumeRoot(account, MEMBER, trusted(IAM), [MEMBER], { guard: [[deny('sts:AssumeRoot', '*', more)], ROOT] });
  const spared = when('ArnNotLike', 'aws:PrincipalArn', 'arn:aws:iam::*:role/root-ops');
  const ops = { can: [allow('sts:AssumeRoot')] };

  test('that denies it, a principal that becomes admin does not have it', () => {
    expect(mayAssumeRoot(becoming(), MEMBER)).toEqual(['every admin']);
    expect(under(becoming())).toEqual([]);
  });

  test('that denies it to one role, a principal that becomes admin has it', () => {
    expect(under(becoming(), when('ArnLike', 'aws:PrincipalArn', 'arn:aws:iam::*:role/ci'))).toEqual(['every admin']);
  });

  test('that spares one role, only that role has it', () => {
    expect(under({ ...becoming(), roles: { 'root-ops': ops } }, spared)).toEqual(['root-ops']);
  });

  test('that exempts one role, which is admin itself, only that role has it, by name', () => {
    expect(under({ ...becoming(), roles: { 'root-ops': admin } }, spared)).toEqual(['root-ops']);
    expect(under({ users: { ann: admin }, roles: { 'root-ops': admin, other: admin } }, spared)).toEqual(['root-ops']);
  });

  test('that spares several roles, each has it by name', () => {
    const several = when('ArnNotLike', 'aws:PrincipalArn', 'arn:aws:iam::*:role/root-*');
    expect(under({ users: { ann: admin }, roles: { 'root-1': admin, 'root-2': admin, other: admin } }, several)).toEqual([
      'root-1',
      'root-2',
    ]);
  });

  test('that allows it to admins in the office, and to one role from everywhere, both are reported', () => {
    const outside = {
      ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/root-ops' },
      NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' },
    };
    const account: AccountSpec = { users: { ann: admin }, roles: { 'root-ops': admin } };
    expect(under(account, { Condition: outside })).toEqual(['every admin', 'root-ops']);
  });

  test('that does not hold for service-linked roles, these are no admins to go by', () => {
    expect(under({ users: { ann: admin }, roles: { linked: serviceLinked } })).toEqual([]);
  });
});

test('not where trusted access for IAM is off', () => {
  expect(mayAssumeRoot(may(), MANAGEMENT, trusted('sso.amazonaws.com'))).toEqual([]);
});

test.each([
  ['the feature that gives root a password is enabled', ['RootCredentialsManagement'], ['ann']],
  ['both features are enabled', ['RootSessions', 'RootCredentialsManagement'], ['ann']],
  ['only the feature that unlocks buckets and queues is enabled', ['RootSessions'], []],
  ['no feature is enabled', [], []],
  ['the features are not known', undefined, ['ann']],
])('where %s', (_name, features, expected) => {
  expect(mayAssumeRoot(may(), MANAGEMENT, trusted(IAM), [MEMBER], {}, 'certain', features)).toEqual(expected);
});

const ACCOUNTS = 'account.amazonaws.com';
const SSO = 'sso.amazonaws.com';
const STACK_SETS = 'member.org.stacksets.cloudformation.amazonaws.com';
const START = 'account:StartPrimaryEmailUpdate';
const ACCEPT = 'account:AcceptPrimaryEmailUpdate';
const REGISTER = 'organizations:RegisterDelegatedAdministrator';

const ann = (...can: readonly ReturnType<typeof allow>[]): AccountSpec => ({ users: { ann: { can } } });
const toService = (service: string) => when('StringEquals', 'organizations:ServicePrincipal', service);
const byDirectory = (...actions: readonly string[]) => ann(...actions.map((action) => allow(action)));
const EMAIL = 'change-root-email exists:root-password';
const BOTH = 'restore-root-password-with-new-email ';
const REGISTERS = 'register-delegated-administrator exists:controlled-member-account';
const ASSIGNED = 'exists:identity-center-assignment';

describe('a principal of the management account that is no admin reaches the members', () => {
  const reached = (account: AccountSpec, services: readonly string[], id = MANAGEMENT, delegated: readonly string[] = []) =>
    accessTo(account, id, trusted(...services), [MEMBER], {}, 'certain', ['RootCredentialsManagement'], [...delegated]).map(
      ({ rule, conditions }) => `${rule} ${conditions.join(' ')}`,
    );

  test.each<[name: string, account: AccountSpec, services: readonly string[], expected: readonly string[]]>([
    ['by the root email address', ann(allow(START), allow(ACCEPT)), [ACCOUNTS], [EMAIL]],
    ['not by starting the change alone', ann(allow(START)), [ACCOUNTS], []],
    ['not by accepting the change alone', ann(allow(ACCEPT)), [ACCOUNTS], []],
    ['not without trusted access for Account Management', ann(allow(START), allow(ACCEPT)), [IAM], []],
    ['not of this account', ann(allow(START, `arn:aws:account::${MANAGEMENT}:account`), allow(ACCEPT)), [ACCOUNTS], []],
    [
      'by the root email address and the root password',
      ann(allow(START), allow(ACCEPT), allow('sts:AssumeRoot')),
      [ACCOUNTS, IAM],
      ['assume-root exists:root-mailbox', BOTH, EMAIL],
    ],
    [
      'not for certain if the root credentials cannot be deleted',
      ann(allow(START), allow(ACCEPT), allow('sts:AssumeRoot', '*', task('IAMCreateRootUserPassword'))),
      [ACCOUNTS, IAM],
      ['assume-root exists:root-mailbox', EMAIL],
    ],
    ['by a delegated administrator that it registers', ann(allow(REGISTER)), [STACK_SETS], [REGISTERS]],
    ['not by one of another service', ann(allow(REGISTER, '*', toService('guardduty.amazonaws.com'))), [STACK_SETS], []],
    ['not by one of a service that is not trusted', ann(allow(REGISTER, '*', toService(SSO))), [STACK_SETS], []],
    ['by one of the service that it may name', ann(allow(REGISTER, '*', toService(SSO))), [STACK_SETS, SSO], [REGISTERS]],
    ...(
      [
        ['sso-directory:CreateBearerToken', 'create-scim-token'],
        ['sso-directory:UpdateExternalIdPConfigurationForDirectory', 'update-external-identity-provider'],
        ['sso-directory:ImportExternalIdPCertificate', 'import-identity-provider-certificate'],
        ['sso:AssociateDirectory', 'connect-other-directory'],
        ['sso:AttachCustomerManagedPolicyReferenceToPermissionSet', 'attach-customer-managed-policy-to-permission-set'],
        ['sso:DeletePermissionsBoundaryFromPermissionSet', 'delete-permission-set-boundary'],
        ['sso:PutInlinePolicyToPermissionSet', 'put-policy-into-permission-set'],
      ] as const
    ).map(([action, rule]): [string, AccountSpec, readonly string[], readonly string[]] => [
      `by ${action}`,
      byDirectory(action),
      [SSO],
      [`${rule} ${ASSIGNED}`],
    ]),
    ['not by an action of IAM Identity Center without trusted access', byDirectory('sso-directory:CreateBearerToken'), [IAM], []],
  ])('%s', (_name, account, services, expected) => {
    expect(reached(account, services)).toEqual(expected);
  });

  test('only by what is delegated to its account', () => {
    const account = ann(allow(START), allow(ACCEPT), allow('sts:AssumeRoot'), allow(REGISTER));
    const services = [ACCOUNTS, IAM, STACK_SETS];
    expect(reached(account, services, MEMBER)).toEqual([]);
    expect(reached(account, services, MEMBER, [ACCOUNTS])).toEqual([EMAIL]);
    expect(reached(account, services, MEMBER, [ACCOUNTS, IAM])).toEqual(['assume-root exists:root-mailbox', BOTH, EMAIL]);
  });
});

describe('a principal of the management account that may give a service trusted access', () => {
  const ENABLE = 'organizations:EnableAWSServiceAccess';
  const enableFor = (service: string) => allow(ENABLE, '*', when('StringEquals', 'organizations:ServicePrincipal', service));
  const enableFeature = allow('iam:EnableOrganizationsRootCredentialsManagement');
  const emailUpdate = allow(['account:StartPrimaryEmailUpdate', 'account:AcceptPrimaryEmailUpdate']);
  const stackSet = allow(['cloudformation:CreateStackSet', 'cloudformation:CreateStackInstances']);
  type Statements = readonly ReturnType<typeof allow>[];
  const rulesOf = (
    can: Statements,
    { id = MANAGEMENT, services = trusted(), features = [] as readonly string[] | undefined } = {},
  ) => accessTo({ users: { ann: { can } } }, id, services, [], {}, 'certain', features).map(({ rule }) => rule);

  test.each<[string, Statements, readonly string[]]>([
    ['to account management, changes root emails', [allow(ENABLE), emailUpdate], ['change-root-email']],
    ['to that service by name', [enableFor('account.amazonaws.com'), emailUpdate], ['change-root-email']],
    ['to another service only', [enableFor('iam.amazonaws.com'), emailUpdate], []],
    ['and nothing else', [allow(ENABLE)], []],
    ['to IAM, and centralize root access', [allow(ENABLE), enableFeature, allow('sts:AssumeRoot')], ['assume-root']],
    ['to IAM, and not centralize root access', [allow(ENABLE), allow('sts:AssumeRoot')], []],
    [
      'to StackSets, through CloudFormation',
      [allow(ENABLE), allow('cloudformation:ActivateOrganizationsAccess'), stackSet],
      ['create-service-managed-stack-set'],
    ],
    ['to StackSets, and not through CloudFormation', [allow(ENABLE), stackSet], []],
  ])('%s', (_name, can, rules) => {
    expect(rulesOf(can)).toEqual(rules);
  });

  test('of a member account does nothing', () => {
    expect(rulesOf([allow(ENABLE), emailUpdate], { id: MEMBER })).toEqual([]);
  });

  test('centralizes root access where IAM has trusted access already', () => {
    const assumeRoot = allow('sts:AssumeRoot');
    expect(rulesOf([enableFeature, assumeRoot], { services: trusted(IAM) })).toEqual(['assume-root']);
    expect(rulesOf([assumeRoot], { services: trusted(IAM) })).toEqual([]);
  });

  test('tells the call that gives it, and that it is off today', () => {
    const organization = anOrganization({ accounts: { [MEMBER]: [] }, parts: { EnabledServicePrincipals: [] } });
    const account: AccountSpec = { users: { ann: { can: [allow(ENABLE), emailUpdate] } } };
    const analysis = analyzeAccount(createPlacement(organization)(snapshotIn(MANAGEMENT, account)).snapshot);
    if (analysis.status === 'unavailable') throw new Error(analysis.reason);
    const found = orgWideServiceAccess(analysis.value);
    expect(found.map(({ step, isOff }) => [step.actions, step.statements.map(({ index }) => index), isOff])).toEqual([
      [[ENABLE, 'account:StartPrimaryEmailUpdate', 'account:AcceptPrimaryEmailUpdate'], [0, 1], true],
    ]);
  });
});

describe('policies limit it to some members', () => {
  const [SANDBOX, PRODUCTION] = ['333344445555', '444455556666'] as const;
  const root = (id: string) => `arn:aws:iam::${id}:root`;
  const email = (id: string) => `arn:aws:account::${MANAGEMENT}:account/${ORGANIZATION}/${id}`;
  const assign = (id: string) => [`arn:aws:sso:::account/${id}`, 'arn:aws:sso:::instance/*', 'arn:aws:sso:::permissionSet/*'];
  const emailUpdate = ['account:StartPrimaryEmailUpdate', 'account:AcceptPrimaryEmailUpdate'];
  const target = (id: string) => ['arn:aws:cloudformation:*:*:stackset/*', `arn:aws:cloudformation:*:*:stackset-target/${id}`];
  const stackSet = (id: string) => [
    allow('cloudformation:CreateStackSet'),
    allow('cloudformation:CreateStackInstances', target(id)),
  ];
  const organization = anOrganization({
    accounts: { [SANDBOX]: ['ou-sandbox'], [PRODUCTION]: ['ou-prod'] },
    parts: {
      EnabledServicePrincipals: trusted(IAM, 'account.amazonaws.com', 'sso.amazonaws.com', STACK_SETS),
      DelegatedAdministrators: [],
    },
  });

  test.each<[name: string, can: AccountSpec, rule: string, members: readonly string[] | 'all']>([
    ['AssumeRoot of one', ann(allow('sts:AssumeRoot', root(SANDBOX))), 'assume-root', [SANDBOX]],
    ['AssumeRoot of two', ann(allow('sts:AssumeRoot', [root(SANDBOX), root(PRODUCTION)])), 'assume-root', 'all'],
    [
      'AssumeRoot of all but one',
      ann(allow('sts:AssumeRoot'), deny('sts:AssumeRoot', root(PRODUCTION))),
      'assume-root',
      [SANDBOX],
    ],
    ['AssumeRoot of the own account alone', ann(allow('sts:AssumeRoot', root(MANAGEMENT))), 'assume-root', []],
    [
      'AssumeRoot by the account of the resource',
      ann(allow('sts:AssumeRoot', '*', when('StringEquals', 'aws:ResourceAccount', PRODUCTION))),
      'assume-root',
      [PRODUCTION],
    ],
    ['the email address of one', ann(allow(emailUpdate, email(SANDBOX))), 'change-root-email', [SANDBOX]],
    [
      'the email address of all but one',
      ann(allow(emailUpdate), deny('account:*', email(SANDBOX))),
      'change-root-email',
      [PRODUCTION],
    ],
    [
      'assignments in one',
      ann(allow('sso:CreateAccountAssignment', assign(SANDBOX))),
      'assign-permission-set-in-members',
      [SANDBOX],
    ],
    ['stack sets for one account', ann(...stackSet(PRODUCTION)), 'create-service-managed-stack-set', [PRODUCTION]],
    ['stack sets for one organizational unit', ann(...stackSet('ou-sandbox')), 'create-service-managed-stack-set', [SANDBOX]],
    ['stack sets for all', ann(allow('cloudformation:*')), 'create-service-managed-stack-set', 'all'],
    [
      'stack sets, without a word on targets',
      ann(
        allow('cloudformation:CreateStackSet'),
        allow('cloudformation:CreateStackInstances', 'arn:aws:cloudformation:*:*:stackset/*'),
      ),
      'create-service-managed-stack-set',
      'all',
    ],
  ])('%s', (_name, account, rule, members) => {
    const { snapshot } = createPlacement(organization)(snapshotIn(MANAGEMENT, account));
    const analysis = analyzeAccount(snapshot);
    if (analysis.status === 'unavailable') throw new Error(analysis.reason);
    const found = orgWideServiceAccess(analysis.value).filter(({ step }) => step.rule === rule);
    expect(found.map(({ members: limited = 'all' }) => limited)).toEqual(members.length === 0 ? [] : [members]);
  });

  test('reach ends at these members', () => {
    const { reaches } = correlateAccounts(
      { [MANAGEMENT]: ann(allow(emailUpdate, email(SANDBOX))), [SANDBOX]: {}, [PRODUCTION]: {} },
      organization,
    );
    expect(reaches.map(({ principal, ifConditions }) => [principal.name, ifConditions])).toEqual([['ann', [SANDBOX]]]);
  });
});
