import { defineCheck } from '../check.ts';
import { allowingAnything, allowingOn } from '../check-support/policies/overbroad-access.ts';
import { narrowing } from '../check-support/remediation/policy-commands.ts';
import { judgeAttachment } from '../check-support/policies/judge-attachment.ts';
import { attachmentsWithAccess } from '../check-support/policies/policy-attachments.ts';

const passRole = { action: 'iam:PassRole', resource: 'arn:{partition}:iam::{account}:role/*' };

export default defineCheck({
  id: 'policy-passes-any-role',
  title: 'IAM policies should not allow iam:PassRole on all roles',
  severity: 'MEDIUM',
  rationale:
    'A principal that may pass every role can start a workload with the most privileged of them, an admin role if there is one. A list of roles, or a condition on iam:PassedToService, limits this.',
  standards: { 'NIST 800-53 r5': 'AC-6, AC-6(10)', 'ISO 27001:2022': 'A.8.2', NIS2: 'Art. 21(2)(i)' },
  needs: ['identities', 'access'],
  select: attachmentsWithAccess,
  judge: (attachment, _facts, context) =>
    judgeAttachment(attachment, context, (policy, scene) => {
      const statements = allowingOn(policy, scene, passRole);
      if (statements.length === 0 || allowingAnything(policy, scene).length > 0) return undefined;
      return { says: 'allows iam:PassRole on all roles to any service', statements, severity: 'MEDIUM' };
    }),
  remediation: (attachment, context) =>
    narrowing(
      attachment,
      context,
      'Limit iam:PassRole to the ARNs of the roles that are passed, with a condition on iam:PassedToService',
    ),
});
