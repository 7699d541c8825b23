import { accountSubject } from '../model/account-subject.ts';
import { defineCheck, fail, pass, unknown } from '../check.ts';
import { cli, shellQuote } from '../model/command.ts';
import type { Organization } from '../facts/organization.ts';
import type { OrgWideServiceAccess } from '../model/reach.ts';
import { isManagement } from '../check-support/organization/management-account.ts';
import { summarizeList } from '../check-support/wording/summarize-list.ts';
import { statementInWords } from '../check-support/wording/statement-in-words.ts';
import { joinList } from '../check-support/wording/wording.ts';

const WHAT = 'can call sts:AssumeRoot on every member account';

/** How many principals the next step names with their statements. */
const NAMED = 3;

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
  select: ({ centralPowers, organization }, context) => {
    // Outside an organization there are no member accounts. If the organization was not examined, nothing can be said.
    if (organization?.trustedServices === undefined && organization?.administers === undefined) return [];
    const powers = centralPowers.filter(({ step }) => step.rule === 'assume-root');
    const everyAdmin = powers.some(({ from }) => from === undefined);
    const own = powers.flatMap(({ from, step }) => (from === undefined ? [] : [{ arn: from, step }]));
    return [{ ...accountSubject(context), everyAdmin, own }];
  },
  judge: ({ everyAdmin, own }, facts, context) => {
    const { params, accountId, own: accounts } = context;
    // Without this feature AWS denies the tasks that give root a password or delete its credentials to every principal.
    if (accounts.rootFeatures?.includes('RootCredentialsManagement') === false) return pass;
    if (!isSeen(facts.organization, isManagement(facts, context)))
      return unknown('the services with trusted access, and the services that this account administers, could not be collected');
    const others = own.map(({ arn }) => arn).filter((arn) => !params.allowed.includes(arn));
    if (others.length > 0) {
      const count = `${others.length} ${everyAdmin ? 'other ' : ''}${others.length === 1 ? 'principal' : 'principals'}`;
      return fail(
        everyAdmin
          ? `Every admin and ${count} of account ${accountId} ${WHAT}`
          : `Account ${accountId} has ${count} that ${WHAT}`,
        {
          message: `Not approved: ${summarizeList(others)}.`,
          evidence: { principals: others.slice(0, 50), everyAdmin },
        },
      );
    }
    if (!everyAdmin) return pass;
    return fail(`Every admin of account ${accountId} ${WHAT}`, {
      evidence: { principals: [], everyAdmin },
      // The management account controls the other accounts in any case.
      ...(isManagement(facts, context) ? { severity: 'MEDIUM' as const } : {}),
    });
  },
  remediation: ({ own }, { params }) => {
    const others = own.filter(({ arn }) => !params.allowed.includes(arn));
    const removal =
      others.length === 0
        ? ''
        : `Remove sts:AssumeRoot from ${joinList(others.slice(0, NAMED).map(inWords))}: edit or detach the policy, or deny the action. If a principal needs it, add its ARN to checks.assume-root-reachable.allowed in the configuration. `;
    const delegation = cli('organizations register-delegated-administrator', {
      'account-id': 'ACCOUNT_ID',
      'service-principal': 'iam.amazonaws.com',
    });
    return `${removal}Delegate root access to a dedicated account with few administrators: ${cli('iam enable-organizations-root-credentials-management')} && ${delegation}. In that account, deny sts:AssumeRoot to all principals except one role.`;
  },
});

const inWords = ({ arn, step: { statements } }: { readonly arn: string; readonly step: OrgWideServiceAccess['step'] }): string =>
  statements.length === 0 ? shellQuote(arn) : `${shellQuote(arn)} (allowed by ${statements.map(statementInWords).join(', ')})`;

/** Whether it is known if root access can be managed from this account. */
function isSeen(organization: Organization | undefined, manages: boolean): boolean {
  // An account that is not a delegated administrator for IAM cannot assume root, whatever has trusted access.
  if (!manages && organization?.administers?.includes('iam.amazonaws.com') !== true)
    return organization?.administers !== undefined;
  return organization?.trustedServices !== undefined;
}
