import { defineCheck, fail, pass } from '../check.ts';
import { cli } from '../model/command.ts';
import { policiesWithVersions } from './subjects/policy-versions.ts';
import { listed } from './subjects/wording.ts';

export default defineCheck({
  id: 'dormant-admin-policy-version',
  title: 'No earlier version of a policy in use allows far more than the present one',
  severity: 'MEDIUM',
  rationale:
    'One call, iam:SetDefaultPolicyVersion, brings it back for everybody that the policy is attached to, and it asks for no right to write policies.',
  standards: { 'NIST 800-53 r5': 'AC-6, AC-6(10)', 'ISO 27001:2022': 'A.8.2' },
  needs: ['identities'],
  select: ({ identities }, context) => policiesWithVersions(identities, context),
  judge: ({ resource, broader }) => {
    if (broader.length === 0) return pass;
    const versions = listed(broader.map(({ id, powers }) => `${id} allows ${listed(powers)}`));
    return fail(`Policy ${resource.name} is one call away from more than its default version allows: ${versions}.`, {
      evidence: { versions: broader.map(({ id, powers }) => ({ version: id, allows: powers })) },
    });
  },
  remediation: ({ resource, broader }) =>
    `Delete what nobody means to go back to: ${broader
      .map(({ id }) => cli('iam delete-policy-version', { 'policy-arn': resource.arn, 'version-id': id }))
      .join(' && ')}`,
});
