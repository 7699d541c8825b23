import { analyzeAccount } from '../../lambda/scanner/escalation/analyze.ts';
import {
  type AccountSpec,
  ADMINISTRATOR,
  allow,
  awsManaged,
  deny,
  describeVerdicts,
  iam,
  judge,
  type RoleSpec,
  snapshotOf,
  type Statement,
  trusts,
  type UserSpec,
  when,
} from './support.ts';

const alice = 'user/alice';
const become = 'can-become-admin';

/** A user with these statements, in the account described. */
const user = (can: readonly Statement[], more: AccountSpec = {}, spec: UserSpec = {}): AccountSpec => ({
  ...more,
  users: { ...more.users, alice: { ...spec, can } },
});
const everything = [allow('*')];
const attachOnly = (action: string, policy: string, resource = '*') =>
  allow(action, resource, when('ArnLike', 'iam:PolicyARN', iam(`policy/${policy}`)));
const below = (policy: string) => when('StringEquals', 'iam:PermissionsBoundary', iam(`policy/${policy}`));

const attachAws = (operator: string, ...names: readonly string[]) =>
  allow('iam:AttachUserPolicy', '*', when(operator, 'iam:PolicyARN', ...names.map(awsManaged)));
const mayLead = 'conditional: can-become-admin';

describeVerdicts('policies of AWS that can be attached, and whose content is not in the snapshot', {
  'one that lets its holder run code with any role': [user([attachAws('ArnEquals', 'AWSLambda_FullAccess')]), alice, mayLead],
  'those of a path': [user([attachAws('ArnLike', 'service-role/*')]), alice, mayLead],
  'all but two': [user([attachAws('ArnNotEquals', 'AdministratorAccess', 'IAMFullAccess')]), alice, mayLead],
  'one that only reads': [user([attachAws('ArnEquals', 'ReadOnlyAccess')]), alice, 'none'],
});

describeVerdicts('policies that can be attached', {
  'a policy of the company that allows all': [
    user([attachOnly('iam:AttachUserPolicy', 'company')], { policies: { company: everything } }),
    alice,
    become,
  ],
  'a policy of the company that allows little': [
    user([attachOnly('iam:AttachUserPolicy', 'company')], { policies: { company: [allow('s3:*')] } }),
    alice,
    'none',
  ],
  'a policy of the company that allows the next step': [
    user([attachOnly('iam:AttachUserPolicy', 'company')], { policies: { company: [allow('iam:PutUserPolicy')] } }),
    alice,
    become,
  ],
  'all but the policies of AWS': [
    user(
      [
        allow('iam:AttachUserPolicy'),
        deny('iam:AttachUserPolicy', '*', when('ArnLike', 'iam:PolicyARN', 'arn:aws:iam::aws:policy/*')),
      ],
      {
        policies: { company: everything },
      },
    ),
    alice,
    become,
  ],
  'a new policy of a given name': [
    user([attachOnly('iam:AttachUserPolicy', 'app-*'), allow('iam:CreatePolicy', iam('policy/app-*'))]),
    alice,
    become,
  ],
  'a new policy of another name': [
    user([attachOnly('iam:AttachUserPolicy', 'app-*'), allow('iam:CreatePolicy', iam('policy/web-*'))]),
    alice,
    'none',
  ],
  'a policy that no identity has, rewritten': [
    user([attachOnly('iam:AttachUserPolicy', 'app-*'), allow('iam:CreatePolicyVersion', iam('policy/app-*'))], {
      policies: { 'app-web': [allow('s3:Get*')] },
    }),
    alice,
    become,
  ],
  'a company policy for a role that it may assume': [
    user([attachOnly('iam:AttachRolePolicy', 'company', iam('role/app'))], {
      policies: { company: everything },
      roles: { app: { trust: [iam(alice)] } },
    }),
    alice,
    become,
  ],
  'a company policy for a role of a service': [
    user([attachOnly('iam:AttachRolePolicy', 'company', iam('role/app'))], {
      policies: { company: everything },
      roles: { app: { trust: ['ec2.amazonaws.com'] } },
    }),
    alice,
    'can-grant-admin',
  ],
});

/** More groups with policies than are tried one after the other, and one of admins behind them. */
const manyGroups: AccountSpec = {
  groups: {
    ...Object.fromEntries(
      Array.from({ length: 60 }, (_, index) => [`g${index}`, { can: [allow('iam:PassRole', `*/${index}`)] }]),
    ),
    zzz: { attached: [ADMINISTRATOR] },
  },
};

describeVerdicts('one group of many', {
  'any group can be joined': [user([allow('iam:AddUserToGroup')], manyGroups), alice, become],
  'only that group can be joined': [user([allow('iam:AddUserToGroup', iam('group/zzz'))], manyGroups), alice, become],
  'any group can be joined, and each also denies something': [
    user([allow('iam:AddUserToGroup')], {
      groups: {
        ...Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`g${index}`, { can: [allow('*'), deny('iam:*')] }])),
        zzz: { attached: [ADMINISTRATOR] },
      },
    }),
    alice,
    become,
  ],
});

