import { aReportedKey } from '../support/builders.ts';
import {
  type AccountSpec,
  ADMINISTRATOR,
  allow,
  awsManaged,
  deny,
  describeVerdicts,
  documentOf,
  iam,
  type RoleSpec,
  type Statement,
  trusts,
  type UserSpec,
  when,
} from './support.ts';

const alice = 'user/alice';
const own = iam(alice);

/** A user as described, and nothing else. */
const user = (spec: UserSpec, more: AccountSpec = {}): AccountSpec => ({ ...more, users: { ...more.users, alice: spec } });

/** A user with these statements, and nothing else. */
const alone = (...can: readonly Statement[]): AccountSpec => user({ can });

/** A role that is admin. */
const admin = (role: RoleSpec): RoleSpec => ({ attached: [ADMINISTRATOR], ...role });

/** A user with these statements, and a role that is admin. */
const withAdmin = (role: RoleSpec, ...can: readonly Statement[]): AccountSpec => user({ can }, { roles: { admin: admin(role) } });

const makeFunctions = allow(['lambda:CreateFunction', 'lambda:InvokeFunction']);
const passToLambda = [allow('iam:PassRole'), makeFunctions];
const toLambda: RoleSpec = { trust: ['lambda.amazonaws.com'] };

describeVerdicts('1. all policies of a principal count together', {
  'one action in an inline policy, the other in a managed one': [
    user(
      { can: [allow('iam:PassRole')], attached: ['functions'] },
      { policies: { functions: [allow('lambda:*')] }, roles: { admin: admin(toLambda) } },
    ),
    alice,
    'can-become-admin',
  ],
  'one action in a group, the other in another group': [
    user(
      { groups: ['passers', 'developers'] },
      {
        groups: { passers: { can: [allow('iam:PassRole')] }, developers: { can: [makeFunctions] } },
        roles: { admin: admin(toLambda) },
      },
    ),
    alice,
    'can-become-admin',
  ],
  'one action in a group that the user is not in': [
    user(
      { groups: ['developers'] },
      {
        groups: { passers: { can: [allow('iam:PassRole')] }, developers: { can: [makeFunctions] } },
        roles: { admin: admin(toLambda) },
      },
    ),
    alice,
    'none',
  ],
  'a managed policy of a group': [
    user({ groups: ['admins'] }, { groups: { admins: { attached: [ADMINISTRATOR] } } }),
    alice,
    'admin',
  ],
  'everything, split over a user and its group': [
    user({ can: [allow('iam:*')], groups: ['rest'] }, { groups: { rest: { can: [allow([], '*', { NotAction: 'iam:*' })] } } }),
    alice,
    'admin',
  ],
  'a Deny in the group of an admin': [
    user({ attached: [ADMINISTRATOR], groups: ['leavers'] }, { groups: { leavers: { can: [deny('*')] } } }),
    alice,
    'none',
  ],
});

describeVerdicts('2. a Deny takes away what it names: those resources, on those conditions', {
  'of the action on another user': [
    alone(allow('iam:PutUserPolicy'), deny('iam:PutUserPolicy', iam('user/bob'))),
    alice,
    'can-become-admin',
  ],
  'of the action on the user itself': [alone(allow('iam:PutUserPolicy'), deny('iam:PutUserPolicy', own)), alice, 'none'],
  'under a condition that does not hold': [
    alone(allow('iam:PutUserPolicy'), deny('iam:*', '*', when('StringEquals', 'aws:PrincipalType', 'AssumedRole'))),
    alice,
    'can-become-admin',
  ],
  'under a condition that holds': [
    alone(allow('iam:PutUserPolicy'), deny('iam:*', '*', when('StringEquals', 'aws:PrincipalType', 'User'))),
    alice,
    'none',
  ],
  'under an unknown condition': [
    alone(allow('iam:PutUserPolicy'), deny('iam:*', '*', when('NotIpAddress', 'aws:SourceIp', '192.0.2.0/24'))),
    alice,
    'conditional: can-become-admin',
  ],
  'of one of the actions of a path': [withAdmin(toLambda, ...passToLambda, deny('lambda:InvokeFunction')), alice, 'none'],
  'of one role to pass, with another left': [
    user(
      { can: [...passToLambda, deny('iam:PassRole', iam('role/admin'))] },
      { roles: { admin: admin(toLambda), other: admin(toLambda) } },
    ),
    alice,
    'can-become-admin',
  ],
  'of every action of an admin on something': [
    user({ attached: [ADMINISTRATOR], can: [deny('s3:*', 'arn:aws:s3:::secret/*')] }),
    alice,
    'can-become-admin',
  ],
});

describeVerdicts('3. NotAction and NotResource name the rest', {
  'NotAction allows the rest': [alone(allow([], '*', { NotAction: 's3:*' })), alice, 'can-become-admin'],
  'NotAction of everything allows nothing': [alone(allow([], '*', { NotAction: ['*'] })), alice, 'none'],
  'NotAction denies the rest': [alone(allow('iam:*'), deny([], '*', { NotAction: 'iam:Get*' })), alice, 'none'],
  'NotAction does not deny what it names': [
    alone(allow('iam:*'), deny([], '*', { NotAction: 'iam:*' })),
    alice,
    'can-become-admin',
  ],
  'NotAction of everything denies nothing': [alone(allow('*'), deny([], '*', { NotAction: '*' })), alice, 'admin'],
  'NotResource allows the rest': [
    alone(allow('iam:PutUserPolicy', [], { NotResource: iam('user/bob') })),
    alice,
    'can-become-admin',
  ],
  'NotResource does not allow what it names': [
    alone(allow('iam:PutUserPolicy', [], { NotResource: iam('user/al*') })),
    alice,
    'none',
  ],
  'NotResource denies the rest': [
    alone(allow('iam:PutUserPolicy'), deny('iam:*', [], { NotResource: iam('user/bob') })),
    alice,
    'none',
  ],
  'NotResource does not deny what it names': [
    alone(allow('iam:PutUserPolicy'), deny('iam:*', [], { NotResource: iam('user/a*') })),
    alice,
    'can-become-admin',
  ],
  'NotResource of nothing that counts leaves an admin': [
    alone(allow('*', [], { NotResource: 'arn:aws:s3:::secret/*' })),
    alice,
    'can-become-admin',
  ],
});

