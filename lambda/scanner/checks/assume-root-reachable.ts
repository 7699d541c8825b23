import { defineCheck, pass } from '../check.ts';
import { cli } from '../model/command.ts';
import { type OrgWidePower, judgeHolders, orgWideHolders, removalOf } from '../check-support/organization/org-wide-holders.ts';

const power: OrgWidePower = { what: (members) => `can call sts:AssumeRoot on ${members}`, service: 'iam.amazonaws.com' };

export default defineCheck({
  id: 'assume-root-reachable',
  title: 'Use of sts:AssumeRoot should be limited to approved principals',
  severity: 'HIGH',
  rationale:
    'sts:AssumeRoot starts a session as the root user of any member account. Such a session can allow the root user to set a new password. The member account does not show who can do this.',
  standards: { 'NIST 800-53 r5': 'AC-6, AC-6(2)', 'ISO 27001:2022': 'A.8.2', NIS2: 'Art. 21(2)(i)' },
  needs: ['centralPowers', 'organization'],
  // ARNs of approved principals.
  params: { allowed: [] as readonly string[] },
  select: (facts, context) => orgWideHolders(facts, context, 'assume-root'),
  judge: (holders, facts, context) =>
    // Without this feature AWS denies the tasks that give root a password or delete its credentials to every principal.
    context.own.rootFeatures?.includes('RootCredentialsManagement') === false
      ? pass
      : judgeHolders(holders, power, facts, context),
  remediation: (holders, context) => {
    const removal = removalOf(holders, context, { actions: 'sts:AssumeRoot', check: 'assume-root-reachable' });
    const delegation = cli('organizations register-delegated-administrator', {
      'account-id': 'ACCOUNT_ID',
      'service-principal': 'iam.amazonaws.com',
    });
    return `${removal}Delegate root access to a dedicated account with few administrators: ${cli('iam enable-organizations-root-credentials-management')} && ${delegation}. In that account, deny sts:AssumeRoot to all principals except one role.`;
  },
});
