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
const says = 'Role app lets in everybody who has an AWS account';
const open = (conditions: Conditions) => ({ given: anyone(conditions), says: `${says}, whatever its conditions` });

describeCheck(check, {
  ignores: {
    'a role for a service': trusting(letting({ Service: 'ec2.amazonaws.com' })),
    'a role for one account': trusting(letting({ AWS: ACCOUNT })),
    'a Deny of everybody': trusting(letting({ AWS: ACCOUNT }), keepingOut({ Bool: { 'aws:SecureTransport': 'false' } })),
    'everybody, who may only tag the session': trusting(letting('*', undefined, { Action: 'sts:TagSession' })),
    'a service-linked role': {
      identities: identities({ roles: [aTrustingRole('linked', [letting('*')], { path: '/aws-service-role/x/' })] }),
    },
  },
  passes: {
    'only the own Organization': anyone({ StringEquals: { 'aws:PrincipalOrgID': 'o-acmeexample' } }),
    'only a part of the own Organization': anyone({
      'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': 'o-acmeexample/r-1/ou-1/*' },
    }),
    'only one account': anyone({ StringEquals: { 'aws:PrincipalAccount': '555566667777' } }),
    'only roles of one account': anyone({ ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::555566667777:role/*' } }),
    'only who knows the external id': anyone({ StringEquals: { 'sts:ExternalId': '4d1f7c0ab93e' } }),
    'only from some addresses': anyone({ IpAddress: { 'aws:SourceIp': ['203.0.113.0/24', '2001:db8::/32'] } }),
    'only through one VPC endpoint': anyone({ StringEquals: { 'aws:SourceVpce': 'vpce-1a2b3c4d' } }),
    'only on behalf of the own account': anyone({ StringEquals: { 'aws:SourceAccount': ACCOUNT } }),
    'only until a time long past': anyone({ DateLessThan: { 'aws:CurrentTime': '2020-01-01T00:00:00Z' } }),
    'only one unique id': anyone({ StringLike: { 'aws:userid': 'AROAEXAMPLE:*' } }),
    'only if the role had another tag': anyone({ StringEquals: { 'aws:ResourceTag/env': 'test' } }),
    'two conditions, of which one narrows': anyone({
      StringLike: { 'sts:RoleSessionName': '*' },
      StringEquals: { 'aws:PrincipalOrgID': 'o-acmeexample' },
    }),
    'everybody, but a Deny keeps out who is not of the Organization': trusting(
      letting('*'),
      keepingOut({ StringNotEquals: { 'aws:PrincipalOrgID': 'o-acmeexample' } }),
    ),
    'everybody, but a Deny keeps out all but the own account': trusting(letting('*'), {
      Effect: 'Deny',
      NotPrincipal: { AWS: ACCOUNT },
      Action: '*',
    }),
    'everybody, but a Deny keeps out everybody': trusting(letting('*'), keepingOut({})),
  },
  fails: {
    '* as text (peers look for "arn:" and pass it)': {
      given: anyone(),
      says: /^Role app lets in everybody .+ account\.$/,
      on: 'app',
      severity: 'CRITICAL',
    },
    '* as an object': { given: trusting(letting({ AWS: '*' })), says },
    '* in a list, beside an account': { given: trusting(letting({ AWS: [ACCOUNT, '*'] })), says },
    'sts:* (peers look for the literal sts:AssumeRole)': { given: trusting(letting('*', undefined, { Action: 'sts:*' })), says },
    'every action': { given: trusting(letting('*', undefined, { Action: ['*'] })), says },
    'NotAction that leaves it open': {
      given: trusting({ Effect: 'Allow', Principal: '*', NotAction: 'sts:TagSession' }),
      says,
    },
    NotPrincipal: {
      given: trusting({ Effect: 'Allow', NotPrincipal: { AWS: ACCOUNT }, Action: 'sts:AssumeRole' }),
      says,
    },
    'a second statement': { given: trusting(letting({ AWS: ACCOUNT }), letting('*')), says },
    'MFA, which everybody has in an account of their own (peers take it for a guard)': open({
      Bool: { 'aws:MultiFactorAuthPresent': 'true' },
      NumericLessThan: { 'aws:MultiFactorAuthAge': '3600' },
    }),
    'StringLike * on the Organization': open({ StringLike: { 'aws:PrincipalOrgID': '*' } }),
    'any Organization at all': open({ StringLike: { 'aws:PrincipalOrgID': 'o-*' } }),
    'StringLike * on the external id': open({ StringLike: { 'sts:ExternalId': '*' } }),
    'an external id, whichever': open({ Null: { 'sts:ExternalId': 'false' } }),
    'the Organization, if the key exists': open({ StringEqualsIfExists: { 'aws:PrincipalOrgID': 'o-acmeexample' } }),
    'ForAllValues on a key that is missing': open({
      'ForAllValues:StringLike': { 'aws:PrincipalOrgPaths': 'o-acmeexample/*' },
    }),
    'the account on whose behalf, if the key exists': open({ StringEqualsIfExists: { 'aws:SourceAccount': ACCOUNT } }),
    'the name of a role in whatever account (peers take any ArnLike for a guard)': open({
      ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/deployer' },
    }),
    'a tag that the caller gives itself': open({ StringEquals: { 'aws:PrincipalTag/team': 'platform' } }),
    'a session name': open({ StringEquals: { 'sts:RoleSessionName': 'deploy' } }),
    'the name of the user': open({ StringLike: { 'sts:RoleSessionName': '${aws:username}' } }),
    'all addresses, in two halves': open({ IpAddress: { 'aws:SourceIp': ['0.0.0.0/1', '128.0.0.0/1'] } }),
    'not some addresses': open({ NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }),
    'not one account': open({ StringNotEquals: { 'aws:PrincipalAccount': '555566667777' } }),
    'the account of the role, which is no condition on the caller': open({ StringEquals: { 'aws:ResourceAccount': ACCOUNT } }),
    'a tag that the role has': open({ StringEquals: { 'aws:ResourceTag/Env': 'prod' } }),
    encryption: open({ Bool: { 'aws:SecureTransport': 'true' } }),
    'any VPC endpoint': open({ StringLike: { 'aws:SourceVpce': 'vpce-*' } }),
    'a Deny that everybody dodges': {
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