/** More groups with permissions than are tried one after the other, and one that leads further behind them. */
const groupsAnd = (...can: readonly Statement[]): AccountSpec => ({
  groups: {
    ...Object.fromEntries(
      Array.from({ length: 60 }, (_, index) => [`g${index}`, { can: [allow('iam:PassRole', `*/${index}`)] }]),
    ),
    zzz: { can },
  },
  roles: { deploy: { attached: [ADMINISTRATOR], trust: [iam('root')] } },
});

describeVerdicts('one group of many that leads to an admin', {
  'it may assume the admin role': [
    user([allow('iam:AddUserToGroup')], groupsAnd(allow('sts:AssumeRole', iam('role/deploy')))),
    alice,
    become,
  ],
  'it may assume another role': [
    user([allow('iam:AddUserToGroup')], groupsAnd(allow('sts:AssumeRole', iam('role/other')))),
    alice,
    'none',
  ],
});

describeVerdicts('groups that can be filled', {
  'an empty group': [
    user([allow(['iam:AttachGroupPolicy', 'iam:AddUserToGroup'], iam('group/new'))], { groups: { new: {} } }),
    alice,
    become,
  ],
  'another group than the one that can be joined': [
    user([allow('iam:PutGroupPolicy', iam('group/new')), allow('iam:AddUserToGroup', iam('group/old'))], {
      groups: { new: {}, old: {} },
    }),
    alice,
    'none',
  ],
  'a group of their own for another user': [
    user(
      [
        allow('iam:PutGroupPolicy'),
        allow('iam:AddUserToGroup'),
        deny('iam:*', '*', { Condition: { StringEquals: { 'aws:PrincipalTag/x': 'y' } } }),
      ],
      {
        groups: { new: {} },
      },
    ),
    alice,
    become,
  ],
  'a group that adds nothing, for an admin with a Deny that it can remove by itself': [
    user([allow('iam:AddUserToGroup', iam('group/readers'))], {
      users: { boss: { can: everything, attached: ['fence'] } },
      groups: { readers: { can: [allow('s3:Get*')] } },
      policies: { fence: [deny('s3:DeleteBucket')] },
    }),
    alice,
    'none',
  ],
  'a group that allows everything, for another user with a Deny that it can remove then': [
    {
      users: { bob: { attached: ['fence'] } },
      groups: { ops: { can: everything } },
      policies: { fence: [deny(['s3:DeleteBucket', 'iam:AddUserToGroup'])] },
      roles: { desk: { trust: ['ec2.amazonaws.com'], can: [allow('iam:AddUserToGroup', iam('group/ops'))] } },
    },
    'role/desk',
    'can-grant-admin',
  ],
  'a group that allows the resources that another user lacks': [
    {
      users: { bob: { can: [{ Effect: 'Allow', Action: '*', NotResource: 'arn:aws:iam::*' }] } },
      groups: { iam: { can: [allow('*', 'arn:aws:iam::*')] } },
      roles: { desk: { trust: ['ec2.amazonaws.com'], can: [allow('iam:AddUserToGroup', iam('group/iam'))] } },
    },
    'role/desk',
    'can-grant-admin',
  ],
  'a group whose policy can be rewritten': [
    user([allow('iam:AddUserToGroup', iam('group/readers')), allow('iam:CreatePolicyVersion', iam('policy/reader'))], {
      groups: { readers: { attached: ['reader'] } },
      policies: { reader: [allow('s3:Get*')] },
    }),
    alice,
    become,
  ],
});

describeVerdicts('permissions boundaries that can be changed', {
  'its policy set back to an older version': [
    user(
      everything,
      { policies: { b: { versions: [[allow(['s3:*', 'iam:SetDefaultPolicyVersion'])], everything] } } },
      { boundary: 'b' },
    ),
    alice,
    become,
  ],
  'its policy set back to a version that allows no more': [
    user(
      everything,
      { policies: { b: { versions: [[allow(['s3:*', 'iam:SetDefaultPolicyVersion'])], [allow('s3:*')]] } } },
      { boundary: 'b' },
    ),
    alice,
    'none',
  ],
  'replaced by another of the company': [
    user(
      everything,
      { policies: { b: [allow('iam:PutUserPermissionsBoundary', '*', below('wide'))], wide: everything } },
      { boundary: 'b' },
    ),
    alice,
    become,
  ],
  'new roles below one that allows all': [
    user([allow(['iam:CreateRole', 'iam:PutRolePolicy'], '*', below('wide'))], { policies: { wide: everything } }),
    alice,
    become,
  ],
  'new roles below one that allows little': [
    user([allow(['iam:CreateRole', 'iam:PutRolePolicy'], '*', below('narrow'))], { policies: { narrow: [allow('s3:*')] } }),
    alice,
    'none',
  ],
  'new roles below one that a pattern names': [
    user(
      [allow(['iam:CreateRole', 'iam:PutRolePolicy'], '*', when('ArnLike', 'iam:PermissionsBoundary', iam('policy/bound-*')))],
      {
        policies: { 'bound-narrow': [allow('s3:*')], 'bound-wide': everything },
      },
    ),
    alice,
    become,
  ],
  'new roles below one that leaves IAM': [
    user([allow(['iam:CreateRole', 'iam:PutRolePolicy'], '*', below('leaves-iam'))], {
      policies: { 'leaves-iam': [allow(['s3:*', 'iam:*'])] },
    }),
    alice,
    become,
  ],
  'new roles below one that is set back': [
    user(
      [allow(['iam:CreateRole', 'iam:PutRolePolicy'], '*', below('b')), allow('iam:SetDefaultPolicyVersion', iam('policy/b'))],
      {
        policies: { b: { versions: [[allow('s3:*')], everything] } },
      },
    ),
    alice,
    become,
  ],
  'new users below one that allows all': [
    user(
      [
        allow(['iam:CreateUser', 'iam:AttachUserPolicy', 'iam:CreateAccessKey'], '*', below('wide')),
        allow('iam:CreateAccessKey'),
      ],
      {
        policies: { wide: everything },
      },
    ),
    alice,
    become,
  ],
  'full access below one that leaves passing a role': [
    user(
      [allow('iam:PutUserPolicy', iam(alice))],
      {
        policies: { b: [allow(['iam:PutUserPolicy', 'iam:PassRole', 'lambda:*'])] },
        roles: { admin: { attached: [ADMINISTRATOR], trust: ['lambda.amazonaws.com'] } },
      },
      { boundary: 'b' },
    ),
    alice,
    become,
  ],
});

