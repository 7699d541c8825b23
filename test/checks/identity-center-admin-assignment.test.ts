import check from '../../lambda/scanner/checks/identity-center-admin-assignment.ts';
import type { Json } from '../../lambda/scanner/model/json.ts';
import { describeCheck } from '../support/check-tester.ts';
import { MANAGEMENT } from '../support/organization.ts';
import { withParts } from '../support/organization-given.ts';

const [ADMIN, READER, OWN] = ['ps-admin', 'ps-reader', 'ps-own'] as const;
const policy = (name: string) => ({ ManagedPolicies: [{ Name: name, Arn: `arn:aws:iam::aws:policy/${name}` }] });
const parts = {
  PermissionSets: [
    { PermissionSetArn: ADMIN, Name: 'Admin', ...policy('AdministratorAccess') },
    { PermissionSetArn: READER, Name: 'Reader', ...policy('ReadOnlyAccess') },
    { PermissionSetArn: OWN, Name: 'Own', CustomerManagedPolicies: [{ Name: 'own' }] },
  ],
  Users: [
    { UserId: 'u-1', UserName: 'ann' },
    { UserId: 'u-2', UserName: 'bob' },
  ],
  Groups: [{ GroupId: 'g-1', DisplayName: 'platform' }],
  GroupMemberships: [
    { GroupId: 'g-1', MemberId: { UserId: 'u-1' } },
    { GroupId: 'g-1', MemberId: { UserId: 'u-2' } },
  ],
};
const assigned = (
  assignments: readonly (readonly [account: string, set: string, type: 'USER' | 'GROUP', id: string])[],
  more: Readonly<Record<string, Json | undefined>> = {},
) =>
  withParts({
    ...parts,
    AccountAssignments: assignments.map(([AccountId, PermissionSetArn, PrincipalType, PrincipalId]) => ({
      ...{ AccountId, PermissionSetArn, PrincipalType, PrincipalId },
    })),
    ...more,
  });
const [A, B] = ['222233334444', '333344445555'] as const;

describeCheck(check, {
  passes: { 'a group that may read': assigned([[A, READER, 'GROUP', 'g-1']]) },
  fails: {
    'a group, with its people, told once for all accounts': {
      given: assigned([
        [A, ADMIN, 'GROUP', 'g-1'],
        [B, ADMIN, 'GROUP', 'g-1'],
        [B, READER, 'GROUP', 'g-1'],
      ]),
      says: `Group platform (ann and bob) of IAM Identity Center is admin by permission set Admin in 2 accounts: ${A} and ${B}.`,
      severity: 'INFORMATIONAL',
    },
    'a person': { given: assigned([[A, ADMIN, 'USER', 'u-1']]), says: 'User ann of IAM Identity Center is admin' },
    'in the management account, which is worse': {
      given: assigned([[MANAGEMENT, ADMIN, 'USER', 'u-1']]),
      says: 'in 1 account, the management account among them',
      severity: 'HIGH',
    },
    'admin of one account, reader of the management account': {
      given: assigned([
        [A, ADMIN, 'USER', 'u-1'],
        [MANAGEMENT, READER, 'USER', 'u-1'],
      ]),
      says: `in 1 account: ${A}`,
      severity: 'INFORMATIONAL',
    },
    'a group without members, who may come': {
      given: assigned([[A, ADMIN, 'GROUP', 'g-1']], { GroupMemberships: [] }),
      says: 'Group platform (without members)',
    },
    'a group whose members could not be seen': {
      given: assigned([[A, ADMIN, 'GROUP', 'g-1']], { GroupMemberships: undefined }),
      says: 'whose members could not be seen',
    },
    'names that could not be seen, by their ids': {
      given: assigned([[A, ADMIN, 'GROUP', 'g-1']], { Users: undefined, Groups: undefined }),
      says: 'Group g-1 (u-1 and u-2)',
    },
    'one who was deleted, by the id': {
      given: assigned([[A, ADMIN, 'USER', 'u-9']]),
      says: 'User u-9 of IAM Identity Center is admin',
    },
    'a group that was deleted, by the id': {
      given: assigned([[A, ADMIN, 'GROUP', 'g-9']]),
      says: 'Group g-9 (without members)',
    },
    'where it is not known which account manages the Organization': {
      given: assigned([[MANAGEMENT, ADMIN, 'USER', 'u-1']], { Organization: undefined }),
      says: `in 1 account: ${MANAGEMENT}`,
      severity: 'INFORMATIONAL',
    },
    'another than the one that is allowed': {
      given: assigned([
        [A, ADMIN, 'GROUP', 'g-1'],
        [A, ADMIN, 'USER', 'u-1'],
      ]),
      params: { allowed: ['platform'] },
      says: 'User ann',
    },
  },
  ignores: { 'an account by itself': {}, 'nobody has anything': assigned([]) },
  unknowns: {
    'assignments that could not be listed': { given: withParts({ AccountAssignments: undefined }), says: 'access was denied' },
    'a permission set whose rights each account makes for itself': {
      given: assigned([[A, OWN, 'USER', 'u-1']]),
      says: 'permission set Own has policies that each account makes',
    },
    'permission sets that could not be read': {
      given: assigned([[A, ADMIN, 'USER', 'u-1']], { PermissionSets: undefined }),
      says: 'permission set ps-admin could not be read',
    },
  },
});
