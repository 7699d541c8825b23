import check from '../../lambda/scanner/checks/policy-allows-everything.ts';
import { services } from '../../lambda/scanner/policy/services.ts';
import { policyOf } from '../policy/support.ts';
import { ACCOUNT, aGroup, aPolicy, aRole, aUser, attached, identities } from '../support/builders.ts';
import { describeCheck } from '../support/check-tester.ts';
import { aVerdict, accessOf } from '../support/verdicts.ts';
import { granting, grantingInline, holding, mfa, office, withoutMfa } from '../check-support/policies/granting.ts';

const administrator = aPolicy('AdministratorAccess', policyOf({}), { arn: 'arn:aws:iam::aws:policy/AdministratorAccess' });
const everyService = services.map((service) => `${service}:*`);
const role = `arn:aws:iam::${ACCOUNT}:role/payroll`;
const says = /^IAM policy Broad allows all actions on all resources\nAttached to role app\.$/;
const saysInSpite =
  'IAM policy Broad allows all actions on all resources\nIt also denies something, but its holders can remove that Deny. Attached to role app.';
const sso = aRole('AWSReservedSSO_Admin_1', { path: '/aws-reserved/sso.amazonaws.com/', ...attached(administrator) });
const platform = accessOf(aVerdict(sso.arn, 'admin', { platform: true }));
const emergency = aUser('bg-1', { groups: ['break-glass'], tags: new Map([['break-glass', 'true']]) });
const people = Array.from({ length: 60 }, (_, index) => aUser(`u${index}`, attached(administrator)));
const linked = aRole('Linked', { path: '/aws-service-role/x.amazonaws.com/', ...attached(administrator) });
const unattached = { identities: identities({ policies: [aPolicy('Broad', policyOf({}))], users: [aUser('ann')] }) };

