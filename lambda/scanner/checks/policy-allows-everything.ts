import { defineCheck } from '../check.ts';
import { allowingAnything } from '../check-support/policies/overbroad-access.ts';
import { removalFromOthers, usageReport } from '../check-support/remediation/policy-commands.ts';
import { judgeAttachment } from '../check-support/policies/judge-attachment.ts';
import { attachmentsWithAccess } from '../check-support/policies/policy-attachments.ts';

export default defineCheck({
  id: 'policy-allows-everything',
  title: 'IAM policies should not allow full "*" administrative privileges',
  severity: 'HIGH',
  rationale:
    'An attacker who takes over one identity with such a policy controls the whole account. The way it is written makes no difference: a "*", a list of every service, or a NotAction that excludes nothing that matters.',
  standards: {
    'NIST 800-53 r5': 'AC-6, AC-6(10)',
    'ISO 27001:2022': 'A.8.2',
    NIS2: 'Art. 21(2)(i)',
  },
  needs: ['identities', 'access'],
  select: attachmentsWithAccess,
  judge: (attachment, _facts, context) =>
    judgeAttachment(attachment, context, (policy, scene) => {
      const statements = allowingAnything(policy, scene);
      if (statements.length === 0) return undefined;
      const denies = policy.statements.some(({ source }) => source.effect === 'Deny');
      const detail = denies ? 'It also denies something, but its holders can remove that Deny.' : undefined;
      // An account needs some admins. Of the roles of the landing zone, other checks judge who may assume them.
      return {
        says: 'allows all actions on all resources',
        ...(detail === undefined ? {} : { detail }),
        statements,
        severity: 'HIGH',
        mayBeExempt: true,
      };
    }),
  remediation: (attachment, context) =>
    `Attach a policy that allows only what each holder uses. ${usageReport(attachment, context)} Then remove this policy: ${removalFromOthers(attachment, context)}`,
});