const openTag = (value: string) => when('StringEquals', 'aws:ResourceTag/open', value);
const toAll = [trusts({ AWS: iam('root') })];
const taggable: RoleSpec = { trust: [trusts({ AWS: iam('root') }, { Action: ['sts:AssumeRole', 'sts:TagSession'] })] };
const byTag = (...roles: readonly string[]): Statement =>
  allow(
    'sts:AssumeRole',
    roles.map((role) => iam(`role/${role}`)),
    when('StringEquals', 'aws:PrincipalTag/team', 'admins'),
  );

describeVerdicts('tags', {
  'a tag for the role with the value of a variable': [
    user([allow('iam:TagRole'), allow('sts:AssumeRole', '*', openTag('${aws:username}'))], {
      roles: { admin: { attached: [ADMINISTRATOR], trust: toAll } },
    }),
    alice,
    become,
  ],
  'two tags for the role, each asked for by a statement of its own': [
    user(
      [
        allow('iam:TagRole'),
        allow('sts:AssumeRole', '*', openTag('yes')),
        deny('sts:AssumeRole', '*', when('StringNotEquals', 'iam:ResourceTag/tier', 'low')),
      ],
      { roles: { admin: { attached: [ADMINISTRATOR], trust: toAll } } },
    ),
    alice,
    become,
  ],
  'a tag of the session with the value of a variable': [
    user([allow(['sts:AssumeRole', 'sts:TagSession'], iam('role/mid'))], {
      roles: {
        mid: { ...taggable, can: [allow('*', '*', when('StringEquals', 'aws:PrincipalTag/team', '${aws:PrincipalAccount}'))] },
      },
    }),
    alice,
    become,
  ],
  'a tag that the role has already': [
    user([allow(['sts:AssumeRole', 'sts:TagSession'], iam('role/mid'))], {
      roles: {
        mid: {
          ...taggable,
          tags: { Team: 'others' },
          can: [allow('*', '*', when('StringEquals', 'aws:PrincipalTag/team', 'admins'))],
        },
      },
    }),
    alice,
    become,
  ],
  'a tag for the role': [
    user([allow('iam:TagRole'), allow('sts:AssumeRole', '*', openTag('yes'))], {
      roles: { admin: { attached: [ADMINISTRATOR], trust: toAll } },
    }),
    alice,
    become,
  ],
  'a tag with another key for the role': [
    user(
      [
        allow('iam:TagRole', '*', when('ForAllValues:StringEquals', 'aws:TagKeys', 'cost')),
        allow('sts:AssumeRole', '*', openTag('yes')),
      ],
      {
        roles: { admin: { attached: [ADMINISTRATOR], trust: toAll } },
      },
    ),
    alice,
    'none',
  ],
  'a tag for the role, which it may not set': [
    user([allow('sts:AssumeRole', '*', openTag('yes'))], { roles: { admin: { attached: [ADMINISTRATOR], trust: toAll } } }),
    alice,
    'none',
  ],
  'a tag for the user whose key it may then create': [
    user([allow('iam:TagUser'), allow('iam:CreateAccessKey', '*', openTag('yes'))], {
      users: { boss: { attached: [ADMINISTRATOR] } },
    }),
    alice,
    become,
  ],
  'a tag of the session opens the next role': [
    user([allow(['sts:AssumeRole', 'sts:TagSession'], iam('role/mid'))], {
      roles: { mid: { ...taggable, can: [byTag('admin')] }, admin: { attached: [ADMINISTRATOR], trust: toAll } },
    }),
    alice,
    become,
  ],
  'the role itself, which nothing else may tag': [
    user([], { roles: { mid: { ...taggable, can: [byTag('admin')] }, admin: { attached: [ADMINISTRATOR], trust: toAll } } }),
    'role/mid',
    'none',
  ],
  'a tag of the session, where the trust policy does not let it be set': [
    user([allow(['sts:AssumeRole', 'sts:TagSession'], iam('role/mid'))], {
      roles: { mid: { trust: toAll, can: [byTag('admin')] }, admin: { attached: [ADMINISTRATOR], trust: toAll } },
    }),
    alice,
    'none',
  ],
  'a tag of the session, which the user may not set': [
    user([allow('sts:AssumeRole', iam('role/mid'))], {
      roles: { mid: { ...taggable, can: [byTag('admin')] }, admin: { attached: [ADMINISTRATOR], trust: toAll } },
    }),
    alice,
    'none',
  ],
  'a tag of the session that makes the session admin': [
    user([allow(['sts:AssumeRole', 'sts:TagSession'], iam('role/mid'))], {
      roles: { mid: { ...taggable, can: [allow('*', '*', when('StringEquals', 'aws:PrincipalTag/team', 'admins'))] } },
    }),
    alice,
    become,
  ],
  'a tag of the session that the trust policy of the next role asks for': [
    user([allow(['sts:AssumeRole', 'sts:TagSession'], iam('role/mid'))], {
      roles: {
        mid: { ...taggable, can: [allow('sts:AssumeRole')] },
        admin: {
          attached: [ADMINISTRATOR],
          trust: [trusts({ AWS: iam('root') }, when('StringEquals', 'aws:PrincipalTag/team', 'admins'))],
        },
      },
    }),
    alice,
    become,
  ],
  'tags that a directory gives': [
    {
      roles: {
        people: {
          can: [allow('*', '*', when('StringEquals', 'aws:PrincipalTag/team', 'admins'))],
          trust: [trusts({ Federated: iam('saml-provider/corp') }, { Action: ['sts:AssumeRoleWithSAML', 'sts:TagSession'] })],
        },
      },
    },
    'role/people',
    'conditional: admin',
  ],
});

