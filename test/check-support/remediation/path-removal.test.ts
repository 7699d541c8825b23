import { pathRemoval } from '../../../lambda/scanner/check-support/remediation/path-removal.ts';
import { principals } from '../../../lambda/scanner/check-support/principals/principals.ts';
import type { Identities } from '../../../lambda/scanner/facts/identity.ts';
import type { PrincipalVerdict, StatementReference, Step } from '../../../lambda/scanner/model/verdict.ts';
import { policyOf } from '../../policy/support.ts';
import { ACCOUNT, aGroup, aPolicy, aRole, aUser, attached, identities } from '../../support/builders.ts';
import { aVerdict, accessOf } from '../../support/verdicts.ts';

const ANN = `arn:aws:iam::${ACCOUNT}:user/ann`;
const APP = `arn:aws:iam::${ACCOUNT}:role/app`;
const OPS = `arn:aws:iam::${ACCOUNT}:role/ops`;

const step = (actions: readonly string[], statements: readonly StatementReference[], more: Partial<Step> = {}): Step => ({
  ...{ rule: 'some-rule', title: 'do something', aliases: [], actions, from: ANN, to: OPS, statements },
  ...more,
});
const closing = (statements: readonly StatementReference[], from = ANN) =>
  step(['*'], statements, { rule: 'allows-everything', from, to: from });

/** The next step for the principal with this ARN. */
function removal(some: Partial<Identities>, path: readonly Step[], arn = ANN, more: Partial<PrincipalVerdict> = {}): string {
  const access = accessOf(aVerdict(arn, 'can-become-admin', { path, ...more }));
  const [subject] = principals({ identities: identities(some), access });
  if (!subject) throw new Error('there is no principal');
  return pathRemoval(subject);
}

const again = (arn = ANN) =>
  `Then scan again: another statement or path may remain. \`iam-vigil explain ${arn}\` looks for the fewest statements to change.`;
const limit = 'or limit it to resources that do not lead to admin. The path uses this statement.';
const passing = { Sid: 'DeployStacks', Action: ['iam:PassRole', 'cloudformation:CreateStack'] };
const deploy = aPolicy('Deploy', policyOf({ Action: 's3:GetObject' }, passing));
const reference = { policy: deploy.arn, index: 1, sid: 'DeployStacks' };
const stack = ['cloudformation:CreateStack', 'iam:PassRole'];

test('a customer managed policy: iam:PassRole first, with commands that read and replace it', () => {
  const given = { policies: [deploy], users: [aUser('ann', attached(deploy)), aUser('bob', attached(deploy))] };
  expect(removal(given, [step(stack, [reference])])).toBe(
    `Remove iam:PassRole from statement 2 (Sid DeployStacks) of policy Deploy, ${limit} Read the policy: aws iam get-policy-version --policy-arn ${deploy.arn} --version-id v1. Save the changed document as narrower.json and replace it: aws iam create-policy-version --policy-arn ${deploy.arn} --policy-document file://narrower.json --set-as-default. ${again()}`,
  );
});

test('a policy that a group has, managed or inline', () => {
  const inlinePolicies = [{ name: 'keys', document: policyOf({ Action: 'iam:CreateAccessKey' }) }];
  const given = {
    policies: [deploy],
    users: [aUser('ann', { groups: ['developers'] })],
    groups: [aGroup('developers', { inlinePolicies, ...attached(deploy) })],
  };
  expect(removal(given, [step(stack, [{ ...reference, group: 'developers' }])])).toContain(
    'of policy Deploy (attached through group developers), or limit',
  );
  expect(removal(given, [step(['iam:CreateAccessKey'], [{ policy: 'inline:keys', index: 0, group: 'developers' }])])).toContain(
    `Remove iam:CreateAccessKey from statement 1 of inline policy keys of group developers, ${limit} Read the policy: aws iam get-group-policy --group-name developers --policy-name keys.`,
  );
});

test('names that a shell would run are quoted wherever the text has them', () => {
  const evil = '`evil`';
  const inlinePolicies = [{ name: evil, document: policyOf({ Sid: evil, Action: 'iam:CreateAccessKey' }) }];
  const users = [aUser('ann', { groups: [evil], inlinePolicies })];
  const named = { policy: `inline:${evil}`, index: 0, sid: evil };
  const own = step(['iam:CreateAccessKey'], [named]);
  expect(removal({ users }, [own])).toContain(`statement 1 (Sid '${evil}') of inline policy '${evil}', or limit`);
  expect(
    removal({ users: [aUser('ann', { groups: [evil] })], groups: [aGroup(evil, { inlinePolicies })] }, [
      { ...own, statements: [{ ...named, group: evil }] },
    ]),
  ).toContain(`of inline policy '${evil}' of group '${evil}', or limit`);
  const all = aPolicy(evil, policyOf({}));
  const given = { policies: [all], users, groups: [aGroup(evil, attached(all))] };
  expect(removal(given, [closing([{ policy: all.arn, index: 0, group: evil }])])).toContain(
    `of policy '${evil}' (attached through group '${evil}').`,
  );
  const role = aRole(evil);
  const assume = step(['sts:AssumeRole'], [{ policy: `trust:${role.arn}`, index: 0 }], { to: role.arn });
  expect(removal({ users, roles: [role] }, [assume])).toContain(`of the trust policy of role '${evil}', so that ann can`);
});

