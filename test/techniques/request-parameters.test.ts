import {
  type AccountSpec,
  ADMINISTRATOR,
  allow,
  awsManaged,
  deny,
  describeVerdicts,
  iam,
  judge,
  type Statement,
  trusts,
  when,
} from '../escalation/support.ts';

const alice = 'user/alice';
const PROVEN = 'can-become-admin';

/** A user with these statements, in a group without any. */
const inGroup = (...can: readonly Statement[]): AccountSpec => ({
  users: { alice: { can, groups: ['ops'] } },
  groups: { ops: {} },
});
const policy = (arn: string) => when('ArnEquals', 'iam:PolicyARN', arn);

describeVerdicts('the policy that is attached to a group', {
  'AdministratorAccess may be': [inGroup(allow('iam:AttachGroupPolicy', iam('group/ops'), policy(ADMINISTRATOR))), alice, PROVEN],
  'a harmless one may be': [
    inGroup(allow('iam:AttachGroupPolicy', iam('group/ops'), policy(awsManaged('ReadOnlyAccess')))),
    alice,
    'none',
  ],
  'to another group': [inGroup(allow('iam:AttachGroupPolicy', iam('group/other'), policy(ADMINISTRATOR))), alice, 'none'],
});

const leash: AccountSpec = {
  groups: { ops: { attached: ['leash'] } },
  policies: { leash: [deny([], '*', { NotAction: 'iam:Detach*' })] },
};
const detaching = (arn: string): AccountSpec => ({
  ...leash,
  users: {
    alice: {
      can: [allow([], '*', { NotAction: 'iam:Detach*' }), allow('iam:DetachGroupPolicy', '*', policy(arn))],
      groups: ['ops'],
    },
  },
});

describeVerdicts('the policy that is detached from a group', {
  'the one in the way may be': [detaching(iam('policy/leash')), alice, PROVEN],
  'another one may be': [detaching(iam('policy/other')), alice, 'none'],
});

const makers = ['iam:CreateUser', 'iam:AttachUserPolicy', 'iam:CreateAccessKey'];
const fenced = (boundary: string, ...more: readonly Statement[]): AccountSpec => ({
  users: { alice: { can: [allow(makers, '*', when('StringEquals', 'iam:PermissionsBoundary', boundary)), ...more] } },
  policies: { fence: [allow('s3:*')] },
});

describeVerdicts('a user that is made', {
  'has no tags': [
    { users: { alice: { can: [allow(makers, '*', when('StringEquals', 'aws:ResourceTag/team', 'ops'))] } } },
    alice,
    'none',
  ],
  'may be fenced by a policy that the maker rewrites': [
    fenced(iam('policy/fence'), allow('iam:CreatePolicyVersion')),
    alice,
    PROVEN,
  ],
  'may have an AWS managed policy as boundary, which no principal can rewrite': [
    fenced(awsManaged('ReadOnlyAccess'), allow('iam:CreatePolicyVersion')),
    alice,
    'none',
  ],
});

/** A user who can give an admin a password, of whom the credential report says this. */
const login = (passwordEnabled: boolean | 'unsupported', action: string): AccountSpec => ({
  users: { alice: { can: [allow(action, iam('user/boss'))] }, boss: { can: [allow('*')], report: { passwordEnabled } } },
});

describeVerdicts('a password is given to who has none, and changed for who has one', {
  'given to who has none': [login(false, 'iam:CreateLoginProfile'), alice, PROVEN],
  'given to who has one': [login(true, 'iam:CreateLoginProfile'), alice, 'none'],
  'given to who may have one': [login('unsupported', 'iam:CreateLoginProfile'), alice, PROVEN],
  'changed for who has one': [login(true, 'iam:UpdateLoginProfile'), alice, PROVEN],
  'changed for who has none': [login(false, 'iam:UpdateLoginProfile'), alice, 'none'],
});

const saml = iam('saml-provider/adfs');
const federated = (...trust: readonly Statement[]): AccountSpec => ({
  users: { alice: { can: [allow('iam:UpdateSAMLProvider')] } },
  roles: { admin: { attached: [ADMINISTRATOR], trust } },
  samlProviders: [saml],
});
const bySaml = { Action: 'sts:AssumeRoleWithSAML' };

describeVerdicts('the identity provider that a role trusts', {
  'is taken over': [federated(trusts({ Federated: saml }, bySaml)), alice, PROVEN],
  'is not that of a Deny': [federated(trusts({ Federated: saml }, { ...bySaml, Effect: 'Deny' })), alice, 'none'],
  'is none, where the trust policy cannot be read': [
    { ...federated(), roles: { admin: { attached: [ADMINISTRATOR], trustPolicy: 'nonsense' } } },
    alice,
    'none',
  ],
});

test('a condition with many values is shortened', () => {
  const addresses = ['192.0.2.0/26', '192.0.2.64/26', '192.0.2.128/26', '192.0.2.192/26'];
  const account: AccountSpec = {
    users: { alice: { can: [allow('iam:PutUserPolicy', '*', when('IpAddress', 'aws:SourceIp', ...addresses))] } },
  };
  const { verdict, conditions } = judge(account, alice);
  expect([verdict, ...conditions.map(({ text }) => text.replace(/^.*?: /, ''))]).toEqual([
    'conditional',
    '192.0.2.0/26, 192.0.2.64/26, 192.0.2.128/26, … (4)',
  ]);
});

test('a blocker names the permissions boundary', () => {
  const account: AccountSpec = {
    users: { alice: { can: [allow('iam:PutUserPolicy')], boundary: 'fence' } },
    policies: { fence: [allow('s3:*')] },
  };
  const { verdict, blockedBy } = judge(account, alice);
  expect([verdict, ...blockedBy.map(({ kind, text }) => `${kind}: ${text}`)]).toEqual([
    'none',
    `permissions-boundary: Not allowed by the permissions boundary ${iam('policy/fence')}`,
  ]);
});

/** A user who may add a statement to the policy of a function, for these principals. */
const sharing = (...principal: readonly [operator: string, value: string]): AccountSpec => ({
  users: { alice: { can: [allow('lambda:AddPermission', '*', when(principal[0], 'lambda:Principal', principal[1]))] } },
  roles: { app: { attached: [ADMINISTRATOR], trust: ['lambda.amazonaws.com'] } },
});

describeVerdicts('the principal that is allowed to replace the code of a function', {
  'may be an account': [sharing('StringEquals', '999988887777'), alice, 'conditional: can-become-admin'],
  'may be a role': [sharing('ArnLike', 'arn:aws:iam::999988887777:role/*'), alice, 'conditional: can-become-admin'],
  'may be any account but one': [sharing('StringNotEquals', '999988887777'), alice, 'conditional: can-become-admin'],
  'may be a service only, which calls nothing but the function': [sharing('StringEquals', 'lex.amazonaws.com'), alice, 'none'],
});

const onExisting = (service: string, ...actions: readonly string[]): AccountSpec => ({
  users: { alice: { can: [allow(actions)] } },
  roles: { app: { attached: [ADMINISTRATOR], trust: [service] } },
});

describeVerdicts('a role that a service already hands out', {
  'by an IoT role alias, to a new device certificate': [
    onExisting('credentials.iot.amazonaws.com', 'iot:*'),
    alice,
    'conditional: can-become-admin',
  ],
  'on an AppStream fleet, to a streaming session': [
    onExisting('appstream.amazonaws.com', 'appstream:CreateStreamingURL'),
    alice,
    'conditional: can-become-admin',
  ],
});
