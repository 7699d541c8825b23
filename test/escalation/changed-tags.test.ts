import {
  type AccountSpec,
  ADMINISTRATOR,
  allow,
  deny,
  describeVerdicts,
  documentOf,
  iam,
  type Statement,
  trusts,
  when,
} from './support.ts';

const alice = 'user/alice';
const become = 'can-become-admin';
const toAccount = [iam('root')];
const tagSelf = allow('iam:TagUser', iam(alice));
const forTeam = allow('iam:*', '*', when('StringEquals', 'aws:PrincipalTag/team', 'admins'));
const ofProject = allow(
  'iam:CreateAccessKey',
  '*',
  when('StringEquals', 'iam:ResourceTag/project', '${aws:PrincipalTag/project}'),
);

const user = (can: readonly Statement[], tags: Readonly<Record<string, string>> = {}, rest: AccountSpec = {}): AccountSpec => ({
  ...rest,
  users: { ...rest.users, alice: { can, tags } },
});
const besideBob = (tags: Readonly<Record<string, string>>): AccountSpec => ({
  users: { bob: { attached: [ADMINISTRATOR], tags } },
});

describeVerdicts('a tag that a user sets on itself is part of the request', {
  'the tag that its policies ask for': [user([tagSelf, forTeam]), alice, become],
  'a Deny of the value that they ask for': [
    user([tagSelf, forTeam, deny('iam:TagUser', '*', when('StringEquals', 'aws:RequestTag/team', 'admins'))]),
    alice,
    'none',
  ],
  'other tag keys only': [
    user([allow('iam:TagUser', iam(alice), when('ForAllValues:StringEquals', 'aws:TagKeys', 'cost')), forTeam]),
    alice,
    'none',
  ],
  'this tag key': [
    user([allow('iam:TagUser', iam(alice), when('ForAllValues:StringEquals', 'aws:TagKeys', 'team', 'cost')), forTeam]),
    alice,
    become,
  ],
  'another value only': [
    user([allow('iam:TagUser', iam(alice), when('StringEquals', 'aws:RequestTag/team', 'guests')), forTeam]),
    alice,
    'none',
  ],
  'a pattern': [user([tagSelf, allow('iam:*', '*', when('StringLike', 'aws:PrincipalTag/team', 'admin-*'))]), alice, become],
  'the tag of another user, by a variable': [
    user([tagSelf, ofProject], { project: 'a' }, besideBob({ project: 'b' })),
    alice,
    become,
  ],
  'a variable, and no permission to tag': [user([ofProject], { project: 'a' }, besideBob({ project: 'b' })), alice, 'none'],
  'a variable, and a user without the tag': [user([tagSelf, ofProject], { project: 'a' }, besideBob({})), alice, 'none'],
  'a variable in a resource': [
    user([tagSelf, allow('iam:PutUserPolicy', iam('user/${aws:PrincipalTag/name}'))], { name: 'bob' }, { users: { bob: {} } }),
    alice,
    become,
  ],
});

const byTrust = (...can: readonly Statement[]): AccountSpec =>
  user(
    [allow('sts:AssumeRole'), ...can],
    {},
    {
      roles: {
        boss: {
          attached: [ADMINISTRATOR],
          trust: [trusts({ AWS: iam('root') }, when('StringEquals', 'aws:PrincipalTag/team', 'ops'))],
        },
      },
    },
  );

describeVerdicts('a tag of the user for which a trust policy asks', {
  'is set': [byTrust(tagSelf), alice, become],
  'is not its to set': [byTrust(deny('iam:TagUser')), alice, 'none'],
  'has another value than it may set': [
    byTrust(tagSelf, deny('iam:TagUser', '*', when('StringEquals', 'aws:RequestTag/team', 'ops'))),
    alice,
    'none',
  ],
});

const jailed = deny('iam:Put*', '*', when('StringEquals', 'aws:PrincipalTag/jailed', 'yes'));
const put = allow('iam:PutUserPolicy');

describeVerdicts('a tag that makes a Deny apply is removed or changed', {
  'removed from the user': [user([allow('iam:UntagUser', iam(alice)), put, jailed], { jailed: 'yes' }), alice, become],
  'changed on the user': [user([tagSelf, put, jailed], { jailed: 'yes' }), alice, become],
  neither: [user([put, jailed], { jailed: 'yes' }), alice, 'none'],
  'a Deny unless a tag is absent': [
    user([allow('iam:UntagUser'), put, deny('iam:Put*', '*', when('Null', 'aws:PrincipalTag/jailed', 'false'))], {
      jailed: 'yes',
    }),
    alice,
    become,
  ],
  'a Deny unless a tag is absent, which can only be changed': [
    user([tagSelf, put, deny('iam:Put*', '*', when('Null', 'aws:PrincipalTag/jailed', 'false'))], { jailed: 'yes' }),
    alice,
    'none',
  ],
  'another key may be removed only': [
    user([allow('iam:UntagUser', '*', when('ForAllValues:StringEquals', 'aws:TagKeys', 'cost')), put, jailed], { jailed: 'yes' }),
    alice,
    'none',
  ],
});

const keep = deny('sts:AssumeRole', '*', when('StringEquals', 'aws:ResourceTag/protected', 'yes'));
const beforeBoss = (...can: readonly Statement[]): AccountSpec =>
  user(
    [allow('sts:AssumeRole'), keep, ...can],
    {},
    {
      roles: { boss: { attached: [ADMINISTRATOR], trust: toAccount, tags: { protected: 'yes' } } },
    },
  );

