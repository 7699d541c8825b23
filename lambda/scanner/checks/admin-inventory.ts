import { accountSubject } from '../model/account-subject.ts';
import { defineCheck, record } from '../check.ts';
import { type AdminLine, adminLineFacts, adminLines } from './subjects/admin-lines.ts';

/** Those who are more are counted; `iam-vigil admins` has them all. */
const LISTED = 200;

const asEvidence = ({ principal: { arn, verdict, platform }, signsInBy, protectedBy }: AdminLine) => ({
  arn,
  verdict,
  ...(platform ? { platform } : {}),
  signsInBy,
  protectedBy,
});

export default defineCheck({
  id: 'admin-inventory',
  title: 'The admins of the account are listed',
  severity: 'INFORMATIONAL',
  rationale:
    'Nobody can say whether there are too many admins who cannot say who they are. This check never fails: it puts the list of admins, and of those who can become admin, on record every night, with how each signs in and what protects it.',
  standards: { 'NIST 800-53 r5': 'AC-6(7)', 'ISO 27001:2022': 'A.5.18, A.8.2', NIS2: 'Art. 21(2)(i)' },
  needs: adminLineFacts,
  select: (facts, context) => [{ ...accountSubject(context), lines: adminLines(facts) }],
  judge: ({ lines }, _facts, { accountId }) => {
    const count = (verdict: AdminLine['principal']['verdict']) =>
      lines.filter(({ principal }) => principal.verdict === verdict && !principal.platform).length;
    const platform = lines.filter(({ principal }) => principal.platform).length;
    return record(`Administrators of account ${accountId}`, {
      message: `Admins of account ${accountId}: ${count('admin')}; can become admin: ${count('can-become-admin')}; can make others admin: ${count('can-grant-admin')}; under conditions: ${count('conditional')}; besides these, of the landing zone: ${platform}.`,
      evidence: { admins: lines.slice(0, LISTED).map(asEvidence), count: lines.length },
    });
  },
  remediation: 'Look the list over: iam-vigil admins.',
});