describeVerdicts('4. actions ignore case and resources do not; wildcards and variables', {
  'an action in another case': [alone(allow('IAM:putuserpolicy')), alice, 'can-become-admin'],
  'a resource in another case': [alone(allow('iam:PutUserPolicy', iam('user/Alice'))), alice, 'none'],
  'a Deny of an action in another case': [alone(allow('iam:PutUserPolicy'), deny('iam:PUT*')), alice, 'none'],
  'a question mark for one character': [alone(allow('iam:PutUserPolic?', iam('user/alic?'))), alice, 'can-become-admin'],
  'a question mark for none': [alone(allow('iam:PutUserPolicy?')), alice, 'none'],
  'a star inside': [alone(allow('iam:*User*y', iam('user/a*e'))), alice, 'can-become-admin'],
  'a star over a slash': [
    user({ can: [allow('iam:PutUserPolicy', iam('user/*'))], path: '/team/' }),
    'user/team/alice',
    'can-become-admin',
  ],
  'the path is part of the ARN': [
    user({ can: [allow('iam:PutUserPolicy', iam('user/alice'))], path: '/team/' }),
    'user/team/alice',
    'none',
  ],
  'the name of the user by its variable': [
    alone(allow('iam:PutUserPolicy', iam('user/${aws:username}'))),
    alice,
    'can-become-admin',
  ],
  'a variable that names another': [
    user(
      { can: [allow('iam:PutUserPolicy', iam('user/${aws:PrincipalTag/buddy}'))], tags: { buddy: 'bob' } },
      { users: { bob: {} } },
    ),
    alice,
    'can-grant-admin',
  ],
  'a variable that names the principal by a tag': [
    user({ can: [allow('iam:PutUserPolicy', iam('user/${aws:PrincipalTag/me}'))], tags: { me: 'alice' } }),
    alice,
    'can-become-admin',
  ],
  'a variable without a value': [alone(allow('iam:PutUserPolicy', iam('user/${aws:PrincipalTag/me}'))), alice, 'none'],
  'a variable without a value, which has a default': [
    alone(allow('iam:PutUserPolicy', iam("user/${aws:PrincipalTag/me, 'alice'}"))),
    alice,
    'can-become-admin',
  ],
  'a variable in a policy of 2008 is text': [
    user({
      inline: {
        old: {
          Version: '2008-10-17',
          Statement: [{ Effect: 'Allow', Action: 'iam:PutUserPolicy', Resource: iam('user/${aws:username}') }],
        },
      },
    }),
    alice,
    'none',
  ],
  'a role has no aws:username': [
    { roles: { deploy: { can: [allow('iam:PutRolePolicy', iam('role/${aws:username}'))] } } },
    'role/deploy',
    'none',
  ],
});

/** Whether a condition on the only statement of a user allows the request. */
const underCondition = (operator: string, key: string, ...values: readonly string[]) =>
  alone(allow('iam:PutUserPolicy', own, when(operator, key, ...values)));

/** Whether a condition on a Deny stops a user. */
const unlessCondition = (operator: string, key: string, ...values: readonly string[]) =>
  alone(allow('iam:PutUserPolicy', own), deny('*', '*', when(operator, key, ...values)));

const withKey: UserSpec = { report: { keys: [aReportedKey(), aReportedKey({ active: false, lastRotated: 'never' })] } };
const unlessMfa = (operator: string, spec: UserSpec) =>
  user({
    can: [allow('iam:PutUserPolicy', own), deny('*', '*', when(operator, 'aws:MultiFactorAuthPresent', 'false'))],
    ...spec,
  });

/** A role with these statements. */
const sessionsOf = (...can: readonly Statement[]): AccountSpec => ({ roles: { deploy: { can } } });

describeVerdicts('5. conditions hold, do not, or depend', {
  'a tag that the principal has': [
    user({ can: [allow('iam:PutUserPolicy', '*', when('StringEquals', 'aws:PrincipalTag/Team', 'ops'))], tags: { team: 'ops' } }),
    alice,
    'can-become-admin',
  ],
  'a tag with another value': [
    user({ can: [allow('iam:PutUserPolicy', '*', when('StringEquals', 'aws:PrincipalTag/team', 'ops'))], tags: { team: 'dev' } }),
    alice,
    'none',
  ],
  'a missing tag: a positive operator is false': [underCondition('StringEquals', 'aws:PrincipalTag/team', 'ops'), alice, 'none'],
  'a missing tag: a negative operator is true': [
    underCondition('StringNotEquals', 'aws:PrincipalTag/team', 'dev'),
    alice,
    'can-become-admin',
  ],
  'a missing tag: …IfExists is true': [
    underCondition('StringEqualsIfExists', 'aws:PrincipalTag/team', 'ops'),
    alice,
    'can-become-admin',
  ],
  'a missing tag: Null true': [underCondition('Null', 'aws:PrincipalTag/team', 'true'), alice, 'can-become-admin'],
  'a missing tag: Null false': [underCondition('Null', 'aws:PrincipalTag/team', 'false'), alice, 'none'],
  'a missing key: ForAllValues is true': [
    underCondition('ForAllValues:StringEquals', 'aws:CalledVia', 'cloudformation.amazonaws.com'),
    alice,
    'can-become-admin',
  ],
  'a missing key: ForAnyValue is false': [
    underCondition('ForAnyValue:StringEquals', 'aws:CalledVia', 'cloudformation.amazonaws.com'),
    alice,
    'none',
  ],
  'a missing tag: a Deny by a negative operator applies': [
    unlessCondition('StringNotEquals', 'aws:PrincipalTag/team', 'ops'),
    alice,
    'none',
  ],
  'a missing tag: a Deny by a positive operator does not': [
    unlessCondition('StringEquals', 'aws:PrincipalTag/team', 'dev'),
    alice,
    'can-become-admin',
  ],
  'a tag that the principal may set on itself': [
    alone(
      allow('iam:PutUserPolicy', '*', when('StringEquals', 'aws:PrincipalTag/team', 'ops')),
      allow('iam:TagUser', iam('user/${aws:username}')),
    ),
    alice,
    'can-become-admin',
  ],
  'a tag that the principal may give others': [
    alone(
      allow('iam:PutUserPolicy', '*', when('StringEquals', 'aws:PrincipalTag/team', 'ops')),
      allow('iam:TagUser', iam('user/bob')),
    ),
    alice,
    'none',
  ],
  'a parameter of the request is the choice of the caller': [
    alone(allow('iam:AttachUserPolicy', own, when('ArnEquals', 'iam:PolicyARN', ADMINISTRATOR))),
    alice,
    'can-become-admin',
  ],
  'of the policies that can be attached only harmless ones are allowed': [
    alone(allow('iam:AttachUserPolicy', own, when('ArnEquals', 'iam:PolicyARN', awsManaged('ReadOnlyAccess')))),
    alice,
    'none',
  ],
  'the network is not': [underCondition('IpAddress', 'aws:SourceIp', '192.0.2.0/24'), alice, 'conditional: can-become-admin'],
  'a time that has passed': [underCondition('DateLessThan', 'aws:CurrentTime', '2020-01-01T00:00:00Z'), alice, 'none'],
  'a time that is now': [underCondition('DateGreaterThan', 'aws:CurrentTime', '2020-01-01T00:00:00Z'), alice, 'can-become-admin'],
  'sessions issued before a time: a user signs in again': [
    unlessCondition('DateLessThan', 'aws:TokenIssueTime', '2026-11-01T00:00:00Z'),
    alice,
    'can-become-admin',
  ],
  'sessions issued before a time: a role is assumed again': [
    {
      roles: {
        deploy: {
          can: [allow('iam:PutRolePolicy'), deny('*', '*', when('DateLessThan', 'aws:TokenIssueTime', '2026-11-01T00:00:00Z'))],
        },
      },
    },
    'role/deploy',
    'can-become-admin',
  ],
  'sessions revoked later than the newest date that is known: a role is assumed again': [
    sessionsOf(allow('*'), deny('*', '*', when('DateLessThan', 'aws:TokenIssueTime', '2027-06-01T00:00:00Z'))),
    'role/deploy',
    'admin',
  ],
  'sessions revoked for good': [
    sessionsOf(allow('*'), deny('*', '*', when('DateLessThan', 'aws:TokenIssueTime', '2999-01-01T00:00:00Z'))),
    'role/deploy',
    'none',
  ],
  'sessions denied from a time that has passed': [
    sessionsOf(allow('*'), deny('*', '*', when('DateGreaterThan', 'aws:TokenIssueTime', '2020-01-01T00:00:00Z'))),
    'role/deploy',
    'none',
  ],
  'sessions denied from a time that will come': [
    sessionsOf(allow('*'), deny('*', '*', when('DateGreaterThan', 'aws:TokenIssueTime', '2027-06-01T00:00:00Z'))),
    'role/deploy',
    'admin',
  ],
  'sessions allowed until a time that has passed': [
    sessionsOf(allow('*', '*', when('DateLessThan', 'aws:TokenIssueTime', '2020-01-01T00:00:00Z'))),
    'role/deploy',
    'none',
  ],
  'sessions allowed from a time that will come: someone waits': [
    sessionsOf(allow('*', '*', when('DateGreaterThan', 'aws:TokenIssueTime', '2027-06-01T00:00:00Z'))),
    'role/deploy',
    'admin',
  ],
  'a role has no keys without a session': [
    sessionsOf(allow('*', '*', when('Null', 'aws:TokenIssueTime', 'true'))),
    'role/deploy',
    'none',
  ],
  'MFA asked of a role': [
    { roles: { deploy: { can: [allow('iam:PutRolePolicy', '*', when('Bool', 'aws:MultiFactorAuthPresent', 'true'))] } } },
    'role/deploy',
    'conditional: can-become-admin',
  ],
  'MFA asked of a user': [underCondition('Bool', 'aws:MultiFactorAuthPresent', 'true'), alice, 'conditional: can-become-admin'],
  'a Deny without MFA by BoolIfExists stops an access key': [
    unlessMfa('BoolIfExists', withKey),
    alice,
    'conditional: can-become-admin',
  ],
  'a Deny without MFA by Bool does not, since its requests say nothing of MFA': [
    unlessMfa('Bool', withKey),
    alice,
    'can-become-admin',
  ],
  'the same of an admin': [
    user({ attached: [ADMINISTRATOR], can: [deny('*', '*', when('Bool', 'aws:MultiFactorAuthPresent', 'false'))], ...withKey }),
    alice,
    'admin',
  ],
  'the same of a key that is not active': [
    unlessMfa('Bool', { report: { keys: [aReportedKey({ active: false }), aReportedKey({ active: false })] } }),
    alice,
    'conditional: can-become-admin',
  ],
  'a role has no access key': [
    {
      roles: {
        deploy: { can: [allow('iam:PutRolePolicy'), deny('*', '*', when('Bool', 'aws:MultiFactorAuthPresent', 'false'))] },
      },
    },
    'role/deploy',
    'conditional: can-become-admin',
  ],
  'a trust policy that requires MFA only where the request has the key': [
    user(
      { ...withKey },
      { roles: { admin: admin({ trust: [trusts({ AWS: own }, when('BoolIfExists', 'aws:MultiFactorAuthPresent', 'true'))] }) } },
    ),
    alice,
    'can-become-admin',
  ],
  'a Deny without MFA by Bool does stop who has a password alone': [
    unlessMfa('Bool', { report: { passwordEnabled: true } }),
    alice,
    'conditional: can-become-admin',
  ],
});