describeVerdicts('through AWS', {
  'IAM through CloudFormation, with its own permissions': [
    user([
      allow('iam:PutUserPolicy', iam(alice), when('StringEquals', 'aws:CalledViaFirst', 'cloudformation.amazonaws.com')),
      allow('cloudformation:CreateStack'),
    ]),
    alice,
    become,
  ],
  'IAM through CloudFormation, which it may not use': [
    user([allow('iam:PutUserPolicy', iam(alice), when('StringEquals', 'aws:CalledViaFirst', 'cloudformation.amazonaws.com'))]),
    alice,
    'none',
  ],
  'IAM through CloudFormation, with a service role only': [
    user([
      allow('iam:PutUserPolicy', iam(alice), when('ForAnyValue:StringEquals', 'aws:CalledVia', 'cloudformation.amazonaws.com')),
      allow('cloudformation:CreateStack', '*', when('Null', 'cloudformation:RoleArn', 'false')),
    ]),
    alice,
    'none',
  ],
  'IAM through another service': [
    user([
      allow('iam:PutUserPolicy', iam(alice), when('StringEquals', 'aws:CalledViaFirst', 'athena.amazonaws.com')),
      allow('cloudformation:CreateStack'),
    ]),
    alice,
    'none',
  ],
  'all but calls through AWS denied': [
    user([
      allow('iam:PutUserPolicy'),
      allow('cloudformation:CreateStack'),
      deny('iam:*', '*', when('Bool', 'aws:ViaAWSService', 'false')),
    ]),
    alice,
    become,
  ],
});

describeVerdicts('another path', {
  'a path below which it may write': [
    user([allow('iam:UpdateUser'), allow('iam:PutUserPolicy', iam('user/sandbox/*'))]),
    alice,
    become,
  ],
  'a path that it may not move to': [
    user([allow('iam:UpdateUser', iam(alice)), allow('iam:PutUserPolicy', iam('user/sandbox/*'))]),
    alice,
    'none',
  ],
});

/** alice may set `mine` back, and assume a role that has it and may then do the rest, below another boundary. */
const backAndForth = (...ofRole: readonly Statement[]): AccountSpec => ({
  users: { alice: { can: [allow('iam:SetDefaultPolicyVersion', iam('policy/mine'))] } },
  roles: { ops: { attached: ['mine'], boundary: 'fence', trust: [iam(alice)] } },
  policies: {
    mine: { versions: [[...ofRole], [allow('iam:PutRolePolicy')]] },
    fence: [allow('iam:PutRolePermissionsBoundary')],
    wide: everything,
  },
});

const frozen = [deny('iam:CreatePolicyVersion')];
const rewrites = [allow(['iam:CreatePolicyVersion', 'iam:PutUserPolicy'])];

describeVerdicts('an inline policy with a Deny is overwritten', {
  'its own, so that it may rewrite its boundary': [
    { users: { alice: { can: frozen, attached: ['p'], boundary: 'p' } }, policies: { p: rewrites } },
    alice,
    become,
  ],
  'that of another user, of which it has the key': [
    user([allow(['iam:PutUserPolicy', 'iam:CreateAccessKey'], iam('user/bob'))], {
      users: { bob: { can: [deny('iam:*')] } },
    }),
    alice,
    become,
  ],
  'that of a group of another user': [
    user([allow('iam:PutGroupPolicy'), allow('iam:CreateAccessKey', iam('user/bob'))], {
      users: { bob: { groups: ['jail'] } },
      groups: { jail: { can: [deny('iam:*')] } },
    }),
    alice,
    become,
  ],
  'a managed one cannot be': [
    user([allow(['iam:PutUserPolicy', 'iam:CreateAccessKey'], iam('user/bob'))], {
      users: { bob: { attached: ['jail'] } },
      policies: { jail: [deny('iam:*')] },
    }),
    alice,
    'none',
  ],
});

