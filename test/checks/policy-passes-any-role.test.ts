import check from '../../lambda/scanner/checks/policy-passes-any-role.ts';
import { describeCheck } from '../support/check-tester.ts';
import { granting, grantingInline } from '../check-support/policies/granting.ts';

const toService = (service: string, operator = 'StringEquals') => ({ [operator]: { 'iam:PassedToService': service } });
const passRole = (more = {}) => granting({ Action: 'iam:PassRole', ...more });

describeCheck(check, {
  passes: {
    'what allows everything, which is reported as that': granting({}),
    'one role': passRole({ Resource: 'arn:aws:iam::111122223333:role/app' }),
    'roles below a path': passRole({ Resource: 'arn:aws:iam::111122223333:role/app/*' }),
    'to one service, which others do not look at': passRole({ Condition: toService('lambda.amazonaws.com') }),
    'for one function': passRole({
      Condition: { ArnLike: { 'iam:AssociatedResourceArn': 'arn:aws:lambda:*:*:function:app' } },
    }),
    'denied again, which others collect and do not apply': granting(
      { Action: 'iam:*' },
      { Effect: 'Deny', Action: 'iam:PassRole' },
    ),
    'denied again with NotResource': granting(
      { Action: 'iam:PassRole' },
      { Effect: 'Deny', Action: 'iam:PassRole', NotResource: 'arn:aws:iam::111122223333:role/app' },
    ),
    'roles with a tag': passRole({ Condition: { StringEquals: { 'iam:ResourceTag/passable': 'yes' } } }),
    'NotAction that leaves IAM out': granting({ NotAction: 'iam:*' }),
  },
  fails: {
    'any role, inline, where the control of AWS does not look': {
      given: grantingInline({ Action: 'iam:PassRole' }),
      says: 'Inline policy broad of role app allows iam:PassRole on all roles to any service\nA principal that may pass every role',
      on: 'app',
      severity: 'MEDIUM',
    },
    'any role of the account': {
      given: passRole({ Resource: 'arn:aws:iam::111122223333:role/*' }),
      says: 'iam:PassRole on all roles',
    },
    'any role by iam:Pass*': { given: granting({ Action: 'IAM:Pass*' }), says: 'iam:PassRole on all roles' },
    'any role but one, which others take for none': {
      given: granting(
        { Action: 'iam:PassRole' },
        { Effect: 'Deny', Action: 'iam:PassRole', Resource: 'arn:aws:iam::111122223333:role/admin' },
      ),
      says: 'iam:PassRole on all roles',
    },
    'any role but one, by NotResource': {
      given: granting({ Action: 'iam:PassRole', NotResource: '*/admin' }),
      says: 'iam:PassRole on all roles',
    },
    'to any service, by a condition that is none': {
      given: passRole({ Condition: toService('*', 'StringLike') }),
      says: 'iam:PassRole on all roles',
    },
    'to any service but one': {
      given: passRole({ Condition: toService('ec2.amazonaws.com', 'StringNotEquals') }),
      says: 'iam:PassRole on all roles',
    },
    'to any service but a denied one': {
      given: granting(
        { Action: 'iam:PassRole' },
        { Effect: 'Deny', Action: 'iam:PassRole', Condition: toService('ec2.amazonaws.com') },
      ),
      says: 'iam:PassRole on all roles',
    },
    'beside a statement that names its roles': {
      given: granting({ Action: 'iam:PassRole', Resource: 'arn:aws:iam::1:role/x' }, { Action: 'iam:P*' }),
      says: 'iam:PassRole on all roles',
    },
  },
});
