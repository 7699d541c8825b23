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
  id: 'delegated-administrator-unlisted',
  title: 'Delegated administrators should be approved',
  severity: 'MEDIUM',
  rationale:
    'A delegated administrator manages a service in every account of the organization. The administrators of its account can therefore act in other accounts, which their IAM policies do not show.',
  standards: { 'NIST 800-53 r5': 'AC-6', 'ISO 27001:2022': 'A.8.2', NIS2: 'Art. 21(2)(i)' },
  needs: ['wholeOrganization'],
  params: {
    // Security services are commonly delegated to a dedicated account. Services that change accounts need approval.
    allowed: [
      'access-analyzer.amazonaws.com',
      'cloudtrail.amazonaws.com',
      'config.amazonaws.com',
      'guardduty.amazonaws.com',
      'inspector2.amazonaws.com',
      'macie.amazonaws.com',
      'securityhub.amazonaws.com',
    ],
  },
  select: (facts, context) =>
    organizationSubjects(facts, context, 'DelegatedAdministrators', (delegations) =>
      delegations.map((item) => ({ item, id: `${item.accountId}/${item.service}` })),
    ),
  judge: (subject, _facts, context) =>
    judgeSeen(subject, ({ accountId, service }) =>
      [service, accountId, `${accountId}/${service}`].some((entry) => context.params.allowed.includes(entry))
        ? pass
        : fail(
            ofOrganization(
              `Account ${accountId} administers ${serviceInHeadline(service)} without approval`,
              [serviceInHeadline(service)],
              context,
            ),
            {
              evidence: { account: accountId, service },
            },
          ),
    ),
  remediation: (subject) =>
    stepForSeen(
      subject,
      (item) =>
        `If this is intended, add ${item.accountId}/${item.service} to checks.delegated-administrator-unlisted.allowed in the configuration. Otherwise remove the delegation: ${cli('organizations deregister-delegated-administrator', { 'account-id': item.accountId, 'service-principal': item.service })}`,
    ),
});
