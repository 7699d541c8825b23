import { defineCheck, fail, pass } from '../check.ts';
import { cli } from '../model/command.ts';
import { policiesOver } from './subjects/guardrail-cover.ts';
import { inPart, judgeSeen } from './subjects/whole-organization.ts';

export default defineCheck({
  id: 'resource-control-policy-missing',
  title: 'Every member account is below a resource control policy',
  severity: 'LOW',
  rationale:
    'A service control policy says what your principals may do. Only a resource control policy says what strangers may do to your roles, buckets, keys and secrets, whatever a policy on one of these says.',
  standards: { 'NIST 800-53 r5': 'AC-3, AC-6', 'ISO 27001:2022': 'A.5.15' },
  needs: ['wholeOrganization'],
  select: (facts, context) =>
    inPart(facts, context, 'Policies', (policies, organization) =>
      policiesOver(organization, policies, 'rcp').map((item) => ({ item, id: item.id })),
    ),
  judge: (subject) =>
    judgeSeen(subject, ({ accounts, label, names }) =>
      names.length > 0
        ? pass
        : fail(`No resource control policy but RCPFullAWSAccess is over ${label}.`, {
            evidence: { accounts: accounts.slice(0, 50).map(({ id }) => id), accountCount: accounts.length },
          }),
    ),
  remediation: `Attach one that denies what comes from outside the Organization (aws:PrincipalOrgID), but for AWS services: ${cli('organizations attach-policy', { 'policy-id': 'POLICY', 'target-id': 'UNIT' })}. Try it on one account first.`,
});
