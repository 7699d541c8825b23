import { type Aws, connect } from '../../lambda/scanner/collect/aws.ts';
import { collectOrganization } from '../../lambda/scanner/collect/organization/collect-organization.ts';
import { collectOrganizations, managementAccountOf } from '../../lambda/scanner/collect/organization/organizations.ts';
import { observed } from '../../lambda/scanner/collect/organization/parts.ts';
import { UsageError } from '../../lambda/scanner/errors.ts';
import type { Json } from '../../lambda/scanner/model/json.ts';
import type { SnapshotFile } from '../../lambda/scanner/facts/snapshot-file.ts';
import { collected, unavailable } from '../../lambda/scanner/model/observed.ts';
import { type OrganizationFile, parseOrganization } from '../../lambda/scanner/facts/organization-parts/organization-snapshot.ts';
import { type OrganizationPart, declaredParts, organizationParts } from '../../lambda/scanner/facts/organization-parts/index.ts';
import { organizationActions } from '../../lambda/scanner/permissions.ts';
import { environmentFor, withEnvironment } from '../support/aws/environment.ts';
import { type ReceivedCall, startLoopbackAws } from '../support/aws/loopback-aws.ts';
import type { Call } from '../support/aws/call.ts';
import type { Quirks } from '../support/aws/quirks.ts';
import { smallAccount } from '../support/aws/small-account.ts';
import { NOW } from '../support/builders.ts';
import { organizationFile } from '../support/organization.ts';

const ADMINS = 'b1000000-0000-4000-8000-000000000001';
const ANN = 'a1000000-0000-4000-8000-000000000001';
const BOB = 'a2000000-0000-4000-8000-000000000001';
const INSTANCE = 'arn:aws:sso:::instance/ssoins-1111222233334444';
const SET = `${INSTANCE.replace('instance', 'permissionSet')}/ps-1111222233334444`;
const SECOND_SET = SET.replace(/4$/, '5');

const accounts = Object.fromEntries(
  Array.from({ length: 45 }, (_, index) => [String(200_000_000_000 + index), ['ou-ab12-workunit']]),
);

/** An Organization with more accounts than fit on a page, and people in it. */
const served: Readonly<Record<string, Json>> = {
  ...(organizationFile({
    accounts,
    scps: {
      'p-guardunits': [[{ Effect: 'Deny', Action: 'organizations:LeaveOrganization', Resource: '*' }], 'ou-ab12-workunit'],
    },
    parts: {
      DelegatedAdministrators: [{ Id: '200000000001', DelegatedServices: [{ ServicePrincipal: 'sso.amazonaws.com' }] }],
      EnabledServicePrincipals: [{ ServicePrincipal: 'sso.amazonaws.com' }],
    },
  }) as Readonly<Record<string, Json>>),
  Instances: [{ InstanceArn: INSTANCE, IdentityStoreId: 'd-1234567890', OwnerAccountId: '999988887777' }],
  PermissionSets: [
    {
      PermissionSetArn: SET,
      Name: 'Admin',
      SessionDuration: 'PT8H',
      ManagedPolicies: [{ Name: 'AdministratorAccess', Arn: 'arn:aws:iam::aws:policy/AdministratorAccess' }],
      InlinePolicy: { Version: '2012-10-17', Statement: [] },
    },
    { PermissionSetArn: SECOND_SET, Name: 'View', PermissionsBoundary: { CustomerManagedPolicyReference: { Name: 'fence' } } },
  ],
  AccountAssignments: [
    { AccountId: '200000000001', PermissionSetArn: SET, PrincipalType: 'GROUP', PrincipalId: ADMINS },
    { AccountId: '200000000002', PermissionSetArn: SET, PrincipalType: 'USER', PrincipalId: BOB },
  ],
  Users: [
    { UserId: ANN, UserName: 'ann', DisplayName: 'Ann', Emails: [{ Value: 'ann@example.com' }] },
    { UserId: BOB, UserName: 'bob' },
  ],
  Groups: [{ GroupId: ADMINS, DisplayName: 'admins' }],
  GroupMemberships: [{ GroupId: ADMINS, MemberId: { UserId: ANN } }],
};

async function collectedFrom(
  organization: Json,
  quirks: Quirks = {},
  account: SnapshotFile = smallAccount,
): Promise<{ file: OrganizationFile; calls: readonly ReceivedCall[] }> {
  const aws = await startLoopbackAws(account, { organization, ...quirks });
  try {
    const file = await withEnvironment(environmentFor(aws.endpoint), async () => collectOrganization(await connect(), NOW));
    return { file, calls: aws.calls };
  } finally {
    await aws.stop();
  }
}

