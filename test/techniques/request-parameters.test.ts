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
const trustsSaml = (more: Statement = {}): Statement => trusts({ Federated: saml }, { ...bySaml, ...more });
const noSaml = (principal: Statement | '*', more: Statement = {}): Statement =>
  trusts(principal, { ...bySaml, Effect: 'Deny', ...more });

describeVerdicts('the identity provider that a role trusts', {
  'is taken over': [federated(trustsSaml()), alice, PROVEN],
  'is not that of a Deny': [federated(noSaml({ Federated: saml })), alice, 'none'],
  'is none, where the trust policy cannot be read': [
    { ...federated(), roles: { admin: { attached: [ADMINISTRATOR], trustPolicy: 'nonsense' } } },
    alice,
    'none',
  ],
});

describeVerdicts('the action for which a role trusts an identity provider', {
  'is another one': [federated(trustsSaml({ Action: 'sts:AssumeRole' })), alice, 'none'],
  'is to tag the session only': [federated(trustsSaml({ Action: 'sts:TagSession' })), alice, 'none'],
  'is among others': [federated(trustsSaml({ Action: 'sts:*' })), alice, PROVEN],
});

describeVerdicts('a Deny in the trust policy of a role that trusts an identity provider', {
  'of everyone': [federated(trustsSaml(), noSaml('*')), alice, 'none'],
  'of the provider': [federated(trustsSaml(), noSaml({ Federated: saml })), alice, 'none'],
  'of another provider': [federated(trustsSaml(), noSaml({ Federated: `${saml}2` })), alice, PROVEN],
  'of another action': [federated(trustsSaml(), noSaml('*', { Action: 'sts:AssumeRole' })), alice, PROVEN],
  'of all networks but one': [
    federated(trustsSaml(), noSaml('*', when('NotIpAddress', 'aws:SourceIp', '203.0.113.0/24'))),
    alice,
    'conditional: can-become-admin',
  ],
  'of all principals but the provider': [
    federated(trustsSaml(), { ...bySaml, Effect: 'Deny', NotPrincipal: { Federated: saml } }),
    alice,
    PROVEN,
  ],
  'of all principals but another provider': [
    federated(trustsSaml(), { ...bySaml, Effect: 'Deny', NotPrincipal: { Federated: `${saml}2` } }),
    alice,
    'none',
  ],
});

const bySamlWhere = (operator: string, key: string, value: string) => federated(trustsSaml(when(operator, key, value)));

describeVerdicts('a condition on a forged assertion', {
  'about what it says': [bySamlWhere('StringEquals', 'SAML:sub', 'boss@example.com'), alice, PROVEN],
  'about the name of the provider': [bySamlWhere('StringEquals', 'SAML:doc', '111122223333/adfs'), alice, PROVEN],
  'about the name of another provider': [bySamlWhere('StringEquals', 'SAML:doc', '111122223333/okta'), alice, 'none'],
  'about the network': [bySamlWhere('IpAddress', 'aws:SourceIp', '203.0.113.0/24'), alice, 'conditional: can-become-admin'],
  'about the time, which is over': [bySamlWhere('DateLessThan', 'aws:CurrentTime', '2020-01-01T00:00:00Z'), alice, 'none'],
  'about the MFA device of AWS': [bySamlWhere('Bool', 'aws:MultiFactorAuthPresent', 'true'), alice, 'none'],
  'about the claims of another provider': [bySamlWhere('StringEquals', 'gitlab.com:sub', 'x'), alice, 'none'],
  'about a tag of the session, which it may not have': [bySamlWhere('StringEquals', 'aws:RequestTag/team', 'ops'), alice, 'none'],
  'about a tag of the session': [
    federated(trustsSaml({ Action: [bySaml.Action, 'sts:TagSession'], ...when('StringEquals', 'aws:RequestTag/team', 'ops') })),
    alice,
    PROVEN,
  ],
  'about a tag of the role, which it does not have': [bySamlWhere('StringEquals', 'aws:ResourceTag/team', 'ops'), alice, 'none'],
});

const oidc = iam('oidc-provider/token.example.com');
const byToken = (more: Statement): AccountSpec => ({
  users: { alice: { can: [allow('iam:UpdateOpenIDConnectProviderThumbprint')] } },
  roles: {
    admin: {
      attached: [ADMINISTRATOR],
      trust: [trusts({ Federated: oidc }, { Action: 'sts:AssumeRoleWithWebIdentity', ...more })],
    },
  },
  oidcProviders: [oidc],
});

describeVerdicts('a role that trusts an OpenID Connect provider', {
  'for its tokens': [byToken(when('StringEquals', 'token.example.com:sub', 'deploy')), alice, 'conditional: can-become-admin'],
  'for an action that takes no token': [byToken({ Action: 'sts:AssumeRole' }), alice, 'none'],
  'for assertions': [byToken(bySaml), alice, 'none'],
  'until a day in the past': [byToken(when('DateLessThan', 'aws:CurrentTime', '2020-01-01T00:00:00Z')), alice, 'none'],
});

const clusterIssuer = 'oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71';
const cluster = (...more: readonly Statement[]): AccountSpec => ({
  users: { alice: { can: [allow(['eks:CreateAccessEntry', 'eks:AssociateAccessPolicy'])] } },
  roles: { pod: { attached: [ADMINISTRATOR], trust: more } },
});
const trustsPod = (more: Statement = {}): Statement =>
  trusts({ Federated: iam(`oidc-provider/${clusterIssuer}`) }, { Action: 'sts:AssumeRoleWithWebIdentity', ...more });

describeVerdicts('a service account of an EKS cluster', {
  'that the role trusts': [
    cluster(trustsPod(when('StringEquals', `${clusterIssuer}:sub`, 'system:serviceaccount:apps:deploy'))),
    alice,
    'conditional: can-become-admin',
  ],
  'for another action only': [cluster(trustsPod({ Action: 'sts:AssumeRole' })), alice, 'none'],
  'only for an account of which a service acts: no service does': [
    cluster(trustsPod(when('StringEquals', 'aws:SourceAccount', '111122223333'))),
    alice,
    'none',
  ],
  'whom a Deny names': [cluster(trustsPod(), { ...trustsPod(), Effect: 'Deny' }), alice, 'none'],
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