describeVerdicts('changes that lose permissions', {
  'the boundary first, then the version that may no longer set it': [
    backAndForth(allow('iam:PutRolePermissionsBoundary', '*', below('wide'))),
    alice,
    become,
  ],
  'a boundary that it may not set': [backAndForth(allow('iam:PutRolePermissionsBoundary', '*', below('other'))), alice, 'none'],
  'a boundary set back, and then attached as it is now': [
    {
      users: { alice: { can: [allow('iam:SetDefaultPolicyVersion', iam('policy/fence'))] } },
      roles: { ops: { can: [attachOnly('iam:AttachRolePolicy', 'fence')], boundary: 'fence', trust: [iam(alice)] } },
      policies: { fence: { versions: [[allow('s3:Get*')], everything] } },
    },
    alice,
    become,
  ],
  'the own boundary set back, and then attached as it is now': [
    user(
      [attachOnly('iam:AttachUserPolicy', 'fence'), allow('iam:SetDefaultPolicyVersion', iam('policy/fence'))],
      { policies: { fence: { versions: [[allow('iam:SetDefaultPolicyVersion')], everything] } } },
      { boundary: 'fence' },
    ),
    alice,
    become,
  ],
});

/** ops, which alice may assume, can do this, and alice can do that. */
const createdByOps = (ofOps: readonly Statement[], ofAlice: readonly Statement[]): AccountSpec => ({
  users: { alice: { can: ofAlice } },
  roles: { ops: { can: ofOps, trust: [iam(alice)] } },
});
const reservedRoles = ['a-*', 'b-*', 'c-*'].map((name) => iam(`role/${name}`));
const manyRoles = Array.from({ length: 50 }, (_, index) => iam(`role/new-${index}`));

/** alice may assume many roles, some of which may do this. */
const manyIdentities = (can: Readonly<Record<string, readonly Statement[]>>): AccountSpec => ({
  users: { alice: {} },
  roles: Object.fromEntries(
    Array.from({ length: 50 }, (_, index) => [`r${index}`, { can: can[`r${index}`] ?? [allow('s3:*')], trust: [iam(alice)] }]),
  ),
});

describeVerdicts('roles that are created on the way', {
  'a role below a boundary that may write to its creator': [
    {
      roles: {
        ops: {
          can: [allow('iam:CreateRole', '*', below('fence')), allow('iam:PutRolePolicy', '*', below('fence'))],
          boundary: 'wide',
        },
      },
      policies: { fence: [allow('iam:PutRolePolicy', '*', below('wide'))], wide: everything },
    },
    'role/ops',
    become,
  ],
  'a role below a boundary that may not': [
    {
      roles: {
        ops: {
          can: [allow('iam:CreateRole', '*', below('fence')), allow('iam:PutRolePolicy', '*', below('fence'))],
          boundary: 'wide',
        },
      },
      policies: { fence: [allow('iam:PutRolePolicy', '*', below('other'))], wide: everything },
    },
    'role/ops',
    'none',
  ],
  'a role that one identity creates and another one empowers': [
    {
      users: { alice: { can: [allow('iam:PutRolePolicy', '*', below('wide'))] } },
      roles: { ops: { can: [allow('iam:CreateRole', '*', below('wide'))], trust: [iam(alice)] } },
      policies: { wide: everything },
    },
    alice,
    become,
  ],
  'a role that no identity can empower': [
    {
      users: { alice: { can: [allow('iam:PutRolePolicy', '*', below('other'))] } },
      roles: { ops: { can: [allow('iam:CreateRole', '*', below('wide'))], trust: [iam(alice)] } },
      policies: { wide: everything },
    },
    alice,
    'none',
  ],
  'a role of a given name': [
    {
      users: { alice: { can: [allow('iam:PutRolePolicy', iam('role/app-*'))] } },
      roles: { ops: { can: [allow('iam:CreateRole', iam('role/app-*'))], trust: [iam(alice)] } },
    },
    alice,
    become,
  ],
  'a role of any name but those that the policies speak of': [
    createdByOps(
      [deny('iam:CreateRole', reservedRoles), allow('iam:CreateRole')],
      [deny('iam:PutRolePolicy', iam('role/ops')), allow('iam:PutRolePolicy')],
    ),
    alice,
    become,
  ],
  'a role of a name that only the other identity speaks of': [
    createdByOps([allow('iam:CreateRole')], [allow('iam:PutRolePolicy', iam('role/team-*'))]),
    alice,
    become,
  ],
  'a role of a name that each identity speaks of in part': [
    createdByOps([allow('iam:CreateRole', iam('role/team-*'))], [allow('iam:PutRolePolicy', iam('role/*-deploy'))]),
    alice,
    become,
  ],
  'a role of a name that a Deny of its creator spares': [
    createdByOps(
      [allow('iam:CreateRole'), deny([], [], { Action: 'iam:CreateRole', NotResource: iam('role/team-*') })],
      [allow('iam:PutRolePolicy', iam('role/t*'))],
    ),
    alice,
    become,
  ],
  'a role of a name that no identity may both create and empower': [
    createdByOps([allow('iam:CreateRole', iam('role/team-*'))], [allow('iam:PutRolePolicy', iam('role/web-*'))]),
    alice,
    'none',
  ],
  'a role that many may be created besides, none of which leads further': [
    createdByOps([allow('iam:CreateRole', manyRoles)], [allow('iam:GetRole', manyRoles), allow('iam:TagUser', iam(alice))]),
    alice,
    'none',
  ],
});

