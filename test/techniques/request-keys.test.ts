import {
  type AccountSpec,
  ADMINISTRATOR,
  allow,
  deny,
  describeVerdicts,
  type Statement,
  trusts,
  when,
} from '../escalation/support.ts';

const alice = 'user/alice';
const deploy = 'role/deploy';
const ACCOUNT = '111122223333';
const PROVEN = 'can-become-admin';
const OPEN = 'conditional: can-become-admin';

/** A user, and a role, each of which may make itself admin under one condition. */
const user = (condition: Statement, more: AccountSpec = {}): AccountSpec => ({
  ...more,
  users: { alice: { can: [allow('iam:PutUserPolicy', '*', condition)] } },
});
const role = (condition: Statement, more: AccountSpec = {}): AccountSpec => ({
  ...more,
  roles: { deploy: { can: [allow('iam:PutRolePolicy', '*', condition)], trust: ['ec2.amazonaws.com'] } },
});
const equals = (key: string, value: string) => when('StringEquals', key, value);

// The condition keys of every request: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
describeVerdicts('what is known of who asks', {
  'the account of a user': [user(equals('aws:PrincipalAccount', ACCOUNT)), alice, PROVEN],
  'another account than that of a user': [user(equals('aws:PrincipalAccount', '999988887777')), alice, 'none'],
  'a user is a User': [user(equals('aws:PrincipalType', 'User')), alice, PROVEN],
  'a user is no AssumedRole': [user(equals('aws:PrincipalType', 'AssumedRole')), alice, 'none'],
  'the session of a role is an AssumedRole': [role(equals('aws:PrincipalType', 'AssumedRole')), deploy, PROVEN],
  'the session of a role is no User': [role(equals('aws:PrincipalType', 'User')), deploy, 'none'],
  'the id of a user': [user(equals('aws:userid', 'AIDAALICE')), alice, PROVEN],
  'the id of another user': [user(equals('aws:userid', 'AIDABOB')), alice, 'none'],
  'the id of a session ends in a name that the caller chooses': [role(equals('aws:userid', 'AROADEPLOY:ci')), deploy, PROVEN],
  'a tag, whatever its case': [
    {
      users: {
        alice: {
          can: [allow('iam:PutUserPolicy', '*', equals('aws:PrincipalTag/Team', 'ops'))],
          tags: { cost: 'low', team: 'ops' },
        },
      },
    },
    alice,
    PROVEN,
  ],
  'an Organization, of an account that is in none': [user(equals('aws:PrincipalOrgID', 'o-acme')), alice, 'none'],
  'an Organization, where it is not known which': [
    user(equals('aws:PrincipalOrgID', 'o-acme'), { maybeInOrganization: true }),
    alice,
    OPEN,
  ],
});

describeVerdicts('what is known of a request', {
  'it is made now, in seconds since 1970': [user(when('NumericGreaterThan', 'aws:EpochTime', '1600000000')), alice, PROVEN],
  'it is not made years from now, in seconds since 1970': [
    user(when('NumericGreaterThan', 'aws:EpochTime', '2600000000')),
    alice,
    'none',
  ],
  'it is about the own account': [user(equals('aws:ResourceAccount', ACCOUNT)), alice, PROVEN],
  'it is not about another account': [user(equals('aws:ResourceAccount', '999988887777')), alice, 'none'],
  'it is about no Organization, where there is none': [user(equals('aws:ResourceOrgID', 'o-acme')), alice, 'none'],
  'it may be about an Organization, where it is not known': [
    user(equals('aws:ResourceOrgID', 'o-acme'), { maybeInOrganization: true }),
    alice,
    OPEN,
  ],
  'no service makes it': [user(when('Bool', 'aws:ViaAWSService', 'true')), alice, 'none'],
  'it is not made on behalf of an account': [user(equals('aws:SourceAccount', ACCOUNT)), alice, 'none'],
  'IAM answers in one Region': [user(equals('aws:RequestedRegion', 'us-east-1')), alice, PROVEN],
  'IAM answers in no other': [user(equals('aws:RequestedRegion', 'eu-west-1')), alice, 'none'],
});

