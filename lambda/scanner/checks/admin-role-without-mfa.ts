import { defineCheck, fail, pass, unknown } from '../check.ts';
import { isAdminCapable } from '../model/verdict.ts';
import { assumesWithoutMfa, usersOfRole } from '../check-support/principals/role-users.ts';
import { judgeCallers } from '../check-support/trust/judge-callers.ts';
import { isSaml } from '../check-support/trust/saml.ts';
import { trustChange } from '../check-support/remediation/trust-commands.ts';
import { trustedPrincipals, trustSubjects } from '../check-support/trust/trust-policies.ts';

export default defineCheck({
  id: 'admin-role-without-mfa',
  title: 'Assuming a role with a path to admin should require MFA',
  severity: 'MEDIUM',
  rationale:
    'MFA at console sign-in does not protect access keys. Only a condition on MFA does, in the trust policy of the role or in the policies of the principals that assume it. For SAML sign-in the identity provider must require MFA, which is not visible in AWS.',
  standards: { 'NIST 800-53 r5': 'AC-6(5), IA-2(1)', 'ISO 27001:2022': 'A.8.2, A.8.5', NIS2: 'Art. 21(2)(j)' },
  needs: ['identities', 'credentialReport', 'access'],
  select: (facts, context) => {
    const account = context.account();
    const people = usersOfRole(account);
    return trustSubjects(facts).flatMap((subject) => {
      const verdict = facts.access.get(subject.role.arn);
      return verdict && isAdminCapable(verdict) && !verdict.platform ? [{ ...subject, account, people }] : [];
    });
  },
  judge: (subject, _facts, context) =>
    judgeCallers(subject, context, (trust) => {
      const { role, account, people } = subject;
      const who = `IAM role ${role.name} (path to admin)`;
      const provider = trustedPrincipals(trust).find(isSaml)?.principal.value;
      if (provider !== undefined)
        return fail(`${who} does not require MFA for SAML sign-in`, {
          message: `Only ${provider} can require MFA. Whether it does is not visible in AWS.`,
          evidence: { provider },
        });
      const principal = account.principalsByArn.get(role.arn);
      if (principal?.kind !== 'role') return unknown('the snapshot does not contain its policies');
      const person = assumesWithoutMfa(account, people, principal, trust);
      if (!person) return pass;
      const saml =
        person.kind === 'role' ? ' People sign in to that role through SAML; only the identity provider can require MFA.' : '';
      return fail(`${who} can be assumed without MFA`, {
        message: `For example, ${person.kind} ${person.identity.name} can assume it without MFA.${saml}`,
        evidence: { by: person.arn },
      });
    }),
  remediation: ({ role }) =>
    `Add the condition "Bool": { "aws:MultiFactorAuthPresent": "true" } to the trust policy. If programs assume the role too, give them a separate role first. ${trustChange(role)}`,
});
