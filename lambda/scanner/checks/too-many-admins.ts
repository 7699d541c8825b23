import { accountSubject } from '../model/account-subject.ts';
import { defineCheck, fail, pass } from '../check.ts';
import { isAdminCapable } from '../model/verdict.ts';
import { principals } from './subjects/principals.ts';

export default defineCheck({
  id: 'too-many-admins',
  title: 'Few of the users and roles are admin or can become it',
  severity: 'MEDIUM',
  rationale:
    'Each admin is one more identity whose loss is the loss of the account. Those who can become admin count: they are as good a prey.',
  standards: { 'NIST 800-53 r5': 'AC-6(5)', 'ISO 27001:2022': 'A.8.2', NIS2: 'Art. 21(2)(i)' },
  needs: ['identities', 'access'],
  params: { maxPercent: 10, minAdmins: 4 },
  select: (facts, context) => [
    {
      ...accountSubject(context),
      // What the landing zone needs, and what is kept for emergencies, is not of the owner's choosing.
      counted: principals(facts).filter(({ identity, verdict }) => !verdict.platform && !context.isBreakGlass(identity)),
    },
  ],
  judge: ({ counted }, _facts, { accountId, params }) => {
    const admins = counted.filter(({ verdict }) => isAdminCapable(verdict));
    const percent = (100 * admins.length) / counted.length;
    if (admins.length < params.minAdmins || percent <= params.maxPercent) return pass;
    const already = admins.filter(({ verdict }) => verdict.verdict === 'admin').length;
    return fail(
      `${admins.length} of ${counted.length} users and roles of account ${accountId} are admin (${already}) or can become it or make others admin (${admins.length - already}): ${Math.round(percent)} %, more than ${params.maxPercent} %.`,
      { evidence: { admins: admins.slice(0, 50).map(({ identity }) => identity.arn), count: admins.length, of: counted.length } },
    );
  },
  remediation:
    'Begin with those who need it least: iam-vigil admins lists them all, and iam-vigil explain ARN says what makes one admin.',
});
