import check from '../../lambda/scanner/checks/saml-trust-unscoped.ts';
import type { Json } from '../../lambda/scanner/model/json.ts';
import { unavailable } from '../../lambda/scanner/model/observed.ts';
import { ACCOUNT, NOW, daysAgo, identities, partitions, seen } from '../support/builders.ts';
import { describeCheck } from '../support/check-tester.ts';
import { type Conditions, aTrustingRole, letting } from '../support/trust.ts';

describe.each(partitions)('in partition %s', (partition) => {
  const arn = `arn:${partition}:iam::${ACCOUNT}:saml-provider/ADFS`;
  const trusting = (conditions?: Conditions, more: Readonly<Record<string, Json>> = { Action: 'sts:AssumeRoleWithSAML' }) => ({
    identities: identities({ roles: [aTrustingRole('adfs', [letting({ Federated: arn }, conditions, more)])] }),
  });
  const provider = (validUntil?: number) => ({
    samlProviders: seen({ [arn]: { metadata: '', ...(validUntil === undefined ? {} : { validUntil }) } }),
  });
  const says =
    'IAM role adfs does not restrict SAML:aud\nIt accepts SAML assertions that the identity provider issued for other services.';
  const open = (conditions: Conditions) => ({ given: trusting(conditions), says });

  describeCheck(check, {
    partition,
    ignores: {
      'a role for OpenID Connect': {
        identities: identities({
          roles: [
            aTrustingRole('ci', [
              letting({ Federated: `arn:${partition}:iam::${ACCOUNT}:oidc-provider/x` }, undefined, { Action: 'sts:*' }),
            ]),
          ],
        }),
      },
      'a provider that may only tag the session': trusting(undefined, { Action: 'sts:TagSession' }),
    },
    passes: {
      'an audience': trusting({ StringEquals: { 'SAML:aud': 'https://signin.aws.amazon.com/saml' } }),
      'the key in other capitalization, and Regions by wildcard': trusting({
        StringLike: { 'saml:AUD': 'https://*.signin.aws.amazon.com/saml' },
      }),
      'metadata that is valid for another 31 days': provider(daysAgo(-31)),
      'metadata without an expiration date': provider(),
    },
    fails: {
      'no condition': { given: trusting(), says, on: 'adfs', severity: 'MEDIUM' },
      'sts:*': { given: trusting(undefined, { Action: 'sts:*' }), says },
      'another condition': open({ StringEquals: { 'SAML:sub_type': 'persistent' } }),
      'the account of the provider, which every assertion has': open({ StringEquals: { 'aws:PrincipalAccount': ACCOUNT } }),
      'a caller without an ARN, as every caller with an assertion is': open({ Null: { 'aws:PrincipalArn': 'true' } }),
      'any audience': open({ StringLike: { 'SAML:aud': '*' } }),
      'the audience, if there is one': open({ StringEqualsIfExists: { 'SAML:aud': 'https://signin.aws.amazon.com/saml' } }),
      'ForAllValues, which is met without an audience': open({
        'ForAllValues:StringEquals': { 'SAML:aud': 'https://signin.aws.amazon.com/saml' },
      }),
      'metadata that expires within 30 days (other tools pass any provider that exists)': {
        given: provider(daysAgo(-30)),
        says: 'The metadata of SAML provider ADFS expires on 2026-12-20\nSign-in with this provider fails after that date',
        on: 'ADFS',
      },
      'metadata that expired': { given: provider(NOW), says: 'expired on 2026-11-20\nSign-in with this provider fails until' },
      'a longer notice period': { given: provider(daysAgo(-31)), says: 'expires', params: { expiryDays: 60 } },
    },
    unknowns: {
      'a provider that could not be collected': {
        given: { samlProviders: new Map([[arn, unavailable('access denied', 'iam:GetSAMLProvider')]]) },
        says: 'access denied',
      },
      'a trust policy that cannot be read': {
        given: { identities: identities({ roles: [aTrustingRole('adfs', [], { trustPolicy: null })] }) },
        says: 'its trust policy cannot be read',
      },
    },
  });
});