const unseenParts = (file: OrganizationFile): readonly OrganizationPart[] => {
  const parsed = parseOrganization(JSON.parse(JSON.stringify(file)) as Json);
  return organizationParts.filter((part) => parsed[part].status === 'unavailable');
};

jest.setTimeout(60_000);

test('an Organization is collected whole, over all pages', async () => {
  const { file, calls } = await collectedFrom(served);
  const organization = parseOrganization(file);
  expect(unseenParts(file)).toEqual([]);
  expect(organization).toMatchObject({
    takenAt: NOW,
    Organization: { value: { id: 'o-exampleorgid', managementAccountId: '999988887777' } },
    DelegatedAdministrators: { value: [{ accountId: '200000000001', service: 'sso.amazonaws.com' }] },
    AccountAssignments: {
      value: {
        seen: [
          { principalType: 'GROUP', principalId: ADMINS },
          { principalType: 'USER', principalId: BOB },
        ],
        gaps: [],
      },
    },
    PermissionSets: {
      value: [
        {
          name: 'Admin',
          sessionHours: 8,
          grants: {
            value: { managedPolicies: ['arn:aws:iam::aws:policy/AdministratorAccess'], inlinePolicy: { Statement: [] } },
          },
        },
        { name: 'View', grants: { value: { boundary: 'fence' } } },
      ],
    },
  });
  expect(file.Accounts).toHaveLength(46);
  expect(organization.Policies).toMatchObject({
    value: expect.arrayContaining([expect.objectContaining({ name: 'p-guardunits', targets: ['ou-ab12-workunit'] })]) as unknown,
  });
  expect(JSON.stringify(file)).not.toContain('ann@example.com');
  // Where AWS gives the path of each account, no unit is asked for its accounts.
  expect(calls.map(({ action }) => action)).not.toContain('ListAccountsForParent');
});

test('empty pages, short pages and throttling make no difference', async () => {
  const quirks = { randomPages: true, emptyPages: 0.3, throttling: { rate: 0.05, burst: 1 }, seed: 7 };
  const [smooth, rough] = [await collectedFrom(served), await collectedFrom(served, quirks)];
  expect(rough.file).toEqual(smooth.file);
  expect(rough.calls.length).toBeGreaterThan(smooth.calls.length);
});

describe('IAM Identity Center in another Region', () => {
  const none = collected({ analyzers: [] });
  const account = {
    ...smallAccount,
    facts: {
      ...smallAccount.facts,
      compute: unavailable('no'),
      analyzers: collected({ 'us-east-1': none, 'eu-west-1': none, 'eu-central-1': none }),
    },
  };
  const elsewhere = { identityCenterRegion: 'eu-west-1' };
  const asked = (calls: readonly ReceivedCall[]) =>
    calls.flatMap(({ action, region = '' }) => (action === 'ListInstances' ? [region] : []));

  test('is found there, and all of it is collected there', async () => {
    const { file, calls } = await collectedFrom(served, elsewhere, account);
    expect(unseenParts(file)).toEqual([]);
    expect(file).toEqual((await collectedFrom(served)).file);
    expect(asked(calls).slice(0, 1)).toEqual(['us-east-1']);
    expect(asked(calls).toSorted()).toEqual(['eu-central-1', 'eu-west-1', 'us-east-1']);
  });

  test('is found though another Region refuses to say', async () => {
    const { file } = await collectedFrom(served, { ...elsewhere, deny: ['sso:ListInstances in eu-central-1'] }, account);
    expect(unseenParts(file)).toEqual([]);
  });

  test.each([
    ['its Region refuses to say', ['sso:ListInstances in eu-west-1'], 'access to sso:ListInstances was denied'],
    ['the Regions are not known', ['account:ListRegions'], 'access to account:ListRegions was denied'],
  ])('is not seen, and not taken for none: %s', async (_name, deny, reason) => {
    const { file } = await collectedFrom(served, { ...elsewhere, deny }, account);
    expect(unseenParts(file)).toEqual([...(hides['sso:ListInstances'] ?? [])]);
    expect(parseOrganization(file).Instances).toMatchObject({ reason });
  });

  test('is not there if no Region has one', async () => {
    const { file, calls } = await collectedFrom({ ...served, Instances: [] }, {}, account);
    expect(asked(calls)).toHaveLength(3);
    expect(unseenParts(file)).toEqual([]);
    expect(parseOrganization(file).Instances).toMatchObject({ value: [] });
  });

  test('is looked for beyond an instance that belongs to a member account', async () => {
    const own = { InstanceArn: INSTANCE.replace(/4$/, '5'), IdentityStoreId: 'd-0000000000', OwnerAccountId: '200000000001' };
    const { file, calls } = await collectedFrom({ ...served, Instances: [own] }, {}, account);
    expect(asked(calls)).toHaveLength(3);
    expect(parseOrganization(file)).toMatchObject({ Instances: { value: [] }, PermissionSets: { value: [] } });
  });

  test('is asked in its primary Region if it is in several', async () => {
    const [instance] = served['Instances'] as readonly Readonly<Record<string, Json>>[];
    const replicated = [{ ...instance, PrimaryRegion: 'eu-west-1' }];
    const { calls } = await collectedFrom({ ...served, Instances: replicated }, {}, account);
    const regions = calls.filter(({ service, action }) => /^(sso|identitystore)$/.test(service) && action !== 'ListInstances');
    expect([...new Set(regions.map(({ region }) => region))]).toEqual(['eu-west-1']);
  });
});

