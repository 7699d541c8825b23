import { accountSubject } from '../model/account-subject.ts';
import { defineCheck, fail, pass, unknown } from '../check.ts';
import { shellQuote } from '../model/command.ts';
import type { Organization } from '../facts/organization.ts';
import { isManagement } from './subjects/management-account.ts';
import { someOf } from './subjects/some-of.ts';

export default defineCheck({
  id: 'assume-root-reachable',
  title: 'Only those who are meant to act as root of the member accounts can',
  severity: 'HIGH',
  rationale:
    'sts:AssumeRoot opens a session as the root user of any member account, which may give that root a password again. Nobody in that account sees who can.',
  standards: { 'NIST 800-53 r5': 'AC-6, AC-6(2)', 'ISO 27001:2022': 'A.8.2', NIS2: 'Art. 21(2)(i)' },
  needs: ['centralPowers', 'organization'],
  // ARNs of who is meant to.
  params: { allowed: [] as readonly string[] },
  select: ({ centralPowers, organization }, context) => {
    // Outside of an Organization there is nobody to be root of; and of one that was not looked at nothing can be said.
    if (organization?.trustedServices === undefined && organization?.administers === undefined) return [];
    const powers = centralPowers.filter(({ step }) => step.rule === 'assume-root');
    const everyAdmin = powers.some(({ from }) => from === undefined);
    const own = powers.flatMap(({ from }) => from ?? []);
    return [{ ...accountSubject(context), everyAdmin, own }];
  },
  judge: ({ everyAdmin, own }, facts, context) => {
    const { params, accountId, own: accounts } = context;
    // Without the feature AWS refuses the call, whoever makes it.
    if (accounts.rootFeatures?.includes('RootSessions') === false) return pass;
    if (!isSeen(facts.organization, isManagement(facts, context)))
      return unknown('which services act in all accounts, and which account administers them, could not be seen');
    const others = own.filter((arn) => !params.allowed.includes(arn));
    if (others.length > 0)
      return fail(
        `${everyAdmin ? 'Every admin and ' : ''}${others.length} ${others.length === 1 ? 'principal' : 'principals'} of account ${accountId} may call sts:AssumeRoot in every member account: ${someOf(others)}.`,
        { evidence: { principals: others.slice(0, 50), everyAdmin } },
      );
    if (!everyAdmin) return pass;
    return fail(`Every admin of account ${accountId} may call sts:AssumeRoot in every member account.`, {
      evidence: { principals: [], everyAdmin },
      // The management account rules the others by its nature.
      ...(isManagement(facts, context) ? { severity: 'MEDIUM' as const } : {}),
    });
  },
  remediation: ({ own: [first] }) =>
    `Leave root access to one account that holds nothing else (aws iam enable-organizations-root-sessions, then aws organizations register-delegated-administrator --service-principal iam.amazonaws.com), and deny sts:AssumeRoot to all but one role there.${first === undefined ? '' : ` iam-vigil explain ${shellQuote(first)} shows what it may do.`}`,
});

/** Whether it is known that root access is steered from here or is not; what is not known to be trusted may be. */
function isSeen(organization: Organization | undefined, manages: boolean): boolean {
  // Whoever administers nothing of it is no way to root, whatever is trusted.
  if (!manages && organization?.administers?.includes('iam.amazonaws.com') !== true)
    return organization?.administers !== undefined;
  return organization?.trustedServices !== undefined;
}