const fence = iam('policy/fence');
const fenced = when('StringEquals', 'iam:PermissionsBoundary', fence);
const withFence: AccountSpec = { policies: { fence: [allow(['s3:*', 'iam:Get*'])] } };
const makeRoles = ['iam:CreateRole', 'iam:PutRolePolicy', 'iam:AttachRolePolicy'];
const makeUsers = ['iam:CreateUser', 'iam:PutUserPolicy', 'iam:AttachUserPolicy'];

/** What AWS proposes for delegated administrators: they make principals with this very boundary, and cannot touch it. */
const delegation = [
  allow(['s3:*', 'iam:Get*', 'iam:List*', 'iam:CreateAccessKey', 'iam:CreateLoginProfile', 'iam:PassRole', 'lambda:*']),
  allow([...makeRoles, ...makeUsers, 'iam:PutUserPermissionsBoundary', 'iam:PutRolePermissionsBoundary'], '*', fenced),
];

describeVerdicts('6. iam:PermissionsBoundary is about the boundary of the target, or the one that is asked for', {
  'new roles must have the boundary': [user({ can: [allow(makeRoles, '*', fenced)] }, withFence), alice, 'none'],
  'new roles need none': [user({ can: [allow(makeRoles)] }, withFence), alice, 'can-become-admin'],
  'new roles must have it, but permissions go to any role': [
    user({ can: [allow('iam:CreateRole', '*', fenced), allow('iam:PutRolePolicy')] }, withFence),
    alice,
    'none',
  ],
  'new roles must have it, and can be deleted from them': [
    user({ can: [allow(makeRoles, '*', fenced), allow('iam:DeleteRolePermissionsBoundary')] }, withFence),
    alice,
    'can-become-admin',
  ],
  'new roles must have it, and it can be rewritten': [
    user({ can: [allow(makeRoles, '*', fenced), allow('iam:CreatePolicyVersion', fence)] }, withFence),
    alice,
    'can-become-admin',
  ],
  'new users must have it': [
    user({ can: [allow(makeUsers, '*', fenced), allow('iam:CreateAccessKey')] }, withFence),
    alice,
    'none',
  ],
  'new users need none': [user({ can: [allow([...makeUsers, 'iam:CreateAccessKey'])] }, withFence), alice, 'can-become-admin'],
  'only principals with the boundary can be given more: the principal has none': [
    user({ can: [allow('iam:PutUserPolicy', '*', fenced)] }, withFence),
    alice,
    'none',
  ],
  'only principals with the boundary can be given more: the principal has it': [
    user({ can: [allow('iam:PutUserPolicy', '*', fenced)], boundary: 'fence' }, { policies: { fence: [allow('*')] } }),
    alice,
    'can-become-admin',
  ],
  'a Deny for principals without the boundary, which can be deleted from those that have it': [
    user({ can: [allow('iam:*'), deny('iam:*', '*', when('StringNotEquals', 'iam:PermissionsBoundary', fence))] }, withFence),
    alice,
    'can-become-admin',
  ],
  'a Deny for principals without the boundary, which cannot be deleted': [
    user(
      {
        can: [
          allow('iam:*'),
          deny('iam:*', '*', when('StringNotEquals', 'iam:PermissionsBoundary', fence)),
          deny('iam:Delete*PermissionsBoundary'),
        ],
      },
      withFence,
    ),
    alice,
    'none',
  ],
  'the boundary of the target is another one': [
    user(
      { can: [allow('iam:PutUserPolicy', iam('user/bob'), fenced), allow('iam:CreateAccessKey', iam('user/bob'))] },
      { policies: { fence: [allow('*')], other: [allow('*')] }, users: { bob: { boundary: 'other' } } },
    ),
    alice,
    'none',
  ],
  'the boundary of the target is the one': [
    user(
      { can: [allow('iam:PutUserPolicy', iam('user/bob'), fenced), allow('iam:CreateAccessKey', iam('user/bob'))] },
      { policies: { fence: [allow('*')] }, users: { bob: { boundary: 'fence' } } },
    ),
    alice,
    'can-become-admin',
  ],
  'delegated administration, fenced on all sides': [
    user({ can: [allow('*')], boundary: 'fence' }, { policies: { fence: delegation } }),
    alice,
    'none',
  ],
  'delegated administration, whose boundary can be rewritten': [
    user({ can: [allow('*')], boundary: 'fence' }, { policies: { fence: [...delegation, allow('iam:CreatePolicyVersion')] } }),
    alice,
    'can-become-admin',
  ],
  'delegated administration, whose boundary can be deleted': [
    user(
      { can: [allow('*')], boundary: 'fence' },
      { policies: { fence: [...delegation, allow('iam:DeleteUserPermissionsBoundary')] } },
    ),
    alice,
    'can-become-admin',
  ],
});