test('the units are asked for their accounts where AWS gives no paths', async () => {
  const without = {
    ...served,
    Accounts: Object.keys(accounts).map((Id) => ({ Id, Status: 'ACTIVE' })),
    ParentsOfAccounts: Object.fromEntries(Object.keys(accounts).map((id) => [id, 'ou-ab12-workunit'])),
  };
  const { file } = await collectedFrom(without);
  const { Accounts } = parseOrganization(file);
  expect(Accounts).toMatchObject({
    value: Object.keys(accounts).map((id) => ({ id, state: 'ACTIVE', parentId: 'ou-ab12-workunit' })),
  });
});

test('where there are no units, the root is asked for its accounts; one that is in no list is there without a place', async () => {
  const { file } = await collectedFrom({
    ...served,
    OrganizationalUnits: [],
    Accounts: ['200000000001', '200000000002'].map((Id) => ({ Id, Status: 'ACTIVE' })),
    ParentsOfAccounts: { '200000000001': 'r-ab12' },
  });
  const { Accounts } = parseOrganization(file);
  expect(Accounts).toEqual({
    status: 'collected',
    value: [
      { id: '200000000001', arn: '', name: '', state: 'ACTIVE', parentId: 'r-ab12' },
      { id: '200000000002', arn: '', name: '', state: 'ACTIVE' },
    ],
  });
});

test('the resource policy of the organization is read, and that there is none', async () => {
  const ResourcePolicySummary = {
    Id: 'rp-ab12',
    Arn: 'arn:aws:organizations::999988887777:resourcepolicy/o-exampleorgid/rp-ab12',
  };
  const Content = { Version: '2012-10-17', Statement: [] };
  const { file } = await collectedFrom({ ...served, ResourcePolicy: { ResourcePolicySummary, Content } });
  expect(parseOrganization(file).ResourcePolicy).toEqual(collected({ arn: ResourcePolicySummary.Arn, document: Content }));
  const { file: without } = await collectedFrom(served);
  expect(parseOrganization(without).ResourcePolicy).toEqual(collected(undefined));
});

test('a delegated administrator gets what it may read, and the rest is unavailable', async () => {
  const deny = ['organizations:ListAWSServiceAccessForOrganization', 'organizations:ListAccountsForParent'];
  const { file } = await collectedFrom({ ...served, Accounts: [{ Id: '200000000001', Status: 'ACTIVE' }] }, { deny });
  expect(unseenParts(file)).toEqual(['Accounts', 'EnabledServicePrincipals']);
  const { Accounts, Policies } = parseOrganization(JSON.parse(JSON.stringify(file)) as Json);
  expect(Accounts).toMatchObject({ reason: 'access to organizations:ListAccountsForParent was denied' });
  expect(Policies.status).toBe('collected');
});

test('one thing is asked of AWS Organizations at a time', async () => {
  const aws = await startLoopbackAws(smallAccount, { organization: served, slowness: 2 });
  let [open, most] = [0, 0];
  const watch = watching((change) => {
    open += change;
    most = Math.max(most, open);
  });
  try {
    await withEnvironment(environmentFor(aws.endpoint), async () => {
      const connection = await connect();
      watch(connection.organizations.config.requestHandler);
      await collectOrganizations(connection);
    });
  } finally {
    await aws.stop();
  }
  expect(most).toBe(1);
});

/** Tells of each request that a handler begins (1) and ends (-1). */
function watching(tell: (change: 1 | -1) => void) {
  return (handler: { handle: (...request: never[]) => Promise<unknown> }) => {
    const handle = handler.handle.bind(handler);
    handler.handle = async (...request: never[]) => {
      tell(1);
      try {
        return await handle(...request);
      } finally {
        tell(-1);
      }
    };
  };
}