test('a NotAction, from which no action can be removed', () => {
  const document = policyOf({ NotAction: ['iam:*'] });
  const given = { users: [aUser('ann', { inlinePolicies: [{ name: 'power', document }] })] };
  expect(removal(given, [step(['sts:AssumeRole'], [{ policy: 'inline:power', index: 0 }])])).toContain(
    `Add sts:AssumeRole to the NotAction of statement 1 of inline policy power, ${limit}`,
  );
});

test('an AWS managed policy, which cannot be changed', () => {
  const policy = aPolicy('IAMFullAccess', policyOf({ Action: 'iam:*' }), { arn: 'arn:aws:iam::aws:policy/IAMFullAccess' });
  const statements = [{ policy: policy.arn, index: 0 }];
  const assign = step(['iam:PutUserPolicy'], statements, { to: ANN });
  expect(removal({ policies: [policy], users: [aUser('ann', attached(policy))] }, [assign])).toBe(
    `The path uses iam:PutUserPolicy, which statement 1 of AWS managed policy IAMFullAccess allows. Attach a customer managed policy that allows only what is used, and remove this one: aws iam detach-user-policy --user-name ann --policy-arn ${policy.arn}. ${again()}`,
  );
  const set = aRole('AWSReservedSSO_IAM_1', { path: '/aws-reserved/sso.amazonaws.com/', ...attached(policy) });
  const bySet = step(['iam:PutRolePolicy'], statements, { from: set.arn });
  expect(removal({ policies: [policy], roles: [set] }, [bySet], set.arn)).toContain(
    'allows. In the permission set in IAM Identity Center, use a customer managed policy that allows only what is used instead. Then',
  );
});

test('an AWS managed policy of a group, which all its users lose', () => {
  const policy = aPolicy('IAMFullAccess', policyOf({ Action: 'iam:*' }), { arn: 'arn:aws:iam::aws:policy/IAMFullAccess' });
  const given = {
    policies: [policy],
    users: [aUser('ann', { groups: ['ops'] })],
    groups: [aGroup('ops', attached(policy))],
  };
  const assign = step(['iam:PutUserPolicy'], [{ policy: policy.arn, index: 0, group: 'ops' }], { to: ANN });
  expect(removal(given, [assign])).toContain(
    'allows. For all users of group ops, attach a customer managed policy that allows only what is used, and remove this one: aws iam detach-group-policy --group-name ops',
  );
});

test('a platform role: what needs the access keeps it', () => {
  const given = { policies: [deploy], roles: [aRole('app', attached(deploy))] };
  const path = [step(stack, [reference], { from: APP })];
  expect(removal(given, path, APP, { platform: true })).toMatch(
    /^If the landing zone needs this access, keep it, and limit who can assume the role\. Otherwise remove it\. Remove iam:PassRole from/,
  );
  const set = aRole('AWSReservedSSO_Deploy_1', { path: '/aws-reserved/sso.amazonaws.com/', ...attached(deploy) });
  expect(
    removal({ policies: [deploy], roles: [set] }, [step(stack, [reference], { from: set.arn })], set.arn, { platform: true }),
  ).toMatch(/^If the users of the permission set need this access, keep it\. Otherwise remove it from the permission set /);
});

test('a role of IAM Identity Center, which is changed through its permission set', () => {
  const inlinePolicies = [{ name: 'AwsSSOInlinePolicy', document: policyOf(passing) }];
  const set = aRole('AWSReservedSSO_Deploy_1', { path: '/aws-reserved/sso.amazonaws.com/', inlinePolicies });
  const own = { policy: 'inline:AwsSSOInlinePolicy', index: 0, sid: 'DeployStacks' };
  expect(removal({ roles: [set] }, [step(stack, [own], { from: set.arn })], set.arn)).toBe(
    `Remove iam:PassRole from statement 1 (Sid DeployStacks) of inline policy AwsSSOInlinePolicy, ${limit} The role belongs to IAM Identity Center: change its permission set there. ${again(set.arn)}`,
  );
  expect(removal({ roles: [set] }, [closing([own], set.arn)], set.arn)).toContain(
    'Administrator access comes from statement 1 (Sid DeployStacks) of inline policy AwsSSOInlinePolicy. The role belongs to IAM Identity Center: change its permission set there.',
  );
});

