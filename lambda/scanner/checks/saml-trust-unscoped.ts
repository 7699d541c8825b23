import { defineCheck } from '../check.ts';
import { cli } from '../model/command.ts';
import { type SamlSubject, isSaml, judgeAudience, judgeMetadata, samlSubjects } from './subjects/saml.ts';
import { trustChange } from './subjects/trust-commands.ts';
import { type TrustSubject, rolesWithGuests } from './subjects/trust.ts';

export default defineCheck({
  id: 'saml-trust-unscoped',
  title: 'SAML federation takes only assertions for AWS, by metadata that is valid',
  severity: 'MEDIUM',
  rationale:
    'Without a condition on SAML:aud a role also takes assertions that the identity provider made out to another service, which that service can pass on. When the metadata expires, nobody gets in, and somebody replaces it in a hurry.',
  standards: { 'NIST 800-53 r5': 'IA-8, IA-9', 'ISO 27001:2022': 'A.5.16' },
  needs: ['identities', 'samlProviders'],
  params: { expiryDays: 30 },
  select: (facts): readonly (TrustSubject | SamlSubject)[] => [...rolesWithGuests(facts, isSaml), ...samlSubjects(facts)],
  judge: (subject, _facts, context) =>
    'trust' in subject ? judgeAudience(subject, context) : judgeMetadata(subject, context.now, context.params.expiryDays),
  remediation: (subject) =>
    'trust' in subject
      ? `Require "StringEquals": { "SAML:aud": the address at which people sign in to AWS by SAML, https://signin.aws.amazon.com/saml in the partition aws }. ${trustChange(subject.role)}`
      : `Download new metadata from the identity provider and put it in place: ${cli('iam update-saml-provider', { 'saml-provider-arn': subject.resource.arn, 'saml-metadata-document': 'file://metadata.xml' })}`,
});
