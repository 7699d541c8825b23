import { defineCheck, fail, pass } from '../check.ts';
import { explainCommand, pathEvidence, principals } from './subjects/principals.ts';

export default defineCheck({
  id: 'admin-user',
  title: 'Admins are federated roles, not IAM users',
  severity: 'MEDIUM',
  rationale:
    'The credentials of an IAM user live until somebody removes them. A role reached through IAM Identity Center or another identity provider gives hours, and ends with the account of the person.',
  standards: { 'CIS AWS 3.0': '1.15, 1.21', 'ISO 27001:2022': 'A.8.2' },
  needs: ['identities', 'access'],
  select: (facts, { isBreakGlass }) =>
    principals(facts).filter(({ identity, verdict }) => verdict.type === 'user' && !isBreakGlass(identity)),
  judge: ({ label, verdict }) =>
    verdict.verdict === 'admin' ? fail(`${label} is admin.`, { evidence: pathEvidence(verdict) }) : pass,
  remediation: ({ verdict }) =>
    `Give the person an admin permission set in IAM Identity Center and take the policy off the user; ${explainCommand(verdict)} names the statement.`,
});
