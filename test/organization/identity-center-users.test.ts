import type { Json } from '../../lambda/scanner/model/json.ts';
import type { PrincipalVerdict } from '../../lambda/scanner/model/verdict.ts';
import {
  withIdentityCenterUsers,
  peopleWithAdminAccess,
  unseenUsersReason,
} from '../../lambda/scanner/organization/identity-center-users.ts';
import { renderAdmins } from '../../lambda/scanner/report/admins.ts';
import { anOrganization } from '../support/organization.ts';
import { aVerdict } from '../support/verdicts.ts';

const [A, B] = ['222233334444', '333344445555'] as const;
const roleIn = (account: string, set = 'Ops_Admin', region = 'eu-west-1/') =>
  `arn:aws:iam::${account}:role/aws-reserved/sso.amazonaws.com/${region}AWSReservedSSO_${set}_0123456789abcdef`;
const admin = (arn: string, more: Partial<PrincipalVerdict> = {}) => aVerdict(arn, 'admin', more);

const parts: Readonly<Record<string, Json | undefined>> = {
  PermissionSets: [
    { PermissionSetArn: 'ps-ops', Name: 'Ops_Admin' },
    { PermissionSetArn: 'ps-read', Name: 'Reader' },
  ],
  Users: ['ann', 'bob', 'cleo'].map((UserName) => ({ UserId: `u-${UserName}`, UserName })),
  Groups: [{ GroupId: 'g-1', DisplayName: 'platform' }],
  GroupMemberships: ['ann', 'bob'].map((name) => ({ GroupId: 'g-1', MemberId: { UserId: `u-${name}` } })),
  AccountAssignments: [
    { AccountId: A, PermissionSetArn: 'ps-ops', PrincipalType: 'GROUP', PrincipalId: 'g-1' },
    { AccountId: B, PermissionSetArn: 'ps-ops', PrincipalType: 'GROUP', PrincipalId: 'g-1' },
    { AccountId: B, PermissionSetArn: 'ps-ops', PrincipalType: 'USER', PrincipalId: 'u-cleo' },
    { AccountId: A, PermissionSetArn: 'ps-read', PrincipalType: 'USER', PrincipalId: 'u-cleo' },
  ],
};
const peopled = (more: Readonly<Record<string, Json | undefined>> = {}) =>
  withIdentityCenterUsers(anOrganization({ parts: { ...parts, ...more } }));

const byGroup = (...people: readonly string[]) => people.map((person) => ({ person, groups: ['platform'] }));

test('a role of IAM Identity Center has its permission set, the groups and all people behind it, of its own account', () => {
  const of = peopled();
  expect(of(admin(roleIn(A))).people).toEqual({
    permissionSet: 'Ops_Admin',
    groups: ['platform'],
    people: byGroup('ann', 'bob'),
  });
  expect(of(admin(roleIn(B, 'Ops_Admin', ''))).people?.people).toEqual([
    ...byGroup('ann', 'bob'),
    { person: 'cleo', groups: [] },
  ]);
});

test.each([
  ['a role of ours', `arn:aws:iam::${A}:role/ops`],
  ['a role that is only called like one', `arn:aws:iam::${A}:role/AWSReservedSSO_Ops_Admin_0123456789abcdef`],
  ['a user', `arn:aws:iam::${A}:user/ann`],
])('%s has no people behind it', (_name, arn) => {
  expect(peopled()(admin(arn))).not.toHaveProperty('people');
});

test('of a role whose permission set AWS did not list the people are unknown, and not none', () => {
  const { people } = peopled()(admin(roleIn(A, 'Elsewhere')));
  expect(people).toMatchObject({ people: [], unseen: 'AWS did not list permission set Elsewhere' });
});

test('without an Organization nothing is said', () => {
  expect(withIdentityCenterUsers(undefined)(admin(roleIn(A)))).not.toHaveProperty('people');
});

test('a permission set without assignments', () => {
  expect(peopled()(admin(roleIn(B, 'Reader'))).people).toEqual({ permissionSet: 'Reader', groups: [], people: [] });
});

test.each(['PermissionSets', 'AccountAssignments', 'GroupMemberships', 'Users', 'Groups'])(
  'where %s could not be seen, that is said',
  (part) => {
    const { people } = peopled({ [part]: undefined })(admin(roleIn(A)));
    expect(people?.unseen).toBe('access was denied');
  },
);

