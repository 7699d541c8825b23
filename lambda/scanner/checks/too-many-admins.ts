import { accountSubject } from '../model/account-subject.ts';
import { defineCheck, fail, pass } from '../check.ts';
import { cli } from '../model/command.ts';
import { isAdminCapable, verdictInPlace } from '../model/verdict.ts';
import { principals } from '../check-support/principals/principals.ts';

export default defineCheck({
  id: 'too-many-admins',
  title: 'Number of admin principals should be limited',
  severity: 'MEDIUM',
  rationale:
    'Each admin principal is one more identity whose compromise exposes the whole account. Principals that can escalate to administrator count too: an attacker can use them in the same way.',
  standards: { 'NIST 800-53 r5': 'AC-6(5)', 'ISO 27001:2022': 'A.8.2', NIS2: 'Art. 21(2)(i)' },
  needs: ['identities', 'access'],
  params: { maxPercent: 10, minAdmins: 4 },
  select: (facts, context) => [
    {
      ...accountSubject(context),
      // The account needs the roles of the landing zone, and break-glass identities are meant to exist.
      counted: principals(facts).filter(({ identity, verdict }) => !verdict.platform && !context.isBreakGlass(identity)),
    },
  ],
  judge: ({ counted }, _facts, { accountId, params }) => {
    const admins = counted.filter(({ verdict }) => isAdminCapable(verdict));
    const percent = (100 * admins.length) / counted.length;
    if (admins.length < params.minAdmins || percent <= params.maxPercent) return pass;
    const already = admins.filter(({ verdict }) => verdictInPlace(verdict) === 'admin').length;
    return fail(`Account ${accountId} has ${admins.length} admin principals among ${counted.length} users and roles`, {
      message: `${already} have administrator access, and ${admins.length - already} can escalate to it or grant it. Their share is ${Math.round(percent)} %, and the limit is ${params.maxPercent} %.`,
      evidence: { admins: admins.slice(0, 50).map(({ identity }) => identity.arn), count: admins.length, of: counted.length },
    });
  },
  remediation: (_subject, { partition }) =>
    `Start with the admin principals that need the access least; the evidence of this finding lists up to 50. This lists those with AdministratorAccess: ${cli('iam list-entities-for-policy', { 'policy-arn': `arn:${partition}:iam::aws:policy/AdministratorAccess` })}. Detach the policy from them, or replace it with a least-privilege policy. \`iam-vigil admins\` lists all admin principals.`,
});
