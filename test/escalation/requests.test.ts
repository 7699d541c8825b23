import {
  type AccountSpec,
  ADMINISTRATOR,
  allow,
  deny,
  describeVerdicts,
  iam,
  type RoleSpec,
  type Statement,
  trusts,
  when,
} from './support.ts';

const alice = 'user/alice';

const withAdmin = (role: RoleSpec, ...can: readonly Statement[]): AccountSpec => ({
  users: { alice: { can } },
  roles: { admin: { attached: [ADMINISTRATOR], ...role } },
});

const root = { AWS: iam('root') };
const everythingWhen = (...condition: Parameters<typeof when>): AccountSpec => ({
  users: { alice: { can: [allow('*', '*', when(...condition))] } },
});
const everythingUnless = (...condition: Parameters<typeof when>): AccountSpec => ({
  users: { alice: { can: [allow('*'), deny('*', '*', when(...condition))] } },
});

describeVerdicts('a Deny on a key that the caller need not carry stops no one', {
  'from a VPC': [everythingUnless('StringEquals', 'aws:SourceVpc', 'vpc-1'), alice, 'admin'],
  'through a VPC endpoint': [everythingUnless('Null', 'aws:SourceVpce', 'false'), alice, 'admin'],
  'from another VPC than ours, where the key exists': [
    everythingUnless('StringNotEqualsIfExists', 'aws:SourceVpc', 'vpc-1'),
    alice,
    'conditional: admin',
  ],
  'from a range of addresses': [everythingUnless('IpAddress', 'aws:SourceIp', '10.0.0.0/8'), alice, 'admin'],
  'from outside a range of addresses': [
    everythingUnless('NotIpAddress', 'aws:SourceIp', '198.51.100.0/24'),
    alice,
    'conditional: admin',
  ],
  'through a chat channel': [everythingUnless('ArnLike', 'aws:ChatbotSourceArn', 'arn:aws:chatbot::*:*'), alice, 'admin'],
  'with credentials of an instance, outside its VPC': [
    everythingUnless('StringNotEquals', 'aws:Ec2InstanceSourceVpc', '${aws:SourceVpc}'),
    alice,
    'conditional: admin',
  ],
  'as root of a member account': [everythingUnless('Bool', 'aws:AssumedRoot', 'true'), alice, 'admin'],
});

describeVerdicts('an Allow that needs such a key stays conditional', {
  'from a VPC': [everythingWhen('StringEquals', 'aws:SourceVpc', 'vpc-1'), alice, 'conditional: admin'],
  'from a range of addresses': [everythingWhen('IpAddress', 'aws:SourceIp', '10.0.0.0/8'), alice, 'conditional: admin'],
  'from outside a VPC': [everythingWhen('StringNotEquals', 'aws:SourceVpc', 'vpc-1'), alice, 'admin'],
});

const deployer = (...can: readonly Statement[]): AccountSpec =>
  withAdmin({ trust: ['cloudformation.amazonaws.com'] }, allow('iam:PassRole'), ...can);
const template = (operator: string, url: string) => when(operator, 'cloudformation:TemplateUrl', url);

describeVerdicts('a template that the caller may name and not write', {
  'of one bucket only': [
    deployer(allow('cloudformation:CreateStack', '*', template('StringLike', 'https://s3.amazonaws.com/approved/*'))),
    alice,
    'conditional: can-become-admin',
  ],
  'of other buckets denied': [
    deployer(
      allow('cloudformation:CreateStack'),
      deny('cloudformation:CreateStack', '*', template('StringNotLike', 'https://s3.amazonaws.com/approved/*')),
    ),
    alice,
    'conditional: can-become-admin',
  ],
  'in the request, where those of buckets are denied': [
    deployer(allow('cloudformation:CreateStack'), deny('cloudformation:CreateStack', '*', template('StringLike', 'https://*'))),
    alice,
    'can-become-admin',
  ],
});

const ofSource = when('StringEquals', 'aws:SourceIdentity', 'me');
const app = (action: string | readonly string[], more: RoleSpec = {}): AccountSpec => ({
  roles: { app: { can: [allow('*', '*', ofSource)], trust: [trusts(root, { Action: action })], ...more } },
});