describeVerdicts('7. a role is passed, to a service that it trusts, by who may make something there: all for one role', {
  'all of it': [withAdmin(toLambda, ...passToLambda), alice, 'can-become-admin'],
  'a boundary names the functions that may be made': [
    user(
      { can: passToLambda, boundary: 'fence' },
      {
        roles: { admin: admin(toLambda) },
        policies: { fence: [allow('iam:PassRole'), allow('lambda:*', 'arn:aws:lambda:eu-west-1:*:function:team-*')] },
      },
    ),
    alice,
    'can-become-admin',
  ],
  'a boundary names other functions than the policy': [
    user(
      {
        can: [
          allow('iam:PassRole'),
          allow(['lambda:CreateFunction', 'lambda:InvokeFunction'], 'arn:aws:lambda:*:*:function:mine-*'),
        ],
        boundary: 'fence',
      },
      {
        roles: { admin: admin(toLambda) },
        policies: { fence: [allow('iam:PassRole'), allow('lambda:*', 'arn:aws:lambda:eu-west-1:*:function:team-*')] },
      },
    ),
    alice,
    'none',
  ],
  'a Deny spares some functions': [
    withAdmin(toLambda, ...passToLambda, deny('lambda:*', [], { NotResource: 'arn:aws:lambda:*:*:function:dev-*' })),
    alice,
    'can-become-admin',
  ],
  'the role may not be passed': [withAdmin(toLambda, allow('iam:PassRole', iam('role/other')), makeFunctions), alice, 'none'],
  'the role may be passed to the service': [
    withAdmin(
      toLambda,
      allow('iam:PassRole', iam('role/admin'), when('StringEquals', 'iam:PassedToService', 'lambda.amazonaws.com')),
      allow('lambda:*'),
    ),
    alice,
    'can-become-admin',
  ],
  'the role may be passed to services by a pattern': [
    withAdmin(
      toLambda,
      allow('iam:PassRole', iam('role/admin'), when('StringLike', 'iam:PassedToService', 'lambda.*')),
      allow(['lambda:CreateFunction', 'lambda:InvokeFunction']),
    ),
    alice,
    'can-become-admin',
  ],
  'the role may be passed to another service': [
    withAdmin(
      toLambda,
      allow('iam:PassRole', iam('role/admin'), when('StringEquals', 'iam:PassedToService', 'ec2.amazonaws.com')),
      allow(['lambda:CreateFunction', 'lambda:InvokeFunction']),
    ),
    alice,
    'none',
  ],
  'passing to this service is denied': [
    withAdmin(
      toLambda,
      allow('iam:PassRole'),
      deny('iam:PassRole', '*', when('StringEquals', 'iam:PassedToService', 'lambda.amazonaws.com')),
      allow(['lambda:CreateFunction', 'lambda:InvokeFunction']),
    ),
    alice,
    'none',
  ],
  'passing to another service is denied': [
    withAdmin(
      toLambda,
      allow('iam:PassRole'),
      deny('iam:PassRole', '*', when('StringEquals', 'iam:PassedToService', 'ec2.amazonaws.com')),
      allow(['lambda:CreateFunction', 'lambda:InvokeFunction']),
    ),
    alice,
    'can-become-admin',
  ],
  'the role trusts another service': [withAdmin({ trust: ['ec2.amazonaws.com'] }, ...passToLambda), alice, 'none'],
  'one role can be passed, and another is admin': [
    user(
      { can: [allow('iam:PassRole', iam('role/reader')), allow(['lambda:CreateFunction', 'lambda:InvokeFunction'])] },
      { roles: { reader: { ...toLambda, can: [allow('s3:Get*')] }, admin: admin(toLambda) } },
    ),
    alice,
    'none',
  ],
  'one role can be passed, and another trusts the service': [
    user(
      { can: [allow('iam:PassRole', iam('role/passable')), allow(['lambda:CreateFunction', 'lambda:InvokeFunction'])] },
      { roles: { passable: admin({ trust: ['ec2.amazonaws.com'] }), trusting: admin(toLambda) } },
    ),
    alice,
    'none',
  ],
  'the two actions are allowed on functions that cannot be the same': [
    withAdmin(
      toLambda,
      allow('iam:PassRole'),
      allow('lambda:CreateFunction', 'arn:aws:lambda:*:*:function:new-*'),
      allow('lambda:InvokeFunction', 'arn:aws:lambda:*:*:function:old-*'),
    ),
    alice,
    'none',
  ],
  'the two actions are allowed on functions that can be the same': [
    withAdmin(
      toLambda,
      allow('iam:PassRole'),
      allow('lambda:CreateFunction', 'arn:aws:lambda:*:*:function:new-*'),
      allow('lambda:InvokeFunction', 'arn:aws:lambda:eu-west-1:*:function:*'),
    ),
    alice,
    'can-become-admin',
  ],
  'the role trusts the service for this account': [
    withAdmin(
      { trust: [trusts({ Service: 'lambda.amazonaws.com' }, when('StringEquals', 'aws:SourceAccount', '111122223333'))] },
      ...passToLambda,
    ),
    alice,
    'can-become-admin',
  ],
  'the role trusts the service for another account': [
    withAdmin(
      { trust: [trusts({ Service: 'lambda.amazonaws.com' }, when('StringEquals', 'aws:SourceAccount', '999988887777'))] },
      ...passToLambda,
    ),
    alice,
    'none',
  ],
  'the role trusts every principal of a service': [
    withAdmin(
      { trust: [trusts({ Service: '*' })] },
      allow('iam:PassRole'),
      allow(['lambda:CreateFunction', 'lambda:InvokeFunction']),
    ),
    alice,
    'none',
  ],
});

/** A role that trusts one principal, and a user, without and with the permission to assume it. */
const assumes = (principal: Statement | string, spec: UserSpec = {}, more: AccountSpec = {}): AccountSpec =>
  user(spec, { ...more, roles: { ...more.roles, admin: admin({ trust: [principal] }) } });