/** What each refused call hides; what a policy says and what a permission set grants is hidden by itself. */
const hides: Readonly<Record<string, readonly OrganizationPart[]>> = {
  'identitystore:ListGroupMemberships': ['GroupMemberships'],
  'identitystore:ListGroups': ['Groups', 'GroupMemberships'],
  'identitystore:ListUsers': ['Users'],
  'organizations:DescribeOrganization': ['Organization'],
  'organizations:DescribePolicy': [],
  'organizations:DescribeResourcePolicy': ['ResourcePolicy'],
  'organizations:ListAWSServiceAccessForOrganization': ['EnabledServicePrincipals'],
  'organizations:ListAccounts': ['Accounts'],
  'organizations:ListDelegatedAdministrators': ['DelegatedAdministrators'],
  'organizations:ListDelegatedServicesForAccount': ['DelegatedAdministrators'],
  'organizations:ListOrganizationalUnitsForParent': ['OrganizationalUnits'],
  'organizations:ListPolicies': ['Policies', 'AiOptOutPolicies'],
  'organizations:ListRoots': ['Roots', 'OrganizationalUnits'],
  'organizations:ListTargetsForPolicy': ['Policies'],
  'sso:DescribePermissionSet': ['PermissionSets'],
  'sso:GetInlinePolicyForPermissionSet': [],
  'sso:GetPermissionsBoundaryForPermissionSet': [],
  'sso:ListAccountAssignments': ['AccountAssignments'],
  'sso:ListAccountsForProvisionedPermissionSet': ['AccountAssignments'],
  'sso:ListCustomerManagedPolicyReferencesInPermissionSet': [],
  'sso:ListInstances': ['Instances', 'PermissionSets', 'AccountAssignments', 'Users', 'Groups', 'GroupMemberships'],
  'sso:ListManagedPoliciesInPermissionSet': [],
  'sso:ListPermissionSets': ['PermissionSets', 'AccountAssignments'],
};

describe('a refused call', () => {
  test.each(Object.entries(hides))('of %s hides %j', async (action, parts) => {
    const { file } = await collectedFrom(served, { deny: [action] });
    expect([...unseenParts(file)].sort()).toEqual([...parts].sort());
    expect(JSON.stringify(file)).toContain(`access to ${action} was denied`);
  });

  // Without the instances of IAM Identity Center nothing can be asked of them.
  test.each(Object.entries(hides).filter(([action]) => action !== 'sso:ListInstances'))(
    'of %s hides only parts that declare it: %j',
    (action, parts) => {
      for (const part of parts) expect(declaredParts[part].actions).toContain(action);
    },
  );

  test('is tried for every call that is always made', () => {
    expect(Object.keys(hides).sort()).toEqual(
      organizationActions.filter((action) => !/:(ListAccountsForParent|ListRegions|AssumeRole)$/.test(action)),
    );
  });
});

test.each(Object.entries(hides).filter(([action]) => action.includes(':List')))(
  'an answer to %s without its list hides %j, and is not taken for an empty one',
  async (action, parts) => {
    const { file } = await collectedFrom(served, { withoutList: [action] });
    expect([...unseenParts(file)].sort()).toEqual([...parts].sort());
    expect(JSON.stringify(file)).toContain(`${action} failed: AWS left the list out of its answer`);
  },
);

describe('an answer that is spoiled', () => {
  const few = { ...served, Accounts: (served['Accounts'] as readonly Json[]).slice(0, 3) };
  const spoiling = async (action: string, spoil: (list: readonly Json[]) => Json) => {
    const changeAnswer = (call: Call, answer: Json): Json =>
      `${call.service}:${call.action}` === action && typeof answer === 'object' && answer !== null
        ? Object.fromEntries(Object.entries(answer).map(([name, value]) => [name, Array.isArray(value) ? spoil(value) : value]))
        : answer;
    return (await collectedFrom(few, { changeAnswer })).file;
  };

  test.each(Object.entries(hides).filter(([action]) => action.includes(':List')))(
    'to %s hides %j: a list that is none, and one with an empty item',
    async (action, parts) => {
      for (const spoil of [() => 7.5, (list: readonly Json[]) => [...list, null]]) {
        const file = await spoiling(action, spoil);
        expect([...unseenParts(file)].sort()).toEqual([...parts].sort());
        expect(JSON.stringify(file)).toContain(`${action} failed: AWS sent a list that cannot be read`);
      }
    },
  );

  test.each([
    ['organizations:ListDelegatedAdministrators', 'Id'],
    ['organizations:ListOrganizationalUnitsForParent', 'Id'],
    ['organizations:ListRoots', 'Id'],
    ['sso:ListInstances', 'InstanceArn'],
    ['sso:ListInstances', 'IdentityStoreId'],
  ])('to %s, with an item that has no %s', async (action, name) => {
    const file = await spoiling(action, (list) => list.map((item) => ({ ...(item as object), [name]: null })));
    expect([...unseenParts(file)].sort()).toEqual([...(hides[action] ?? [])].sort());
    expect(JSON.stringify(file)).toContain(`${action} failed: AWS left the ID of an item out of its answer`);
  });
});

