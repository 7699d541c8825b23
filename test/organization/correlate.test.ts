import fc from 'fast-check';
import type { Snapshot } from '../../lambda/scanner/facts/snapshot.ts';
import { collected, unavailable } from '../../lambda/scanner/model/observed.ts';
import { correlate } from '../../lambda/scanner/organization/correlate/correlate.ts';
import type { AccountEdges } from '../../lambda/scanner/organization/edges.ts';
import { edgesOfAccount } from '../../lambda/scanner/organization/analyze-accounts.ts';
import { type AccountSpec, ADMINISTRATOR, type Statement, allow, deny, trusts, when } from '../escalation/support.ts';
import { ACCOUNT, aRow, aReportedKey } from '../support/builders.ts';
import { MANAGEMENT, type OrganizationSpec, ROOT, anOrganization } from '../support/organization.ts';
import { correlateAccounts, edgesOfAll, routeTo, snapshotIn } from './support.ts';

const A = '222222222222';
const B = '333333333333';
const C = '444444444444';
const OU = 'ou-ab12-workunit';
const members: OrganizationSpec = { accounts: { [A]: [OU], [B]: [OU], [C]: ['ou-ab12-other'] } };

const alice = `arn:aws:iam::${A}:user/alice`;
const boss = `arn:aws:iam::${B}:role/boss`;
const rootOf = (id: string) => `arn:aws:iam::${id}:root`;
const assumable = (principal: string, more = {}) => trusts({ AWS: principal }, more);

/** Account A with a user who may assume roles, account B with an admin role with a trust policy. */
const leaving = (...can: readonly ReturnType<typeof allow>[]): AccountSpec => ({ users: { alice: { can } } });
const entering = (...trust: readonly ReturnType<typeof assumable>[]): AccountSpec => ({
  roles: { boss: { attached: [ADMINISTRATOR], trust } },
});

/** A trust policy that allows every principal but one. */
const butNot = (principal: string) => ({
  Effect: 'Allow',
  NotPrincipal: { AWS: [principal, rootOf(A)] },
  Action: 'sts:AssumeRole',
});

/** Account A with a user who can make itself admin, and two admins. */
const keepers: AccountSpec = {
  users: { alice: { can: [allow('iam:PutUserPolicy', `arn:aws:iam::${ACCOUNT}:user/alice`)] } },
  roles: {
    ci: { can: [allow('sts:AssumeRole', `arn:aws:iam::${B}:role/boss`)], trust: [`arn:aws:iam::${A}:user/other`] },
    ...{ 'keeper-1': { attached: [ADMINISTRATOR] }, 'keeper-2': { attached: [ADMINISTRATOR] } },
  },
};
const sparing = (name: string) =>
  deny('iam:UpdateAssumeRolePolicy', '*', when('ArnNotLike', 'aws:PrincipalArn', `arn:aws:iam::*:role/${name}`));

const asSource = when('StringLike', 'sts:SourceIdentity', '*');
const tagged = when('StringEquals', 'aws:RequestTag/team', 'ops');

type Case = readonly [
  from: AccountSpec,
  to: AccountSpec,
  reaches: 'certain' | 'conditional' | 'no',
  organization?: OrganizationSpec,
];

const may = leaving(allow('sts:AssumeRole', boss));
const mayAll = leaving(allow('sts:AssumeRole'));

const CI = `arn:aws:iam::${A}:role/ci`;
const FROM_OFFICE = when('IpAddress', 'aws:SourceIp', '203.0.113.0/24');

/** A role that may assume the other account's, and that trusts no principal that there is. */
const toBoss = { ci: { can: [allow('sts:AssumeRole', boss)], trust: [`arn:aws:iam::${A}:user/other`] } };

/** Account A with a user who can make itself admin, and that role. */
const becoming = (more = {}): AccountSpec => ({
  users: { alice: { can: [allow('iam:PutUserPolicy', `arn:aws:iam::${ACCOUNT}:user/alice`, more)] } },
  roles: toBoss,
});

/** A user who may create stack sets, and pass a role to them. */
const stackSets = (ci: NonNullable<AccountSpec['roles']>[string]): AccountSpec => ({
  users: {
    alice: { can: [allow(['cloudformation:CreateStackSet', 'cloudformation:CreateStackInstances']), allow('iam:PassRole')] },
  },
  roles: { ci: { trust: ['cloudformation.amazonaws.com'], ...ci } },
});

