import check from '../../lambda/scanner/checks/identity-center-direct-assignment.ts';
import { describeCheck } from '../support/check-tester.ts';
import { withParts } from '../support/organization-given.ts';

const SET = 'arn:aws:sso:::permissionSet/ssoins-1/ps-1';
const assigned = (PrincipalType: string) =>
  withParts({
    AccountAssignments: [{ AccountId: '222233334444', PermissionSetArn: SET, PrincipalType, PrincipalId: 'u-1' }],
    PermissionSets: [{ PermissionSetArn: SET, Name: 'Admin' }],
    Users: [{ UserId: 'u-1', UserName: 'ann' }],
  });

describeCheck(check, {
  passes: { 'a group': assigned('GROUP') },
  fails: {
    'a user': {
      given: assigned('USER'),
      says: 'User ann of IAM Identity Center has permission set Admin in account 222233334444 directly',
      severity: 'LOW',
    },
  },
  ignores: { 'an account by itself': {} },
  unknowns: {
    'assignments that could not be listed': { given: withParts({ AccountAssignments: undefined }), says: 'access was denied' },
  },
});
