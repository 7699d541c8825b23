import { defineCheck } from '../check.ts';
import { allowingAnything, wholeServices } from '../check-support/policies/overbroad-access.ts';
import { unboundedWriting } from '../check-support/policies/unbounded-delegation.ts';
import { narrowing } from '../check-support/remediation/policy-commands.ts';
import { judgeAttachment } from '../check-support/policies/judge-attachment.ts';
import { attachmentsWithAccess } from '../check-support/policies/policy-attachments.ts';
import { joinList } from '../check-support/wording/wording.ts';

export default defineCheck({
  id: 'delegated-iam-without-boundary',
  title: 'Delegated IAM permissions should require a permissions boundary',
  severity: 'MEDIUM',
  rationale:
    'A principal that can create users or roles, or attach policies to them, can give them more permissions than it has itself, up to administrator. A condition on iam:PermissionsBoundary limits what it can give.',
  standards: { 'NIST 800-53 r5': 'AC-6(10)', 'ISO 27001:2022': 'A.8.2', NIS2: 'Art. 21(2)(i)' },
  needs: ['identities', 'access'],
  select: attachmentsWithAccess,
  judge: (attachment, _facts, context) =>
    judgeAttachment(attachment, context, (policy, scene) => {
      const unbounded = unboundedWriting(policy, scene);
      if (unbounded.length === 0) return undefined;
      // All of IAM, or everything, is not a delegation: other checks report it.
      const isWhole = wholeServices(policy, scene).some(({ service }) => service.service === 'iam');
      if (isWhole || allowingAnything(policy, scene).length > 0) return undefined;
      const actions = unbounded.map(({ action }) => action);
      return {
        says: 'allows changes to IAM identities without a permissions boundary',
        detail: `Actions: ${joinList(actions)}.`,
        statements: [...new Set(unbounded.flatMap(({ by }) => by))],
        severity: 'MEDIUM',
        evidence: { actions },
      };
    }),
  remediation: (attachment, context) =>
    narrowing(
      attachment,
      context,
      'Allow these actions only with a StringEquals condition on iam:PermissionsBoundary, and do not allow removing a boundary',
    ),
});
