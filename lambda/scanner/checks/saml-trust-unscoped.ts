import { defineCheck } from '../check.ts';
import { cli } from '../model/command.ts';
import { type SamlSubject, isSaml, judgeAudience, judgeMetadata, samlSubjects } from '../check-support/trust/saml.ts';
import { trustChange } from '../check-support/remediation/trust-commands.ts';
import { type TrustSubject, rolesTrusting } from '../check-support/trust/trust-policies.ts';

export default defineCheck({
  id: 'saml-trust-unscoped',
  title: 'SAML roles should require SAML:aud and valid provider metadata',
  severity: 'MEDIUM',
  rationale:
    'Without a condition on SAML:aud, a role accepts assertions that the identity provider issued for another service. That service, or an attacker who compromises it, can use them to assume the role. When the metadata of a provider expires, sign-in fails, and metadata that is replaced in a hurry may not be verified.',
  standards: { 'NIST 800-53 r5': 'IA-8, IA-9', 'ISO 27001:2022': 'A.5.16' },
  needs: ['identities', 'samlProviders', 'access'],
  params: { expiryDays: 30 },
  select: (facts): readonly (TrustSubject | SamlSubject)[] => [...rolesTrusting(facts, isSaml), ...samlSubjects(facts)],
  judge: (subject, _facts, context) =>
    'trust' in subject ? judgeAudience(subject, context) : judgeMetadata(subject, context.now, context.params.expiryDays),
  remediation: (subject) =>
    'trust' in subject
      ? `Require "StringEquals": { "SAML:aud": "SIGN_IN_URL" } in the trust policy. SIGN_IN_URL is the address that the identity provider uses for AWS, https://signin.aws.amazon.com/saml in the partition aws. ${trustChange(subject.role)}`
      : `Download new metadata from the identity provider and apply it: ${cli('iam update-saml-provider', { 'saml-provider-arn': subject.resource.arn, 'saml-metadata-document': 'file://metadata.xml' })}`,
});
