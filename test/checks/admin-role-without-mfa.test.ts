import check from '../../lambda/scanner/checks/admin-role-without-mfa.ts';
import type { Role, User } from '../../lambda/scanner/facts/identity.ts';
import type { Json } from '../../lambda/scanner/model/json.ts';
import { ACCOUNT, aReport, aReportedKey, aRole, aRow, aUser, identities, partitions } from '../support/builders.ts';
import { describeCheck } from '../support/check-tester.ts';
import { type Conditions, aTrustingRole, letting } from '../support/trust.ts';
import { aVerdict, accessOf } from '../support/verdicts.ts';

describe.each(partitions)('in partition %s', (partition) => {
  const iam = `arn:${partition}:iam::${ACCOUNT}`;
  const opsArn = `${iam}:role/ops`;
  const mfa = { Bool: { 'aws:MultiFactorAuthPresent': 'true' } };
  const policy = (...statements: readonly Json[]) => [
    { name: 'own', document: { Version: '2012-10-17', Statement: statements } },
  ];
  const assume = (more: Readonly<Record<string, Json>> = {}) => ({
    Effect: 'Allow',
    Action: 'sts:AssumeRole',
    Resource: opsArn,
    ...more,
  });
  const denyWithoutMfa = (operator: string) => ({
    Effect: 'Deny',
    Action: '*',
    Resource: '*',
    Condition: { [operator]: { 'aws:MultiFactorAuthPresent': 'false' } },
  });
  const ann = (...statements: readonly Json[]): User =>
    aUser('ann', { arn: `${iam}:user/ann`, inlinePolicies: policy(...statements) });
  const whole = { AWS: `${iam}:root` };
  const saml = (name: string): Json =>
    letting({ Federated: `${iam}:saml-provider/${name}` }, undefined, { Action: 'sts:AssumeRoleWithSAML' });

  const account = (trust: readonly Json[], users: readonly User[] = [], roles: readonly Role[] = [], verdict = {}) => ({
    identities: identities({ users, roles: [aTrustingRole('ops', trust, { arn: opsArn }), ...roles] }),
    credentialReport: aReport(aRow('ann', { passwordEnabled: true, keys: [aReportedKey(), aReportedKey()] })),
    access: accessOf(aVerdict(opsArn, 'admin', verdict)),
  });
  const trusting = (principal: Json, conditions?: Conditions, ...users: readonly User[]) =>
    account([letting(principal, conditions)], users);
  const says = /^IAM role ops \(path to admin\) can be assumed without MFA\nFor example, user ann can assume it without MFA\.$/;

  describeCheck(check, {
    partition,
    ignores: {
      'a role of the platform': account([letting(whole)], [ann(assume())], [], { platform: true }),
      'a role without a path to admin': {
        ...trusting(whole, undefined, ann(assume())),
        access: accessOf(aVerdict(opsArn, 'none')),
      },
    },
    passes: {
      'a role for a service': trusting({ Service: 'ec2.amazonaws.com' }, undefined, ann(assume())),
      'a role for another account': trusting({ AWS: 'arn:aws:iam::555566667777:root' }, undefined, ann(assume())),
      'MFA in the trust policy': trusting(whole, mfa, ann(assume())),
      'fresh MFA in the trust policy': trusting(whole, { NumericLessThan: { 'aws:MultiFactorAuthAge': '3600' } }, ann(assume())),
      'MFA in the policy of the user': trusting(whole, undefined, ann(assume({ Condition: mfa }))),
      'a Deny without MFA in the policy of the user': trusting(whole, undefined, ann(assume(), denyWithoutMfa('BoolIfExists'))),
      'a user whom the trust policy names, with such a Deny': trusting(
        { AWS: `${iam}:user/ann` },
        undefined,
        ann(denyWithoutMfa('BoolIfExists')),
      ),
      'the account, in which no principal may assume it': trusting(whole, undefined, ann()),
      'the account, in which a role for programs may assume it': account(
        [letting(whole)],
        [],
        [aRole('app', { arn: `${iam}:role/app`, inlinePolicies: policy(assume()) })],
      ),
      'a role that people assume through SAML, and MFA in the trust policy, which such a session never has': account(
        [letting(whole, mfa)],
        [],
        [aTrustingRole('staff', [saml('ADFS')], { arn: `${iam}:role/staff`, inlinePolicies: policy(assume()) })],
      ),
    },
    fails: {
      'the account, in which a user may assume it': {
        given: trusting(whole, undefined, ann(assume())),
        says,
        on: 'ops',
        severity: 'MEDIUM',
      },
      'a user whom the trust policy names, who needs no permission': {
        given: trusting({ AWS: `${iam}:user/ann` }, undefined, ann()),
        says,
      },
      'MFA if known, which access keys pass': {
        given: trusting(whole, { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'true' } }, ann(assume())),
        says,
      },
      'a Deny with Bool, which access keys pass': {
        given: trusting(whole, undefined, ann(assume(), denyWithoutMfa('Bool'))),
        says,
      },
      'a user, before roles': {
        given: account(
          [letting(whole)],
          [ann(assume())],
          [aTrustingRole('admins', [saml('ADFS')], { arn: `${iam}:role/admins`, inlinePolicies: policy(assume()) })],
        ),
        says: /For example, user ann can assume it without MFA\.$/,
      },
      'a user whom the trust policy names by its unique id': {
        given: trusting({ AWS: 'AIDAANN' }, undefined, ann()),
        says,
      },
      'every principal of the account, by condition': {
        given: trusting('*', { StringEquals: { 'aws:PrincipalAccount': ACCOUNT } }, ann()),
        says,
      },
      'one of two users': {
        given: trusting(whole, undefined, aUser('zoe', { arn: `${iam}:user/zoe` }), ann(assume())),
        says,
      },
      'people who sign in through SAML, whose MFA is not visible': {
        given: account([saml('ADFS')]),
        says: `IAM role ops (path to admin) does not require MFA for SAML sign-in\nOnly ${iam}:saml-provider/ADFS can require MFA.`,
      },
      'people who assume another role through SAML first': {
        given: account(
          [letting(whole)],
          [],
          [aTrustingRole('staff', [saml('ADFS')], { arn: `${iam}:role/staff`, inlinePolicies: policy(assume()) })],
        ),
        says: 'For example, role staff can assume it without MFA. People sign in to that role through SAML; only the identity provider can require MFA.',
      },
    },
    unknowns: {
      'a trust policy that cannot be read': {
        given: {
          ...account([]),
          identities: identities({ roles: [aTrustingRole('ops', [], { arn: opsArn, trustPolicy: 'no JSON' })] }),
        },
        says: 'its trust policy cannot be read',
      },
    },
  });
});
