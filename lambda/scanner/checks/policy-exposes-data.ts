import { defineCheck } from '../check.ts';
import { narrowing } from '../check-support/remediation/policy-commands.ts';
import { judgeAttachment } from '../check-support/policies/judge-attachment.ts';
import { attachmentsWithAccess } from '../check-support/policies/policy-attachments.ts';
import { wildcardExposure } from '../check-support/policies/wildcard-exposure.ts';
import { dataReads } from '../check-support/data/sensitive-actions.ts';

export default defineCheck({
  id: 'policy-exposes-data',
  title: 'IAM policies should not allow reading all data of a service',
  severity: 'MEDIUM',
  rationale:
    'Attackers use stolen credentials to copy the data that they can read. If a policy allows reading every bucket, secret, parameter, table or disk, one leaked credential exposes all of them.',
  standards: { 'NIST 800-53 r5': 'AC-6', 'ISO 27001:2022': 'A.8.3', NIS2: 'Art. 21(2)(i)' },
  needs: ['identities', 'access'],
  select: attachmentsWithAccess,
  judge: (attachment, _facts, context) =>
    judgeAttachment(attachment, context, (policy, scene) =>
      wildcardExposure(policy, scene, dataReads, (what) => `allows reading all ${what}`),
    ),
  remediation: (attachment, context) =>
    narrowing(attachment, context, 'Limit the statements to the buckets, secrets, parameters and tables that are read'),
});
