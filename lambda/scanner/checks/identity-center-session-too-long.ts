import { defineCheck, fail, pass, unknown } from '../check.ts';
import { isAdminSet } from './subjects/admin-sets.ts';
import { inPart, judgeSeen, stepForSeen } from './subjects/whole-organization.ts';

export default defineCheck({
  id: 'identity-center-session-too-long',
  title: 'Sessions of admins end after a few hours',
  severity: 'MEDIUM',
  rationale:
    'Credentials of a session work wherever they are taken to, until the session ends. Those of an admin should be of little use the next morning.',
  standards: { 'NIST 800-53 r5': 'AC-12, IA-11', 'ISO 27001:2022': 'A.8.5', NIS2: 'Art. 21(2)(j)' },
  needs: ['wholeOrganization'],
  params: { maxHours: 4 },
  select: (facts, context) => inPart(facts, context, 'PermissionSets', (sets) => sets.map((item) => ({ item, id: item.arn }))),
  judge: (subject, _facts, context) =>
    judgeSeen(subject, (set) => {
      const { maxHours } = context.params;
      if (set.sessionHours <= maxHours) return pass;
      const isAdmin = isAdminSet(set, context);
      if (isAdmin.status === 'unavailable') return unknown(isAdmin.reason);
      return isAdmin.value
        ? fail(
            `A session of permission set ${set.name}, whose holders are admins, lasts ${set.sessionHours} hours, and should end after ${maxHours}.`,
            {
              evidence: { permissionSet: set.arn, hours: set.sessionHours },
            },
          )
        : pass;
    }),
  remediation: (subject) =>
    stepForSeen(
      subject,
      (item) =>
        `aws sso-admin update-permission-set --instance-arn INSTANCE --permission-set-arn ${item.arn} --session-duration PT4H (or what is allowed here), then provision it (aws sso-admin provision-permission-set --target-type ALL_PROVISIONED_ACCOUNTS). Whoever works longer signs in again.`,
    ),
});
