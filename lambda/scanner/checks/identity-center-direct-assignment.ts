import { defineCheck, fail, pass } from '../check.ts';
import { unseenAssignments } from '../check-support/organization/permission-set-holders.ts';
import { assignmentRemoval } from '../check-support/remediation/assignment-commands.ts';
import {
  organizationSubjects,
  judgeSeen,
  ofOrganization,
  stepForSeen,
} from '../check-support/organization/organization-subjects.ts';
import { ifCollected } from '../model/observed.ts';

export default defineCheck({
  id: 'identity-center-direct-assignment',
  title: 'Permission sets should be assigned to groups, not users',
  severity: 'LOW',
  rationale:
    'A user who leaves a group loses the permission sets that are assigned to it. A permission set that is assigned directly to a user is easily forgotten, and stays when the user changes jobs.',
  standards: { 'NIST 800-53 r5': 'AC-2, AC-6', 'ISO 27001:2022': 'A.5.18' },
  needs: ['wholeOrganization'],
  select: (facts, context) =>
    organizationSubjects(facts, context, 'AccountAssignments', (assignments, organization) => [
      ...assignments.seen.map((assignment) => {
        const { PermissionSets, Users } = organization;
        const { accountId, permissionSetArn, principalId } = assignment;
        const sets = ifCollected(PermissionSets) ?? [];
        const set = sets.find(({ arn }) => arn === permissionSetArn)?.name ?? permissionSetArn;
        const user = ifCollected(Users)?.get(principalId) ?? principalId;
        return { item: { assignment, user, set }, id: `${accountId}/${permissionSetArn}/${principalId}` };
      }),
      ...unseenAssignments(organization, assignments),
    ]),
  judge: (subject, _facts, context) =>
    judgeSeen(subject, ({ assignment: { accountId, principalType }, user, set }) =>
      principalType === 'USER'
        ? fail(ofOrganization(`User ${user} is directly assigned ${set} in ${accountId}`, [user, set], context), {
            evidence: { user, permissionSet: set, account: accountId },
          })
        : pass,
    ),
  remediation: (subject) =>
    stepForSeen(
      subject,
      ({ assignment, user }) =>
        `Assign the permission set to a group and add ${user} to that group. Then delete the direct assignment: ${assignmentRemoval(assignment)}`,
    ),
});