test('what could not be seen is said though no such role is listed, each reason once', () => {
  const hidden = anOrganization({ parts: { ...parts, Users: undefined, Groups: undefined } });
  expect(unseenUsersReason(hidden)).toBe('access was denied');
  expect(unseenUsersReason(anOrganization({ parts }))).toBeUndefined();
  expect(unseenUsersReason(undefined)).toBeUndefined();
  const text = renderAdmins([admin(`arn:aws:iam::${A}:role/ops`)], { color: false, peopleUnseen: unseenUsersReason(hidden) });
  expect(text).toMatch(/\n\nNot all users of IAM Identity Center could be determined: access was denied\n\n1 admin, /);
});

test('of a permission set whose assignments were not all seen the rest is said to be missing, and of no other', () => {
  const gap = { PermissionSetArn: 'ps-ops', Unavailable: { reason: 'no time' } };
  const AccountAssignments = [...(parts['AccountAssignments'] as readonly Json[]), gap];
  const of = peopled({ AccountAssignments });
  expect(of(admin(roleIn(A))).people).toMatchObject({ people: byGroup('ann', 'bob'), unseen: 'no time' });
  expect(of(admin(roleIn(A, 'Reader'))).people).not.toHaveProperty('unseen');
  expect(unseenUsersReason(anOrganization({ parts: { ...parts, AccountAssignments } }))).toBe(
    'permission set Ops_Admin: no time',
  );
});

test('names that could not be seen are ids', () => {
  expect(peopled({ Users: undefined, Groups: undefined })(admin(roleIn(A))).people).toMatchObject({
    groups: ['g-1'],
    people: [
      { person: 'u-ann', groups: ['g-1'] },
      { person: 'u-bob', groups: ['g-1'] },
    ],
  });
});

test('a person who is admin in several accounts is one line, and who is not admin is none', () => {
  const verdicts = [admin(roleIn(A)), admin(roleIn(B)), aVerdict(roleIn(A, 'Reader'), 'none')].map(peopled());
  expect(peopleWithAdminAccess(verdicts)).toEqual([
    { person: 'ann', accounts: [A, B], permissionSets: ['Ops_Admin'], groups: ['platform'] },
    { person: 'bob', accounts: [A, B], permissionSets: ['Ops_Admin'], groups: ['platform'] },
    { person: 'cleo', accounts: [B], permissionSets: ['Ops_Admin'], groups: [] },
  ]);
});

test('people who are admin in as many accounts stand by name, however they were assigned', () => {
  const assignedTo = (...names: readonly string[]) =>
    names.map((name) => ({ AccountId: A, PermissionSetArn: 'ps-ops', PrincipalType: 'USER', PrincipalId: `u-${name}` }));
  const lineOf = (AccountAssignments: Json) =>
    peopleWithAdminAccess([admin(roleIn(A)), admin(roleIn(A, 'Reader'))].map(peopled({ AccountAssignments }))).map(
      ({ person }) => person,
    );
  const [operators, [reader]] = [assignedTo('cleo', 'bob'), assignedTo('ann')];
  expect(lineOf([...operators, { ...reader, PermissionSetArn: 'ps-read' }])).toEqual(['ann', 'bob', 'cleo']);
});

describe('on a terminal', () => {
  const shown = (more: Readonly<Record<string, Json | undefined>> = {}) =>
    renderAdmins([admin(roleIn(A)), admin(roleIn(B))].map(peopled(more)), { color: false });

  test('people are listed under their role, and once more by themselves', () => {
    expect(shown()).toContain('      permission set Ops_Admin: ann, bob, through platform\n');
    expect(shown()).toContain('People who are, or can become, admin through IAM Identity Center (3)\n');
    expect(shown()).toContain(`  ann: Ops_Admin in 2 accounts (${A}, ${B}) through platform\n`);
  });

  test('no people, and no known people, are distinguished', () => {
    expect(shown({ AccountAssignments: [] })).toContain('permission set Ops_Admin: no users\n');
    expect(shown({ AccountAssignments: undefined })).toContain(
      'permission set Ops_Admin: users unknown; incomplete: access was denied',
    );
  });

  test('many are named in part', () => {
    const many = Array.from({ length: 12 }, (_, index) => `user${String(index).padStart(2, '0')}`);
    const crowd = {
      Users: many.map((UserName) => ({ UserId: UserName, UserName })),
      GroupMemberships: many.map((UserId) => ({ GroupId: 'g-1', MemberId: { UserId } })),
    };
    expect(shown(crowd)).toContain('user09 and 2 more, through platform');
  });

  test('a name cannot write on the terminal', () => {
    const text = shown({ Users: [{ UserId: 'u-ann', UserName: 'ann\u001B[2J\nroot: admin' }] });
    expect(text).not.toContain('\u001B');
    expect(text).not.toMatch(/^root: admin/m);
  });
});
