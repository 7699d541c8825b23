import { defineCheck, fail, pass, unknown } from '../check.ts';
import { isAdminCapable } from '../model/verdict.ts';
import { accountFacts, openedAccount } from './subjects/opened-account.ts';
import { assumesWithoutMfa, peopleOf } from './subjects/people.ts';
import { isSaml } from './subjects/saml.ts';
import { trustChange } from './subjects/trust-commands.ts';
import { guests, judgeTrust, trustSubjects } from './subjects/trust.ts';

export default defineCheck({
  id: 'admin-role-without-mfa',
  title: 'People need MFA to take on roles that lead to admin',
  severity: 'MEDIUM',
  rationale:
    'MFA at the console does not guard the access keys of users: only a condition in the trust policy of the role, or in the policies of those who assume it, does. Of people who come by SAML the identity provider must ask for MFA, which cannot be seen here.',
  standards: { 'NIST 800-53 r5': 'AC-6(5), IA-2(1)', 'ISO 27001:2022': 'A.8.2, A.8.5', NIS2: 'Art. 21(2)(j)' },
  needs: [...accountFacts, 'access'],
  select: (facts, context) => {
    const account = openedAccount(facts, context);
    const people = peopleOf(account);
    return trustSubjects(facts).flatMap((subject) => {
      const verdict = facts.access.get(subject.role.arn);
      return verdict && isAdminCapable(verdict) && !verdict.platform ? [{ ...subject, account, people }] : [];
    });
  },
  judge: (subject) =>
    judgeTrust(subject, (trust) => {
      const { role, account, people } = subject;
      const says = `Role ${role.name}, which leads to admin, can be taken on without MFA`;
      const provider = guests(trust).find(isSaml)?.principal.value;
      if (provider !== undefined) return fail(`${says} unless ${provider} asks for it.`, { evidence: { provider } });
      const actor = account.actorsByArn.get(role.arn);
      if (actor?.kind !== 'role') return unknown('its policies are not in the snapshot');
      const person = assumesWithoutMfa(account, people, actor, trust);
      if (!person) return pass;
      const unless = person.kind === 'role' ? ' by SAML, unless the identity provider asks for it' : '';
      return fail(`${says}, by ${person.kind} ${person.identity.name} for one${unless}.`, { evidence: { by: person.arn } });
    }),
  remediation: ({ role }) =>
    `Require "Bool": { "aws:MultiFactorAuthPresent": "true" } in the trust policy, unless programs assume the role; those need a role of their own. ${trustChange(role)}`,
});
