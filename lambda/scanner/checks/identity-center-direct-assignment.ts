import { defineCheck, fail, pass } from '../check.ts';
import { inPart, judgeSeen } from './subjects/whole-organization.ts';

export default defineCheck({
  id: 'identity-center-direct-assignment',
  title: 'Permission sets are given to groups, not to single users',
  severity: 'LOW',
  rationale:
    'What is given to a group ends when somebody leaves it. What is given to one person is forgotten, and stays when that person has another task.',
  standards: { 'NIST 800-53 r5': 'AC-2, AC-6', 'ISO 27001:2022': 'A.5.18' },
  needs: ['wholeOrganization'],
  select: (facts, context) =>
    inPart(facts, context, 'AccountAssignments', (assignments, { PermissionSets, Users }) =>
      assignments.map(({ accountId, permissionSetArn, principalType, principalId }) => {
        const sets = PermissionSets.status === 'collected' ? PermissionSets.value : [];
        const set = sets.find(({ arn }) => arn === permissionSetArn)?.name ?? permissionSetArn;
        const user = Users.status === 'collected' ? (Users.value.get(principalId) ?? principalId) : principalId;
        return {
          item: { isDirect: principalType === 'USER', user, set, accountId },
          id: `${accountId}/${permissionSetArn}/${principalId}`,
        };
      }),
    ),
  judge: (subject) =>
    judgeSeen(subject, ({ isDirect, user, set, accountId }) =>
      isDirect
        ? fail(
            `User ${user} of IAM Identity Center has permission set ${set} in account ${accountId} directly, not by a group.`,
            {
              evidence: { user, permissionSet: set, account: accountId },
            },
          )
        : pass,
    ),
  remediation:
    'Assign the permission set to a group of those who have the task, put the user into it, and take the direct assignment away: aws sso-admin delete-account-assignment.',
});