const admin: RoleSpec = { can: everything, trust: [iam('root')] };
const newUsers = ['iam:CreateUser', 'iam:CreateAccessKey'];

describeVerdicts('users that are created on the way', {
  'a user below a boundary that leaves assuming a role': [
    user([allow(['iam:CreateUser', 'iam:PutUserPolicy'], '*', below('fence')), allow('iam:CreateAccessKey', iam('user/svc-*'))], {
      policies: { fence: [allow(['s3:*', 'sts:AssumeRole'])] },
      roles: { admin },
    }),
    alice,
    become,
  ],
  'a user below a boundary that leaves nothing of use': [
    user([allow(['iam:CreateUser', 'iam:PutUserPolicy'], '*', below('fence')), allow('iam:CreateAccessKey', iam('user/svc-*'))], {
      policies: { fence: [allow('s3:*')] },
      roles: { admin },
    }),
    alice,
    'none',
  ],
  'a user below a boundary that leaves passing a role': [
    user(
      [allow(['iam:CreateUser', 'iam:PutUserPolicy'], '*', below('fence')), allow('iam:CreateLoginProfile', iam('user/svc-*'))],
      {
        policies: { fence: [allow(['iam:PassRole', 'lambda:CreateFunction', 'lambda:InvokeFunction'])] },
        roles: { admin: { can: everything, trust: ['lambda.amazonaws.com'] } },
      },
    ),
    alice,
    become,
  ],
  'a user without credentials': [
    user([allow(['iam:CreateUser', 'iam:PutUserPolicy'], '*', below('fence')), allow('iam:CreateAccessKey', iam('user/alice'))], {
      policies: { fence: [allow('sts:AssumeRole')] },
      roles: { admin },
    }),
    alice,
    'none',
  ],
  'a user with the one policy that may be attached': [
    user([allow(newUsers, iam('user/deploy-*')), attachOnly('iam:AttachUserPolicy', 'assume', iam('user/deploy-*'))], {
      policies: { assume: [allow('sts:AssumeRole')] },
      roles: { admin },
    }),
    alice,
    become,
  ],
  'a user with a policy that leads nowhere': [
    user([allow(newUsers, iam('user/deploy-*')), attachOnly('iam:AttachUserPolicy', 'read', iam('user/deploy-*'))], {
      policies: { read: [allow('s3:*')] },
      roles: { admin },
    }),
    alice,
    'none',
  ],
  'a user with a boundary for which only the next step asks': [
    user([allow(newUsers, iam('user/svc-*')), allow('iam:PutUserPolicy', iam('user/svc-*'), below('fence'))], {
      policies: { fence: [allow('sts:AssumeRole')] },
      roles: { admin },
    }),
    alice,
    become,
  ],
  'a user that one identity creates, and another one empowers': [
    {
      users: { alice: { can: [allow('iam:PutUserPolicy', iam('user/svc-*'), below('fence'))] } },
      roles: { admin, ops: { can: [allow(newUsers)], trust: [iam(alice)] } },
      policies: { fence: [allow('sts:AssumeRole')] },
    },
    alice,
    become,
  ],
  'a user that one identity creates, and to which another one gives a key': [
    {
      users: { alice: { can: [allow(['iam:PutUserPolicy', 'iam:CreateAccessKey'], iam('user/svc-*'))] } },
      roles: { ops: { can: [allow('iam:CreateUser')], trust: [iam(alice)] } },
    },
    alice,
    become,
  ],
});

describeVerdicts('users and groups that are renamed', {
  'an admin gets a name whose keys may be created': [
    user([allow('iam:UpdateUser'), allow('iam:CreateAccessKey', iam('user/dev-*'))], { users: { boss: { can: everything } } }),
    alice,
    become,
  ],
  'an admin may not get such a name': [
    user([allow('iam:UpdateUser', iam('user/boss')), allow('iam:CreateAccessKey', iam('user/dev-*'))], {
      users: { boss: { can: everything } },
    }),
    alice,
    'none',
  ],
  'the only such name is taken': [
    user([allow('iam:UpdateUser', iam('user/*s*')), allow('iam:CreateAccessKey', iam('user/bosun'))], {
      users: { boss: { can: everything }, bosun: {} },
    }),
    alice,
    'none',
  ],
  'a group of admins gets a name that users may be added to': [
    user([allow('iam:UpdateGroup'), allow('iam:AddUserToGroup', iam('group/dev-*'))], {
      groups: { admins: { can: everything } },
    }),
    alice,
    become,
  ],
  'a group of admins may not get such a name': [
    user([allow('iam:UpdateGroup', iam('group/admins')), allow('iam:AddUserToGroup', iam('group/dev-*'))], {
      groups: { admins: { can: everything } },
    }),
    alice,
    'none',
  ],
  'the own group gets a name that may be given policies': [
    user(
      [allow('iam:UpdateGroup'), allow('iam:PutGroupPolicy', iam('group/dev-*'))],
      { groups: { ops: { can: [allow('s3:*')] } } },
      { groups: ['ops'] },
    ),
    alice,
    become,
  ],
});

