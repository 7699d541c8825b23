import check from '../../lambda/scanner/checks/role-trusts-vendor-without-external-id.ts';
import type { Json } from '../../lambda/scanner/model/json.ts';
import { aRole, identities } from '../support/builders.ts';
import { describeCheck } from '../support/check-tester.ts';
import { type Conditions, aTrustingRole, keepingOut, letting } from '../support/trust.ts';

const trusting = (...statements: readonly Json[]) => ({
  identities: identities({ roles: [aTrustingRole('monitoring', statements)] }),
});
const datadog = (conditions?: Conditions, principal: Json = { AWS: 'arn:aws:iam::464622532012:root' }) =>
  trusting(letting(principal, conditions));
const says = 'IAM role monitoring trusts Datadog (account 464622532012) without requiring an external ID\n';
const open = (conditions: Conditions) => ({ given: datadog(conditions), says });

describeCheck(check, {
  ignores: { 'a role for a service': trusting(letting({ Service: 'ec2.amazonaws.com' })) },
  passes: {
    'a vendor with an external ID': datadog({ StringEquals: { 'sts:ExternalId': '4d1f7c0ab93e' } }),
    'the key in other capitalization': datadog({ StringEquals: { 'STS:externalid': '4d1f7c0ab93e' } }),
    'a vendor, and a Deny of any other external ID': trusting(
      letting({ AWS: '464622532012' }),
      keepingOut({ StringNotEquals: { 'sts:ExternalId': '4d1f7c0ab93e' } }),
    ),
    'an account that is not a vendor': trusting(letting({ AWS: '555566667777' })),
    'a vendor that a condition blocks completely': datadog({ StringEquals: { 'aws:PrincipalOrgID': 'o-acmeexample' } }),
  },
  fails: {
    'a vendor without a condition': { given: datadog(), says, on: 'monitoring', severity: 'MEDIUM' },
    'a vendor as a bare ID': { given: datadog(undefined, { AWS: '464622532012' }), says },
    'one role of a vendor': { given: datadog(undefined, { AWS: 'arn:aws:iam::464622532012:role/crawler' }), says },
    'a vendor by condition': { given: datadog({ StringEquals: { 'aws:PrincipalAccount': '464622532012' } }, '*'), says },
    'two accounts of vendors': {
      given: datadog(undefined, { AWS: ['464622532012', '381031177744'] }),
      says: /^IAM role monitoring trusts 2 vendor accounts without requiring an external ID\nThe vendors are Datadog \(account 464622532012\) and AttackIQ \(account 381031177744\)\.$/,
    },
    'any external ID': open({ StringLike: { 'sts:ExternalId': '*' } }),
    'the external ID, if there is one': open({ StringEqualsIfExists: { 'sts:ExternalId': '4d1f7c0ab93e' } }),
    'ForAllValues, which is met without an external ID': open({
      'ForAllValues:StringEquals': { 'sts:ExternalId': '4d1f7c0ab93e' },
    }),
    'MFA instead (other tools accept either)': open({ Bool: { 'aws:MultiFactorAuthPresent': 'true' } }),
    'all but one external ID': open({ StringNotEquals: { 'sts:ExternalId': '4d1f7c0ab93e' } }),
  },
  unknowns: {
    'a trust policy that cannot be read': {
      given: { identities: identities({ roles: [aRole('app', { trustPolicy: [] })] }) },
      says: 'its trust policy cannot be read',
    },
  },
});
