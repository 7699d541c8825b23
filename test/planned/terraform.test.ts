import { readPlan } from '../../lambda/scanner/planned/terraform/read.ts';
import { ACCOUNT } from '../support/builders.ts';
import { allow, boundary, quietNight, trust } from '../drift/nights.ts';
import { outcomeOf } from './outcome.ts';
import { type Resource, type Values, planOf } from './plan.ts';

const json = JSON.stringify;
const all = json(allow('*'));
const lambda = json(trust({ Service: 'lambda.amazonaws.com' }));
const ADMIN = 'arn:aws:iam::aws:policy/AdministratorAccess';
const role = (after: Values = {}, more: Partial<Resource> = {}): Resource => ({
  ...{ type: 'aws_iam_role', after: { name: 'fn', path: '/', assume_role_policy: lambda, ...after } },
  unknown: { arn: true, id: true, inline_policy: true, managed_policy_arns: true },
  ...more,
});
const attachAdmin = { type: 'aws_iam_role_policy_attachment', after: { role: 'fn', policy_arn: ADMIN } };
const appBefore = { name: 'app', path: '/', assume_role_policy: lambda, permissions_boundary: boundary.arn };

type Outcome = ReturnType<typeof outcomeOf>;
const gives = (...gains: readonly string[]): Outcome => ({ result: 'gives-admin', gains, unknown: [] });
const givesNothing: Outcome = { result: 'gives-no-admin', gains: [], unknown: [] };
const cannotTell = (...unknown: readonly string[]): Outcome => ({ result: 'cannot-tell', gains: [], unknown });

