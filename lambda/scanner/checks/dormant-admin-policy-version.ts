import { defineCheck, fail, pass } from '../check.ts';
import { cli } from '../model/command.ts';
import { policiesWithVersions } from '../check-support/policies/policy-versions.ts';
import { joinList } from '../check-support/wording/wording.ts';

export default defineCheck({
  id: 'dormant-admin-policy-version',
  title: 'Non-default policy versions should not grant broader permissions',
  severity: 'MEDIUM',
  rationale:
    'One call of iam:SetDefaultPolicyVersion restores the old version for every principal that the policy is attached to. The caller needs no permission to write policies.',
  standards: { 'NIST 800-53 r5': 'AC-6, AC-6(10)', 'ISO 27001:2022': 'A.8.2' },
  needs: ['identities'],
  select: ({ identities }, context) => policiesWithVersions(identities, context),
  judge: ({ resource, broader }) => {
    if (broader.length === 0) return pass;
    const versions = joinList(broader.map(({ id, powers }) => `${id} allows ${joinList(powers)}`));
    return fail(`IAM policy ${resource.name} has a non-default version with broader permissions`, {
      message: `A call of iam:SetDefaultPolicyVersion can restore it: ${versions}.`,
      evidence: { versions: broader.map(({ id, powers }) => ({ version: id, allows: powers })) },
    });
  },
  remediation: ({ resource, broader }) =>
    `Delete the versions that are no longer needed: ${broader
      .map(({ id }) => cli('iam delete-policy-version', { 'policy-arn': resource.arn, 'version-id': id }))
      .join(' && ')}`,
});