describeVerdicts('a tag of the role that makes a Deny apply', {
  'is removed': [beforeBoss(allow('iam:UntagRole')), alice, become],
  'is changed': [beforeBoss(allow('iam:TagRole')), alice, become],
  'is changed to this value only': [
    beforeBoss(allow('iam:TagRole', '*', when('StringEquals', 'aws:RequestTag/protected', 'yes'))),
    alice,
    'none',
  ],
  'is removed from other roles only': [beforeBoss(allow('iam:UntagRole', iam('role/other'))), alice, 'none'],
  stays: [beforeBoss(), alice, 'none'],
});

const fromOps = (more: Statement): AccountSpec =>
  user(
    [allow('sts:AssumeRole'), allow('iam:UpdateUser', iam('user/*'))],
    {},
    {
      roles: { boss: { attached: [ADMINISTRATOR], trust: [trusts({ AWS: iam('root') }, more)] } },
    },
  );

describeVerdicts('a user takes the name for which a condition asks', {
  'a path, in a trust policy': [fromOps(when('ArnLike', 'aws:PrincipalArn', iam('user/ops/*'))), alice, become],
  'a name, in a trust policy': [fromOps(when('StringEquals', 'aws:username', 'ops-admin')), alice, become],
  'a role, in a trust policy': [fromOps(when('ArnLike', 'aws:PrincipalArn', iam('role/ops/*'))), alice, 'none'],
  'a path, in its own policy': [
    user([allow('iam:UpdateUser'), allow('iam:PutUserPolicy', '*', when('ArnLike', 'aws:PrincipalArn', iam('user/ops/*')))]),
    alice,
    become,
  ],
});

const ifOpen = when('StringEquals', 'aws:ResourceTag/open', 'yes');
const denied = { deny: [deny(['iam:PutUserPolicy', 'iam:PutRolePolicy'])] };
const fenced = { fence: [allow(['iam:TagUser', 'iam:TagRole', 'iam:*PermissionsBoundary'])] };

describeVerdicts('a tag that is set before a limit is removed', {
  'a policy with Deny statements is detached from the user itself': [
    {
      users: {
        alice: { can: [tagSelf, allow('iam:PutUserPolicy'), allow('iam:DetachUserPolicy', '*', ifOpen)], attached: ['deny'] },
      },
      policies: denied,
    },
    alice,
    become,
  ],
  'and not, where the tag cannot be set': [
    {
      users: { alice: { can: [allow('iam:PutUserPolicy'), allow('iam:DetachUserPolicy', '*', ifOpen)], attached: ['deny'] } },
      policies: denied,
    },
    alice,
    'none',
  ],
  'an inline policy with Deny statements is deleted from a role': [
    {
      users: { alice: { can: [allow('iam:TagRole'), allow('iam:DeleteRolePolicy', '*', ifOpen)] } },
      roles: { ops: { inline: { all: documentOf([allow('*')]), none: documentOf([deny('*')]) }, trust: [iam(alice)] } },
    },
    alice,
    become,
  ],
  'an inline policy with Deny statements is overwritten': [
    {
      users: { alice: { can: [allow('iam:TagRole'), allow('iam:PutRolePolicy', '*', ifOpen)] } },
      roles: { ops: { inline: { none: documentOf([deny('*')]) }, trust: [iam(alice)] } },
    },
    alice,
    become,
  ],
  'the boundary of the user itself is deleted': [
    {
      users: {
        alice: {
          can: [tagSelf, allow('iam:PutUserPolicy'), allow('iam:DeleteUserPermissionsBoundary', '*', ifOpen)],
          boundary: 'fence',
        },
      },
      policies: fenced,
    },
    alice,
    become,
  ],
  'the boundary of an admin role is deleted': [
    {
      users: { alice: { can: [allow('iam:TagRole'), allow('iam:DeleteRolePermissionsBoundary', '*', ifOpen)] } },
      roles: { ops: { attached: [ADMINISTRATOR], boundary: 'fence', trust: ['ec2.amazonaws.com'] } },
      policies: fenced,
    },
    alice,
    'can-grant-admin',
  ],
  'the boundary of an admin role is replaced': [
    {
      users: { alice: { can: [allow('iam:TagRole'), allow('iam:PutRolePermissionsBoundary', '*', ifOpen)] } },
      roles: { ops: { attached: [ADMINISTRATOR], boundary: 'fence', trust: ['ec2.amazonaws.com'] } },
      policies: fenced,
    },
    alice,
    'can-grant-admin',
  ],
  'a policy is tagged, and gets a new version': [
    {
      users: { alice: { can: [allow('iam:TagPolicy'), allow('iam:CreatePolicyVersion', '*', ifOpen)], attached: ['mine'] } },
      policies: { mine: [allow('s3:*')] },
    },
    alice,
    become,
  ],
  'it may have the tag already, where it cannot be tagged': [
    {
      users: { alice: { can: [allow('iam:CreatePolicyVersion', '*', ifOpen)], attached: ['mine'] } },
      policies: { mine: [allow('s3:*')] },
    },
    alice,
    'conditional: can-become-admin',
  ],
});
