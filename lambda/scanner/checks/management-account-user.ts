import { defineCheck, fail, pass } from '../check.ts';
import { cli } from '../model/command.ts';
import { isManagement } from '../check-support/organization/management-account.ts';
import { userResource } from '../check-support/credentials/users.ts';

export default defineCheck({
  id: 'management-account-user',
  title: 'Management account should have no IAM users other than break-glass users',
  severity: 'HIGH',
  rationale:
    'SCPs do not restrict the management account, and its administrators control every account of the organization. IAM users have long-term credentials. If one of them leaks, the whole organization is at risk.',
  standards: { 'NIST 800-53 r5': 'AC-2, AC-6', 'ISO 27001:2022': 'A.5.15, A.8.2', NIS2: 'Art. 21(2)(i)' },
  needs: ['organization', 'identities'],
  // Names of approved users. Break-glass users are named under breakGlass.
  params: { allowed: [] as readonly string[] },
  select: (facts, context) =>
    isManagement(facts, context) ? facts.identities.users.map((user) => ({ user, resource: userResource(user) })) : [],
  judge: ({ user }, _facts, { isBreakGlass, params }) =>
    isBreakGlass(user) || params.allowed.includes(user.name)
      ? pass
      : fail(`IAM user ${user.name} exists in the management account, where SCPs do not apply`),
  remediation: ({ user }) =>
    `Give the person a permission set in IAM Identity Center, or the program a role in a member account. Then list the access keys of the user (${cli('iam list-access-keys', { 'user-name': user.name })}), deactivate them, and delete the user. If it is a break-glass user, add it to breakGlass in the configuration. If it must stay for another reason, add it to checks.management-account-user.allowed.`,
});
