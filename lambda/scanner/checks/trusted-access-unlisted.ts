import { defineCheck, fail, pass } from '../check.ts';
import { cli } from '../model/command.ts';
import { inPart, judgeSeen, stepForSeen } from './subjects/whole-organization.ts';

export default defineCheck({
  id: 'trusted-access-unlisted',
  title: 'Only services that are meant to act in every account of the Organization',
  severity: 'MEDIUM',
  rationale:
    'A service with trusted access makes roles of its own in every account and acts there, past the guardrails. What is not in use should not be able to.',
  standards: { 'CIS AWS 7.0': '2.1.6', 'NIST 800-53 r5': 'AC-6, CM-7', 'ISO 27001:2022': 'A.8.2' },
  needs: ['wholeOrganization'],
  params: {
    // What watches over the accounts, or is what the Organization is run with.
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
    inPart(facts, context, 'EnabledServicePrincipals', (services) => services.map((item) => ({ item, id: item }))),
  judge: (subject, _facts, { params }) =>
    judgeSeen(subject, (service) =>
      params.allowed.includes(service)
        ? pass
        : fail(`${service} may act in every account of the Organization, and is not listed for it.`, { evidence: { service } }),
    ),
  remediation: (subject) =>
    stepForSeen(
      subject,
      (item) =>
        `If it is meant to, list ${item} under allowed of this check. Otherwise switch it off in the console of the service, which cleans up, or: ${cli('organizations disable-aws-service-access', { 'service-principal': item })}`,
    ),
});