const manageGroups = ['iam:CreateGroup', 'iam:PutGroupPolicy', 'iam:AddUserToGroup'];
const fillGroups = ['iam:PutGroupPolicy', 'iam:AddUserToGroup'];

describeVerdicts('groups that are created on the way', {
  'a group for the user itself': [user([allow(manageGroups)]), alice, become],
  'a group with a policy of the company': [
    user([allow(['iam:CreateGroup', 'iam:AddUserToGroup']), attachOnly('iam:AttachGroupPolicy', 'company')], {
      policies: { company: [allow('iam:PutUserPolicy')] },
    }),
    alice,
    become,
  ],
  'a group with a policy of the company that allows little': [
    user([allow(['iam:CreateGroup', 'iam:AddUserToGroup']), attachOnly('iam:AttachGroupPolicy', 'company')], {
      policies: { company: [allow('s3:*')] },
    }),
    alice,
    'none',
  ],
  'a group below a path, beside another one': [
    user([allow(manageGroups, iam('group/team/*'))], { groups: { other: {} } }),
    alice,
    become,
  ],
  'a group of a name that each statement tells in part': [
    user([allow('iam:CreateGroup', iam('group/team-*')), allow(fillGroups, iam('group/*-x'))]),
    alice,
    become,
  ],
  'a group that the user may create and not fill': [
    user([allow('iam:CreateGroup', iam('group/team-*')), allow(fillGroups, iam('group/web-*'))]),
    alice,
    'none',
  ],
  'the only name is taken by a group that denies IAM': [
    user([allow(manageGroups, iam('group/team'))], { groups: { team: { can: [deny('iam:*')] } } }, { boundary: 'fence' }),
    alice,
    'none',
  ],
  'a group gives what the boundary leaves: a role to assume': [
    user(
      [allow(manageGroups)],
      {
        policies: { fence: [allow([...manageGroups, 'sts:AssumeRole'])] },
        roles: { admin: { can: everything, trust: [iam('root')] } },
      },
      { boundary: 'fence' },
    ),
    alice,
    become,
  ],
  'a group that one identity creates and another one fills': [
    {
      users: { alice: { can: [allow(fillGroups)] } },
      roles: { ops: { can: [allow('iam:CreateGroup')], trust: [iam(alice)] } },
    },
    alice,
    become,
  ],
  'a group that no identity can fill': [
    {
      users: { alice: { can: [allow('iam:AddUserToGroup')] } },
      roles: { ops: { can: [allow('iam:CreateGroup')], trust: [iam(alice)] } },
    },
    alice,
    'none',
  ],
  'a role creates a group for a user whose keys it creates': [
    { users: { bob: {} }, roles: { ops: { can: [allow([...manageGroups, 'iam:CreateAccessKey'])] } } },
    'role/ops',
    become,
  ],
  'a role creates a group for a user that it cannot act as': [
    { users: { bob: {} }, roles: { ops: { can: [allow(manageGroups)] } } },
    'role/ops',
    'can-grant-admin',
  ],
  'a role creates a group for a user below a boundary': [
    {
      users: { bob: { boundary: 'fence' } },
      roles: { ops: { can: [allow(manageGroups)] } },
      policies: { fence: [allow('s3:*')] },
    },
    'role/ops',
    'none',
  ],
  'a new user in a new group': [
    { roles: { ops: { can: [allow([...manageGroups, 'iam:CreateUser', 'iam:CreateAccessKey'])] } } },
    'role/ops',
    become,
  ],
});

test('the path tells the group that is created', () => {
  const { path } = judge(user([allow(manageGroups)]), alice);
  expect(path.map(({ rule }) => rule)).toEqual(['create-group', 'add-user-to-group', 'put-group-policy']);
});

describeVerdicts('many identities that one acts as', {
  'one of them creates a role, and another one empowers it': [
    manyIdentities({ r7: [allow('iam:CreateRole')], r44: [allow('iam:PutRolePolicy', iam('role/new-*'))] }),
    alice,
    become,
  ],
  'one of them creates a role, and no other one empowers it': [
    manyIdentities({ r7: [allow('iam:CreateRole')], r44: [allow('iam:TagRole')] }),
    alice,
    'none',
  ],
});

