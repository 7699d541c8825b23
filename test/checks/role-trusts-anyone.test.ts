import check from '../../lambda/scanner/checks/role-trusts-anyone.ts';
import type { Json } from '../../lambda/scanner/model/json.ts';
import { ACCOUNT, aRole, identities, partitions } from '../support/builders.ts';
import { describeCheck } from '../support/check-tester.ts';
import { type Conditions, aTrustingRole, keepingOut, letting } from '../support/trust.ts';

const trusting = (...statements: readonly Json[]) => ({
  identities: identities({
    roles: [aTrustingRole('app', statements, { arn: `arn:aws:iam::${ACCOUNT}:role/app`, tags: new Map([['env', 'prod']]) })],
  }),
});
const anyone = (conditions?: Conditions) => trusting(letting('*', conditions));
const says = 'IAM role app can be assumed from any AWS account';
const open = (conditions: Conditions) => ({
  given: anyone(conditions),
  says: `${says}\nThe conditions of its trust policy do not restrict the caller`,
});

describeCheck(check, {
  ignores: {
    'a role for a service': trusting(letting({ Service: 'ec2.amazonaws.com' })),
    'a role for one account': trusting(letting({ AWS: ACCOUNT })),
    'a Deny of all principals': trusting(letting({ AWS: ACCOUNT }), keepingOut({ Bool: { 'aws:SecureTransport': 'false' } })),
    'all principals, which may only tag the session': trusting(letting('*', undefined, { Action: 'sts:TagSession' })),
    'any AWS principal, by an action for federated callers, whom this does not name': trusting(
      letting({ AWS: '*' }, undefined, { Action: ['sts:AssumeRoleWithSAML', 'sts:AssumeRoleWithWebIdentity'] }),
    ),
    'a service-linked role': {
      identities: identities({ roles: [aTrustingRole('linked', [letting('*')], { path: '/aws-service-role/x/' })] }),
    },
  },
  passes: {
    'only the same organization': anyone({ StringEquals: { 'aws:PrincipalOrgID': 'o-acmeexample' } }),
    'only a part of the same organization': anyone({
      'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': 'o-acmeexample/r-1/ou-1/*' },
    }),
    'only one account': anyone({ StringEquals: { 'aws:PrincipalAccount': '555566667777' } }),
    'only roles of one account': anyone({ ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::555566667777:role/*' } }),
    'only callers that know the external ID': anyone({ StringEquals: { 'sts:ExternalId': '4d1f7c0ab93e' } }),
    'only from some addresses': anyone({ IpAddress: { 'aws:SourceIp': ['203.0.113.0/24', '2001:db8::/32'] } }),
    'only through one VPC endpoint': anyone({ StringEquals: { 'aws:SourceVpce': 'vpce-1a2b3c4d' } }),
    'only on behalf of the account itself': anyone({ StringEquals: { 'aws:SourceAccount': ACCOUNT } }),
    'only until a time long past': anyone({ DateLessThan: { 'aws:CurrentTime': '2020-01-01T00:00:00Z' } }),
    'only one unique ID': anyone({ StringLike: { 'aws:userid': 'AROAEXAMPLE:*' } }),
    'only if the role had another tag': anyone({ StringEquals: { 'aws:ResourceTag/env': 'test' } }),
    'two conditions, one of which restricts the caller': anyone({
      StringLike: { 'sts:RoleSessionName': '*' },
      StringEquals: { 'aws:PrincipalOrgID': 'o-acmeexample' },
    }),
    'all principals, except that a Deny blocks those outside the organization': trusting(
      letting('*'),
      keepingOut({ StringNotEquals: { 'aws:PrincipalOrgID': 'o-acmeexample' } }),
    ),
    'all principals, except that a Deny blocks all other accounts': trusting(letting('*'), {
      Effect: 'Deny',
      NotPrincipal: { AWS: ACCOUNT },
      Action: '*',
    }),
    'all principals, and a Deny of all principals': trusting(letting('*'), keepingOut({})),
  },
  fails: {
    '* as text (other tools look for "arn:" and pass it)': {
      given: anyone(),
      says: /^IAM role app can be assumed from any AWS account\nA trust policy with the principal/,
      on: 'app',
      severity: 'CRITICAL',
    },
    '* as an object': { given: trusting(letting({ AWS: '*' })), says },
    '* in a list, next to an account': { given: trusting(letting({ AWS: [ACCOUNT, '*'] })), says },
    'sts:* (other tools look for the literal sts:AssumeRole)': {
      given: trusting(letting('*', undefined, { Action: 'sts:*' })),
      says,
    },
    'every action': { given: trusting(letting('*', undefined, { Action: ['*'] })), says },
    'NotAction that does not exclude it': {
      given: trusting({ Effect: 'Allow', Principal: '*', NotAction: 'sts:TagSession' }),
      says,
    },
    NotPrincipal: {
      given: trusting({ Effect: 'Allow', NotPrincipal: { AWS: ACCOUNT }, Action: 'sts:AssumeRole' }),
      says,
    },
    'a second statement': { given: trusting(letting({ AWS: ACCOUNT }), letting('*')), says },
    'MFA, which callers can set up in their own account (other tools count it as a restriction)': open({
      Bool: { 'aws:MultiFactorAuthPresent': 'true' },
      NumericLessThan: { 'aws:MultiFactorAuthAge': '3600' },
    }),
    'StringLike * on the organization': open({ StringLike: { 'aws:PrincipalOrgID': '*' } }),
    'any organization': open({ StringLike: { 'aws:PrincipalOrgID': 'o-*' } }),
    'StringLike * on the external ID': open({ StringLike: { 'sts:ExternalId': '*' } }),
    'any external ID': open({ Null: { 'sts:ExternalId': 'false' } }),
    'the organization, if the key exists': open({ StringEqualsIfExists: { 'aws:PrincipalOrgID': 'o-acmeexample' } }),
    'ForAllValues on a key that is missing': open({
      'ForAllValues:StringLike': { 'aws:PrincipalOrgPaths': 'o-acmeexample/*' },
    }),
    'the source account, if the key exists': open({ StringEqualsIfExists: { 'aws:SourceAccount': ACCOUNT } }),
    'the name of a role in any account (other tools count any ArnLike as a restriction)': open({
      ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/deployer' },
    }),
    'a tag that the caller sets itself': open({ StringEquals: { 'aws:PrincipalTag/team': 'platform' } }),
    'a session name': open({ StringEquals: { 'sts:RoleSessionName': 'deploy' } }),
    'the name of the user': open({ StringLike: { 'sts:RoleSessionName': '${aws:username}' } }),
    'all addresses, as two halves': open({ IpAddress: { 'aws:SourceIp': ['0.0.0.0/1', '128.0.0.0/1'] } }),
    'all but some addresses': open({ NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }),
    'all but one account': open({ StringNotEquals: { 'aws:PrincipalAccount': '555566667777' } }),
    'the account of the role, which does not restrict the caller': open({ StringEquals: { 'aws:ResourceAccount': ACCOUNT } }),
    'a tag that the role has': open({ StringEquals: { 'aws:ResourceTag/Env': 'prod' } }),
    encryption: open({ Bool: { 'aws:SecureTransport': 'true' } }),
    'any VPC endpoint': open({ StringLike: { 'aws:SourceVpce': 'vpce-*' } }),
    'a Deny that every caller can avoid': {
      given: trusting(letting('*'), keepingOut({ StringNotEquals: { 'aws:PrincipalTag/team': 'platform' } })),
      says,
    },
    'a Deny of another action': {
      given: trusting(letting('*'), { Effect: 'Deny', Principal: '*', Action: 'sts:TagSession' }),
      says,
    },
    'a Deny of one account': {
      given: trusting(letting('*'), { Effect: 'Deny', Principal: { AWS: '555566667777' }, Action: '*' }),
      says,
    },
  },
  unknowns: {
    'a trust policy that cannot be read': {
      given: { identities: identities({ roles: [aRole('app', { trustPolicy: 'no JSON' })] }) },
      says: 'its trust policy cannot be read',
    },
  },
});

describe.each(partitions)('in partition %s', (partition) => {
  const role = (pattern: string) => ({
    identities: identities({ roles: [aTrustingRole('app', [letting('*', { ArnLike: { 'aws:PrincipalArn': pattern } })])] }),
  });
  describeCheck(check, {
    partition,
    passes: { 'roles of one account': role(`arn:${partition}:iam::555566667777:role/*`) },
    fails: { 'roles of any account': { given: role(`arn:${partition}:iam::*:role/*`), says } },
  });
});
