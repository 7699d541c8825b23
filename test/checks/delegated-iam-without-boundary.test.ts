import check from '../../lambda/scanner/checks/delegated-iam-without-boundary.ts';
import { ACCOUNT } from '../support/builders.ts';
import { describeCheck } from '../support/check-tester.ts';
import { granting, mfa } from '../check-support/policies/granting.ts';

const boundary = `arn:aws:iam::${ACCOUNT}:policy/Limit`;
const bounded = (operator = 'StringEquals', value = boundary) => ({
  Condition: { [operator]: { 'iam:PermissionsBoundary': value } },
});
const listing = (operator: string, value: string) => ({ Condition: { [operator]: { 'iam:PolicyARN': value } } });
const team = `arn:aws:iam::${ACCOUNT}:role/team/*`;
const roles = ['iam:CreateRole', 'iam:PutRolePolicy', 'iam:PutRolePermissionsBoundary'];
const without = { Effect: 'Deny', Action: 'iam:*Role*' };

describeCheck(check, {
  passes: {
    'below a boundary': granting({ Action: roles, Resource: team, ...bounded() }),
    'below a boundary, by a Deny of anything else': granting(
      { Action: roles },
      { ...without, Condition: { StringNotEquals: { 'iam:PermissionsBoundary': boundary } } },
    ),
    'what is not bounded denied altogether': granting({ Action: roles }, without),
    'policies from a list': granting({
      Action: 'iam:AttachRolePolicy',
      ...listing('ArnEquals', 'arn:aws:iam::aws:policy/ReadOnlyAccess'),
    }),
    'reading and deleting': granting({ Action: ['iam:Get*', 'iam:List*', 'iam:DeleteRole', 'iam:TagRole'] }),
    'credentials of its own': granting({ Action: 'iam:*AccessKey*', Resource: 'arn:aws:iam::*:user/${aws:username}' }),
    'with MFA': granting({ Action: roles, Condition: mfa }),
    'all of IAM, which is reported as that': granting({ Action: 'iam:*' }),
    'everything, which is reported as that': granting({ NotAction: 's3:*' }, { Action: 's3:*' }),
    'boundaries of another kind of thing': granting({ Action: 'iam:CreateRole', Resource: 'arn:aws:iam::*:user/*' }),
  },
  fails: {
    'users and what they may': {
      given: granting({ Action: ['iam:CreateUser', 'iam:AttachUserPolicy'] }),
      says: 'IAM policy Broad allows changes to IAM identities without a permissions boundary\nActions: iam:CreateUser and iam:AttachUserPolicy. Attached to role app.',
      on: 'Broad',
      severity: 'MEDIUM',
    },
    'roles below one path, where others look only at stars': {
      given: granting({ Action: 'iam:Put*', Resource: team }),
      says: 'Actions: iam:PutRolePolicy and iam:PutRolePermissionsBoundary.',
    },
    'a boundary of its own choice, which is none': {
      given: granting({ Action: 'iam:CreateRole', ...bounded('StringLike', '*') }),
      says: 'iam:CreateRole',
    },
    'any boundary will do': {
      given: granting({ Action: 'iam:CreateRole', ...bounded('Null', 'false') }),
      says: 'iam:CreateRole',
    },
    'a boundary only where there is one': {
      given: granting({ Action: 'iam:CreateRole', ...bounded('StringEqualsIfExists') }),
      says: 'iam:CreateRole',
    },
    'policies from a list that holds them all': {
      given: granting({ Action: 'iam:AttachUserPolicy', ...listing('ArnLike', 'arn:aws:iam::aws:policy/*') }),
      says: 'iam:AttachUserPolicy',
    },
    'taking the boundary off those that have it: the condition asks for what is lost': {
      given: granting({ Action: [...roles, 'iam:DeleteRolePermissionsBoundary'], Resource: team, ...bounded() }),
      says: 'Actions: iam:DeleteRolePermissionsBoundary.',
    },
    'all roles but one': {
      given: granting({ Action: 'iam:PutRolePolicy', NotResource: `arn:aws:iam::${ACCOUNT}:role/admin` }),
      says: 'iam:PutRolePolicy',
    },
    'one role': { given: granting({ Action: 'iam:PutRolePolicy', Resource: team.replace('*', 'x') }), says: 'iam:PutRolePolicy' },
  },
});