describeVerdicts('only sessions of roles have a source identity, or an identity provider', {
  'a user has no source identity': [everythingWhen('StringEquals', 'aws:SourceIdentity', 'me'), alice, 'none'],
  'a Deny without source identity stops every user': [everythingUnless('Null', 'aws:SourceIdentity', 'true'), alice, 'none'],
  'a Deny of a source identity stops no user': [everythingUnless('StringLike', 'aws:SourceIdentity', '*'), alice, 'admin'],
  'a user has no identity provider': [everythingUnless('Null', 'aws:FederatedProvider', 'true'), alice, 'none'],
  'a role whose trust policy lets callers set it': [app(['sts:AssumeRole', 'sts:SetSourceIdentity']), 'role/app', 'admin'],
  'a role whose trust policy does not': [app('sts:AssumeRole'), 'role/app', 'none'],
});

describeVerdicts('the keys of a session', {
  'the role id and a session name are the user id of a role': [
    { roles: { app: { id: 'AROAAPP', can: [allow('*', '*', when('StringLike', 'aws:userid', 'AROAAPP:*'))] } } },
    'role/app',
    'admin',
  ],
  'a session name that the caller chooses': [
    { roles: { app: { id: 'AROAAPP', can: [allow('*', '*', when('StringEquals', 'aws:userid', 'AROAAPP:deploy'))] } } },
    'role/app',
    'admin',
  ],
  'the id of another role': [
    { roles: { app: { id: 'AROAAPP', can: [allow('*', '*', when('StringLike', 'aws:userid', 'AROAOTHER:*'))] } } },
    'role/app',
    'none',
  ],
  'all but the sessions of this role': [
    { roles: { app: { id: 'AROAAPP', can: [allow('*'), deny('*', '*', when('StringNotLike', 'aws:userid', 'AROAAPP:*'))] } } },
    'role/app',
    'admin',
  ],
  'a session issued before 2020': [everythingWhen('DateLessThan', 'aws:TokenIssueTime', '2020-01-01T00:00:00Z'), alice, 'none'],
  'sessions issued before 2020 revoked': [
    everythingUnless('DateLessThan', 'aws:TokenIssueTime', '2020-01-01T00:00:00Z'),
    alice,
    'admin',
  ],
  'a session only': [everythingWhen('Null', 'aws:TokenIssueTime', 'false'), alice, 'admin'],
  'a source identity that the trust policy lets be set': [
    withAdmin({
      trust: [
        trusts(
          { AWS: iam(alice) },
          { Action: ['sts:AssumeRole', 'sts:SetSourceIdentity'], ...when('StringEquals', 'sts:SourceIdentity', 'me') },
        ),
      ],
    }),
    alice,
    'can-become-admin',
  ],
  'a source identity that the trust policy does not let be set': [
    withAdmin({ trust: [trusts({ AWS: iam(alice) }, when('StringEquals', 'sts:SourceIdentity', 'me'))] }, allow('sts:*')),
    alice,
    'none',
  ],
  'a source identity that the own policies do not let be set': [
    withAdmin(
      { trust: [trusts(root, { Action: 'sts:*', ...when('StringEquals', 'sts:SourceIdentity', 'me') })] },
      allow('sts:AssumeRole'),
    ),
    alice,
    'none',
  ],
  'a session tag that the trust policy does not let be set': [
    withAdmin({ trust: [trusts({ AWS: iam(alice) }, when('StringEquals', 'aws:RequestTag/team', 'a'))] }),
    alice,
    'none',
  ],
  'a session tag that the trust policy lets be set': [
    withAdmin({
      trust: [
        trusts(
          { AWS: iam(alice) },
          { Action: ['sts:AssumeRole', 'sts:TagSession'], ...when('StringEquals', 'aws:RequestTag/team', 'a') },
        ),
      ],
    }),
    alice,
    'can-become-admin',
  ],
});

const toLambda: RoleSpec = { trust: ['lambda.amazonaws.com'] };
const toStacks: RoleSpec = { trust: ['cloudformation.amazonaws.com'] };
const toInstances: RoleSpec = { trust: ['ec2.amazonaws.com'], profile: true };
const functions = allow(['lambda:CreateFunction', 'lambda:InvokeFunction']);
const passOnto = (...arns: readonly string[]) =>
  allow('iam:PassRole', '*', when('ArnLike', 'iam:AssociatedResourceArn', ...arns));
