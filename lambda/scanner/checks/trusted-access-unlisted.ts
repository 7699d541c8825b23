import { defineCheck, fail, pass } from '../check.ts';
import { cli } from '../model/command.ts';
import {
  organizationSubjects,
  judgeSeen,
  ofOrganization,
  serviceInHeadline,
  stepForSeen,
} from '../check-support/organization/organization-subjects.ts';

export default defineCheck({
  id: 'trusted-access-unlisted',
  title: 'Trusted access for AWS services should be approved',
  severity: 'MEDIUM',
  rationale:
    'A service with trusted access can create its own roles in every account of the organization and act there. SCPs do not restrict these roles. Services that are not used should not have trusted access.',
  standards: { 'NIST 800-53 r5': 'AC-6, CM-7', 'ISO 27001:2022': 'A.8.2' },
  needs: ['wholeOrganization'],
  params: {
    // Security services, and those that manage the organization itself.
    allowed: [
      'access-analyzer.amazonaws.com',
      'cloudtrail.amazonaws.com',
      'config.amazonaws.com',
      'controltower.amazonaws.com',
      'guardduty.amazonaws.com',
      'iam.amazonaws.com',
      'securityhub.amazonaws.com',
      'sso.amazonaws.com',
    ],
  },
  select: (facts, context) =>
    organizationSubjects(facts, context, 'EnabledServicePrincipals', (services) => services.map((item) => ({ item, id: item }))),
  judge: (subject, _facts, context) =>
    judgeSeen(subject, (service) =>
      context.params.allowed.includes(service)
        ? pass
        : fail(
            ofOrganization(
              `Trusted access for ${serviceInHeadline(service)} is enabled without approval`,
              [serviceInHeadline(service)],
              context,
            ),
            {
              evidence: { service },
            },
          ),
    ),
  remediation: (subject) =>
    stepForSeen(
      subject,
      (item) =>
        `If this is intended, add ${item} to checks.trusted-access-unlisted.allowed in the configuration. Otherwise disable trusted access in the console of the service, which also removes its resources. If the service has no such setting: ${cli('organizations disable-aws-service-access', { 'service-principal': item })}`,
    ),
});