test('a first step that only the trust policy allows', () => {
  const trust = [{ policy: `trust:${APP}`, index: 0 }];
  const path = [step(['sts:AssumeRole'], trust, { to: APP }), step(stack, [reference], { from: APP })];
  const given = { policies: [deploy], users: [aUser('ann')], roles: [aRole('app', attached(deploy))] };
  expect(removal(given, path)).toBe(
    `Narrow statement 1 of the trust policy of role app, so that ann can no longer assume the role. The path uses this statement. Save the trust policy (aws iam get-role --role-name app --query Role.AssumeRolePolicyDocument --output json > trust.json), edit the file, then apply it: aws iam update-assume-role-policy --role-name app --policy-document file://trust.json. ${again()}`,
  );
});

test('a step that the trust policy and an own policy allow: the own policy is named', () => {
  const inlinePolicies = [{ name: 'assume', document: policyOf({ Action: 'sts:AssumeRole' }) }];
  const statements = [
    { policy: `trust:${APP}`, index: 0 },
    { policy: 'inline:assume', index: 0 },
  ];
  const given = { users: [aUser('ann', { inlinePolicies })], roles: [aRole('app')] };
  expect(removal(given, [step(['sts:AssumeRole'], statements, { to: APP })])).toMatch(
    /^Remove sts:AssumeRole from statement 1 of inline policy assume,/,
  );
});

test('statements that the principal does not have today are not named', () => {
  const admins = aPolicy('Admins', policyOf({}));
  const join = aPolicy('Join', policyOf({ Sid: 'Join', Action: 'iam:AddUserToGroup' }));
  const versions = [
    { id: 'v1', isDefault: false, document: policyOf({ Sid: 'Old' }) },
    { id: 'v2', isDefault: true, document: policyOf({ Sid: 'New', Action: 'iam:SetDefaultPolicyVersion' }) },
  ];
  const data = aPolicy('Data', '', { versions });
  const given = {
    policies: [admins, join, data],
    users: [aUser('ann', attached(join, data))],
    groups: [aGroup('admins', attached(admins))],
  };
  const joining = [
    { policy: admins.arn, index: 0, group: 'admins' },
    { policy: join.arn, index: 0, sid: 'Join' },
  ];
  expect(removal(given, [step(['iam:AddUserToGroup'], joining, { to: ANN })])).toMatch(
    /^Remove iam:AddUserToGroup from statement 1 \(Sid Join\) of policy Join,/,
  );
  const rollback = [
    { policy: data.arn, index: 0, sid: 'Old' },
    { policy: data.arn, index: 0, sid: 'New' },
  ];
  expect(removal(given, [step(['iam:SetDefaultPolicyVersion'], rollback, { to: ANN })])).toMatch(
    /^Remove iam:SetDefaultPolicyVersion from statement 1 \(Sid New\) of policy Data, .*--version-id v2/,
  );
});

describe('an admin', () => {
  const administrator = aPolicy('AdministratorAccess', policyOf({}), { arn: 'arn:aws:iam::aws:policy/AdministratorAccess' });
  const all = { policy: administrator.arn, index: 0 };

  test('has the policy removed from itself', () => {
    const given = { policies: [administrator], users: [aUser('ann', attached(administrator))] };
    expect(removal(given, [closing([all])])).toBe(
      `Administrator access comes from statement 1 of AWS managed policy AdministratorAccess. Remove it: aws iam detach-user-policy --user-name ann --policy-arn ${administrator.arn}. ${again()}`,
    );
  });

  test('leaves a group that has the policy', () => {
    const given = {
      policies: [administrator],
      users: [aUser('ann', { groups: ['admins'] })],
      groups: [aGroup('admins', attached(administrator))],
    };
    expect(removal(given, [closing([{ ...all, group: 'admins' }])])).toContain(
      'AdministratorAccess (attached through group admins). Remove it: aws iam remove-user-from-group --user-name ann --group-name admins. Then',
    );
  });

  test('by many policies has the first few named, and the number of the others', () => {
    const inlinePolicies = ['a', 'b', 'c', 'd', 'e'].map((name) => ({ name, document: policyOf({}) }));
    const statements = inlinePolicies.map(({ name }) => ({ policy: `inline:${name}`, index: 0 }));
    const found = removal({ users: [aUser('ann', { inlinePolicies })] }, [closing(statements)]);
    expect(found).toContain(
      'statement 1 of inline policy a, statement 1 of inline policy b, statement 1 of inline policy c and 2 more. Remove it: aws iam delete-user-policy --user-name ann --policy-name a; ',
    );
    expect(found).not.toContain('--policy-name d');
  });
});

test('without a statement that is still there, the policies are to be reviewed', () => {
  expect(removal({ users: [aUser('ann')] }, [])).toBe(
    `Review its policies: aws iam list-attached-user-policies --user-name ann; aws iam list-user-policies --user-name ann; aws iam list-groups-for-user --user-name ann. ${again()}`,
  );
  const broken = aPolicy('Deploy', '{');
  const given = { policies: [broken], roles: [aRole('app', attached(broken))] };
  expect(removal(given, [step(stack, [reference], { from: APP })], APP)).toBe(
    `Review its policies: aws iam list-attached-role-policies --role-name app; aws iam list-role-policies --role-name app. ${again(APP)}`,
  );
});