const cases: Readonly<Record<string, Case>> = {
  'a user that both sides name': [may, entering(assumable(alice)), 'certain'],
  'a user of an account that is trusted as a whole': [may, entering(assumable(rootOf(A))), 'certain'],
  'a user of an account that is trusted by its id': [may, entering(assumable(A)), 'certain'],
  'not one whose account is not trusted': [mayAll, entering(assumable(rootOf(C))), 'no'],
  'not one who may not': [leaving(allow('s3:*')), entering(assumable(alice)), 'no'],
  'not one who may assume other roles only': [
    leaving(allow('sts:AssumeRole', `arn:aws:iam::${B}:role/other`)),
    entering(assumable(alice)),
    'no',
  ],
  'one who may by a pattern': [leaving(allow('sts:*', 'arn:aws:iam::*:role/b*')), entering(assumable(rootOf(A))), 'certain'],
  'one who may assume all roles but others': [
    leaving(allow('sts:AssumeRole', '', { NotResource: `arn:aws:iam::${C}:*` })),
    entering(assumable(rootOf(A))),
    'certain',
  ],
  'not one who is denied it': [
    leaving(allow('sts:AssumeRole'), deny('sts:*', 'arn:aws:iam::*:role/boss')),
    entering(assumable(alice)),
    'no',
  ],
  'one who is denied another role': [
    leaving(allow('sts:AssumeRole'), deny('sts:*', 'arn:aws:iam::*:role/bus')),
    entering(assumable(alice)),
    'certain',
  ],
  'not one whom the trust policy denies': [may, entering(assumable(rootOf(A)), { ...assumable(alice), Effect: 'Deny' }), 'no'],
  'every principal where every principal is trusted': [may, entering(assumable('*')), 'certain'],
  'every principal of the organization': [
    may,
    entering(assumable('*', when('StringEquals', 'aws:PrincipalOrgID', 'o-exampleorgid'))),
    'certain',
  ],
  'no principal of another organization': [
    may,
    entering(assumable('*', when('StringEquals', 'aws:PrincipalOrgID', 'o-other'))),
    'no',
  ],
  'every principal below a unit': [
    may,
    entering(assumable('*', when('ForAnyValue:StringLike', 'aws:PrincipalOrgPaths', `o-exampleorgid/${ROOT}/${OU}/*`))),
    'certain',
  ],
  // AWS: it "returns true for principals in accounts that are attached directly" to the unit, so the path does not have the account.
  'the principals directly in a unit': [
    may,
    entering(assumable('*', when('ForAnyValue:StringEquals', 'aws:PrincipalOrgPaths', `o-exampleorgid/${ROOT}/${OU}/`))),
    'certain',
  ],
  'no principal below another unit': [
    may,
    entering(assumable('*', when('ForAnyValue:StringLike', 'aws:PrincipalOrgPaths', `o-exampleorgid/${ROOT}/ou-ab12-other/*`))),
    'no',
  ],
  'whom a condition names': [
    may,
    entering(assumable('*', when('ArnLike', 'aws:PrincipalArn', `arn:aws:iam::${A}:user/a*`))),
    'certain',
  ],
  'not whom a condition does not name': [
    may,
    entering(assumable('*', when('ArnLike', 'aws:PrincipalArn', `arn:aws:iam::${A}:user/b*`))),
    'no',
  ],
  'those of an account that a condition names': [
    may,
    entering(assumable('*', when('StringEquals', 'aws:PrincipalAccount', A))),
    'certain',
  ],
  'a caller with the external id': [may, entering(assumable(alice, when('StringEquals', 'sts:ExternalId', 'x'))), 'certain'],
  'a caller with MFA': [may, entering(assumable(alice, when('Bool', 'aws:MultiFactorAuthPresent', 'true'))), 'conditional'],
  'a caller from the office network': [
    leaving(allow('sts:AssumeRole', '*', when('IpAddress', 'aws:SourceIp', '192.0.2.0/24'))),
    entering(assumable(alice)),
    'conditional',
  ],
  'a principal that may assume roles of the organization only': [
    leaving(allow('sts:AssumeRole', '*', when('StringEquals', 'aws:ResourceOrgID', 'o-exampleorgid'))),
    entering(assumable(alice)),
    'certain',
  ],
  'not a principal that may assume roles of another account only': [
    leaving(allow('sts:AssumeRole', '*', when('StringEquals', 'aws:ResourceAccount', C))),
    entering(assumable(alice)),
    'no',
  ],
  ...Object.fromEntries(
    [
      [deny('sts:AssumeRole', '*', when('StringNotEquals', 'aws:ResourceOrgID', 'o-exampleorgid'))],
      [deny('sts:AssumeRole', '*', when('StringNotEqualsIfExists', 'aws:ResourceOrgID', '${aws:PrincipalOrgID}'))],
      [deny('sts:AssumeRole', '*', when('ForAllValues:StringNotLike', 'aws:ResourceOrgPaths', 'o-exampleorgid/*'))],
    ].map((statements, index): [string, Case] => [
      `not a role outside of the organization, where an SCP keeps its principals inside (${index})`,
      [mayAll, entering(assumable(rootOf(A))), 'no', { accounts: { [A]: [OU] }, scps: { perimeter: [statements, OU] } }],
    ]),
  ),
  'not a role outside of the organization, where its own policy keeps it inside': [
    leaving(allow('sts:AssumeRole', '*', when('StringEquals', 'aws:ResourceOrgID', 'o-exampleorgid'))),
    entering(assumable(rootOf(A))),
    'no',
    { accounts: { [A]: [OU] } },
  ],
  'a role outside of the organization, where nothing is said of that': [
    mayAll,
    entering(assumable(rootOf(A))),
    'certain',
    { accounts: { [A]: [OU] } },
  ],
  'a role outside of the organization, where its own policy allows no others': [
    leaving(allow('sts:AssumeRole', '*', when('StringNotEquals', 'aws:ResourceOrgID', 'o-exampleorgid'))),
    entering(assumable(rootOf(A))),
    'certain',
    { accounts: { [A]: [OU] } },
  ],
  ...Object.fromEntries(
    Object.entries({
      'a role of IAM Identity Center': when(
        'ArnLike',
        'aws:PrincipalArn',
        'arn:aws:iam::*:role/aws-reserved/sso.amazonaws.com/*',
      ),
      'a service-linked role': when('ArnLike', 'aws:PrincipalArn', `arn:aws:iam::${A}:role/aws-service-role/*`),
      'a principal of another account': when('ArnLike', 'aws:PrincipalArn', `arn:aws:iam::${C}:role/*`),
      'the root user': when('ArnEquals', 'aws:PrincipalArn', rootOf(A)),
      'a session, which has another ARN': when('ArnLike', 'aws:PrincipalArn', `arn:aws:sts::${A}:assumed-role/ci/*`),
      'a name with a star, which is no pattern here': when('StringEquals', 'aws:PrincipalArn', `arn:aws:iam::${A}:role/ci-*`),
      'the account itself as a principal': when('StringEquals', 'aws:PrincipalType', 'Account'),
    }).map(([what, condition]): [string, Case] => [
      `not an admin of the trusted account, where a condition asks for ${what}`,
      [{ users: { alice: { attached: [ADMINISTRATOR] } } }, entering(assumable(rootOf(A), condition)), 'no'],
    ]),
  ),
  ...Object.fromEntries(
    Object.entries({
      'a name that a new role can have': when('ArnLike', 'aws:PrincipalArn', 'arn:aws:iam::*:role/deploy-*'),
      'a part of a name': when('ArnLike', 'aws:PrincipalArn', 'arn:aws:iam::*:role/*AWSReservedSSO_Admin*'),
      'any principal but those of IAM Identity Center': when(
        'ArnNotLike',
        'aws:PrincipalArn',
        'arn:aws:iam::*:role/aws-reserved/*',
      ),
      'a session of a role': when('StringEquals', 'aws:PrincipalType', 'AssumedRole'),
    }).map(([what, condition]): [string, Case] => [
      `an admin of the trusted account, where a condition asks for ${what}`,
      [{ users: { alice: { attached: [ADMINISTRATOR] } } }, entering(assumable(rootOf(A), condition)), 'certain'],
    ]),
  ),
  'not an admin whom a Deny spares by a name of IAM Identity Center only': [
    { users: { alice: { attached: [ADMINISTRATOR] } } },
    entering(assumable(rootOf(A)), {
      ...assumable('*', when('ArnNotLike', 'aws:PrincipalArn', 'arn:aws:iam::*:role/aws-reserved/*')),
      Effect: 'Deny',
    }),
    'no',
  ],
  'by a stack set, whose role assumes the one of the other account': [
    stackSets({ can: [allow('sts:AssumeRole', 'arn:aws:iam::*:role/boss')] }),
    entering(assumable(CI)),
    'certain',
  ],
  'not by one whose role may assume roles of its own account only': [
    stackSets({ can: [allow('sts:AssumeRole', `arn:aws:iam::${ACCOUNT}:role/*`)] }),
    entering(assumable(CI)),
    'no',
  ],
  'not by one whose role the other account does not trust': [
    stackSets({ can: [allow('sts:AssumeRole', 'arn:aws:iam::*:role/boss')] }),
    entering(assumable(`arn:aws:iam::${A}:role/other`)),
    'no',
  ],
  'not by one whose role cannot be passed': [
    { ...stackSets({ can: [allow('sts:AssumeRole')] }), users: { alice: { can: [allow('cloudformation:*StackSet*')] } } },
    entering(assumable(CI)),
    'no',
  ],
  'a user that joins a group which may': [
    {
      users: { alice: { can: [allow('iam:AddUserToGroup', `arn:aws:iam::${ACCOUNT}:group/deployers`)] } },
      groups: { deployers: { can: [allow('sts:AssumeRole', boss)] } },
    },
    entering(assumable(rootOf(A))),
    'certain',
  ],
  'not one that may not join it': [
    { users: { alice: {} }, groups: { deployers: { can: [allow('sts:AssumeRole', boss)] } } },
    entering(assumable(rootOf(A))),
    'no',
  ],
  'not one that joins it and is not trusted': [
    {
      users: { alice: { can: [allow('iam:AddUserToGroup', `arn:aws:iam::${ACCOUNT}:group/deployers`)] } },
      groups: { deployers: { can: [allow('sts:AssumeRole', boss)] } },
    },
    entering(assumable(rootOf(C))),
    'no',
  ],
  'a user that attaches the only policy that it may': [
    {
      users: {
        alice: { can: [allow('iam:AttachUserPolicy', '*', when('ArnLike', 'iam:PolicyARN', 'arn:aws:iam::*:policy/cross'))] },
      },
      policies: { cross: [allow('sts:AssumeRole', boss)] },
    },
    entering(assumable(rootOf(A))),
    'certain',
  ],
  'a user that writes its own policy below a boundary': [
    {
      users: { alice: { can: [allow('iam:PutUserPolicy')], boundary: 'fence' } },
      policies: { fence: [allow(['sts:*', 'iam:PutUserPolicy'])] },
    },
    entering(assumable(rootOf(A))),
    'certain',
  ],
  'not one below a boundary that does not': [
    {
      users: { alice: { can: [allow('iam:PutUserPolicy')], boundary: 'fence' } },
      policies: { fence: [allow(['s3:*', 'iam:PutUserPolicy'])] },
    },
    entering(assumable(rootOf(A))),
    'no',
  ],
  'a user that takes off the policy which denies it': [
    {
      users: { alice: { can: [allow('sts:AssumeRole', boss), allow('iam:DetachUserPolicy')], attached: ['no-crossing'] } },
      policies: { 'no-crossing': [deny('sts:AssumeRole', boss)] },
    },
    entering(assumable(rootOf(A))),
    'certain',
  ],
  'a role on the way that writes its own policy': [
    {
      users: { alice: {} },
      roles: {
        ci: {
          can: [allow('iam:PutRolePolicy', `arn:aws:iam::${ACCOUNT}:role/ci`)],
          boundary: 'fence',
          trust: [assumable(`arn:aws:iam::${ACCOUNT}:user/alice`)],
        },
      },
      policies: { fence: [allow(['sts:*', 'iam:PutRolePolicy'])] },
    },
    entering(assumable(CI)),
    'certain',
  ],
  'a user below a boundary that allows it': [
    { users: { alice: { can: [allow('sts:AssumeRole')], boundary: 'fence' } }, policies: { fence: [allow('sts:*')] } },
    entering(assumable(alice)),
    'certain',
  ],
  'not a user below a boundary that does not': [
    { users: { alice: { can: [allow('sts:AssumeRole')], boundary: 'fence' } }, policies: { fence: [allow('s3:*')] } },
    entering(assumable(alice)),
    'no',
  ],
  'not a user below a service control policy that denies it': [
    may,
    entering(assumable(alice)),
    'no',
    { ...members, scps: { guard: [[deny('sts:AssumeRole')], OU] } },
  ],
  'a user below one that denies it elsewhere': [
    may,
    entering(assumable(alice)),
    'certain',
    { ...members, scps: { guard: [[deny('sts:AssumeRole')], C] } },
  ],
  'not where an RCP denies outsiders': [
    may,
    entering(assumable(alice)),
    'no',
    { ...members, rcps: { perimeter: [[{ ...deny('sts:AssumeRole', boss), Principal: '*' }], OU] } },
  ],
  'where one keeps out others than the Organization': [
    may,
    entering(assumable(alice)),
    'certain',
    {
      ...members,
      rcps: {
        perimeter: [
          [{ ...deny('sts:*', '*', when('StringNotEqualsIfExists', 'aws:PrincipalOrgID', 'o-exampleorgid')), Principal: '*' }],
          B,
        ],
      },
    },
  ],
  'by a role on the way': [
    {
      users: { alice: {} },
      roles: { ci: { can: [allow('sts:AssumeRole', boss)], trust: [assumable(`arn:aws:iam::${ACCOUNT}:user/alice`)] } },
    },
    entering(assumable(`arn:aws:iam::${A}:role/ci`)),
    'certain',
  ],
  'by a session of a role on the way': [
    {
      users: { alice: {} },
      roles: { ci: { can: [allow('sts:AssumeRole', boss)], trust: [assumable(`arn:aws:iam::${ACCOUNT}:user/alice`)] } },
    },
    entering(assumable(`arn:aws:sts::${A}:assumed-role/ci/build`)),
    'certain',
  ],
  'by making itself admin, where its account is trusted': [
    leaving(allow('iam:PutUserPolicy')),
    entering(assumable(rootOf(A))),
    'certain',
  ],
  'not by making itself admin, where another is trusted by name': [
    { users: { alice: { can: [allow('iam:PutUserPolicy', `arn:aws:iam::${ACCOUNT}:user/alice`)] } } },
    entering(assumable(`arn:aws:iam::${A}:user/bob`)),
    'no',
  ],
  'by acting as the one who is trusted by name': [
    {
      users: { alice: { attached: [ADMINISTRATOR] } },
      roles: { ci: { can: [allow('sts:AssumeRole', boss)], trust: ['ec2.amazonaws.com'] } },
    },
    entering(assumable(`arn:aws:iam::${A}:role/ci`)),
    'certain',
  ],
  'by making itself admin, and then acting as the role that is trusted by name': [becoming(), entering(assumable(CI)), 'certain'],
  'the same, where that role is the only admin': [
    { ...becoming(), roles: { ci: { attached: [ADMINISTRATOR] } } },
    entering(assumable(CI)),
    'certain',
  ],
  'the same, where there is one other admin': [
    { ...becoming(), roles: { ...toBoss, other: { attached: [ADMINISTRATOR] } } },
    entering(assumable(CI)),
    'certain',
  ],
  'the same, where every admin is let in by name': [
    {
      ...becoming(),
      roles: {
        ...{ one: { attached: [ADMINISTRATOR] }, two: { attached: [ADMINISTRATOR] } },
        ci: {
          ...toBoss.ci,
          trust: [assumable(`arn:aws:iam::${ACCOUNT}:role/one`), assumable(`arn:aws:iam::${ACCOUNT}:role/two`)],
        },
      },
    },
    entering(assumable(CI)),
    'certain',
  ],
  'the same, by a key of the user that is trusted by name': [
    { users: { ...becoming().users, bob: { can: [allow('sts:AssumeRole', boss)] } } },
    entering(assumable(`arn:aws:iam::${A}:user/bob`)),
    'certain',
  ],
  'the same, if something else holds': [becoming(FROM_OFFICE), entering(assumable(CI)), 'conditional'],
  'the same, where it is admin if something else holds': [
    { users: { alice: { can: [allow('*', '*', FROM_OFFICE)] } }, roles: toBoss },
    entering(assumable(CI)),
    'conditional',
  ],
  'not so where a service control policy denies every principal to change trust policies': [
    becoming(),
    entering(assumable(CI)),
    'no',
    { ...members, scps: { guard: [[deny('iam:UpdateAssumeRolePolicy')], A] } },
  ],
  'so where one denies it, by passing the role to an instance': [
    { ...becoming(), roles: { ci: { ...toBoss.ci, trust: ['ec2.amazonaws.com'] } } },
    entering(assumable(CI)),
    'certain',
    { ...members, scps: { guard: [[deny('iam:UpdateAssumeRolePolicy')], A] } },
  ],
  'so where one denies it to another role': [
    becoming(),
    entering(assumable(CI)),
    'certain',
    {
      ...members,
      scps: {
        guard: [[deny('iam:UpdateAssumeRolePolicy', '*', when('ArnLike', 'aws:PrincipalArn', 'arn:aws:iam::*:role/x'))], A],
      },
    },
  ],
  'so, perhaps, where one denies it but for the office': [
    becoming(),
    entering(assumable(CI)),
    'conditional',
    {
      ...members,
      scps: {
        guard: [[deny('iam:UpdateAssumeRolePolicy', '*', when('NotIpAddress', 'aws:SourceIp', '203.0.113.0/24'))], A],
      },
    },
  ],
  'so, perhaps, where one cannot be read': [
    becoming(),
    entering(assumable(CI)),
    'conditional',
    { ...members, scps: { guard: [{ status: 'unavailable', reason: 'no access' }, A] } },
  ],
  'so, by an admin that one spares': [
    { users: { alice: { attached: [ADMINISTRATOR] } }, roles: toBoss },
    entering(assumable(CI)),
    'certain',
    {
      ...members,
      scps: { guard: [[deny('iam:UpdateAssumeRolePolicy', '*', when('ArnNotLike', 'aws:PrincipalArn', alice))], A] },
    },
  ],
  'so where one spares the admins that there are, by a name that a new role can have': [
    keepers,
    entering(assumable(CI)),
    'certain',
    { ...members, scps: { guard: [[sparing('keeper-*')], A] } },
  ],
  'not so where one spares names that no new role can have': [
    keepers,
    entering(assumable(CI)),
    'no',
    {
      ...members,
      scps: { guard: [[sparing('keeper-*'), deny('iam:CreateRole', 'arn:aws:iam::*:role/keeper-*')], A] },
    },
  ],
  'not so where one spares the admins that there are, by their whole names': [
    keepers,
    entering(assumable(CI)),
    'no',
    { ...members, scps: { guard: [[sparing('keeper-1')], A] } },
  ],
  'so where one spares a whole name that no role has yet': [
    keepers,
    entering(assumable(CI)),
    'certain',
    { ...members, scps: { guard: [[sparing('keeper-3')], A] } },
  ],
  'by an admin who passes the role that is trusted by name, where one denies trust changes': [
    { users: { alice: { attached: [ADMINISTRATOR] } }, roles: { ci: { ...toBoss.ci, trust: ['ec2.amazonaws.com'] } } },
    entering(assumable(CI)),
    'certain',
    { ...members, scps: { guard: [[deny('iam:UpdateAssumeRolePolicy')], A] } },
  ],
  'by an admin who gives the role that is trusted by name the permission that it lacks': [
    { users: { alice: { attached: [ADMINISTRATOR] } }, roles: { ci: {} } },
    entering(assumable(CI)),
    'certain',
  ],
  'by who makes itself admin, and then gives that permission': [
    { ...becoming(), roles: { ci: {} } },
    entering(assumable(CI)),
    'certain',
  ],
  'the same, where the role may assume other roles only': [
    { ...becoming(), roles: { ci: { can: [allow('sts:AssumeRole', `arn:aws:iam::${B}:role/other`)] } } },
    entering(assumable(CI)),
    'certain',
  ],
  'the same, by a user that is trusted by name': [
    { users: { ...becoming().users, bob: {} } },
    entering(assumable(`arn:aws:iam::${A}:user/bob`)),
    'certain',
  ],
  'not by giving that permission, where one denies to assume the role': [
    { ...becoming(), roles: { ci: {} } },
    entering(assumable(CI)),
    'no',
    { ...members, scps: { guard: [[deny('sts:AssumeRole', boss)], A] } },
  ],
  'not by giving that permission, where one protects the role': [
    { ...becoming(), roles: { ci: {} } },
    entering(assumable(CI)),
    'no',
    { ...members, scps: { guard: [[deny('iam:*', 'arn:aws:iam::*:role/ci')], A] } },
  ],
  'not by giving that permission, where no principal becomes admin': [
    { users: { alice: {} }, roles: { ci: {} } },
    entering(assumable(CI)),
    'no',
  ],
  'one who names itself as the trust policy asks, with the consent of both sides': [
    leaving(allow(['sts:AssumeRole', 'sts:SetSourceIdentity'], boss)),
    entering(assumable(alice, { Action: ['sts:AssumeRole', 'sts:SetSourceIdentity'], ...asSource })),
    'certain',
  ],
  'not one who names itself without the consent of the trust policy': [
    leaving(allow(['sts:AssumeRole', 'sts:SetSourceIdentity'], boss)),
    entering(assumable(alice, asSource)),
    'no',
  ],
  'not one who may not name itself': [
    may,
    entering(assumable(alice, { Action: ['sts:AssumeRole', 'sts:SetSourceIdentity'], ...asSource })),
    'no',
  ],
  'one who tags its session, with the consent of both sides': [
    leaving(allow('sts:*', boss)),
    entering(assumable(alice, tagged), assumable(alice, { Action: 'sts:TagSession' })),
    'certain',
  ],
  'not one who tags its session without the consent of the trust policy': [
    leaving(allow('sts:*', boss)),
    entering(assumable(alice, tagged)),
    'no',
  ],
  'not one who may not tag its session': [
    may,
    entering(assumable(alice, tagged), assumable(alice, { Action: 'sts:TagSession' })),
    'no',
  ],
  'not so by a role of IAM Identity Center, which no principal can change': [
    { ...becoming(), roles: { ci: { ...toBoss.ci, path: '/aws-reserved/sso.amazonaws.com/' } } },
    entering(assumable(`arn:aws:iam::${A}:role/aws-reserved/sso.amazonaws.com/ci`)),
    'no',
  ],
  'not so by a service-linked role': [
    { ...becoming(), roles: { ci: { ...toBoss.ci, path: '/aws-service-role/x.amazonaws.com/' } } },
    entering(assumable(`arn:aws:iam::${A}:role/aws-service-role/x.amazonaws.com/ci`)),
    'no',
  ],
  'a role that becomes admin there': [
    may,
    { roles: { boss: { can: [allow('iam:PutRolePolicy')], trust: [assumable(alice)] } } },
    'certain',
  ],
  'not a role that does not': [may, { roles: { boss: { can: [allow('iam:List*')], trust: [assumable(alice)] } } }, 'no'],
  'every principal but the named one, in an Allow': [
    may,
    { roles: { boss: { attached: [ADMINISTRATOR], trust: [butNot(`arn:aws:iam::${A}:user/carol`)] } } },
    'certain',
  ],
  'not the named one in an Allow with NotPrincipal': [
    may,
    { roles: { boss: { attached: [ADMINISTRATOR], trust: [butNot(alice)] } } },
    'no',
  ],
  'a principal that may assume roles of its own account only, of another': [
    leaving(allow('sts:AssumeRole', '*', when('StringEquals', 'aws:ResourceAccount', B))),
    entering(assumable(alice)),
    'certain',
  ],
  'a principal that may assume roles below a unit only': [
    leaving(
      allow('sts:AssumeRole', '*', when('ForAnyValue:StringLike', 'aws:ResourceOrgPaths', `o-exampleorgid/${ROOT}/${OU}/*`)),
    ),
    entering(assumable(alice)),
    'certain',
  ],
  'a principal that may assume roles directly in a unit only': [
    leaving(
      allow('sts:AssumeRole', '*', when('ForAnyValue:StringEquals', 'aws:ResourceOrgPaths', `o-exampleorgid/${ROOT}/${OU}/`)),
    ),
    entering(assumable(alice)),
    'certain',
  ],
  'a principal that requires the tag that the role has': [
    leaving(allow('sts:AssumeRole', '*', when('StringEquals', 'aws:ResourceTag/tier', 'ops'))),
    { roles: { boss: { attached: [ADMINISTRATOR], trust: [assumable(alice)], tags: { tier: 'ops' } } } },
    'conditional',
  ],
  'by a role whose trust policy depends on its own tag': [
    may,
    {
      roles: {
        boss: {
          attached: [ADMINISTRATOR],
          tags: { tier: 'ops' },
          trust: [assumable(alice, when('StringEquals', 'aws:ResourceTag/tier', 'ops'))],
        },
      },
    },
    'certain',
  ],
  'not by a role that lacks the tag that its trust policy asks for': [
    may,
    entering(assumable(alice, when('StringEquals', 'aws:ResourceTag/tier', 'ops'))),
    'no',
  ],
  'by a role whose trust policy asks for its account and Organization': [
    may,
    entering(
      assumable(alice, {
        Condition: { StringEquals: { 'aws:ResourceAccount': B, 'aws:ResourceOrgID': 'o-exampleorgid' } },
      }),
    ),
    'certain',
  ],
  'not by a role whose trust policy cannot be read': [
    may,
    { roles: { boss: { attached: [ADMINISTRATOR], trustPolicy: '{' } } },
    'no',
  ],
  'not by a role for a service': [may, { roles: { boss: { attached: [ADMINISTRATOR], trust: ['ec2.amazonaws.com'] } } }, 'no'],
  'where a resource control policy cannot be read, perhaps': [
    may,
    entering(assumable(alice)),
    'conditional',
    { ...members, rcps: { perimeter: [{ status: 'unavailable', reason: 'no access' }, B] } },
  ],
  'where one denies outsiders another role': [
    may,
    entering(assumable(alice)),
    'certain',
    { ...members, rcps: { perimeter: [[{ ...deny('sts:AssumeRole', `arn:aws:iam::${B}:role/other`), Principal: '*' }], B] } },
  ],
  'where one keeps out of roles by a variable that the caller fills': [
    may,
    entering(assumable(alice)),
    'no',
    {
      ...members,
      rcps: {
        perimeter: [
          [{ ...deny('sts:AssumeRole', "arn:aws:iam::*:role/${aws:PrincipalTag/no-such-tag, 'boss'}"), Principal: '*' }],
          B,
        ],
      },
    },
  ],
  'where a service control policy over the leaving account cannot be read, perhaps': [
    may,
    entering(assumable(alice)),
    'conditional',
    { ...members, scps: { guard: [{ status: 'unavailable', reason: 'no access' }, A] } },
  ],
  'not a service-linked role': [
    leaving(allow('sts:AssumeRole')),
    { roles: { boss: { attached: [ADMINISTRATOR], trust: [assumable(alice)], path: '/aws-service-role/x.amazonaws.com/' } } },
    'no',
  ],
};