describe('a search that reaches its limit tells it, and says of no principal that there is no path', () => {
  const limit = { verdict: 'conditional', would: 'can-become-admin', conditions: [{ key: 'search:limit' }] };
  const verdictWithin = (spec: AccountSpec, attempts: number, positions: number) => {
    const analysis = analyzeAccount(snapshotOf(spec), [], { attempts, positions });
    return analysis.status === 'collected' ? analysis.value.access.get(iam(alice)) : undefined;
  };

  test('of attempts and positions', () => {
    const spec = backAndForth(allow('iam:PutRolePermissionsBoundary', '*', below('wide')));
    expect(verdictWithin(spec, 1_000, 100)).toMatchObject({ verdict: 'can-become-admin', conditions: [] });
    expect(verdictWithin(spec, 0, 100)).toMatchObject(limit);
    expect(verdictWithin(spec, 1_000, 1)).toMatchObject(limit);
  });

  test('of versions that each allow to set the next one back', () => {
    const chain = (length: number) => {
      const names = Array.from({ length }, (_, index) => `p${index}`);
      const setBack = (index: number) => allow('iam:SetDefaultPolicyVersion', iam(`policy/p${index}`));
      const policies = names.map((name, index) => [name, { versions: [[allow('s3:Get*')], [setBack(index + 1)]] }] as const);
      return user([setBack(0)], { policies: Object.fromEntries(policies) }, { attached: names });
    };
    expect(judge(chain(3), alice)).toMatchObject({ verdict: 'none' });
    expect(judge(chain(4), alice)).toMatchObject(limit);
  });

  test.each([
    ['of the orders in which it may lose permissions', 8, limit],
    ['and none where they are few', 2, { verdict: 'none' }],
  ])('%s', (_name, count, verdict) => {
    const names = Array.from({ length: count }, (_, index) => `p${index}`);
    const older = names.map((name) => [name, { versions: [[allow('s3:Get*')], [allow('s3:List*')]] }] as const);
    const spec = user([allow('iam:SetDefaultPolicyVersion')], { policies: Object.fromEntries(older) }, { attached: names });
    expect(judge(spec, alice)).toMatchObject(verdict);
  });
});

const denied = deny('s3:*');
const maker = [allow(['iam:CreateUser', 'iam:CreateAccessKey'], iam('user/new-*')), denied];
const giver = [allow('iam:PutUserPolicy', iam('user/new-*')), denied];
const joins = (groups: AccountSpec['groups']) => user([allow('iam:AddUserToGroup')], { groups: groups ?? {} });

const both: AccountSpec['groups'] = { maker: { can: maker }, giver: { can: giver } };
/** Groups that allow something and deny these actions. */
const blockers = (...actions: readonly string[]): AccountSpec['groups'] =>
  Object.fromEntries(actions.map((action, number) => [`blocker-${number}`, { can: [allow('s3:*'), deny(action)] }]));

describeVerdicts('groups with Deny statements', {
  'two of them together': [joins({ maker: { can: maker }, giver: { can: giver } }), alice, become],
  'three of them together, of four': [
    joins({
      nothing: { can: [allow('s3:*'), denied] },
      maker: { can: [allow('iam:CreateUser', iam('user/new-*')), denied] },
      keys: { can: [allow('iam:CreateAccessKey', iam('user/new-*')), denied] },
      giver: { can: giver },
    }),
    alice,
    become,
  ],
  'three of them, one of which denies what is needed': [
    joins({ maker: { can: maker }, giver: { can: giver }, other: { can: [allow('s3:*'), deny('iam:CreateUser')] } }),
    alice,
    become,
  ],
  'one of which denies what the other allows': [
    joins({ maker: { can: [...maker, deny('iam:PutUserPolicy')] }, giver: { can: giver } }),
    alice,
    'none',
  ],
  'one alone': [joins({ maker: { can: maker } }), alice, 'none'],
  'two of four, where each of the others denies what is needed': [
    joins({ ...both, ...blockers('iam:CreateUser', 'iam:PutUserPolicy') }),
    alice,
    become,
  ],
  'two of seven, where the others deny what is needed with the same statement': [
    joins({ ...both, ...blockers('iam:CreateUser', 'iam:CreateUser', 'iam:CreateUser', 'iam:CreateUser', 'iam:CreateUser') }),
    alice,
    become,
  ],
  'more statements than are tried in every combination': [
    joins({
      maker: { can: maker },
      giver: { can: [...giver, deny('ec2:*')] },
      ...blockers('iam:CreateUser', 'iam:Create*', 'iam:PutUser*', 'iam:Put*', 'iam:*User', 'iam:*Key', 'iam:C*', 'iam:P*'),
    }),
    alice,
    'conditional: can-become-admin',
  ],
  'one opens the next, and both have the same Deny': [
    user([allow('iam:AddUserToGroup', iam('group/first'))], {
      groups: {
        first: { can: [allow('iam:AddUserToGroup', iam('group/second')), denied] },
        second: { can: [allow('iam:*'), denied] },
      },
    }),
    alice,
    become,
  ],
  'one of which denies joining, so that it is joined last': [
    joins({ maker: { can: [...maker, deny('iam:AddUserToGroup')] }, giver: { can: [...giver, deny('ec2:*')] } }),
    alice,
    become,
  ],
  'two of them together, for another user': [
    user([allow('iam:AddUserToGroup'), allow('iam:CreateAccessKey', iam('user/bob'))], {
      users: { bob: {} },
      groups: { maker: { can: maker }, giver: { can: [...giver, deny('ec2:*')] } },
    }),
    alice,
    become,
  ],
});
