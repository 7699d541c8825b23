import { defineCheck } from '../check.ts';
import { cli } from '../model/command.ts';
import { type OrgWidePower, judgeHolders, orgWideHolders, removalOf } from '../check-support/organization/org-wide-holders.ts';

const power: OrgWidePower = {
  what: (members) => `can change the root email address of ${members}`,
  service: 'account.amazonaws.com',
};

export default defineCheck({
  id: 'root-email-changeable',
  title: 'Changes of the root email address of member accounts should be limited to approved principals',
  severity: 'HIGH',
  rationale:
    'A password reset of the root user is sent to the root email address. A principal that changes this address receives it, and can then sign in as the root user of the member account.',
  standards: { 'NIST 800-53 r5': 'AC-6, AC-6(2)', 'ISO 27001:2022': 'A.8.2', NIS2: 'Art. 21(2)(i)' },
  needs: ['centralPowers', 'organization'],
  // ARNs of approved principals.
  params: { allowed: [] as readonly string[] },
  select: (facts, context) => orgWideHolders(facts, context, 'change-root-email'),
  judge: (holders, facts, context) => judgeHolders(holders, power, facts, context),
  remediation: (holders, context) => {
    const actions = 'account:StartPrimaryEmailUpdate';
    const removal = removalOf(holders, context, { actions, check: 'root-email-changeable' });
    const off = cli('organizations disable-aws-service-access', { 'service-principal': power.service });
    return `${removal}If root email addresses are not changed centrally, disable trusted access for Account Management: ${off}. Otherwise delegate it to a dedicated account with few administrators, and deny ${actions} there to all principals except one role.`;
  },
});