const mayAssume: UserSpec = { can: [allow('sts:AssumeRole', iam('role/admin'))] };
const mayNotAssume: UserSpec = { can: [deny('sts:AssumeRole')] };

/** A role `deploy` as described, and an admin role that trusts one principal. */
const roleAssumes = (principal: Statement | string, spec: RoleSpec = {}, more: AccountSpec = {}): AccountSpec => ({
  ...more,
  roles: { ...more.roles, admin: admin({ trust: [principal] }), deploy: spec },
});
const deploy = 'role/deploy';
const session = 'arn:aws:sts::111122223333:assumed-role/deploy/ci';
const reader = { policies: { reader: [allow('s3:*')] } };

describeVerdicts('8. trust: naming a principal allows it, naming the account leaves it to its policies', {
  'the user, without a permission of its own': [assumes(own), alice, 'can-become-admin'],
  'the user, and a Deny': [assumes(own, mayNotAssume), alice, 'none'],
  'another user': [assumes(iam('user/bob'), mayAssume), alice, 'none'],
  'the user in another case': [assumes(iam('user/ALICE'), mayAssume), alice, 'none'],
  'the root of the account, without a permission': [assumes(iam('root')), alice, 'none'],
  'the root of the account, and the permission': [assumes(iam('root'), mayAssume), alice, 'can-become-admin'],
  'the root of the account, and the permission for another role': [
    assumes(iam('root'), { can: [allow('sts:AssumeRole', iam('role/other'))] }),
    alice,
    'none',
  ],
  'the bare account id, without a permission': [assumes('111122223333'), alice, 'none'],
  'the bare account id, and the permission': [assumes('111122223333', mayAssume), alice, 'can-become-admin'],
  'another account': [assumes('999988887777', mayAssume), alice, 'none'],
  'the root of another account': [assumes('arn:aws:iam::999988887777:root', mayAssume), alice, 'none'],
  'everyone, without a permission': [assumes('*'), alice, 'can-become-admin'],
  'everyone, and a Deny': [assumes('*', mayNotAssume), alice, 'none'],
  'everyone whose ARN is this': [assumes(trusts('*', when('ArnEquals', 'aws:PrincipalArn', own))), alice, 'can-become-admin'],
  'everyone whose ARN is another': [assumes(trusts('*', when('ArnEquals', 'aws:PrincipalArn', iam('user/bob')))), alice, 'none'],
  'everyone of an Organization, and the account is in none': [
    assumes(trusts('*', when('StringEquals', 'aws:PrincipalOrgID', 'o-other'))),
    alice,
    'none',
  ],
  'with an external id, which the caller sends': [
    assumes(trusts({ AWS: own }, when('StringEquals', 'sts:ExternalId', 'x'))),
    alice,
    'can-become-admin',
  ],
  'by a permission for roles with a tag that it has': [
    withAdmin(
      { trust: [iam('root')], tags: { open: 'yes' } },
      allow('sts:AssumeRole', '*', when('StringEquals', 'aws:ResourceTag/open', 'yes')),
    ),
    alice,
    'can-become-admin',
  ],
  'by a permission for roles with a tag that it has not': [
    withAdmin({ trust: [iam('root')] }, allow('sts:AssumeRole', '*', when('StringEquals', 'iam:ResourceTag/open', 'yes'))),
    alice,
    'none',
  ],
  'with MFA': [
    assumes(trusts({ AWS: own }, when('Bool', 'aws:MultiFactorAuthPresent', 'true'))),
    alice,
    'conditional: can-become-admin',
  ],
  'a group cannot be trusted': [
    assumes(iam('group/ops'), { groups: ['ops'], ...mayAssume }, { groups: { ops: {} } }),
    alice,
    'none',
  ],
  'the user, and a Deny of the trust policy for it': [
    user({}, { roles: { admin: admin({ trust: [own, trusts({ AWS: own }, { Effect: 'Deny' })] }) } }),
    alice,
    'none',
  ],
  'the user, and a Deny of the trust policy for the account': [
    user(mayAssume, { roles: { admin: admin({ trust: [own, trusts({ AWS: iam('root') }, { Effect: 'Deny' })] }) } }),
    alice,
    'none',
  ],
  'the user, for another action': [assumes(trusts({ AWS: own }, { Action: 'sts:TagSession' }), mayAssume), alice, 'none'],
  'everyone but another': [
    assumes({ Effect: 'Allow', NotPrincipal: { AWS: iam('user/bob') }, Action: 'sts:AssumeRole' }),
    alice,
    'can-become-admin',
  ],
  'everyone but the user': [
    assumes({ Effect: 'Allow', NotPrincipal: { AWS: own }, Action: 'sts:AssumeRole' }, mayAssume),
    alice,
    'none',
  ],
  'a Deny for everyone but another': [
    user(mayAssume, {
      roles: {
        admin: admin({ trust: [own, { Effect: 'Deny', NotPrincipal: { AWS: iam('user/bob') }, Action: 'sts:AssumeRole' }] }),
      },
    }),
    alice,
    'none',
  ],
  'a user whose boundary does not allow it, named by its ARN': [
    assumes(own, { boundary: 'reader' }, reader),
    alice,
    'can-become-admin',
  ],
  'a user whose boundary does not allow it, by way of the account': [
    assumes(iam('root'), { ...mayAssume, boundary: 'reader' }, reader),
    alice,
    'none',
  ],
  'a user whose boundary denies it, named by its ARN': [
    assumes(own, { boundary: 'strict' }, { policies: { strict: [allow('*'), deny('sts:AssumeRole')] } }),
    alice,
    'none',
  ],
  'the role by its ARN': [roleAssumes(iam(deploy)), deploy, 'can-become-admin'],
  'a role by its ARN, whose boundary does not allow it': [
    roleAssumes(iam(deploy), { boundary: 'reader' }, reader),
    deploy,
    'none',
  ],
  'a role that writes the trust policy can add its own session, whatever its boundary allows': [
    {
      roles: { admin: admin({}), deploy: { can: [allow('iam:UpdateAssumeRolePolicy')], boundary: 'writer' } },
      policies: { writer: [allow('iam:*')] },
    },
    deploy,
    'can-become-admin',
  ],
  'a role by its ARN, whose boundary allows it': [
    roleAssumes(iam(deploy), { boundary: 'assumer' }, { policies: { assumer: [allow('sts:*')] } }),
    deploy,
    'can-become-admin',
  ],
  'a role that may not, by its ARN': [roleAssumes(iam(deploy), { can: [deny('sts:*')] }), deploy, 'none'],
});

