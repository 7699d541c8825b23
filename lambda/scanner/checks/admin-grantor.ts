import { defineCheck, fail, pass } from '../check.ts';
import { pathRemoval } from '../check-support/remediation/path-removal.ts';
import { pathEvidence, pathInWords, principals, severityFor } from '../check-support/principals/principals.ts';

export default defineCheck({
  id: 'admin-grantor',
  title: 'Non-admin principals should not be able to grant administrator access',
  severity: 'HIGH',
  rationale:
    'The principal cannot use the access that it grants. An attacker who also controls the other identity becomes administrator.',
  standards: { 'NIST 800-53 r5': 'AC-6, AC-6(10)', 'ISO 27001:2022': 'A.8.2', NIS2: 'Art. 21(2)(i)' },
  needs: ['identities', 'access'],
  select: principals,
  judge: ({ label, verdict }) =>
    verdict.verdict === 'can-grant-admin'
      ? fail(`${label} can grant administrator access to another identity`, {
          message: `Path: ${pathInWords(verdict)}. The ${verdict.type === 'role' ? 'role' : 'user'} cannot act as that identity itself.`,
          evidence: pathEvidence(verdict),
          severity: severityFor(verdict, 'HIGH'),
        })
      : pass,
  remediation: (subject) =>
    `${pathRemoval(subject)} Where the task needs the permission, add a condition on iam:PermissionsBoundary, or on iam:PolicyARN with the policies that may be attached.`,
});
