import { defineCheck } from '../check.ts';
import { narrowing } from '../check-support/remediation/policy-commands.ts';
import { judgeAttachment } from '../check-support/policies/judge-attachment.ts';
import { attachmentsWithAccess } from '../check-support/policies/policy-attachments.ts';
import { wildcardExposure } from '../check-support/policies/wildcard-exposure.ts';
import { resourceSharing } from '../check-support/data/sensitive-actions.ts';

export default defineCheck({
  id: 'policy-shares-resources',
  title: 'IAM policies should not allow sharing all resources externally',
  severity: 'MEDIUM',
  rationale:
    'Making a resource public, or sharing it with another account, exposes its data without reading it. The sharing remains after the credential that was used is removed.',
  standards: { 'NIST 800-53 r5': 'AC-6', 'ISO 27001:2022': 'A.8.3', NIS2: 'Art. 21(2)(i)' },
  needs: ['identities', 'access'],
  select: attachmentsWithAccess,
  judge: (attachment, _facts, context) =>
    judgeAttachment(attachment, context, (policy, scene) =>
      wildcardExposure(policy, scene, resourceSharing, (what) => `allows sharing all ${what}`),
    ),
  remediation: (attachment, context) =>
    narrowing(attachment, context, 'Limit the statements to the resources that may be shared'),
});