describeVerdicts('9. trust: sessions and unique ids', {
  'a session of the role': [roleAssumes(session), deploy, 'can-become-admin'],
  'a session of the role, whose boundary does not allow it': [
    roleAssumes(session, { boundary: 'reader' }, reader),
    deploy,
    'can-become-admin',
  ],
  'a session of the role, whose boundary denies it': [
    roleAssumes(session, { boundary: 'strict' }, { policies: { strict: [allow('*'), deny('sts:*')] } }),
    deploy,
    'none',
  ],
  'a session of the role, which is denied it': [roleAssumes(session, { can: [deny('sts:*')] }), deploy, 'none'],
  'a session of another role': [roleAssumes('arn:aws:sts::111122223333:assumed-role/deploy2/ci'), deploy, 'none'],
  'a session of the role of that name in another account': [
    roleAssumes('arn:aws:sts::999988887777:assumed-role/deploy/ci'),
    deploy,
    'none',
  ],
  'a Deny for the role of that name in another account': [
    {
      roles: {
        deploy: { can: [allow('sts:AssumeRole')] },
        admin: admin({
          trust: [iam('root'), trusts({ AWS: 'arn:aws:sts::999988887777:assumed-role/deploy/ci' }, { Effect: 'Deny' })],
        }),
      },
    },
    deploy,
    'can-become-admin',
  ],
  'a session of the name of a user': [assumes('arn:aws:sts::111122223333:assumed-role/alice/ci', mayAssume), alice, 'none'],
  'a role with a path is called by its name alone in sessions': [
    roleAssumes(session, { path: '/ci/' }),
    'role/ci/deploy',
    'can-become-admin',
  ],
  'the unique id of the role': [roleAssumes('AROADEPLOY'), deploy, 'can-become-admin'],
  'the unique id of the user': [assumes('AIDAALICE'), alice, 'can-become-admin'],
  'the unique id of a role that was deleted, and made again under its name': [
    roleAssumes('AROADEPLOY', { id: 'AROADEPLOYAGAIN', can: [allow('sts:AssumeRole')] }),
    deploy,
    'none',
  ],
  'the unique id of a user that was deleted': [assumes('AIDAGONE', mayAssume), alice, 'none'],
});

const slr: RoleSpec = admin({ path: '/aws-service-role/x.amazonaws.com/', trust: ['x.amazonaws.com', iam('root')] });
const reserved: RoleSpec = admin({ path: '/aws-reserved/sso.amazonaws.com/' });

describeVerdicts('10. service-linked roles and those of Identity Center', {
  'a service-linked role cannot be assumed, whatever its trust policy allows': [
    user({ can: [allow('sts:AssumeRole')] }, { roles: { slr } }),
    alice,
    'none',
  ],
  'the trust policy of a service-linked role cannot be changed': [
    user({ can: [allow('iam:UpdateAssumeRolePolicy')] }, { roles: { slr } }),
    alice,
    'none',
  ],
  'the trust policy of a role of Identity Center cannot be changed': [
    user({ can: [allow('iam:UpdateAssumeRolePolicy')] }, { roles: { sso: reserved } }),
    alice,
    'none',
  ],
  'that of another role can': [
    user({ can: [allow('iam:UpdateAssumeRolePolicy')] }, { roles: { admin: admin({}) } }),
    alice,
    'can-become-admin',
  ],
  'nothing can be attached to a role of Identity Center': [
    user(
      { can: [allow(['iam:AttachRolePolicy', 'iam:PutRolePolicy'])] },
      { roles: { sso: { path: '/aws-reserved/sso.amazonaws.com/' } } },
    ),
    alice,
    'none',
  ],
  'nor by that role itself': [
    { roles: { sso: { path: '/aws-reserved/sso.amazonaws.com/', can: [allow(['iam:AttachRolePolicy', 'iam:PutRolePolicy'])] } } },
    'role/aws-reserved/sso.amazonaws.com/sso',
    'none',
  ],
  'a policy of the account that is attached to it can be rewritten all the same': [
    user(
      { can: [allow('iam:CreatePolicyVersion')] },
      {
        policies: { custom: [allow('s3:*')] },
        roles: { sso: { path: '/aws-reserved/sso.amazonaws.com/', attached: ['custom'] } },
      },
    ),
    alice,
    'can-grant-admin',
  ],
  'a role of Identity Center can be assumed where its trust policy allows it': [
    user({}, { roles: { sso: { ...reserved, trust: [own] } } }),
    alice,
    'can-become-admin',
  ],
});

describeVerdicts('11. policies of AWS cannot be written', {
  'a new version of an AWS-managed policy': [
    user({ can: [allow(['iam:CreatePolicyVersion', 'iam:SetDefaultPolicyVersion'])], attached: [awsManaged('PowerUserAccess')] }),
    alice,
    'none',
  ],
  'a new version of a policy of the account': [
    user({ can: [allow('iam:CreatePolicyVersion')], attached: ['mine'] }, { policies: { mine: [allow('s3:*')] } }),
    alice,
    'can-become-admin',
  ],
  'a new version of a customer managed policy that is not attached': [
    user({ can: [allow('iam:CreatePolicyVersion')] }, { policies: { idle: [allow('s3:*')] } }),
    alice,
    'none',
  ],
  'a sixth version, without the right to delete one': [
    user(
      { can: [allow('iam:CreatePolicyVersion')], attached: ['mine'] },
      { policies: { mine: { versions: [1, 2, 3, 4, 5].map(() => [allow('s3:*')]) } } },
    ),
    alice,
    'none',
  ],
  'a sixth version, with it': [
    user(
      { can: [allow(['iam:CreatePolicyVersion', 'iam:DeletePolicyVersion'])], attached: ['mine'] },
      { policies: { mine: { versions: [1, 2, 3, 4, 5].map(() => [allow('s3:*')]) } } },
    ),
    alice,
    'can-become-admin',
  ],
  'an older version that granted everything': [
    user(
      { can: [allow('iam:SetDefaultPolicyVersion')], attached: ['mine'] },
      { policies: { mine: { versions: [[allow('s3:*')], [allow('*')]] } } },
    ),
    alice,
    'can-become-admin',
  ],
  'an older version that granted everything but something, and the right to rewrite it': [
    user(
      { can: [allow('iam:SetDefaultPolicyVersion')], attached: ['mine'] },
      { policies: { mine: { versions: [[allow('s3:*')], [allow('*'), deny('s3:*')]] } } },
    ),
    alice,
    'can-become-admin',
  ],
  'an older version that granted as little': [
    user(
      { can: [allow('iam:SetDefaultPolicyVersion')], attached: ['mine'] },
      { policies: { mine: { versions: [[allow('s3:*')], [allow('s3:Get*')]] } } },
    ),
    alice,
    'none',
  ],
  'an older version that led to admin in one more step': [
    user(
      { can: [allow('iam:SetDefaultPolicyVersion')], attached: ['mine'] },
      { policies: { mine: { versions: [[allow('s3:*')], [allow('iam:PutUserPolicy')]] } } },
    ),
    alice,
    'can-become-admin',
  ],
});

/** May act as a role that writes the trust policy of an admin role with these tags; may not assume roles of the tier `admin`. */
const actsAsWriterOfTrust = (tags: Readonly<Record<string, string>>): AccountSpec =>
  user(
    {
      can: [
        allow('sts:AssumeRole', iam('role/editor')),
        { ...deny('sts:AssumeRole'), Condition: { StringEquals: { 'aws:ResourceTag/tier': 'admin' } } },
      ],
    },
    {
      roles: {
        editor: { can: [allow('iam:UpdateAssumeRolePolicy', iam('role/boss')), deny('sts:*')], trust: [own] },
        boss: { attached: [ADMINISTRATOR], trust: [], tags },
      },
    },
  );