describe('what every organization has', () => {
  test.each([
    ['Accounts', 'organizations:ListAccounts', ['Accounts']],
    ['Roots', 'organizations:ListRoots', ['Roots', 'OrganizationalUnits']],
    ['Policies', 'organizations:ListPolicies', ['Policies']],
  ])('is not seen if AWS lists none: %s', async (name, action, parts) => {
    const { file } = await collectedFrom({ ...served, [name]: [] });
    expect([...unseenParts(file)].sort()).toEqual([...parts].sort());
    expect(JSON.stringify(file)).toContain(`${action} failed: AWS listed none, and every organization has`);
  });

  test('it has no policies of a type that is not enabled', async () => {
    const roots = [{ Id: 'r-ab12', Name: 'Root', PolicyTypes: [] }];
    const { file } = await collectedFrom({ ...served, Roots: roots, Policies: [] });
    expect(unseenParts(file)).toEqual([]);
  });
});

/** An AWS that gives each call the answer of its name, or throws it, and an empty one where there is none. */
function awsThat(answers: Readonly<Record<string, object>>): Aws {
  const client = {
    send: (command: object) => {
      const answer = answers[command.constructor.name.replace(/Command$/, '')] ?? {};
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
    },
  };
  return { organizations: client, accountId: '111122223333' } as unknown as Aws;
}

const refusal = (name: string) => Object.assign(new Error('no'), { name });

describe('of what AWS leaves out of its answers', () => {
  const seen = async (answers: Readonly<Record<string, object>>) =>
    parseOrganization(await collectOrganizations(awsThat(answers)));

  test('the Organization is not seen, and is not taken for none', async () => {
    expect(await seen({})).toMatchObject({
      Organization: { status: 'unavailable' },
      Accounts: { status: 'unavailable' },
    });
  });

  test('the content of a policy is not seen, and the policy is there', async () => {
    const Policies = [{ Id: 'p-1', Arn: 'arn', Name: 'guard', Type: 'SERVICE_CONTROL_POLICY' }];
    expect((await seen({ ListPolicies: { Policies }, ListTargetsForPolicy: { Targets: [] } })).Policies).toMatchObject({
      value: expect.arrayContaining([
        expect.objectContaining({
          name: 'guard',
          document: {
            status: 'unavailable',
            reason: 'organizations:DescribePolicy failed: the policy has no content',
            action: 'organizations:DescribePolicy',
          },
        }),
      ]) as unknown,
    });
  });
});

test('a unit that is listed below itself is there once, and the walk ends', async () => {
  const aws = awsThat({
    ListRoots: { Roots: [{ Id: 'r-1' }] },
    ListOrganizationalUnitsForParent: { OrganizationalUnits: [{ Id: 'ou-1', Name: 'work' }] },
  });
  expect((await collectOrganizations(aws)).OrganizationalUnits).toEqual([{ Id: 'ou-1', Name: 'work', ParentId: 'r-1' }]);
});

test('a bug of ours is not taken for a denial by AWS', async () => {
  await expect(observed(() => Promise.reject(new TypeError('x is not a function')))).rejects.toThrow(TypeError);
});

describe('the management account', () => {
  const managing = (DescribeOrganization: object) => managementAccountOf(awsThat({ DescribeOrganization }));

  test('is read from the organization', async () => {
    expect(await managing({ Organization: { MasterAccountId: '999988887777' } })).toBe('999988887777');
  });

  test.each([
    ['AWS says so', refusal('AWSOrganizationsNotInUseException')],
    ['AWS tells none', {}],
  ])('is an error if the account is not part of an organization: %s', async (_name, answer) => {
    await expect(managing(answer)).rejects.toThrow(
      new UsageError('account 111122223333 is not part of an organization in AWS Organizations'),
    );
  });

  test('is not known if AWS denies the call', async () => {
    await expect(managing(refusal('AccessDeniedException'))).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });
});
