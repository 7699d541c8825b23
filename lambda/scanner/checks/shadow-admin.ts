import { defineCheck, fail, pass } from '../check.ts';
import { pathRemoval } from '../check-support/remediation/path-removal.ts';
import { pathEvidence, pathInWords, principals, severityFor } from '../check-support/principals/principals.ts';

/** The path of a break-glass identity is intended, but the check reports it: someone has to accept it. */
const BREAK_GLASS =
  'This is a break-glass identity. If it needs this access in an emergency, keep it and add an exception for this finding to the configuration. Otherwise remove it. ';

export default defineCheck({
  id: 'shadow-admin',
  title: 'Principals should not have a privilege escalation path to admin',
  severity: 'HIGH',
  rationale:
    'A list of who has AdministratorAccess does not show these principals. An attacker who takes one over is administrator a few API calls later.',
  standards: { 'NIST 800-53 r5': 'AC-6, AC-6(10)', 'ISO 27001:2022': 'A.8.2', NIS2: 'Art. 21(2)(i)' },
  needs: ['identities', 'access'],
  select: principals,
  judge: ({ label, verdict }) =>
    verdict.verdict === 'can-become-admin'
      ? fail(`${label} can escalate to administrator`, {
          message: `Path: ${pathInWords(verdict)}.`,
          evidence: pathEvidence(verdict),
          severity: severityFor(verdict, 'HIGH'),
        })
      : pass,
  remediation: (subject, { isBreakGlass }) => `${isBreakGlass(subject.identity) ? BREAK_GLASS : ''}${pathRemoval(subject)}`,
});
