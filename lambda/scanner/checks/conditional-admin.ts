import { defineCheck, fail, pass } from '../check.ts';
import { conditionsInWords } from '../model/conditions-in-words.ts';
import type { PrincipalVerdict } from '../model/verdict.ts';
import { pathRemoval } from '../check-support/remediation/path-removal.ts';
import { describeAdminLevel } from '../check-support/wording/admin-level.ts';
import { pathEvidence, pathInWords, principals } from '../check-support/principals/principals.ts';

/** The path, and the conditions under which it can be used. */
function inWords(verdict: PrincipalVerdict): string {
  const path = pathInWords(verdict);
  const conditions = conditionsInWords(verdict.conditions);
  return [...(path === '' ? [] : [`Path: ${path}.`]), ...(conditions === '' ? [] : [conditions])].join(' ');
}

export default defineCheck({
  id: 'conditional-admin',
  title: 'Conditional paths to admin should be reviewed',
  severity: 'LOW',
  rationale:
    'The principal is administrator, or can become it, only if a condition holds: an IP address, MFA, or a resource that must exist. The condition may be intended. Whether it holds cannot be seen in the collected data.',
  standards: { 'NIST 800-53 r5': 'AC-6(5)', 'ISO 27001:2022': 'A.8.2' },
  needs: ['identities', 'access'],
  // Break-glass identities are meant to be admin under conditions.
  select: (facts, { isBreakGlass }) => principals(facts).filter(({ identity }) => !isBreakGlass(identity)),
  judge: ({ label, verdict }) => {
    if (verdict.verdict !== 'conditional') return pass;
    const message = inWords(verdict);
    return fail(`${label} ${describeAdminLevel({ ...verdict, verdict: verdict.would ?? verdict.verdict })} under conditions`, {
      ...(message === '' ? {} : { message }),
      evidence: pathEvidence(verdict),
      ...(verdict.platform ? { severity: 'INFORMATIONAL' } : {}),
    });
  },
  remediation: (subject) =>
    `Check that the condition is intended and cannot be met by an attacker. If so, add an exception for this finding. Otherwise remove the access. ${pathRemoval(subject)}`,
});
