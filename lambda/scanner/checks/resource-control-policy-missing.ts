import { defineCheck, fail, pass } from '../check.ts';
import { cli } from '../model/command.ts';
import { policyCoverage } from '../check-support/organization/policy-coverage.ts';
import { organizationSubjects, judgeSeen, ofOrganization } from '../check-support/organization/organization-subjects.ts';

export default defineCheck({
  id: 'resource-control-policy-missing',
  title: 'A resource control policy (RCP) should apply to every member account',
  severity: 'LOW',
  rationale:
    'SCPs restrict only the principals of your accounts. An RCP restricts external principals too: what they can do with your roles, buckets, keys and secrets, even if a resource policy allows more.',
  standards: { 'NIST 800-53 r5': 'AC-3, AC-6', 'ISO 27001:2022': 'A.5.15' },
  needs: ['wholeOrganization'],
  select: (facts, context) =>
    organizationSubjects(
      facts,
      context,
      'Policies',
      (policies, organization) =>
        policyCoverage(
          organization,
          policies.filter(({ kind }) => kind === 'rcp'),
        ).map((item) => ({ item, id: item.id })),
      ['Accounts'],
    ),
  judge: (subject, _facts, context) =>
    judgeSeen(subject, ({ accounts, label, affected, names }) =>
      names.length > 0
        ? pass
        : fail(ofOrganization(`Only RCPFullAWSAccess applies to ${label}`, [label], context), {
            message: `No other RCP restricts access to the resources of ${affected}.`,
            evidence: { accounts: accounts.slice(0, 50).map(({ id }) => id), accountCount: accounts.length },
          }),
    ),
  remediation: `Write an RCP to rcp.json that denies access from outside the organization (aws:PrincipalOrgID), except for AWS services. Create it: ${cli('organizations create-policy', { type: 'RESOURCE_CONTROL_POLICY', name: 'NAME', description: 'DESCRIPTION', content: 'file://rcp.json' })}. Test it on one account first. Then attach it to the root or the organizational unit: ${cli('organizations attach-policy', { 'policy-id': 'POLICY_ID', 'target-id': 'TARGET_ID' })}`,
});