/** A user who may pass a role to a new function, if the role trusts Lambda. */
const passing = (trust: Statement, ...can: readonly Statement[]): AccountSpec => ({
  users: { alice: { can: [allow('iam:PassRole'), allow(['lambda:CreateFunction', 'lambda:InvokeFunction']), ...can] } },
  roles: { admin: { attached: [ADMINISTRATOR], trust: [trust] } },
});
const lambda = { Service: 'lambda.amazonaws.com' };
const elsewhere: Statement = { Effect: 'Allow', NotPrincipal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' };

describeVerdicts('what is known of a service that takes on a role', {
  'it acts for the account': [passing(trusts(lambda, equals('aws:SourceAccount', ACCOUNT))), alice, PROVEN],
  'it acts for no other account': [passing(trusts(lambda, equals('aws:SourceAccount', '999988887777'))), alice, 'none'],
  'it is a service': [passing(trusts(lambda, when('Bool', 'aws:PrincipalIsAWSService', 'true'))), alice, PROVEN],
  'it is not anything else': [passing(trusts(lambda, when('Bool', 'aws:PrincipalIsAWSService', 'false'))), alice, 'none'],
  'it acts for a function that the caller names': [
    passing(trusts(lambda, when('ArnLike', 'aws:SourceArn', `arn:aws:lambda:*:${ACCOUNT}:function:x`))),
    alice,
    PROVEN,
  ],
  'where it calls from is not known': [passing(trusts(lambda, when('IpAddress', 'aws:SourceIp', '192.0.2.0/24'))), alice, OPEN],
  'everything but another service is let in': [passing(elsewhere, deny('sts:AssumeRole')), alice, PROVEN],
  'everything but this service is let in': [
    passing({ ...elsewhere, NotPrincipal: lambda }, deny('sts:AssumeRole')),
    alice,
    'none',
  ],
  'the trust policy denies it': [
    {
      ...passing(trusts(lambda)),
      roles: { admin: { attached: [ADMINISTRATOR], trust: [trusts(lambda), trusts(lambda, { Effect: 'Deny' })] } },
    },
    alice,
    'none',
  ],
  'the trust policy cannot be read': [
    { ...passing(trusts(lambda)), roles: { admin: { attached: [ADMINISTRATOR], trustPolicy: 'nonsense' } } },
    alice,
    'none',
  ],
  'in China it has a name of its own': [passing(trusts({ Service: 'lambda.amazonaws.com.cn' })), alice, PROVEN],
  'a Deny of the caller does not concern it': [passing(trusts(lambda), deny('sts:AssumeRole')), alice, PROVEN],
});

/** A user who may pass a role to a service that the role trusts for these resources, and make calls on some. */
const forSources = (
  service: string,
  operator: string,
  sources: readonly string[],
  ...can: readonly Statement[]
): AccountSpec => ({
  users: { alice: { can: [allow('iam:PassRole'), ...can] } },
  roles: {
    admin: { attached: [ADMINISTRATOR], trust: [trusts({ Service: service }, when(operator, 'aws:SourceArn', ...sources))] },
  },
});
const machine = (name: string, account = ACCOUNT) => `arn:aws:states:*:${account}:stateMachine:${name}`;
const onMachines = (...names: readonly string[]) =>
  allow(
    ['states:CreateStateMachine', 'states:StartExecution'],
    names.map((name) => machine(name)),
  );
const forMachines = (operator: string, sources: readonly string[], ...can: readonly Statement[]) =>
  forSources('states.amazonaws.com', operator, sources, ...can);
const group = (name: string) => `arn:aws:scheduler:eu-west-1:${ACCOUNT}:schedule-group/${name}`;
const inGroup = (name: string) => allow('scheduler:CreateSchedule', `arn:aws:scheduler:*:${ACCOUNT}:schedule/${name}/*`);

describeVerdicts('the resource for which a service takes on a role', {
  'is one that the caller may create': [forMachines('ArnLike', [machine('dev-*')], onMachines('dev-*')), alice, PROVEN],
  'is one of those that the caller may create': [forMachines('ArnLike', [machine('dev-b*')], onMachines('dev-*')), alice, PROVEN],
  'is one of those that the role trusts it for': [
    forMachines('ArnLike', [machine('prod-*'), machine('dev-*')], onMachines('dev-b*')),
    alice,
    PROVEN,
  ],
  'is any one of the service': [forMachines('ArnLike', [machine('*')], onMachines('dev-*')), alice, PROVEN],
  'is any one of the account': [forMachines('StringLike', [`arn:aws:*:*:${ACCOUNT}:*`], onMachines('dev-*')), alice, PROVEN],
  'is any one': [forMachines('StringLike', ['arn:aws:*'], onMachines('dev-*')), alice, PROVEN],
  'is any but some others': [forMachines('ArnNotLike', [machine('prod-*')], onMachines('dev-*')), alice, PROVEN],
  'is of a form that the calls do not tell': [
    forMachines('ArnLike', [`arn:aws:states:*:${ACCOUNT}:execution:prod:*`], onMachines('dev-*')),
    alice,
    PROVEN,
  ],
  'is one that the caller may not create': [forMachines('ArnLike', [machine('prod-*')], onMachines('dev-*')), alice, 'none'],
  'is one that the caller may create and not start': [
    forMachines('ArnLike', [machine('b')], allow('states:CreateStateMachine'), allow('states:StartExecution', machine('dev-*'))),
    alice,
    'none',
  ],
  'is one of another account': [forMachines('ArnLike', [machine('*', '999988887777')], onMachines('*')), alice, 'none'],
  'is a schedule of a group': [
    forSources('scheduler.amazonaws.com', 'StringEquals', [group('dev')], inGroup('dev')),
    alice,
    PROVEN,
  ],
  'is a schedule of another group': [
    forSources('scheduler.amazonaws.com', 'StringEquals', [group('prod')], inGroup('dev')),
    alice,
    'none',
  ],
});

const anchor = `arn:aws:rolesanywhere:eu-west-1:${ACCOUNT}:trust-anchor/11111111-2222-3333-4444-555555555555`;
const forAnchor = (source: string, ...actions: readonly string[]): AccountSpec => ({
  users: { alice: { can: [allow(['iam:PassRole', ...actions])] } },
  roles: {
    admin: {
      attached: [ADMINISTRATOR],
      trust: [
        trusts(
          { Service: 'rolesanywhere.amazonaws.com' },
          {
            Action: ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'],
            ...when('ArnEquals', 'aws:SourceArn', source),
          },
        ),
      ],
    },
  },
});
const newAnchor = ['rolesanywhere:CreateTrustAnchor', 'rolesanywhere:CreateProfile'];

describeVerdicts('the trust anchor whose certificates a role accepts', {
  'is any one': [forAnchor(anchor.replace(/[^/]*$/, '*'), ...newAnchor), alice, PROVEN],
  'is not a new one, which has an id of AWS': [forAnchor(anchor, ...newAnchor), alice, OPEN],
  'is not a new one for a profile that exists': [forAnchor(anchor, 'rolesanywhere:CreateTrustAnchor'), alice, 'none'],
  'is one that the caller may change': [forAnchor(anchor, 'rolesanywhere:UpdateTrustAnchor'), alice, OPEN],
});

/** A user who may pass a role to what a service makes, where the call meets the condition. */
const making = (service: string, action: string, condition: Statement, ...more: readonly Statement[]): AccountSpec => ({
  users: { alice: { can: [allow('iam:PassRole'), allow(action, '*', condition), ...more] } },
  roles: { admin: { attached: [ADMINISTRATOR], trust: [`${service}.amazonaws.com`], profile: true } },
});
const project = (serviceRole: string): AccountSpec =>
  making('codebuild', 'codebuild:CreateProject', equals('codebuild:serviceRole', serviceRole), allow('codebuild:StartBuild'));
// The key is of the instance, and of nothing else that a launch names.
const others = ['image', 'network-interface', 'security-group', 'subnet', 'volume'].map((kind) => `arn:aws:ec2:*:*:${kind}/*`);
const instance = (profile: string, ...more: readonly Statement[]): AccountSpec =>
  making(
    'ec2',
    'ec2:RunInstances',
    when('ArnEqualsIfExists', 'ec2:InstanceProfile', `arn:aws:iam::${ACCOUNT}:instance-profile/${profile}`),
    allow('ec2:RunInstances', others),
    ...more,
  );

describeVerdicts('what is known of a call that names the role that it passes', {
  'a project with the role': [project(`arn:aws:iam::${ACCOUNT}:role/admin`), alice, PROVEN],
  'an instance with the instance profile of the role': [instance('admin'), alice, PROVEN],
  'an instance with another instance profile': [instance('plain'), alice, 'none'],
  'an instance with another instance profile, which the user may create': [
    instance('plain', allow(['iam:CreateInstanceProfile', 'iam:AddRoleToInstanceProfile'])),
    alice,
    PROVEN,
  ],
});