describeVerdicts('12. a grantor is not admin itself, unless it can act as the other', {
  'a user that gives roles more, and can assume none': [
    user({ can: [allow('iam:AttachRolePolicy')] }, { roles: { app: { trust: ['ec2.amazonaws.com'] } } }),
    alice,
    'can-grant-admin',
  ],
  'a role that gives users more': [
    { users: { bob: {} }, roles: { deploy: { can: [allow('iam:AttachUserPolicy')] } } },
    deploy,
    'can-grant-admin',
  ],
  'there is no identity to grant to': [{ roles: { deploy: { can: [allow('iam:AttachUserPolicy')] } } }, deploy, 'none'],
  'a user that gives roles more, and can assume one': [
    user({ can: [allow('iam:AttachRolePolicy')] }, { roles: { app: { trust: [own] } } }),
    alice,
    'can-become-admin',
  ],
  'a role that gives users more, and can have their keys': [
    { users: { bob: {} }, roles: { deploy: { can: [allow(['iam:AttachUserPolicy', 'iam:CreateAccessKey'])] } } },
    deploy,
    'can-become-admin',
  ],
  'who may write the trust policy of an admin role, and may assume none': [
    user(
      { can: [allow('iam:UpdateAssumeRolePolicy'), deny('sts:*')] },
      { roles: { boss: { attached: [ADMINISTRATOR], trust: [] } } },
    ),
    alice,
    'can-grant-admin',
  ],
  'who may write the trust policy of a role that becomes admin, and may assume none': [
    user(
      { can: [allow('iam:UpdateAssumeRolePolicy'), deny('sts:*')] },
      { roles: { ci: { can: [allow('iam:PutRolePolicy', iam('role/ci'))], trust: [] } } },
    ),
    alice,
    'can-grant-admin',
  ],
  'who may assume a role that may write the trust policy of a role that becomes admin, and may assume none itself': [
    user(
      { can: [allow('sts:AssumeRole', iam('role/editor'))] },
      {
        roles: {
          editor: { can: [allow('iam:UpdateAssumeRolePolicy', iam('role/ci')), deny('sts:*')], trust: [own] },
          ci: { can: [allow('iam:PutRolePolicy', iam('role/ci'))], trust: [] },
        },
      },
    ),
    alice,
    'can-become-admin',
  ],
  'the same, of a role that is admin': [
    user(
      { can: [allow('sts:AssumeRole', iam('role/editor'))] },
      {
        roles: {
          editor: { can: [allow('iam:UpdateAssumeRolePolicy', iam('role/boss')), deny('sts:*')], trust: [own] },
          boss: { attached: [ADMINISTRATOR], trust: [] },
        },
      },
    ),
    alice,
    'can-become-admin',
  ],
  'the same, where it is denied to assume the role that becomes admin': [
    user(
      { can: [allow('sts:AssumeRole', iam('role/editor')), deny('sts:AssumeRole', iam('role/ci'))] },
      {
        roles: {
          editor: { can: [allow('iam:UpdateAssumeRolePolicy', iam('role/ci')), deny('sts:*')], trust: [own] },
          ci: { can: [allow('iam:PutRolePolicy', iam('role/ci'))], trust: [] },
        },
      },
    ),
    alice,
    'can-grant-admin',
  ],
  'the same, where it is denied to assume roles with the tag of that role': [
    actsAsWriterOfTrust({ tier: 'admin' }),
    alice,
    'can-grant-admin',
  ],
  'the same, where it is denied to assume roles with another tag': [
    actsAsWriterOfTrust({ tier: 'other' }),
    alice,
    'can-become-admin',
  ],
  'who may write the trust policy of a role that becomes admin only by a key that is not known': [
    user(
      { can: [allow('iam:UpdateAssumeRolePolicy'), deny('sts:*')] },
      {
        roles: {
          ci: {
            can: [
              { ...allow('iam:PutRolePolicy', iam('role/ci')), Condition: { IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } } },
            ],
            trust: [],
          },
        },
      },
    ),
    alice,
    'conditional: can-grant-admin',
  ],
  'who may write the trust policies of all roles but the one that becomes admin': [
    user(
      { can: [allow('iam:UpdateAssumeRolePolicy'), deny('iam:*', iam('role/ci')), deny('sts:*')] },
      { roles: { ci: { can: [allow('iam:PutRolePolicy', iam('role/ci'))], trust: [] }, app: {} } },
    ),
    alice,
    'none',
  ],
  'who may write the trust policy of another role, and may assume none': [
    user(
      { can: [allow('iam:UpdateAssumeRolePolicy', iam('role/app')), deny('sts:*')] },
      { roles: { boss: { attached: [ADMINISTRATOR], trust: [] }, app: { can: [allow('s3:*')] } } },
    ),
    alice,
    'none',
  ],
  'who can assume the one that makes others admin makes others admin': [
    { users: { bob: {}, alice: {} }, roles: { deploy: { can: [allow('iam:AttachUserPolicy', iam('user/bob'))], trust: [own] } } },
    alice,
    'can-grant-admin',
  ],
});

/** An admin user with a row in the credential report, and a user that may do one thing to it. */
const toAdminUser = (report: UserSpec['report'], ...actions: readonly string[]): AccountSpec => ({
  users: {
    admin: { attached: [ADMINISTRATOR], ...(report ? { report } : {}) },
    alice: { can: [allow(actions, iam('user/admin'))] },
  },
});
const twoKeys = [aReportedKey(), aReportedKey({ active: false })] as const;
const oneKey = [aReportedKey(), aReportedKey({ active: false, lastRotated: 'never' })] as const;

