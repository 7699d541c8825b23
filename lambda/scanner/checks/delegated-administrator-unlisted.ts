import { defineCheck, fail, pass } from '../check.ts';
import { cli } from '../model/command.ts';
import { inPart, judgeSeen, stepForSeen } from './subjects/whole-organization.ts';

export default defineCheck({
  id: 'delegated-administrator-unlisted',
  title: 'Only accounts that are meant to administer services for the Organization',
  severity: 'MEDIUM',
  rationale:
    'A delegated administrator steers a service in every account. Its own admins are then more than admins of one account, which nobody sees in that account.',
  standards: { 'CIS AWS 7.0': '2.1.5', 'NIST 800-53 r5': 'AC-6', 'ISO 27001:2022': 'A.8.2', NIS2: 'Art. 21(2)(i)' },
  needs: ['wholeOrganization'],
  params: {
    // Services that watch are meant to be administered from an account for that; those that change accounts are not by themselves.
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
    inPart(facts, context, 'DelegatedAdministrators', (delegations) =>
      delegations.map((item) => ({ item, id: `${item.accountId}/${item.service}` })),
    ),
  judge: (subject, _facts, { params }) =>
    judgeSeen(subject, ({ accountId, service }) =>
      [service, accountId, `${accountId}/${service}`].some((entry) => params.allowed.includes(entry))
        ? pass
        : fail(`Account ${accountId} administers ${service} for the whole Organization, and is not listed for it.`, {
            evidence: { account: accountId, service },
          }),
    ),
  remediation: (subject) =>
    stepForSeen(
      subject,
      (item) =>
        `If it is meant to, list ${item.accountId}/${item.service} under allowed of this check. Otherwise: ${cli('organizations deregister-delegated-administrator', { 'account-id': item.accountId, 'service-principal': item.service })}`,
    ),
});
