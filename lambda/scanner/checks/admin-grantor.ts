import { defineCheck, fail, pass } from '../check.ts';
import { explainCommand, pathEvidence, pathInWords, principals, severityFor } from './subjects/principals.ts';

export default defineCheck({
  id: 'admin-grantor',
  title: 'Only admins can make others admin',
  severity: 'HIGH',
  rationale: 'It gains nothing by itself; with one accomplice, or one more identity in the same hands, it is admin.',
  standards: { 'NIST 800-53 r5': 'AC-6, AC-6(10)', 'ISO 27001:2022': 'A.8.2', NIS2: 'Art. 21(2)(i)' },
  needs: ['identities', 'access'],
  select: principals,
  judge: ({ label, verdict }) =>
    verdict.verdict === 'can-grant-admin'
      ? fail(`${label} can make others admin: ${pathInWords(verdict)}.`, {
          evidence: pathEvidence(verdict),
          severity: severityFor(verdict, 'HIGH'),
        })
      : pass,
  remediation: ({ verdict }) =>
    `Allow it only for identities with a permissions boundary (condition iam:PermissionsBoundary), or only for policies that you list (condition iam:PolicyARN): ${explainCommand(verdict)}.`,
});