describeVerdicts('13. users have two keys and one password; users are not assumed and roles join no groups', {
  'a second key': [toAdminUser({ keys: oneKey }, 'iam:CreateAccessKey'), alice, 'can-become-admin'],
  'a third key': [toAdminUser({ keys: twoKeys }, 'iam:CreateAccessKey'), alice, 'none'],
  'a third key, in the place of another': [
    toAdminUser({ keys: twoKeys }, 'iam:CreateAccessKey', 'iam:DeleteAccessKey'),
    alice,
    'can-become-admin',
  ],
  'keys that the report does not mention': [toAdminUser(undefined, 'iam:CreateAccessKey'), alice, 'can-become-admin'],
  'a first password': [toAdminUser({ passwordEnabled: false }, 'iam:CreateLoginProfile'), alice, 'can-become-admin'],
  'a second password': [toAdminUser({ passwordEnabled: true }, 'iam:CreateLoginProfile'), alice, 'none'],
  'another password': [toAdminUser({ passwordEnabled: true }, 'iam:UpdateLoginProfile'), alice, 'can-become-admin'],
  'another password of a user that has none': [toAdminUser({ passwordEnabled: false }, 'iam:UpdateLoginProfile'), alice, 'none'],
  'a password of a user that signs in with MFA': [
    toAdminUser({ passwordEnabled: true, mfaActive: true }, 'iam:UpdateLoginProfile'),
    alice,
    'none',
  ],
  'a password of a user whose MFA device can be deactivated': [
    toAdminUser({ passwordEnabled: true, mfaActive: true }, 'iam:UpdateLoginProfile', 'iam:DeactivateMFADevice'),
    alice,
    'can-become-admin',
  ],
  'a key of a user that signs in with MFA': [
    toAdminUser({ mfaActive: true, keys: oneKey }, 'iam:CreateAccessKey'),
    alice,
    'can-become-admin',
  ],
  'a user is not assumed': [
    { users: { admin: { attached: [ADMINISTRATOR] }, alice: { can: [allow('sts:AssumeRole')] } } },
    alice,
    'none',
  ],
  'a role joins no group': [
    {
      roles: { deploy: { can: [allow('iam:AddUserToGroup')] } },
      groups: { admins: { attached: [ADMINISTRATOR] } },
    },
    deploy,
    'none',
  ],
  'a user joins a group of admins': [
    user({ can: [allow('iam:AddUserToGroup')] }, { groups: { admins: { attached: [ADMINISTRATOR] } } }),
    alice,
    'can-become-admin',
  ],
  'a user joins a group of nobodies': [
    user({ can: [allow('iam:AddUserToGroup')] }, { groups: { readers: { can: [allow('s3:Get*')] } } }),
    alice,
    'none',
  ],
  'a new user joins a group of admins': [
    {
      roles: { deploy: { can: [allow(['iam:CreateUser', 'iam:AddUserToGroup', 'iam:CreateAccessKey'])] } },
      groups: { admins: { attached: [ADMINISTRATOR] } },
    },
    deploy,
    'can-become-admin',
  ],
});

describeVerdicts('14. the result is judged, not the call', {
  'an inline policy for itself, under a boundary': [
    user(
      { can: [allow('iam:PutUserPolicy')], boundary: 'fence' },
      { policies: { fence: [allow(['iam:PutUserPolicy', 's3:*'])] } },
    ),
    alice,
    'none',
  ],
  'under a boundary that allows its own deletion': [
    user(
      { can: [allow('iam:PutUserPolicy')], boundary: 'fence' },
      { policies: { fence: [allow(['iam:PutUserPolicy', 'iam:DeleteUserPermissionsBoundary'])] } },
    ),
    alice,
    'can-become-admin',
  ],
  'a policy written into another, which has a boundary': [
    user(
      { can: [allow('iam:PutUserPolicy', iam('user/bob'))] },
      { users: { bob: { boundary: 'fence' } }, policies: { fence: [allow('s3:*')] } },
    ),
    alice,
    'none',
  ],
  'an admin role to assume, which has a boundary': [
    user({}, { roles: { admin: admin({ trust: [own], boundary: 'fence' }) }, policies: { fence: [allow('s3:*')] } }),
    alice,
    'none',
  ],
  'and its boundary can be deleted': [
    user(
      { can: [allow('iam:DeleteRolePermissionsBoundary', iam('role/admin'))] },
      { roles: { admin: admin({ trust: [own], boundary: 'fence' }) }, policies: { fence: [allow('s3:*')] } },
    ),
    alice,
    'can-become-admin',
  ],
  'an admin under a boundary': [
    user({ attached: [ADMINISTRATOR], boundary: 'fence' }, { policies: { fence: [allow('s3:*')] } }),
    alice,
    'none',
  ],
  'an admin under a boundary that allows everything': [
    user({ attached: [ADMINISTRATOR], boundary: 'fence' }, { policies: { fence: [allow('*')] } }),
    alice,
    'admin',
  ],
  'a boundary gives nothing': [user({ boundary: 'fence' }, { policies: { fence: [allow('*')] } }), alice, 'none'],
  'a boundary deleted, with full access behind it': [
    user(
      { attached: [ADMINISTRATOR], boundary: 'fence' },
      { policies: { fence: [allow(['s3:*', 'iam:DeleteUserPermissionsBoundary'])] } },
    ),
    alice,
    'can-become-admin',
  ],
  'a boundary deleted, with nothing behind it': [
    user(
      { can: [allow(['s3:*', 'iam:DeleteUserPermissionsBoundary'])], boundary: 'fence' },
      { policies: { fence: [allow(['s3:*', 'iam:DeleteUserPermissionsBoundary'])] } },
    ),
    alice,
    'none',
  ],
  'a boundary deleted, and then a policy with a Deny that also allows': [
    user(
      { attached: ['mixed'], boundary: 'fence' },
      {
        policies: {
          mixed: [allow('iam:*'), deny('iam:CreateUser')],
          fence: [allow(['iam:DeleteUserPermissionsBoundary', 'iam:DetachUserPolicy'])],
        },
      },
    ),
    alice,
    'can-become-admin',
  ],
  'a boundary certainly deleted, where a Deny could be removed on a condition': [
    user(
      {
        can: [
          ...passToLambda,
          allow('iam:DeleteUserPermissionsBoundary'),
          allow('iam:DetachUserPolicy', '*', when('IpAddress', 'aws:SourceIp', '192.0.2.0/24')),
        ],
        attached: ['harmless'],
        boundary: 'fence',
      },
      {
        roles: { admin: admin(toLambda) },
        policies: { harmless: [deny('s3:*')], fence: [allow(['iam:DeleteUserPermissionsBoundary', 'iam:DetachUserPolicy'])] },
      },
    ),
    alice,
    'can-become-admin',
  ],
});

describeVerdicts('15. admin is who may do everything, however it is written', {
  'the policy of AWS': [user({ attached: [ADMINISTRATOR] }), alice, 'admin'],
  'the same under another name': [user({ attached: ['all'] }, { policies: { all: [allow('*')] } }), alice, 'admin'],
  'two stars': [alone(allow('**', '**')), alice, 'admin'],
  'iam:* and all the rest': [alone(allow('iam:*'), allow([], '*', { NotAction: ['iam:*'] })), alice, 'admin'],
  'NotAction of nothing there is': [alone(allow([], '*', { NotAction: 'nothing:*' })), alice, 'admin'],
  'all but one resource, and that one': [
    alone(allow('*', [], { NotResource: 'arn:aws:s3:::x' }), allow('*', 'arn:aws:s3:::x')),
    alice,
    'admin',
  ],
  'IAMFullAccess is not admin, and becomes it': [user({ attached: [awsManaged('IAMFullAccess')] }), alice, 'can-become-admin'],
  'reading everything is nothing': [alone(allow(['*:Get*', '*:List*', '*:Describe*'])), alice, 'none'],
  'writing in IAM what leads nowhere is nothing': [
    alone(allow(['iam:CreateGroup', 'iam:TagUser', 'iam:DeleteUser'])),
    alice,
    'none',
  ],
  'the root user': [{}, 'root', 'admin'],
  'an empty user': [user({}), alice, 'none'],
  'a malformed document besides': [user({ inline: { broken: 'not a policy' } }), alice, 'conditional: admin'],
  'a document without statements': [user({ inline: { empty: documentOf([]) } }), alice, 'none'],
});