describe('admin of another account is reached by', () => {
  test.each(Object.entries(cases))('%s', (_name, [from, to, expected, organization = members]) => {
    const { reaches } = correlateAccounts({ [A]: from, [B]: to }, anOrganization(organization));
    const reach = reaches.find(({ principal }) => principal.arn === alice);
    const found =
      reach?.accounts.includes(B) === true ? 'certain' : reach?.ifConditions.includes(B) === true ? 'conditional' : 'no';
    expect(found).toBe(expected);
  });
});

describe('ways', () => {
  test('lead over any number of accounts, round in circles too', () => {
    const hop = (next: string, from: string): AccountSpec => ({
      roles: {
        hop: {
          can: [allow('sts:AssumeRole', `arn:aws:iam::${next}:role/hop`)],
          trust: [assumable(`arn:aws:iam::${from}:role/hop`), assumable(alice)],
        },
      },
    });
    const correlation = correlateAccounts(
      {
        [A]: { ...may, users: { alice: { can: [allow('sts:AssumeRole', `arn:aws:iam::${B}:role/hop`)] } } },
        [B]: hop(C, C),
        [C]: {
          roles: {
            hop: {
              can: [allow('iam:PutRolePolicy', '*'), allow('sts:AssumeRole', `arn:aws:iam::${B}:role/hop`)],
              trust: [assumable(`arn:aws:iam::${B}:role/hop`)],
            },
          },
        },
      },
      anOrganization(members),
    );
    expect(routeTo(correlation, alice, C)).toEqual([
      `assume-role ${B}:role/hop`,
      `assume-role ${C}:role/hop`,
      `put-role-policy ${C}:role/hop`,
    ]);
    expect(correlation.reaches.map(({ principal, accounts }) => [principal.arn, accounts])).toEqual([
      [alice, [C]],
      [`arn:aws:iam::${B}:role/hop`, [C]],
    ]);
  });

  test('name every account on which they depend, beyond the paths that a finding shows', () => {
    const near = ['511111111111', '522222222222', '533333333333'];
    const roles = [`arn:aws:iam::${C}:role/hop`, ...[...near, B].map((id) => `arn:aws:iam::${id}:role/boss`)];
    const hop = { can: [allow('sts:AssumeRole', boss)], trust: [assumable(alice)] };
    const { reaches } = correlateAccounts(
      {
        [A]: { users: { alice: { can: [allow('sts:AssumeRole', roles)] }, bob: { can: [allow('sts:AssumeRole', boss)] } } },
        // Two roles of C lead to B, and a third leads nowhere.
        [C]: { roles: { hop, idle: { trust: [assumable(alice)] } } },
        ...Object.fromEntries([...near, B].map((id) => [id, entering(assumable(rootOf(A)), assumable(rootOf(C)))])),
        '600000000000': { roles: { hop: { can: [allow('sts:AssumeRole', boss)], trust: [assumable(rootOf(B))] } } },
      },
      undefined,
    );
    const throughOf = (name: string) => reaches.find(({ principal }) => principal.name === name)?.through;
    expect(throughOf('alice')).toEqual({ accounts: [A, B, C, ...near], count: 6 });
    expect(throughOf('bob')).toEqual({ accounts: [A, B], count: 2 });
  });

  test('of more accounts than evidence lists have the first of them, and their number', () => {
    const many = Array.from({ length: 60 }, (_, index) => String(700_000_000_000 + index));
    const [reach] = correlateAccounts(
      {
        [A]: leaving(allow('sts:AssumeRole', '*')),
        ...Object.fromEntries(many.map((id) => [id, entering(assumable(alice))])),
      },
      undefined,
    ).reaches;
    expect(reach?.through).toEqual({ accounts: [A, ...many.slice(0, 49)], count: 61 });
  });

  const asCi = [`assume-role ${B}:role/boss`, `allows-everything ${B}:role/boss`];

  test('that begin with self-escalation continue as a principal that an admin can act as, by the statements for that', () => {
    const { reaches, pathsOf } = correlateAccounts({ [A]: becoming(), [B]: entering(assumable(CI)) }, anOrganization(members));
    const [way] = reaches.filter(({ principal }) => principal.arn === alice).flatMap((reach) => pathsOf(reach, 1));
    expect(way?.asAdmin).toBe(true);
    expect(way?.path.map(({ rule, from, to }) => [rule, from, to])).toEqual([
      ['put-user-policy', alice, alice],
      ['update-trust-policy', alice, CI],
      ['assume-role', CI, boss],
      ['allows-everything', boss, boss],
    ]);
    expect(way?.path[1]?.statements).toEqual([{ policy: 'inline:own', index: 0 }]);
  });

  test('name a step into another account as the catalogues do', () => {
    const { reaches, pathsOf } = correlateAccounts({ [A]: becoming(), [B]: entering(assumable(CI)) }, anOrganization(members));
    const [way] = reaches.filter(({ principal }) => principal.arn === alice).flatMap((reach) => pathsOf(reach, 1));
    expect(way?.path.find(({ rule }) => rule === 'assume-role')?.aliases).toEqual(['sts-001', 'sts-002']);
  });

  test('of a principal that makes itself admin name its own statements, and no policy that it does not have', () => {
    const { reaches, pathsOf } = correlateAccounts(
      { [A]: becoming(), [B]: entering(assumable(rootOf(A))) },
      anOrganization(members),
    );
    const [way] = reaches.filter(({ principal }) => principal.arn === alice).flatMap((reach) => pathsOf(reach, 1));
    expect(way?.path.map(({ rule, statements }) => [rule, statements.map(({ policy }) => policy)])).toEqual([
      ['put-user-policy', ['inline:own']],
      ['assume-role', ['inline:own', `trust:${boss}`]],
      ['allows-everything', [ADMINISTRATOR]],
    ]);
  });

  test('over an identity that is made admin on the way name the statements that make it one', () => {
    const made: AccountSpec = {
      users: { alice: { can: [allow('iam:PutRolePolicy', `arn:aws:iam::${ACCOUNT}:role/helper`)] } },
      roles: { helper: { trust: [assumable(`arn:aws:iam::${ACCOUNT}:user/alice`)] }, ci: {} },
    };
    const { reaches, pathsOf } = correlateAccounts({ [A]: made, [B]: entering(assumable(CI)) }, anOrganization(members));
    const [way] = reaches.filter(({ principal }) => principal.arn === alice).flatMap((reach) => pathsOf(reach, 1));
    expect(way?.path.map(({ rule, from, to }) => [rule, from, to])).toEqual([
      ['put-role-policy', alice, `arn:aws:iam::${A}:role/helper`],
      ['assume-role', alice, `arn:aws:iam::${A}:role/helper`],
      ['put-role-policy', `arn:aws:iam::${A}:role/helper`, CI],
      ['update-trust-policy', `arn:aws:iam::${A}:role/helper`, CI],
      ['assume-role', CI, boss],
      ['allows-everything', boss, boss],
    ]);
    for (const { statements } of way?.path.slice(0, 4) ?? []) expect(statements.length).toBeGreaterThan(0);
    expect(way?.path[3]?.statements[0]).toEqual({ policy: 'inline:own', index: 0 });
  });

  test('of one admin have its own step, where a principal that becomes admin has another', () => {
    const spec: AccountSpec = {
      users: { ...becoming().users, carol: { attached: [ADMINISTRATOR] } },
      roles: { ci: { ...toBoss.ci, trust: [assumable(`arn:aws:iam::${ACCOUNT}:user/carol`)] } },
    };
    const correlation = correlateAccounts({ [A]: spec, [B]: entering(assumable(CI)) }, anOrganization(members));
    expect(routeTo(correlation, `arn:aws:iam::${A}:user/carol`, B)).toEqual([`assume-role ${A}:role/ci`, ...asCi]);
    expect(routeTo(correlation, alice, B)).toEqual([
      `put-user-policy ${A}:user/alice`,
      `update-trust-policy ${A}:role/ci`,
      ...asCi,
    ]);
  });

  const landingZone: AccountSpec = {
    roles: { OrganizationAccountAccessRole: { attached: [ADMINISTRATOR], trust: [assumable(rootOf(MANAGEMENT))] } },
  };

  test('of the management account lead into every account by the role that Organizations makes', () => {
    const correlation = correlateAccounts(
      {
        [MANAGEMENT]: {
          users: { chief: { attached: [ADMINISTRATOR], report: { keys: [aReportedKey(), aReportedKey({ active: false })] } } },
        },
        [A]: landingZone,
        [B]: landingZone,
      },
      anOrganization(members),
    );
    const [chief, ...others] = correlation.reaches;
    expect(others).toEqual([]);
    expect(chief).toMatchObject({ accounts: [A, B, MANAGEMENT], ifConditions: [], principal: { keys: ['key 1'] } });
    expect(routeTo(correlation, chief?.principal.arn ?? '', A)).toEqual([
      `assume-role ${A}:role/OrganizationAccountAccessRole`,
      `allows-everything ${A}:role/OrganizationAccountAccessRole`,
    ]);
  });

  const central = (services: readonly string[], delegated: readonly string[] = []): OrganizationSpec => ({
    ...members,
    parts: {
      EnabledServicePrincipals: services.map((ServicePrincipal) => ({ ServicePrincipal })),
      DelegatedAdministrators: [{ Id: A, DelegatedServices: delegated.map((ServicePrincipal) => ({ ServicePrincipal })) }],
    },
  });
  const stackSets = 'member.org.stacksets.cloudformation.amazonaws.com';
  const orgWideAccess: readonly (readonly [
    name: string,
    can: string,
    organization: OrganizationSpec,
    accounts: number,
    ifConditions: number,
  ])[] = [
    ['the administrator of stack sets', 'cloudformation:*', central([stackSets], [stackSets]), 3, 0],
    ['no principal without trusted access', 'cloudformation:*', central([], [stackSets]), 0, 0],
    ['no principal in an account without the delegation', 'cloudformation:*', central([stackSets], ['sso.amazonaws.com']), 0, 0],
    [
      'the administrator of Identity Center, with a user there',
      'sso:*',
      central(['sso.amazonaws.com'], ['sso.amazonaws.com']),
      0,
      3,
    ],
    [
      'a principal that may assume root, with its email',
      'sts:AssumeRoot',
      central(['iam.amazonaws.com'], ['iam.amazonaws.com']),
      0,
      3,
    ],
    ['not one that may do something else', 'sts:AssumeRole', central(['iam.amazonaws.com'], ['iam.amazonaws.com']), 0, 0],
  ];

  test.each(orgWideAccess)(
    'through a central service: %s rules all members',
    (_name, can, organization, accounts, ifConditions) => {
      const { reaches } = correlateAccounts(
        { [A]: leaving(allow(can)), [B]: {}, [C]: {}, [MANAGEMENT]: {} },
        anOrganization(organization),
      );
      const [reach] = reaches;
      expect([reach?.accounts.length ?? 0, reach?.ifConditions.length ?? 0]).toEqual([accounts, ifConditions]);
    },
  );

  test.each<[name: string, can: Statement, accounts: number, ifConditions: number]>([
    ['a principal that becomes admin of the management account', allow('iam:*'), 4, 0],
    ['one that does if a condition holds', allow('iam:*', '*', FROM_OFFICE), 0, 4],
    ['no principal where none becomes admin', allow('iam:Get*'), 0, 0],
  ])('through stack sets: %s rules all members', (_name, can, accounts, ifConditions) => {
    const correlation = correlateAccounts(
      { [MANAGEMENT]: { users: { alice: { can: [can] } } }, [A]: {}, [B]: {}, [C]: {} },
      anOrganization(central([stackSets])),
    );
    const [reach, ...others] = correlation.reaches;
    expect(others).toEqual([]);
    expect([reach?.accounts.length ?? 0, reach?.ifConditions.length ?? 0]).toEqual([accounts, ifConditions]);
  });

  test('through a central service that a guardrail leaves to one admin lead over that one', () => {
    const ops = `arn:aws:iam::${A}:role/root-ops`;
    const chief = `arn:aws:iam::${A}:user/chief`;
    const correlation = correlateAccounts(
      {
        [A]: { users: { chief: { attached: [ADMINISTRATOR] } }, roles: { 'root-ops': { attached: [ADMINISTRATOR] } } },
        [B]: {},
      },
      anOrganization({
        ...central(['iam.amazonaws.com'], ['iam.amazonaws.com']),
        scps: { guard: [[deny('sts:AssumeRoot', '*', when('ArnNotLike', 'aws:PrincipalArn', ops))], A] },
      }),
    );
    expect(routeTo(correlation, ops, B)).toEqual([`assume-root ${B}:root`]);
    expect(routeTo(correlation, chief, B)).toEqual([`update-trust-policy ${A}:role/root-ops`, `assume-root ${B}:root`]);
  });

  test('through an organization-wide service begin with the step to admin, by the statements for that', () => {
    const chief = `arn:aws:iam::${MANAGEMENT}:user/chief`;
    const { reaches, pathsOf } = correlateAccounts(
      { [MANAGEMENT]: { users: { chief: { can: [allow('iam:*')] } } }, [A]: {} },
      anOrganization(central([stackSets])),
    );
    const [way] = reaches.flatMap((reach) => pathsOf(reach, 1));
    expect(way?.asAdmin).toBe(true);
    expect(way?.path.map(({ from, to }) => [from, to])).toEqual([
      [chief, chief],
      [chief, rootOf(A)],
    ]);
    expect(way?.path.map(({ statements }) => statements)).toEqual(Array(2).fill([{ policy: 'inline:own', index: 0 }]));
  });
});

