import { defineCheck, fail, pass } from '../model/check.ts';
import { explainCommand, pathEvidence, pathInWords, principals } from './subjects/principals.ts';

export default defineCheck({
  id: 'conditional-admin',
  title: 'No admin hangs on a condition that is not known',
  severity: 'LOW',
  rationale:
    'An address, MFA or something that must exist stands between the principal and admin. That may be meant so; whether it holds is not seen from here.',
  standards: { 'NIST 800-53 r5': 'AC-6(5)', 'ISO 27001:2022': 'A.8.2' },
  needs: ['identities', 'access'],
  // Those for emergencies are meant to be admin, and behind conditions.
  select: (facts, { isBreakGlass }) => principals(facts).filter(({ identity }) => !isBreakGlass(identity)),
  judge: ({ label, verdict }) => {
    if (verdict.verdict !== 'conditional') return pass;
    const conditions = verdict.conditions.map(({ text }) => text).join('; ');
    const way = verdict.would === 'admin' ? 'is admin' : `gets to admin (${pathInWords(verdict)})`;
    return fail(`${label} ${way} only if: ${conditions}.`, {
      evidence: pathEvidence(verdict),
      ...(verdict.platform ? { severity: 'INFORMATIONAL' } : {}),
    });
  },
  remediation: ({ verdict }) => `Make sure that the condition is meant, or take the permission away: ${explainCommand(verdict)}.`,
});
