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
const says = 'Role monitoring lets in Datadog (account 464622532012) without an external id.';
const open = (conditions: Conditions) => ({ given: datadog(conditions), says });

describeCheck(check, {
  ignores: { 'a role for a service': trusting(letting({ Service: 'ec2.amazonaws.com' })) },
  passes: {
    'a vendor with an external id': datadog({ StringEquals: { 'sts:ExternalId': '4d1f7c0ab93e' } }),
    'the key in other letters': datadog({ StringEquals: { 'STS:externalid': '4d1f7c0ab93e' } }),
    'a vendor, and a Deny of another external id': trusting(
      letting({ AWS: '464622532012' }),
      keepingOut({ StringNotEquals: { 'sts:ExternalId': '4d1f7c0ab93e' } }),
    ),
    'an account that is no vendor': trusting(letting({ AWS: '555566667777' })),
    'a vendor that a condition keeps out altogether': datadog({ StringEquals: { 'aws:PrincipalOrgID': 'o-acmeexample' } }),
  },
  fails: {
    'a vendor without a condition': { given: datadog(), says, on: 'monitoring', severity: 'MEDIUM' },
    'a vendor as a bare id': { given: datadog(undefined, { AWS: '464622532012' }), says },
    'one role of a vendor': { given: datadog(undefined, { AWS: 'arn:aws:iam::464622532012:role/crawler' }), says },
    'a vendor by condition': { given: datadog({ StringEquals: { 'aws:PrincipalAccount': '464622532012' } }, '*'), says },
    'any external id': open({ StringLike: { 'sts:ExternalId': '*' } }),
    'the external id, if there is one': open({ StringEqualsIfExists: { 'sts:ExternalId': '4d1f7c0ab93e' } }),
    'ForAllValues, which no external id meets': open({ 'ForAllValues:StringEquals': { 'sts:ExternalId': '4d1f7c0ab93e' } }),
    'MFA instead (peers want either)': open({ Bool: { 'aws:MultiFactorAuthPresent': 'true' } }),
    'not one external id': open({ StringNotEquals: { 'sts:ExternalId': '4d1f7c0ab93e' } }),
  },
  unknowns: {
    'a trust policy that cannot be read': {
      given: { identities: identities({ roles: [aRole('app', { trustPolicy: [] })] }) },
      says: 'its trust policy cannot be read',
    },
  },
});