const document = (name: string) => allow('ssm:SendCommand', [`arn:aws:ssm:*:*:document/${name}`, 'arn:aws:ec2:*:*:instance/*']);
const instancesOnly = allow(
  'ec2:RunInstances',
  'arn:aws:ec2:*:*:instance/*',
  when('StringEquals', 'ec2:InstanceType', 't3.micro'),
);
const allButInstances = allow('ec2:RunInstances', [
  'arn:aws:ec2:*::image/*',
  ...['network-interface', 'security-group', 'subnet', 'volume'].map((type) => `arn:aws:ec2:*:*:${type}/*`),
]);

describeVerdicts('each call has its own keys', {
  'the role ends up on a function': [
    withAdmin(toLambda, functions, passOnto('arn:aws:lambda:*:*:function:ci-*')),
    alice,
    'can-become-admin',
  ],
  'a function is no instance': [withAdmin(toLambda, functions, passOnto('arn:aws:ec2:*:*:instance/*')), alice, 'none'],
  'the role ends up on an instance': [
    withAdmin(toInstances, allow('ec2:RunInstances'), passOnto('arn:aws:ec2:*:*:instance/*')),
    alice,
    'can-become-admin',
  ],
  'a stack with this service role': [
    withAdmin(
      toStacks,
      allow('iam:PassRole'),
      allow('cloudformation:CreateStack', '*', when('StringEquals', 'cloudformation:RoleArn', iam('role/admin'))),
    ),
    alice,
    'can-become-admin',
  ],
  'a stack with another service role only': [
    withAdmin(
      toStacks,
      allow('iam:PassRole'),
      allow('cloudformation:CreateStack', '*', when('StringEquals', 'cloudformation:RoleArn', iam('role/safe'))),
    ),
    alice,
    'none',
  ],
  'stacks without a service role only': [
    withAdmin(
      toStacks,
      allow('iam:PassRole'),
      allow('cloudformation:CreateStack', '*', when('Null', 'cloudformation:RoleArn', 'true')),
    ),
    alice,
    'none',
  ],
  'a document of AWS that runs commands': [
    withAdmin(toInstances, document('AWS-RunShellScript')),
    alice,
    'conditional: can-become-admin',
  ],
  'a document of AWS that runs none': [withAdmin(toInstances, document('AWSEC2-CreateVssSnapshot')), alice, 'none'],
  'a document of the account': [withAdmin(toInstances, document('deploy')), alice, 'conditional: can-become-admin'],
  'an instance type is a key of instances, not of images': [
    withAdmin(
      toInstances,
      allow('iam:PassRole'),
      allow('ec2:RunInstances', '*', when('StringEquals', 'ec2:InstanceType', 't3.micro')),
    ),
    alice,
    'none',
  ],
  'an instance type for instances, and the rest freely': [
    withAdmin(toInstances, allow('iam:PassRole'), instancesOnly, allButInstances),
    alice,
    'can-become-admin',
  ],
  'a role template is there in iam:AcquireRole only': [
    {
      users: {
        alice: {
          can: [
            allow(
              ['iam:CreateRole', 'iam:AttachRolePolicy'],
              '*',
              when('ArnLike', 'iam:RoleTemplateARN', 'arn:aws:iam::*:role-template/*'),
            ),
          ],
        },
      },
    },
    alice,
    'none',
  ],
});

const ofFunction = when('ArnEquals', 'lambda:SourceFunctionArn', 'arn:aws:lambda:eu-west-1:111122223333:function:deploy');
const functionRole = (...can: readonly Statement[]): AccountSpec => ({
  users: { alice: { can } },
  roles: { app: { can, trust: [trusts({ Service: 'lambda.amazonaws.com' })] } },
});

describeVerdicts('what a service tells of the session that it hands out, all calls of the session carry', {
  'everything is allowed to one function': [functionRole(allow('*', '*', ofFunction)), 'role/app', 'conditional: admin'],
  'the session of a user has no function': [functionRole(allow('*', '*', ofFunction)), alice, 'none'],
  'an assumption is allowed to one function': [
    {
      roles: {
        ...functionRole(allow('sts:AssumeRole', '*', ofFunction)).roles,
        admin: { attached: [ADMINISTRATOR], trust: [trusts(root)] },
      },
    },
    'role/app',
    'conditional: can-become-admin',
  ],
  'a Deny outside of the function': [
    functionRole(
      allow('*'),
      deny('*', '*', when('ArnNotEquals', 'lambda:SourceFunctionArn', 'arn:aws:lambda:eu-west-1:111122223333:function:deploy')),
    ),
    'role/app',
    'conditional: admin',
  ],
});
