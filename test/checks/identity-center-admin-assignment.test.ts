import check from '../../lambda/scanner/checks/identity-center-admin-assignment.ts';
import type { Json } from '../../lambda/scanner/model/json.ts';
import { ACCOUNT } from '../support/builders.ts';
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
  passes: {
    'a group with read access': assigned([[A, READER, 'GROUP', 'g-1']]),
    'assignments of a permission set with read access that were not seen': assigned([], {
      AccountAssignments: [
        { AccountId: A, PermissionSetArn: READER, PrincipalType: 'GROUP', PrincipalId: 'g-1' },
        { PermissionSetArn: READER, Unavailable: { reason: 'no time' } },
      ],
    }),
  },
  fails: {
    'a group, with its members, as one finding for all accounts': {
      given: assigned([
        [A, ADMIN, 'GROUP', 'g-1'],
        [B, ADMIN, 'GROUP', 'g-1'],
        [B, READER, 'GROUP', 'g-1'],
      ]),
      says: `Identity Center group platform is admin in 2 accounts (organization of ${ACCOUNT})\nPermission set Admin grants admin access to ${A} and ${B}. Members of the group: ann and bob.`,
      severity: 'INFORMATIONAL',
    },
    'a user': {
      given: assigned([[A, ADMIN, 'USER', 'u-1']]),
      says: `Identity Center user ann is admin in 1 account (organization of ${ACCOUNT})\nPermission set Admin grants admin access to ${A}.`,
    },
    'a user of the management account, which is more severe': {
      given: assigned([[MANAGEMENT, ADMIN, 'USER', 'u-1']]),
      says: 'is admin in the management account (organization of',
      severity: 'HIGH',
    },
    'a group of the management account and of another': {
      given: assigned([
        [MANAGEMENT, ADMIN, 'GROUP', 'g-1'],
        [A, ADMIN, 'GROUP', 'g-1'],
      ]),
      says: 'Identity Center group platform is admin in the management account and 1 other (organization of',
      severity: 'HIGH',
    },
    'admin of one account, reader of the management account': {
      given: assigned([
        [A, ADMIN, 'USER', 'u-1'],
        [MANAGEMENT, READER, 'USER', 'u-1'],
      ]),
      says: new RegExp(`is admin in 1 account .+\nPermission set Admin grants admin access to ${A}\\.$`),
      severity: 'INFORMATIONAL',
    },
    'a group without members, which may get some': {
      given: assigned([[A, ADMIN, 'GROUP', 'g-1']], { GroupMemberships: [] }),
      says: /^Identity Center group platform .+ The group has no members\.$/s,
    },
    'a group whose members could not be collected': {
      given: assigned([[A, ADMIN, 'GROUP', 'g-1']], { GroupMemberships: undefined }),
      says: 'The members of the group could not be collected.',
    },
    'names that could not be collected, by their IDs': {
      given: assigned([[A, ADMIN, 'GROUP', 'g-1']], { Users: undefined, Groups: undefined }),
      says: /^Identity Center group g-1 .+ Members of the group: u-1 and u-2\.$/s,
    },
    'a deleted user, by the ID': {
      given: assigned([[A, ADMIN, 'USER', 'u-9']]),
      says: 'Identity Center user u-9 is admin in',
    },
    'a deleted group, by the ID': {
      given: assigned([[A, ADMIN, 'GROUP', 'g-9']]),
      says: /^Identity Center group g-9 .+ The group has no members\.$/s,
    },
    'a user of the management account, if it is not known which that is': {
      given: assigned([[MANAGEMENT, ADMIN, 'USER', 'u-1']], { Organization: undefined }),
      says: new RegExp(`is admin in 1 account .+\nPermission set Admin grants admin access to ${MANAGEMENT}\\.$`),
      severity: 'INFORMATIONAL',
    },
    'a user next to an approved group': {
      given: assigned([
        [A, ADMIN, 'GROUP', 'g-1'],
        [A, ADMIN, 'USER', 'u-1'],
      ]),
      params: { allowed: ['platform'] },
      says: 'Identity Center user ann',
    },
  },
  ignores: { 'an account that was scanned alone': {}, 'no assignments': assigned([]) },
  unknowns: {
    'assignments of permission sets that lead to admin, or may, that were not seen': {
      given: assigned([], {
        AccountAssignments: [ADMIN, OWN, 'ps-unlisted'].map((PermissionSetArn) => ({
          ...{ PermissionSetArn, Unavailable: { reason: 'no time' } },
        })),
      }),
      says: 'AccountAssignments: not all assignments of Admin, Own and ps-unlisted were seen: no time',
    },
    'assignments that could not be listed': { given: withParts({ AccountAssignments: undefined }), says: 'access was denied' },
    'a permission set with customer managed policies': {
      given: assigned([[A, OWN, 'USER', 'u-1']]),
      says: 'permission set Own has customer managed policies, which differ by account: own',
    },
    'permission sets that could not be read': {
      given: assigned([[A, ADMIN, 'USER', 'u-1']], { PermissionSets: undefined }),
      says: 'permission set ps-admin could not be read',
    },
  },
});
