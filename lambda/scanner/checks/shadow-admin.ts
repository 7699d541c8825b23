import { defineCheck, fail, pass } from '../check.ts';
import { explainCommand, pathEvidence, pathInWords, principals, severityFor } from './subjects/principals.ts';

export default defineCheck({
  id: 'shadow-admin',
  title: 'Only those who are meant to be admin can become it',
  severity: 'HIGH',
  rationale:
    'Nobody counts these among the admins, and no list of AdministratorAccess shows them; an attacker who takes one of them over is admin a few calls later.',
  standards: { 'NIST 800-53 r5': 'AC-6, AC-6(10)', 'ISO 27001:2022': 'A.8.2', NIS2: 'Art. 21(2)(i)' },
  needs: ['identities', 'access'],
  select: principals,
  judge: ({ label, verdict }) =>
    verdict.verdict === 'can-become-admin'
      ? fail(`${label} can become admin: ${pathInWords(verdict)}.`, {
          evidence: pathEvidence(verdict),
          severity: severityFor(verdict, 'HIGH'),
        })
      : pass,
  remediation: ({ verdict }) => `See which statements to take away, the fewest first: ${explainCommand(verdict)}.`,
});
