import { defineCheck, fail, pass } from '../check.ts';
import { cli } from '../model/command.ts';
import { isManagement } from './subjects/management-account.ts';
import { userResource } from './subjects/users.ts';

export default defineCheck({
  id: 'management-account-user',
  title: 'The management account has no IAM users but those for emergencies',
  severity: 'HIGH',
  rationale:
    'No guardrail binds the management account, and who is admin there is admin of every account. A user has credentials that do not end: one of them that leaks opens the whole Organization, as it did in March 2026.',
  standards: { 'CIS AWS 7.0': '2.1.4', 'NIST 800-53 r5': 'AC-2, AC-6', 'ISO 27001:2022': 'A.5.15, A.8.2', NIS2: 'Art. 21(2)(i)' },
  needs: ['organization', 'identities'],
  // Names of users that are meant to be there. Those for emergencies are named under breakGlass.
  params: { allowed: [] as readonly string[] },
  select: (facts, context) =>
    isManagement(facts, context) ? facts.identities.users.map((user) => ({ user, resource: userResource(user) })) : [],
  judge: ({ user }, _facts, { isBreakGlass, params }) =>
    isBreakGlass(user) || params.allowed.includes(user.name)
      ? pass
      : fail(`User ${user.name} is a user of the management account, where no guardrail binds it.`),
  remediation: ({ user }) =>
    `Give the person a permission set in IAM Identity Center, or the program a role in an account of its own; then delete the user. Which keys it has: ${cli('iam list-access-keys', { 'user-name': user.name })}. If it is for emergencies, name it under breakGlass; if it must stay, under allowed of this check.`,
});
