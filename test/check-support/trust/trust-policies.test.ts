import { trustedPrincipals, statementEvidenceOf } from '../../../lambda/scanner/check-support/trust/trust-policies.ts';
import { trustedCompute } from '../../../lambda/scanner/check-support/principals/trusted-services.ts';
import type { Json } from '../../../lambda/scanner/model/json.ts';
import { compileDocument, createVocabulary } from '../../../lambda/scanner/policy/compile.ts';
import { ACCOUNT, aContext, aRole } from '../../support/builders.ts';
import { type Conditions, aTrustingRole, letting } from '../../support/trust.ts';

function trustedIn(...statements: readonly Json[]) {
  const trust = compileDocument(aTrustingRole('app', statements).trustPolicy, createVocabulary([]));
  if (trust.kind === 'malformed') throw new Error(trust.reason);
  return trustedPrincipals(trust);
}

test('a statement is named by its place, and by its Sid if it has one', () => {
  expect(trustedIn(letting('*', undefined, { Sid: 'Everybody' }), letting({ AWS: ACCOUNT })).map(statementEvidenceOf)).toEqual([
    { index: 0, sid: 'Everybody' },
    { index: 1 },
  ]);
});

describe('what of the account’s workloads may act as a role', () => {
  const compute = (...statements: readonly Json[]) => trustedCompute(aTrustingRole('app', statements), aContext());
  const lambda = (conditions?: Conditions, more: Readonly<Record<string, Json>> = {}) =>
    letting({ Service: 'lambda.amazonaws.com' }, conditions, more);
  const eks = `arn:aws:iam::${ACCOUNT}:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLE`;
  const web = { Action: 'sts:AssumeRoleWithWebIdentity' };

  test.each<[name: string, statements: readonly Json[], found: readonly string[]]>([
    ['one service', [lambda()], ['lambda.amazonaws.com']],
    ['one service, by its name in China', [letting({ Service: 'lambda.amazonaws.com.cn' })], ['lambda.amazonaws.com']],
    ['nothing, where a Deny is in the way', [lambda(), lambda(undefined, { Effect: 'Deny' })], []],
    [
      'a service on behalf of the account',
      [lambda({ StringEquals: { 'aws:SourceAccount': ACCOUNT } })],
      ['lambda.amazonaws.com'],
    ],
    ['nothing on behalf of another account', [lambda({ StringEquals: { 'aws:SourceAccount': '555566667777' } })], []],
    ['a service, which is one', [lambda({ Bool: { 'aws:PrincipalIsAWSService': 'true' } })], ['lambda.amazonaws.com']],
    ['nothing, where it must be none', [lambda({ Bool: { 'aws:PrincipalIsAWSService': 'false' } })], []],
    [
      'a service on conditions that are not known',
      [lambda({ IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } })],
      ['lambda.amazonaws.com'],
    ],
    ['pods', [letting({ Federated: eks }, undefined, web)], ['the pods of an EKS cluster']],
    ['no users of an app', [letting({ Federated: 'cognito-identity.amazonaws.com' }, undefined, web)], []],
    ['nothing for a person', [letting({ AWS: ACCOUNT })], []],
    ['nothing for people of account access manager', [letting({ Service: 'account-access.amazonaws.com' })], []],
  ])('%s', (_name, statements, found) => {
    expect(compute(...statements)).toEqual(found);
  });

  test('everything but what is left out', () => {
    const all = compute({ Effect: 'Allow', NotPrincipal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' });
    expect(all).toContain('ec2.amazonaws.com');
    expect(all).not.toContain('lambda.amazonaws.com');
  });

  test('is not known where the trust policy cannot be read', () => {
    expect(trustedCompute(aRole('app', { trustPolicy: 'nonsense' }), aContext())).toBeUndefined();
  });
});
