import { defineCheck, fail, pass } from '../check.ts';
import type { PrincipalVerdict } from '../model/verdict.ts';
import { explainCommand, pathEvidence, pathInWords, principals } from './subjects/principals.ts';

const DENIAL = 'denied if ';

/** What must hold, and what must not. */
function inWords({ conditions }: PrincipalVerdict): string {
  const texts = conditions.map(({ text }) => text);
  const needed = texts.filter((text) => !text.startsWith(DENIAL));
  const denials = texts.flatMap((text) => (text.startsWith(DENIAL) ? [text.slice(DENIAL.length)] : []));
  return `${needed.length > 0 ? ` only if: ${needed.join('; ')}` : ''}${denials.length > 0 ? ` unless denied by: ${denials.join('; ')}` : ''}`;
}

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
    const way = verdict.would === 'admin' ? 'is admin' : `gets to admin (${pathInWords(verdict)})`;
    return fail(`${label} ${way}${inWords(verdict)}.`, {
      evidence: pathEvidence(verdict),
      ...(verdict.platform ? { severity: 'INFORMATIONAL' } : {}),
    });
  },
  remediation: ({ verdict }) => `Make sure that the condition is meant, or take the permission away: ${explainCommand(verdict)}.`,
});