describe('the order of what comes in', () => {
  const edges = edgesOfAll(
    [
      snapshotIn(A, {
        users: { alice: { can: [allow('sts:AssumeRole')] }, bob: { attached: [ADMINISTRATOR] } },
        roles: {
          ci: {
            can: [allow('sts:AssumeRole', boss)],
            trust: [assumable(`arn:aws:iam::${ACCOUNT}:user/alice`), assumable(rootOf(C))],
          },
        },
      }),
      snapshotIn(B, {
        users: { carol: { report: aRow('carol') } },
        roles: {
          boss: { attached: [ADMINISTRATOR], trust: [assumable(rootOf(A)), assumable(rootOf(C))] },
          other: { can: [allow('iam:*'), allow('sts:*')], trust: [assumable('*')] },
        },
      }),
      snapshotIn(C, {
        roles: {
          x: { attached: [ADMINISTRATOR], trust: [assumable(rootOf(B))] },
          y: { can: [allow('sts:*')], trust: [assumable(alice)] },
        },
      }),
    ],
    anOrganization(members),
  );
  const printed = (accounts: readonly AccountEdges[]) => {
    const { reaches, pathsOf } = correlate(accounts);
    return JSON.stringify(reaches.map((reach) => [reach, pathsOf(reach, 10)]));
  };
  const shuffle = <T extends object>(value: T, order: readonly number[]): T => {
    const byOrder = <I>(items: readonly I[]) =>
      items
        .map((item, index) => [order[index % order.length] ?? 0, item] as const)
        .sort(([a], [b]) => a - b)
        .map(([, item]) => item);
    // Every list of an account's edges, none of what stands in them.
    return Object.fromEntries(
      Object.entries(value).map(([key, part]) => [key, Array.isArray(part) ? byOrder(part) : (part as unknown)]),
    ) as T;
  };

  test('makes no difference, to the byte', () => {
    const expected = printed(edges);
    expect(JSON.parse(expected)).not.toHaveLength(0);
    fc.assert(
      fc.property(
        fc.shuffledSubarray([0, 1, 2], { minLength: 3 }),
        fc.array(fc.nat(100), { minLength: 5, maxLength: 9 }),
        (accounts, order) => {
          expect(printed(accounts.flatMap((index) => edges[index] ?? []).map((account) => shuffle(account, order)))).toBe(
            expected,
          );
        },
      ),
    );
  });

  test('nor does a way by which the edges were written down and read again', () => {
    expect(printed(JSON.parse(JSON.stringify(edges)) as AccountEdges[])).toBe(printed(edges));
  });
});

describe('of an account of which not all was seen', () => {
  const hidden = unavailable('access was denied');
  const snapshot = snapshotIn(B, entering(assumable('*', when('StringEquals', 'aws:ResourceOrgID', 'o-other'))));
  const edgesWith = (facts: Partial<Snapshot['facts']>) =>
    edgesOfAccount({ ...snapshot, facts: { ...snapshot.facts, ...facts } }, undefined);

  test('nothing is reported where its identities are missing, and why', () => {
    expect(edgesWith({ identities: hidden })).toBe(hidden);
  });

  test('a role that trusts one organization cannot be assumed where the caller is in another, and perhaps where that is unknown', () => {
    const own = collected({ id: 'o-exampleorgid', managementAccountId: MANAGEMENT });
    expect(edgesWith({ organization: own })).toMatchObject({ value: { organizationId: 'o-exampleorgid', assumableRoles: [] } });
    const unseen = edgesWith({ organization: hidden });
    expect(unseen).toMatchObject({ value: { isManagement: false, assumableRoles: [{ role: boss }] } });
    expect(unseen).not.toHaveProperty('value.organizationId');
  });
});