test.each<[name: string, plan: string, outcome: Outcome]>([
  ['nothing', planOf(), givesNothing],
  ['a new role with AdministratorAccess', planOf(role(), attachAdmin), gives('IAM role fn is new and has administrator access')],
  ['a new role, and an attachment that stays as it is', planOf(role(), { ...attachAdmin, actions: ['no-op'] }), givesNothing],
  [
    'a policy of the plan, of which only the configuration tells where it goes',
    planOf(
      role(),
      { type: 'aws_iam_policy', after: { name: 'all', path: '/', policy: all }, unknown: { arn: true } },
      {
        ...{ type: 'aws_iam_role_policy_attachment', after: { role: 'fn' }, unknown: { policy_arn: true } },
        sets: { policy_arn: ['aws_iam_policy.this.arn', 'aws_iam_policy.this'] },
      },
    ),
    gives('IAM role fn is new and has administrator access'),
  ],
  [
    'the same by for_each',
    planOf(
      role({ name: 'fn-a' }, { index: 'a' }),
      role({ name: 'fn-b' }, { index: 'b' }),
      {
        type: 'aws_iam_policy',
        index: 'a',
        after: { name: 'all', path: '/', policy: json(allow('s3:GetObject')) },
        unknown: { arn: true },
      },
      { type: 'aws_iam_policy', index: 'b', after: { name: 'some', path: '/', policy: all }, unknown: { arn: true } },
      ...['a', 'b'].map((index) => ({
        ...{ type: 'aws_iam_role_policy_attachment', index, after: { role: `fn-${index}` }, unknown: { policy_arn: true } },
        sets: { policy_arn: ['aws_iam_policy.this', 'each.key'] },
      })),
    ),
    gives('IAM role fn-b is new and has administrator access'),
  ],
  [
    'a policy that another expression chooses',
    planOf(role(), {
      ...{ type: 'aws_iam_role_policy_attachment', after: { role: 'fn' }, unknown: { policy_arn: true } },
      sets: { policy_arn: ['aws_iam_policy.this.arn', 'aws_iam_policy.this', 'var.choice'] },
    }),
    cannotTell('fn: aws_iam_role_policy_attachment.this: policy_arn is known only after the plan is applied'),
  ],
  [
    'a role whose name has a prefix, and a policy for it',
    planOf(role({ name: null, name_prefix: 'fn-' }, { unknown: { name: true, arn: true } }), {
      ...{ type: 'aws_iam_role_policy', after: { name: 'all', policy: all }, unknown: { role: true } },
      sets: { role: ['aws_iam_role.this.id', 'aws_iam_role.this'] },
    }),
    gives('IAM role fn-aws_iam_role.this is new and has administrator access'),
  ],
  [
    'a role that loses its boundary',
    planOf(
      { type: 'aws_iam_role', actions: ['update'], before: appBefore, after: { ...appBefore, permissions_boundary: null } },
      { type: 'aws_iam_role_policy', after: { role: 'app', name: 'all', policy: all } },
    ),
    gives('IAM role app now has administrator access', 'The trust policy of IAM role app allows more than before'),
  ],
  [
    'a role that keeps its boundary',
    planOf({ type: 'aws_iam_role_policy', after: { role: 'app', name: 'all', policy: all } }),
    givesNothing,
  ],
  [
    'a Deny that goes, and what it denied',
    planOf(
      {
        type: 'aws_iam_role_policy',
        name: 'deny',
        actions: ['delete'],
        before: { role: 'guarded', name: 'no-delete', policy: json(allow('*')) },
      },
      { type: 'aws_iam_role_policy', after: { role: 'guarded', name: 'all', policy: all } },
    ),
    gives('IAM role guarded now has administrator access'),
  ],
  [
    'a policy that goes and another that comes',
    planOf({
      ...{ type: 'aws_iam_group_policy_attachment', actions: ['delete', 'create'] },
      ...{ before: { group: 'admins', policy_arn: ADMIN }, after: { group: 'developers', policy_arn: ADMIN } },
    }),
    gives('IAM user dora now has administrator access', 'IAM user vault now has administrator access'),
  ],
  [
    'memberships of groups',
    planOf(
      { type: 'aws_iam_group_membership', after: { group: 'admins', users: ['dora'] } },
      { type: 'aws_iam_user_group_membership', after: { user: 'ci', groups: ['admins'] } },
    ),
    gives('IAM user ci now has administrator access', 'IAM user dora now has administrator access'),
  ],
  [
    'a policy for users, groups and roles at once',
    planOf({
      type: 'aws_iam_policy_attachment',
      after: { name: 'x', users: ['ci'], groups: ['developers'], roles: [], policy_arn: ADMIN },
    }),
    gives(...['ci', 'dora', 'vault'].map((name) => `IAM user ${name} now has administrator access`)),
  ],
  [
    'an inline policy of the role itself that is known later',
    planOf(role({ inline_policy: [{ name: 'x' }] }, { unknown: { inline_policy: [{ policy: true }] } })),
    cannotTell('fn: aws_iam_role.this: inline_policy is known only after the plan is applied'),
  ],
  [
    'a policy of an existing role that is known later',
    planOf({
      type: 'aws_iam_role_policy',
      after: { role: 'guarded', name: 'x' },
      unknown: { policy: true },
      sets: { policy: [] },
    }),
    cannotTell('guarded: aws_iam_role_policy.this: policy is known only after the plan is applied'),
  ],
  [
    'a trust policy that is known later',
    planOf(role({}, { unknown: { assume_role_policy: true }, sets: { assume_role_policy: [] } })),
    cannotTell('fn: aws_iam_role.this: assume_role_policy is known only after the plan is applied'),
  ],
  [
    'a resource of another account',
    planOf({
      type: 'aws_iam_role',
      actions: ['update'],
      before: { ...appBefore, arn: 'arn:aws:iam::222233334444:role/app' },
      after: appBefore,
    }),
    cannotTell('-: aws_iam_role.this: it is in account 222233334444'),
  ],
  ...['awscc_iam_managed_policy', 'awscc_sso_assignment', 'aws_cloudcontrolapi_resource'].map(
    (type): [string, string, ReturnType<typeof cannotTell>] => [
      `a resource of Cloud Control, ${type}`,
      planOf({ type, after: {} }),
      cannotTell(`-: ${type}.this: ${type} is not compared`),
    ],
  ),
  [
    'a permission set',
    planOf({ type: 'aws_ssoadmin_permission_set', after: {} }),
    cannotTell('-: aws_ssoadmin_permission_set.this: aws_ssoadmin_permission_set is not compared'),
  ],
  [
    'a policy that is known later, of a module that the configuration does not have',
    planOf(role(), { type: 'aws_iam_role_policy', after: { role: 'fn', name: 'x' }, unknown: { policy: true } }).replaceAll(
      '"type":"aws_iam_role_policy","name":"this","expressions"',
      '"type":"aws_iam_role_policy","name":"other","expressions"',
    ),
    cannotTell('fn: aws_iam_role_policy.this: policy is known only after the plan is applied'),
  ],
  ['a password policy', planOf({ type: 'aws_iam_account_password_policy', after: {} }), givesNothing],
])('says what a plan does: %s', (_name, plan, outcome) => {
  expect(outcomeOf(readPlan(plan, 'plan.json', { partition: 'aws', accountId: ACCOUNT }))).toEqual(outcome);
});

test('an access key is told, and makes no one admin', () => {
  const change = readPlan(planOf({ type: 'aws_iam_access_key', after: { user: 'legacy', status: 'Active' } }), 'plan.json', {
    partition: 'aws',
    accountId: ACCOUNT,
  });
  expect(change.declared).toEqual([{ kind: 'access-key', user: 'legacy', id: 'aws_iam_access_key.this', active: true }]);
  expect(quietNight.accessKeys.has('legacy')).toBe(false);
  expect(outcomeOf(change)).toEqual(givesNothing);
});

test.each([
  ['text that is not JSON', 'Terraform will perform', 'terraform show -json FILE prints a plan as JSON'],
  ['a state', '{"version": 4, "resources": []}', 'is not a Terraform plan'],
])('refuses %s', (_name, text, says) => {
  expect(() => readPlan(text, 'plan.json', { partition: 'aws', accountId: ACCOUNT })).toThrow(says);
});
