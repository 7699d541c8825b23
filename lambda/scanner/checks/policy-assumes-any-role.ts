import { defineCheck } from '../check.ts';
import { allowingAnything, allowingOn } from '../check-support/policies/overbroad-access.ts';
import { narrowing } from '../check-support/remediation/policy-commands.ts';
import { judgeAttachment } from '../check-support/policies/judge-attachment.ts';
import { attachmentsWithAccess } from '../check-support/policies/policy-attachments.ts';

const assumeRole = { action: 'sts:AssumeRole', resource: 'arn:{partition}:iam::{account}:role/*' };

export default defineCheck({
  id: 'policy-assumes-any-role',
  title: 'IAM policies should not allow sts:AssumeRole on all roles',
  severity: 'MEDIUM',
  rationale:
    'Its holders can assume every role that trusts their whole account, in this account and in others. That includes roles created later.',
  standards: { 'NIST 800-53 r5': 'AC-6, AC-6(10)', 'ISO 27001:2022': 'A.8.2', NIS2: 'Art. 21(2)(i)' },
  needs: ['identities', 'access'],
  select: attachmentsWithAccess,
  judge: (attachment, _facts, context) =>
    judgeAttachment(attachment, context, (policy, scene) => {
      const statements = allowingOn(policy, scene, assumeRole);
      if (statements.length === 0 || allowingAnything(policy, scene).length > 0) return undefined;
      return { says: 'allows sts:AssumeRole on all roles', statements, severity: 'MEDIUM' };
    }),
  remediation: (attachment, context) =>
    narrowing(attachment, context, 'Limit sts:AssumeRole to the ARNs of the roles that are assumed'),
});
