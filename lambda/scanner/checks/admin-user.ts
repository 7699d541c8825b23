import { defineCheck, fail, pass } from '../check.ts';
import { pathRemoval } from '../check-support/remediation/path-removal.ts';
import { describeAdminLevel } from '../check-support/wording/admin-level.ts';
import { verdictInPlace } from '../model/verdict.ts';
import { pathEvidence, principals } from '../check-support/principals/principals.ts';

export default defineCheck({
  id: 'admin-user',
  title: 'IAM users should not have administrator access',
  severity: 'MEDIUM',
  rationale:
    'The credentials of an IAM user are valid until they are removed. A role in IAM Identity Center, or behind another identity provider, gives credentials for hours, and only while the person has an account there.',
  standards: { 'ISO 27001:2022': 'A.8.2' },
  needs: ['identities', 'access'],
  select: (facts, { isBreakGlass }) =>
    principals(facts).filter(({ identity, verdict }) => verdict.type === 'user' && !isBreakGlass(identity)),
  judge: ({ label, verdict }) =>
    verdictInPlace(verdict) === 'admin'
      ? fail(`${label} ${describeAdminLevel(verdict)}`, { evidence: pathEvidence(verdict) })
      : pass,
  remediation: (subject) => `Assign the person an admin permission set in IAM Identity Center. ${pathRemoval(subject)}`,
});