describeCheck(check, {
  passes: {
    'held by a role of the platform alone (peers report it in every account)': {
      identities: identities({ policies: [administrator], roles: [sso] }),
      access: platform,
    },
    'held by break-glass users alone': {
      identities: identities({
        policies: [administrator],
        users: [emergency],
        groups: [aGroup('break-glass', attached(administrator))],
      }),
    },
    'Allow * and Deny *, which is nothing; other tools collect the Deny and never apply it': granting({}, { Effect: 'Deny' }),
    'Allow * where MFA is present: the principal is conditional': granting({ Condition: mfa }),
    'Allow * and Deny * without MFA': granting({}, { Effect: 'Deny', Condition: withoutMfa }),
    'Allow * from the office': granting({ Condition: office }),
    'Allow * and Deny * outside the office': granting({}, { Effect: 'Deny', Condition: { NotIpAddress: office.IpAddress } }),
    'a power user, which other tools report as everything': granting({ NotAction: ['iam:*', 'organizations:*', 'account:*'] }),
    'Allow * and Deny iam:*': granting({}, { Effect: 'Deny', Action: 'iam:*' }),
    'Allow * on the ARNs of another partition': granting({ Resource: 'arn:aws-cn:*' }),
    'Allow * on one bucket': granting({ Resource: ['arn:aws:s3:::a', 'arn:aws:s3:::a/*'] }),
    'every service but IAM': granting({ Action: everyService.filter((name) => name !== 'iam:*') }),
    'Allow * to a program of choice, with MFA': granting({
      Condition: { ...mfa, StringLike: { 'aws:UserAgent': 'app/*' } },
    }),
    'a version that is not the default': {
      identities: identities({
        policies: [
          aPolicy('Broad', '', {
            versions: [
              { id: 'v1', isDefault: false, document: policyOf({}) },
              { id: 'v2', isDefault: true, document: policyOf({ Action: 's3:Get*' }) },
            ],
          }),
        ],
        roles: [aRole('app', attached(aPolicy('Broad', '')))],
      }),
    },
    'Allow * that ended yesterday': granting({ Condition: { DateLessThan: { 'aws:CurrentTime': '2026-11-19T00:00:00Z' } } }),
    'Allow * for requests of AWS services': granting({ Condition: { Bool: { 'aws:ViaAWSService': 'true' } } }),
    'an empty policy': holding({ Version: '2012-10-17', Statement: [] }),
  },
  fails: {
    'Allow * on *': { given: granting({}), says, on: 'Broad', severity: 'HIGH' },
    'Allow *:* on *, which others miss': { given: granting({ Action: '*:*' }), says },
    'Allow * on arn:aws:*, which others miss': { given: granting({ Resource: 'arn:aws:*' }), says },
    'Allow * on arn:*:*:*:*:*': { given: granting({ Resource: 'arn:*:*:*:*:*' }), says },
    'every service listed, which others miss': { given: granting({ Action: everyService }), says },
    'every service listed over two statements': {
      given: granting({ Action: everyService.slice(0, 200) }, { Action: everyService.slice(200) }),
      says,
    },
    'NotAction of IAM, made good by iam:*': { given: granting({ NotAction: 'iam:*' }, { Action: 'iam:*' }), says },
    'Allow * but for one role': { given: granting({ NotResource: role }), says },
    'Allow * and a narrow Deny, which others subtract everywhere': {
      given: granting({}, { Effect: 'Deny', Action: 'iam:*', Resource: role }),
      says: saysInSpite,
    },
    'Allow * and Deny of an action outside IAM': {
      given: granting({}, { Effect: 'Deny', Action: 'organizations:LeaveOrganization' }),
      says: saysInSpite,
    },
    'Allow * and Deny * outside the EU: the caller picks the Region': {
      given: granting(
        {},
        {
          Effect: 'Deny',
          NotAction: ['iam:*', 'sts:*'],
          Condition: { StringNotEquals: { 'aws:RequestedRegion': 'eu-west-1' } },
        },
      ),
      says: saysInSpite,
    },
    'Allow * until tomorrow': {
      given: granting({ Condition: { DateLessThan: { 'aws:CurrentTime': '2026-11-21T00:00:00Z' } } }),
      says,
    },
    'Allow * and a Deny that its caller avoids, MFA or not': {
      given: granting({}, { Effect: 'Deny', Condition: { ...withoutMfa, StringEquals: { 'aws:RequestTag/team': 'x' } } }),
      says: saysInSpite,
    },
    'a condition that is always true, which others take for a guard': {
      given: granting({
        Condition: { StringLike: { 'aws:PrincipalArn': '*' }, Bool: { 'aws:SecureTransport': 'true' } },
      }),
      says,
    },
    'a condition on every address there is': {
      given: granting({ Condition: { IpAddress: { 'aws:SourceIp': '0.0.0.0/0' } } }),
      says,
    },
    'an inline policy, which the control of AWS never looks at': {
      given: grantingInline({}),
      says: 'Inline policy broad of role app allows all actions on all resources\nAn attacker who takes over one identity',
      on: 'app',
      severity: 'HIGH',
    },
    'an AWS-managed policy, once and not for each of its sixty holders': {
      given: { identities: identities({ policies: [administrator], users: people }) },
      says: 'Attached to user u0, user u1, user u2, user u3, user u4 and 55 more.',
      on: 'AdministratorAccess',
      severity: 'HIGH',
    },
    'held by a group without members, which users may join later': {
      given: { identities: identities({ policies: [administrator], groups: [aGroup('ops', attached(administrator))] }) },
      says: 'group ops',
      severity: 'HIGH',
    },
    'held by the platform and by others, of which only the others are named': {
      given: {
        identities: identities({
          policies: [administrator],
          users: [emergency],
          roles: [sso, aRole('app', attached(administrator))],
        }),
        access: platform,
      },
      says: 'Attached to role app. It is also attached to 1 identity of the landing zone or for break-glass use.',
      severity: 'HIGH',
    },
  },
  ignores: {
    'a policy that is attached to no identity': unattached,
    'a policy that is only a boundary': {
      identities: identities({
        policies: [aPolicy('Bound', policyOf({}), { attachmentCount: 0, boundaryUsageCount: 1 })],
        users: [aUser('ann', { boundaryArn: `arn:aws:iam::${ACCOUNT}:policy/Bound` })],
      }),
    },
    'a policy of a service-linked role, which only AWS can change': {
      identities: identities({ policies: [administrator], roles: [linked] }),
    },
  },
  unknowns: {
    'an attached policy that is not in the snapshot': {
      given: { identities: identities({ users: [aUser('ann', attached(administrator))] }) },
      says: 'IAM policy AdministratorAccess cannot be read',
      on: 'AdministratorAccess',
    },
    'a document that is not JSON': { given: holding('{'), says: 'not JSON' },
  },
});
