import { defineCheck, fail, pass } from '../model/check.ts';
import { cli } from '../model/command.ts';
import { dormantPowers, policiesWithVersions } from './subjects/policy-versions.ts';
import { listed } from './subjects/wording.ts';

export default defineCheck({
  id: 'dormant-admin-policy-version',
  title: 'No earlier version of a policy in use allows far more than the present one',
  severity: 'MEDIUM',
  rationale:
    'One call, iam:SetDefaultPolicyVersion, brings it back for everybody that the policy is attached to, and it asks for no right to write policies.',
  standards: { 'NIST 800-53 r5': 'AC-6, AC-6(10)', 'ISO 27001:2022': 'A.8.2' },
  needs: ['identities'],
  select: ({ identities }) => policiesWithVersions(identities),
  judge: ({ resource, managed }, _facts, context) => {
    const broader = dormantPowers(managed, context);
    if (broader.length === 0) return pass;
    const versions = broader.map(({ version, powers }) => `${version} allows ${listed(powers)}`);
    return fail(`Policy ${resource.name} is one call away from more than its default version allows: ${listed(versions)}.`, {
      evidence: { versions: broader.map(({ version, powers }) => ({ version, allows: powers })) },
    });
  },
  remediation: ({ resource, managed }, context) =>
    `Delete what nobody means to go back to: ${dormantPowers(managed, context)
      .map(({ version }) => cli('iam delete-policy-version', { 'policy-arn': resource.arn, 'version-id': version }))
      .join(' && ')}`,
});
