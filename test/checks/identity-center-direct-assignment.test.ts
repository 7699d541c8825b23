import check from '../../lambda/scanner/checks/identity-center-direct-assignment.ts';
import type { Json } from '../../lambda/scanner/model/json.ts';
import { ACCOUNT } from '../support/builders.ts';
import { describeCheck } from '../support/check-tester.ts';
import { withParts } from '../support/organization-given.ts';

const SET = 'arn:aws:sso:::permissionSet/ssoins-1/ps-1';
const assigned = (PrincipalType: string, more: Readonly<Record<string, Json | undefined>> = {}) =>
  withParts({
    AccountAssignments: [{ AccountId: '222233334444', PermissionSetArn: SET, PrincipalType, PrincipalId: 'u-1' }],
    PermissionSets: [{ PermissionSetArn: SET, Name: 'Admin' }],
    Users: [{ UserId: 'u-1', UserName: 'ann' }],
    ...more,
  });

describeCheck(check, {
  passes: { 'a group': assigned('GROUP') },
  fails: {
    'a user': {
      given: assigned('USER'),
      says: `User ann is directly assigned Admin in 222233334444 (organization of ${ACCOUNT})\nA user who leaves a group loses the permission sets that are assigned to it.`,
      severity: 'LOW',
    },
    'a user whose name could not be collected': {
      given: assigned('USER', { Users: undefined, PermissionSets: undefined }),
      says: `User u-1 is directly assigned ${SET} in`,
    },
    'a user that is not listed': { given: assigned('USER', { Users: [], PermissionSets: [] }), says: 'User u-1' },
  },
  ignores: { 'an account that was scanned alone': {} },
  unknowns: {
    'a permission set whose assignments were not all seen': {
      given: assigned('GROUP', {
        AccountAssignments: [
          { AccountId: '222233334444', PermissionSetArn: SET, PrincipalType: 'GROUP', PrincipalId: 'g-1' },
          { PermissionSetArn: SET, Unavailable: { reason: 'no time' } },
        ],
      }),
      says: 'AccountAssignments: not all assignments of Admin were seen: no time',
    },
    'assignments that could not be listed': { given: withParts({ AccountAssignments: undefined }), says: 'access was denied' },
  },
});
