import { defineCheck, fail, pass, unknown } from '../check.ts';
import { cli } from '../model/command.ts';
import { policyCoverage } from '../check-support/organization/policy-coverage.ts';
import { judgeSeen, ofOrganization, organizationSubjects } from '../check-support/organization/organization-subjects.ts';

export default defineCheck({
  id: 'ai-opt-out-missing',
  title: 'An AI services opt-out policy should apply to every member account',
  severity: 'LOW',
  rationale:
    'Some AI services of AWS may store the content that they process and use it to improve AWS services, also outside the Region. An opt-out policy of the organization prevents that.',
  standards: { 'ISO 27001:2022': 'A.5.15' },
  needs: ['wholeOrganization'],
  select: (facts, context) =>
    organizationSubjects(facts, context, 'AiOptOutPolicies', (policies, organization) => {
      const unread = new Set(policies.filter(({ optsOut }) => optsOut === undefined).map(({ name, id }) => name || id));
      return policyCoverage(
        organization,
        policies.filter(({ optsOut }) => optsOut !== false),
      ).map((cover) => ({ item: { ...cover, unread }, id: cover.id }));
    }),
  judge: (subject, _facts, context) =>
    judgeSeen(subject, ({ accounts, label, affected, names, unread }) => {
      if (names.some((name) => !unread.has(name))) return pass;
      const [first] = names;
      if (first !== undefined) return unknown(`the policy ${first} could not be read`);
      return fail(ofOrganization(`No AI services opt-out policy applies to ${label}`, [label], context), {
        message: `AWS may store and use content of ${affected} that its AI services process.`,
        evidence: { accounts: accounts.slice(0, 50).map(({ id }) => id), accountCount: accounts.length },
      });
    }),
  remediation: `Enable the policy type: ${cli('organizations enable-policy-type', { 'root-id': 'ROOT_ID', 'policy-type': 'AISERVICES_OPT_OUT_POLICY' })}. Write a policy that assigns optOut to the service default to opt-out.json, and create it: ${cli('organizations create-policy', { type: 'AISERVICES_OPT_OUT_POLICY', name: 'NAME', description: 'DESCRIPTION', content: 'file://opt-out.json' })}. Attach it to the root: ${cli('organizations attach-policy', { 'policy-id': 'POLICY_ID', 'target-id': 'ROOT_ID' })}`,
});
