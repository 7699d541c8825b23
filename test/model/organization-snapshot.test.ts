import type { Json } from '../../lambda/scanner/model/json.ts';
import { organizationParts } from '../../lambda/scanner/facts/organization-parts/index.ts';
import { parseOrganization } from '../../lambda/scanner/facts/organization-parts/organization-snapshot.ts';

test.each<[string, Json]>([
  ['a text', 'x'],
  ['nothing', null],
  ['an empty object', {}],
])('%s is an Organization of which nothing is known', (_name, file) => {
  const organization = parseOrganization(file);
  for (const part of organizationParts)
    expect(organization[part]).toEqual({ status: 'unavailable', reason: 'it is not in the snapshot of the organization' });
});

test('a part that has not the shape that AWS gives it is unavailable, with the place, and hides no other', () => {
  const { Accounts, EnabledServicePrincipals } = parseOrganization({
    Accounts: [{ Id: 'x' }],
    EnabledServicePrincipals: [{ ServicePrincipal: 'sso.amazonaws.com' }],
  });
  expect(Accounts).toEqual({ status: 'unavailable', reason: 'its value cannot be read: 0.Id: is not an account id' });
  expect(EnabledServicePrincipals).toEqual({ status: 'collected', value: ['sso.amazonaws.com'] });
  expect(parseOrganization({ EnabledServicePrincipals: 3 }).EnabledServicePrincipals).toMatchObject({
    reason: expect.stringMatching(/^its value cannot be read: : /) as unknown,
  });
});

test.each<[string, Json]>([
  ['as they were answered', ['RootSessions']],
  ['that were empty', []],
  ['that were refused', { status: 'unavailable', reason: 'no' }],
])('an older file with the features, %s, is read without them', (_name, features) => {
  const parts = { Roots: [{ Id: 'r-1' }], Accounts: [{ Id: '111122223333' }] };
  expect(parseOrganization({ ...parts, EnabledFeatures: features })).toEqual(parseOrganization(parts));
});

test.each<[string, Json | undefined, object]>([
  [
    'as it was answered',
    { Content: '{"Statement":[]}' },
    { value: { arn: 'arn:aws:organizations:::resourcepolicy', document: { Statement: [] } } },
  ],
  ['of an organization without one', null, { status: 'collected', value: undefined }],
  ['that was refused', { status: 'unavailable', reason: 'no' }, { reason: 'no' }],
  ['without its content', {}, { status: 'unavailable' }],
  ['that is not there', undefined, { reason: 'it is not in the snapshot of the organization' }],
])('the resource policy of an older file, %s', (_name, policy, expected) => {
  const { ResourcePolicy } = parseOrganization(policy === undefined ? {} : { ResourcePolicy: policy });
  expect(ResourcePolicy).toMatchObject(expected);
});

test('why a part could not be seen is kept', () => {
  const unseen = { status: 'unavailable', reason: 'no', action: 'organizations:ListRoots' } as const;
  expect(parseOrganization({ Roots: unseen }).Roots).toEqual(unseen);
});

test('what AWS does not say of a root, a unit or a policy is not made up', () => {
  const summary = (Id: string, Type = 'SERVICE_CONTROL_POLICY') => ({ PolicySummary: { Id, Arn: Id, Type } });
  expect(
    parseOrganization({
      Roots: [{ Id: 'r-1' }],
      OrganizationalUnits: [{ Id: 'ou-1' }],
      Policies: [summary('p-scp'), summary('p-tags', 'TAG_POLICY')],
    }),
  ).toMatchObject({
    Roots: { value: [{ id: 'r-1', name: 'Root' }] },
    OrganizationalUnits: { value: [{ id: 'ou-1', name: '' }] },
    Policies: {
      value: [{ id: 'p-scp', targets: [], document: { status: 'unavailable', reason: 'its content is not in the snapshot' } }],
    },
  });
});

test('a permission set without its policies, or an administrator without its services, is not one that has none', () => {
  const { PermissionSets, DelegatedAdministrators } = parseOrganization({
    PermissionSets: [{ PermissionSetArn: 'p', Name: 'P' }],
    DelegatedAdministrators: [{ Id: '111122223333' }],
  });
  expect(PermissionSets).toMatchObject({ value: [{ grants: { reason: 'its policies are not in the snapshot' } }] });
  expect(DelegatedAdministrators).toMatchObject({ status: 'unavailable' });
});

describe('people and groups', () => {
  const names = (users: Json, groups: Json = []) => {
    const { Users, Groups } = parseOrganization({ Users: users, Groups: groups });
    return [Users, Groups].map((part) => (part.status === 'collected' ? [...part.value] : part.reason));
  };

  test('are called by the best name that there is', () => {
    expect(
      names(
        [{ UserId: 'u-1', UserName: 'ann', DisplayName: 'Ann' }, { UserId: 'u-2', DisplayName: 'Bob' }, { UserId: 'u-3' }],
        [{ GroupId: 'g-1' }],
      ),
    ).toEqual([
      [
        ['u-1', 'ann'],
        ['u-2', 'Bob'],
        ['u-3', 'u-3'],
      ],
      [['g-1', 'g-1']],
    ]);
  });

  test('a membership of something that is not a user makes the group known, and adds no member', () => {
    const { GroupMemberships } = parseOrganization({
      GroupMemberships: [
        { GroupId: 'g-1', MemberId: {} },
        { GroupId: 'g-2', MemberId: { UserId: 'u-1' } },
      ],
    });
    expect(GroupMemberships).toEqual({
      status: 'collected',
      value: new Map([
        ['g-1', []],
        ['g-2', ['u-1']],
      ]),
    });
  });

  test('an instance may not say whose it is, and a length of sessions may be no length', () => {
    const { Instances, PermissionSets } = parseOrganization({
      Instances: [{ InstanceArn: 'i', IdentityStoreId: 'd' }],
      PermissionSets: [{ PermissionSetArn: 'p', Name: 'P', SessionDuration: 'for ever' }],
    });
    expect(Instances).toEqual({ status: 'collected', value: [{ arn: 'i', identityStoreId: 'd' }] });
    expect(PermissionSets).toMatchObject({ value: [{ sessionHours: 0 }] });
  });
});
